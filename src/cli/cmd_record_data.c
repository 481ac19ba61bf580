/* All that is kept of a person: taking it away, and having it erased. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "account/personal_data.h"
#include "base/files.h"
#include "cli/ask.h"
#include "cli/progress.h"
#include "cli/rows.h"
#include "register/attachment.h"

/* ---- a copy ---- */

static struct result read_data(const struct invocation *invocation, struct reading *reading,
                               struct person_id person, struct value **ret_data,
                               struct str *ret_archive)
{
    const char *folder =
        instance_path(invocation->arena, &reading->installation.config, ATTACHMENT_FOLDER);

    TRY(personal_data(reading->store, invocation->arena, person, ret_data));
    return personal_data_zip(invocation->arena, folder, *ret_data, invocation->around->now,
                             ret_archive);
}

enum exit_code cmd_record_download(struct invocation *invocation)
{
    const char *path = invocation->operands[1];
    struct str archive = STR_NONE;
    struct value *data = NULL;
    struct person_id person;
    struct reading reading;
    enum exit_code code;

    if (!operand_number(invocation, 0, "a person", &person.n))
        return EXIT_USAGE;
    if (access(path, F_OK) == 0) {
        complain(invocation, "'%s' is there already: nothing was written", path);
        return EXIT_INPUT;
    }
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    code =
        reading_end(invocation, &reading, read_data(invocation, &reading, person, &data, &archive));
    if (code != EXIT_OK)
        return code;
    if (failed(file_write_private(path, archive))) {
        complain(invocation, "cannot write '%s': %s", path, strerror(errno));
        return EXIT_SYSTEM;
    }
    return EXIT_OK;
}

/* ---- erasing ---- */

static const struct column erased[] = { { "person", "erased" }, { NULL, NULL } };

/* In pieces: each is an operation, so that a server goes on meanwhile. */
enum exit_code cmd_record_erase(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);
    struct value *output;
    struct progress progress;
    enum exit_code code;
    int64_t pieces = 0;

    if (!set_operand(invocation, input, 0, "a person", "person"))
        return EXIT_USAGE;
    if (!option_given(invocation, "yes"))
        return complain_usage(invocation,
                              "it cannot be undone: say --yes to erase the record of %s",
                              invocation->operands[0]);
    progress_init(&progress, &invocation->around->err, "pieces", 0);
    do {
        code = ask(invocation, "record-erase", input, &output);
        progress_show(&progress, 0, ++pieces);
    } while (code == EXIT_OK && value_get(output, "left")->integer > 0);
    progress_end(&progress);
    if (code == EXIT_OK)
        row_show(invocation, output, erased);
    return code;
}
