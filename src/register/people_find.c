/* Looking for people by their names (people.h). What is compared stands in a table of its own: of
   each name, and of what follows each of its words, a form without case, accents and signs. */
#include <stdlib.h>

#include "register/people_names.h"
#include "register/words.h"
#include "store/rows.h"

#define WORDS_MAX 20

/* Sorts behind every name that begins with what stands before it. */
#define LAST_CODE_POINT "\xf4\x8f\xbf\xbf"

static bool is_between(char c)
{
    return c == ' ' || c == '\t' || c == '-' || c == ',';
}

/* The next word of a name, and what follows it. */
static struct str next_word(struct str rest, struct str *ret_word)
{
    size_t n = 0;

    while (rest.n > 0 && is_between(rest.p[0]))
        rest = str_drop(rest, 1);
    while (n < rest.n && !is_between(rest.p[n]))
        n++;
    *ret_word = str_take(rest, n);
    return str_drop(rest, n);
}

/* One word folded; one that is longer than words are stays as it is. */
static struct str folded_word(struct arena *arena, struct str word)
{
    struct folded folded;

    if (!word_fold(word, &folded))
        return word;
    return str_copy(arena, (struct str){ folded.at, folded.n });
}

static struct str folded_name(struct arena *arena, struct str name)
{
    struct str all = STR("");
    struct str word;

    for (name = next_word(name, &word); word.n > 0; name = next_word(name, &word)) {
        struct str folded = folded_word(arena, word);

        if (folded.n > 0)
            all = str_format(arena, "%.*s%s%.*s", STR_ARG(all), all.n > 0 ? " " : "",
                             STR_ARG(folded));
    }
    return all;
}

bool names_alike(struct arena *arena, struct str a, struct str b)
{
    return str_eq(folded_name(arena, a), folded_name(arena, b));
}

/* ---- keys ---- */

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static size_t words_of(struct str folded, struct str *words)
{
    size_t count = 0;

    while (folded.n > 0 && count < WORDS_MAX)
        folded = str_split(folded, ' ', &words[count++]);
    return count;
}

/* Keys begin with a sign that no folded name has. */
struct str person_name_words_key(struct arena *arena, struct str name)
{
    struct str words[WORDS_MAX];
    size_t count = words_of(folded_name(arena, name), words);
    struct str key = STR("=");

    if (count == 0)
        return STR_NONE;
    qsort(words, count, sizeof(*words), by_bytes);
    for (size_t i = 0; i < count; i++)
        key = str_format(arena, "%.*s %.*s", STR_ARG(key), STR_ARG(words[i]));
    return key;
}

struct str person_name_initial_key(struct arena *arena, struct str name)
{
    struct str words[WORDS_MAX];
    size_t count = words_of(folded_name(arena, name), words);

    if (count < 2)
        return STR_NONE;
    return str_format(arena, "~%.*s %.*s", (int)str_code_point(words[0], NULL), words[0].p,
                      STR_ARG(words[count - 1]));
}

/* Word numbers of a name and its keys: those of the n-th other name follow those of the one before.
 */
enum { KEY_WORDS = WORDS_MAX, KEY_INITIAL, NUMBERS_A_NAME };

static struct result write_number(struct store *store, struct person_id person, int64_t number,
                                  struct str folded)
{
    if (folded.n == 0 && number > 0)
        return OK;
    return store_run(store, "INSERT INTO person_name (person, word, folded) VALUES ($1, $2, $3)",
                     PARAMS(datum_int(person.n), datum_int(number), datum_text(folded)));
}

static struct result write_name(struct store *store, struct arena *arena, struct person_id person,
                                struct str name, int64_t first)
{
    struct str rest = folded_name(arena, name);
    struct str word;

    for (int64_t i = 0; i < WORDS_MAX && (rest.p || i == 0); i++) {
        TRY(write_number(store, person, first + i, rest));
        rest = str_split(rest, ' ', &word);
    }
    TRY(write_number(store, person, first + KEY_WORDS, person_name_words_key(arena, name)));
    return write_number(store, person, first + KEY_INITIAL, person_name_initial_key(arena, name));
}

struct result person_names_write(struct store *store, struct arena *arena, struct person_id person,
                                 struct str name)
{
    TRY(store_run(store, "DELETE FROM person_name WHERE person = $1", PARAMS(datum_int(person.n))));
    return write_name(store, arena, person, name, 0);
}

struct result person_aliases_write(struct store *store, struct arena *arena,
                                   struct person_id person, struct str_list names)
{
    for (size_t i = 0; i < names.count; i++)
        TRY(write_name(store, arena, person, names.at[i], ((int64_t)i + 1) * NUMBERS_A_NAME));
    return OK;
}

/* ---- reading ---- */

static void take_person(const struct query *query, struct arena *arena, void *ret)
{
    *(struct person_row *)ret = (struct person_row){
        .id = { query_int(query, 0) },
        .name = str_copy(arena, query_text(query, 1)),
        .created = query_int(query, 2),
    };
}

static struct result read_people(struct store *store, struct arena *arena, const char *sql,
                                 struct params params, struct person_list *ret)
{
    struct rows rows;

    TRY(rows_read(store, arena, sql, params, take_person, sizeof(struct person_row), &rows));
    *ret = (struct person_list){ rows.at, rows.count };
    return OK;
}

#define PEOPLE                                                                                     \
    "SELECT p.id, p.name, p.created_at FROM person_name AS n"                                      \
    " JOIN person AS p ON p.id = n.person WHERE n.word = 0"
#define AFTER                                                                                      \
    " AND ($1 = 0 OR (n.folded, n.person) >"                                                       \
    " (SELECT a.folded, a.person FROM person_name AS a WHERE a.person = $1 AND a.word = 0))"

struct result people_find(struct store *store, struct arena *arena, struct str words,
                          struct person_id after, size_t max, struct person_list *ret)
{
    const struct datum limit =
        datum_int((int64_t)(max < PEOPLE_FOUND_MAX ? max : PEOPLE_FOUND_MAX));
    struct str from = folded_name(arena, words);
    struct str to = str_format(arena, "%.*s" LAST_CODE_POINT, STR_ARG(from));

    if (from.n == 0)
        return read_people(store, arena, PEOPLE AFTER " ORDER BY n.folded, n.person LIMIT $2",
                           PARAMS(datum_int(after.n), limit), ret);
    return read_people(store, arena,
                       PEOPLE AFTER " AND n.person IN (SELECT f.person FROM person_name AS f"
                                    " WHERE f.folded >= $3 AND f.folded < $4)"
                                    " ORDER BY n.folded, n.person LIMIT $2",
                       PARAMS(datum_int(after.n), limit, datum_text(from), datum_text(to)), ret);
}

struct result people_named(struct store *store, struct arena *arena, struct str name,
                           struct person_list *ret)
{
    return read_people(store, arena, PEOPLE " AND n.folded = $1 ORDER BY p.id LIMIT $2",
                       PARAMS(datum_text(folded_name(arena, name)), datum_int(PEOPLE_FOUND_MAX)),
                       ret);
}
