#include "store/installation.h"

#include <string.h>

#include "base/buf.h"
#include "hash/encode.h"
#include "hash/random.h"

#define ID_BYTES 16 /* enough that two are never the same */

struct result installation_id(struct store *store, char ret_id[INSTALLATION_ID_SIZE])
{
    CLEANUP(query_release) struct query query = { 0 };
    char id[INSTALLATION_ID_SIZE] = "";

    TRY(query_begin(store, "SELECT id FROM installation WHERE one = 1", NO_PARAMS, &query));
    if (query_next(&query)) {
        struct str text = query_text(&query, 0);
        memcpy(id, text.p, text.n < sizeof(id) ? text.n : sizeof(id) - 1);
    }
    TRY(query_end(&query));
    memcpy(ret_id, id, sizeof(id));
    return OK;
}

struct result installation_ensure(struct store *store, int64_t now, const char *program,
                                  char ret_id[INSTALLATION_ID_SIZE])
{
    char bytes[ID_BYTES];
    struct buf text;
    struct result result;

    TRY(installation_id(store, ret_id));
    if (ret_id[0])
        return OK;
    random_bytes(bytes, sizeof(bytes));
    buf_init(&text, INSTALLATION_ID_SIZE);
    encode(BASE32, (struct str){ bytes, sizeof(bytes) }, &text);
    result = store_run(
        store,
        "INSERT INTO installation (one, id, created_at, program)"
        " VALUES (1, $1, $2, $3)",
        PARAMS(datum_text(buf_str(&text)), datum_int(now), datum_text(str_from_c(program))));
    buf_release(&text);
    TRY(result);
    return installation_id(store, ret_id);
}
