/*
 * The same logbook by file and by database: `record FOLDER COUNT` reads N.log, N.person and N.on of
 * the folder for each N below COUNT, brings each into a register as one person, and compares what
 * the scheme says of the dossiers, to the last record.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "engine.h"
#include "register/import.h"
#include "register/journal.h"
#include "register/logbook.h"
#include "register/person.h"
#include "register/person_dossier.h"
#include "register/standing.h"
#include "store/installation.h"

#define JSON_MAX ((size_t)64 << 20)

static const char *folder;
static int64_t count;

static struct store *store;
static struct arena scheme_arena;
static struct scheme *scheme;
static const struct vocabulary *vocabulary;

static const struct act act = { .now = NOW, .actor = ACTOR_COMMAND, .authority = STR("test") };

/* How much was compared: without any of it the test would say little. */
static size_t compared;
static size_t compared_then;
static size_t records;
static size_t refused;

/* Results are checked without cmocka's way out, which the test goes through often. */
#define DOES(call)                                                                                 \
    do {                                                                                           \
        check_ok(store, store_begin(store));                                                       \
        check_ok(store, call);                                                                     \
        check_ok(store, store_commit(store));                                                      \
    } while (0)

static struct str read_file(struct arena *arena, int64_t number, const char *what)
{
    struct str bytes = STR_NONE;
    char path[500];

    snprintf(path, sizeof(path), "%s/%lld.%s", folder, (long long)number, what);
    assert_false(failed(file_read(arena, path, 1 << 20, &bytes)));
    return bytes;
}

/* ---- into the database ---- */

static void bring_fact(struct person_id person, const char *kind, struct str name, struct str value,
                       day from)
{
    const struct person_fact fact = {
        .person = person,
        .kind = str_from_c(kind),
        .name = name,
        .value = value,
        .from = from,
        .until = DAY_LAST,
    };
    struct fact_id id;

    /* The position of the person's own entry: nothing hangs on it here. */
    DOES(fact_record(store, &fact, 1, &id));
}

static void bring_facts(struct person_id person, const struct dossier *known)
{
    if (known->born != DAY_NONE)
        bring_fact(person, FACT_BORN, STR(""), STR(""), known->born);
    for (size_t i = 0; i < known->anchor_count; i++)
        bring_fact(person, FACT_ANCHOR, known->anchors[i].name, STR(""), known->anchors[i].on);
    for (size_t i = 0; i < known->declaration_count; i++)
        bring_fact(person, FACT_DECLARATION, known->declarations[i].statement,
                   known->declarations[i].edition.parts == 1 ? STR("\"2\"") : STR(""),
                   known->declarations[i].on);
}

/* Brings the rows that intake takes; *ret_left_out says of each row whether it did not. */
static void bring_log(struct arena *arena, struct person_id person, struct str log, day today,
                      const struct dossier *registers, struct import_preview *ret)
{
    struct import_preview preview = { 0 };
    struct import_wish wish = { .person = person, .name = STR("log"), .basis = IMPORT_REGISTER };
    const struct import_row **rows;
    struct import_piece piece;
    struct import_id id = { 0 };
    struct faults faults;
    size_t n = 0;

    faults_init(&faults, arena);
    assert_false(
        failed(import_preview(arena, log, vocabulary, &logbook_limits, today, IMPORT_REGISTER,
                              registers, (struct evidence_rows){ 0 }, &faults, &preview)));
    rows = ARENA_ARRAY(arena, preview.count, const struct import_row *);
    for (size_t i = 0; i < preview.count; i++)
        if (!preview.rows[i].faulty)
            rows[n++] = &preview.rows[i];
    wish.rows = n;
    wish.digest = preview.digest;
    DOES(import_begin(store, arena, &act, &wish, &id));
    for (size_t at = 0; at < n; at += IMPORT_PIECE) {
        size_t size = n - at < IMPORT_PIECE ? n - at : IMPORT_PIECE;

        DOES(import_rows(store, arena, &act, vocabulary, id, rows + at, size, &piece));
        assert_int_equal(piece.added, size);
    }
    DOES(import_end(store, arena, &act, id));
    *ret = preview;
}

/* ---- answers ---- */

/* Numbers the records as a file would, so that both name them alike. */
static void number_records(struct arena *arena, struct dossier *dossier)
{
    for (size_t i = 0; i < dossier->evidence_count; i++) {
        dossier->evidence[i].id = str_format(arena, "e%zu", i + 1);
        dossier->evidence[i].line = 0;
    }
}

static struct str answer(struct arena *arena, const struct dossier *dossier, day on)
{
    const struct standing_question question = { .scheme = scheme, .dossier = dossier, .on = on };
    struct standing_check check;
    struct buf json;

    assert_false(failed(standing_check(arena, &question, &check)));
    buf_init(&json, JSON_MAX);
    value_write_json(standing_check_value(arena, &check), JSON_PRETTY, &json);
    assert_false(json.overflow);
    return buf_take(&json, arena);
}

static void show_first_difference(int64_t number, struct str file, struct str database)
{
    while (file.p || database.p) {
        struct str a;
        struct str b;

        file = str_split(file, '\n', &a);
        database = str_split(database, '\n', &b);
        if (!str_eq(a, b)) {
            print_error("logbook %lld: by file   %.*s\n           by database %.*s\n",
                        (long long)number, STR_ARG(a), STR_ARG(b));
            return;
        }
    }
}

static void compare(struct arena *arena, int64_t number, const struct dossier *by_file,
                    const struct dossier *by_database, day on)
{
    struct str file = answer(arena, by_file, on);
    struct str database = answer(arena, by_database, on);

    if (!str_eq(file, database)) {
        show_first_difference(number, file, database);
        fail();
    }
    compared++;
}

/* What the person file says that the register does not hold yet. */
static void add_registers(struct dossier *dossier, const struct dossier *known)
{
    dossier->accreditations = known->accreditations;
    dossier->accreditation_count = known->accreditation_count;
    dossier->currents = known->currents;
    dossier->current_count = known->current_count;
    dossier->credentials = known->credentials;
    dossier->credential_count = known->credential_count;
    dossier->judgements = known->judgements;
    dossier->judgement_count = known->judgement_count;
    dossier->decisions = known->decisions;
    dossier->decision_count = known->decision_count;
}

/* Those records of the file that intake took. */
static void keep_taken(struct dossier *by_file, const struct import_preview *preview)
{
    size_t kept = 0;

    assert_int_equal(preview->count, by_file->evidence_count);
    for (size_t i = 0; i < preview->count; i++) {
        if (preview->rows[i].faulty)
            refused++;
        else
            by_file->evidence[kept++] = by_file->evidence[i];
    }
    by_file->evidence_count = kept;
    records += kept;
}

static void try_one(struct arena *arena, int64_t number)
{
    struct str log = read_file(arena, number, "log");
    struct import_preview preview = { 0 };
    struct person_id person = { 0 };
    struct dossier by_database;
    struct dossier by_file;
    struct faults faults;
    day on = DAY_NONE;

    assert_true(day_parse(str_trim(read_file(arena, number, "on")), &on));
    faults_init(&faults, arena);
    dossier_init(&by_file);
    assert_false(failed(person_read(arena, read_file(arena, number, "person"), scheme->library,
                                    &faults, &by_file)));
    DOES(person_add(store, arena, &act, STR("Sample Person"), &person));
    bring_facts(person, &by_file);
    if (log.n > 0) {
        bring_log(arena, person, log, act_day(&act), &by_file, &preview);
        assert_false(failed(logbook_read(arena, log, vocabulary, &logbook_limits, act_day(&act),
                                         &faults, &by_file)));
        keep_taken(&by_file, &preview);
    }
    number_records(arena, &by_file);

    dossier_init(&by_database);
    check_ok(store, person_dossier(store, arena, person, POSITION_NOW, DAY_NONE, &by_database));
    add_registers(&by_database, &by_file);
    number_records(arena, &by_database);
    compare(arena, number, &by_file, &by_database, on);

    /* The same as known some time before, by what the records say of it. */
    by_file.known = by_database.known = on - 100;
    compare(arena, number, &by_file, &by_database, on);

    /* The day before all was recorded: nothing is known of the person. */
    dossier_init(&by_database);
    check_ok(store, person_dossier_on(store, arena, person, act_day(&act) - 1, &by_database));
    assert_int_equal(by_database.evidence_count, 0);
    compared_then++;
}

static void files_and_database_agree(void **state)
{
    char id[INSTALLATION_ID_SIZE];
    struct arena arena;

    (void)state;
    store = engine_open_migrated(engine_database());
    check_ok(store, installation_ensure(store, NOW, "test", id));
    arena_init(&arena, ARENA_UNLIMITED);
    DOES(journal_append(store, &arena, &act, "test-begun", (struct journal_subject){ 0 }, NULL,
                        NULL));
    for (int64_t number = 0; number < count; number++) {
        try_one(&arena, number);
        arena_clear(&arena);
    }
    printf("%zu answers about %lld logbooks with %zu records agree; intake refused %zu records\n",
           compared, (long long)count, records, refused);
    assert_true(records > (size_t)count);
    assert_int_equal(compared_then, count);
    arena_release(&arena);
    store_close(store);
}

static void load_scheme(void)
{
    char path[500];
    struct diags diags;

    snprintf(path, sizeof(path), "%s/schemes/mediation", getenv("ASSAY_SOURCE"));
    arena_init(&scheme_arena, ARENA_UNLIMITED);
    diags_init(&diags, &scheme_arena);
    if (failed(scheme_load(&scheme_arena, path, &diags, &scheme)))
        exit(1);
    vocabulary = spoken_vocabulary(scheme->library);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(files_and_database_agree) };
    int status;

    if (argc != 3 || !str_to_int(str_from_c(argv[2]), 1, 100000, &count))
        return 2;
    folder = argv[1];
    engine_or_skip();
    load_scheme();
    status = cmocka_run_group_tests(tests, engine_begin, engine_end);
    arena_release(&scheme_arena);
    return status;
}
