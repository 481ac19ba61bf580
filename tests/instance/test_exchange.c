/* What export.h and import.h promise: the same bytes again, from either engine, or nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "engine.h"
#include "instance/export.h"
#include "instance/import.h"
#include "register/attachment.h"
#include "store/installation.h"

static struct arena arena;
static char folder[64];
static int files;

static int begin(void **state)
{
    arena_init(&arena, ARENA_UNLIMITED);
    snprintf(folder, sizeof(folder), "/tmp/assay-exchange-XXXXXX");
    return mkdtemp(folder) ? engine_begin(state) : -1;
}

static int end(void **state)
{
    char command[100];

    snprintf(command, sizeof(command), "rm -rf %s", folder);
    arena_release(&arena);
    return engine_end(state) + system(command);
}

/* ---- an installation with what is hard to carry ---- */

static void append(struct store *store, int64_t number)
{
    const struct act act = { NOW + number, ACTOR_PERSON, number, STR("self") };
    struct value *payload = value_object(&arena);

    value_set_int(&arena, payload, "number", number);
    check_ok(store, journal_append(store, &arena, &act, "sampled",
                                   (struct journal_subject){ "person", number }, payload, NULL));
}

static void add_person(struct store *store, struct str name, int64_t at)
{
    check_ok(store, store_run(store, "INSERT INTO person (name, created_at) VALUES ($1, $2)",
                              PARAMS(datum_text(name), datum_int(at))));
}

static void add_session(struct store *store, char byte)
{
    char digest[32];

    memset(digest, byte, sizeof(digest));
    check_ok(store,
             store_run(store,
                       "INSERT INTO session (account, digest, method, created_at, seen_at, agent,"
                       " network) VALUES (1, $1, 'sample', 1, 2, '', '')",
                       PARAMS(datum_bytes((struct str){ digest, sizeof(digest) }))));
}

/* Sample data, with the ids 1 to `people`; a session that was the last one is deleted. */
static void fill(struct store *store, int64_t people)
{
    char id[INSTALLATION_ID_SIZE];

    check_ok(store, store_begin(store));
    check_ok(store, installation_ensure(store, NOW, "test", id));
    add_person(store, STR("Sample \"quoted\" \\ \x01\x1f\x7f\t\n"), INT64_MIN);
    add_person(store, STR("\xe4\xbe\x8b \xf0\x9f\x93\x9c \xc3\xa9 e\xcc\x81 </script>\xe2\x80\xa8"),
               INT64_MAX);
    for (int64_t i = 3; i <= people; i++)
        add_person(store, str_format(&arena, "Sample Person %lld", (long long)i), i);
    for (int64_t i = 1; i <= 20; i++)
        append(store, i);
    check_ok(store, journal_erase_payload(store, 7));
    check_ok(store, store_run(store,
                              "INSERT INTO account (person, created_at, handle, password,"
                              " totp_secret, totp_step) VALUES (1, 5, $1, '', $2, -1)",
                              PARAMS(datum_bytes(STR("0123456789abcdef\0\xff"
                                                     "23456789abcdef")),
                                     datum_bytes(STR("")))));
    for (char byte = 1; byte < 5; byte++)
        add_session(store, byte);
    check_ok(store, store_run(store, "DELETE FROM session WHERE id > 2", NO_PARAMS));
    for (char byte = 'z'; byte >= 'a'; byte--) {
        char digest[32];
        memset(digest, byte, sizeof(digest));
        check_ok(store, store_run(store,
                                  "INSERT INTO rate_limit (kind, digest, full_at)"
                                  " VALUES ($1, $2, 3)",
                                  PARAMS(datum_text(byte % 2 ? STR("a") : STR("B")),
                                         datum_bytes((struct str){ digest, sizeof(digest) }))));
    }
    check_ok(store, store_commit(store));
}

static const char *filled(int64_t people)
{
    const char *database = engine_database();
    struct store *store = engine_open_migrated(database);

    fill(store, people);
    store_close(store);
    return database;
}

/* ---- there and back ---- */

static const char *file_name(void)
{
    return str_to_c(&arena, str_format(&arena, "%s/%d", folder, files++));
}

/* With the files of a folder, or without files where it is NULL. */
static struct str export_with(const char *database, const char *attachments, int64_t lost)
{
    struct store *store = engine_open(database, STORE_READ);
    struct str message = STR_NONE;
    struct export_done done;
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    const struct export_settings settings = { store, attachments, out };
    struct result result;
    struct str text;

    check_ok(store, store_begin(store));
    result = export_write(&settings, &arena, (struct told){ 0 }, &done, &message);
    fclose(out);
    if (failed(result))
        fail_msg("%.*s", STR_ARG(message));
    store_close(store);
    assert_int_equal(done.bytes, size);
    assert_int_equal(done.lost, lost);
    text = str_copy(&arena, (struct str){ bytes, size });
    free(bytes);
    return text;
}

static struct str export_of(const char *database)
{
    return export_with(database, NULL, 0);
}

static struct result import_with(struct str text, const char *database, const char *attachments,
                                 struct import_done *ret, struct str *ret_message)
{
    FILE *in = fmemopen((void *)(uintptr_t)(text.n > 0 ? text.p : "\n"), text.n ? text.n : 1, "r");
    const struct import_settings settings = {
        .name = "sample.jsonl",
        .in = in,
        .database = database,
        .attachments = attachments,
        .now = NOW,
    };
    struct result result;

    if (text.n == 0)
        (void)getc(in);
    result = import_read(&settings, &arena, (struct told){ 0 }, ret, ret_message);
    fclose(in);
    return result;
}

static struct result import(struct str text, const char *database, struct import_done *ret,
                            struct str *ret_message)
{
    return import_with(text, database, NULL, ret, ret_message);
}

static struct import_done imports_with(struct str text, const char *database,
                                       const char *attachments)
{
    struct import_done done = { 0 };
    struct str message = STR_NONE;

    if (failed(import_with(text, database, attachments, &done, &message)))
        fail_msg("%.*s", STR_ARG(message));
    return done;
}

static struct import_done imports(struct str text, const char *database)
{
    return imports_with(text, database, NULL);
}

static void check_same(struct str a, struct str b)
{
    size_t at = 0;

    while (at < a.n && at < b.n && a.p[at] == b.p[at])
        at++;
    if (a.n != b.n || at < a.n)
        fail_msg("they differ at %zu of %zu and %zu: %.*s", at, a.n, b.n, 60, a.p + at);
}

static void an_export_that_is_imported_is_exported_again_the_same(void **state)
{
    struct str text = export_of(filled(1200));
    const char *database = engine_database();
    struct import_done done = imports(text, database);
    struct store *store;
    int64_t id;

    (void)state;
    assert_true(done.rows > 1200);
    assert_int_equal(done.head.position, 20);
    check_same(text, export_of(database));
    store = engine_open(database, STORE_WRITE);
    check_ok(store, store_insert(store,
                                 "INSERT INTO person (name, created_at) VALUES ('Sample', 1)"
                                 " RETURNING id",
                                 NO_PARAMS, &id));
    assert_int_equal(id, 1201);
    check_ok(store, store_insert(store,
                                 "INSERT INTO session (account, digest, method, created_at,"
                                 " seen_at, agent, network) SELECT 1, handle, '', 1, 1, '', ''"
                                 " FROM account RETURNING id",
                                 NO_PARAMS, &id));
    assert_int_equal(id, 5);
    store_close(store);
}

/* An SQLite file beside the PostgreSQL database of the run, and back. */
static void an_installation_moves_to_the_other_engine_and_back(void **state)
{
    const char *file = file_name();
    const char *back = engine_database();
    struct str text = export_of(filled(700));

    (void)state;
    imports(text, file);
    check_same(text, export_of(file));
    imports(export_of(file), back);
    check_same(text, export_of(back));
}

static void the_first_line_says_what_follows_and_the_last_confirms_it(void **state)
{
    struct str text = export_of(filled(2));
    struct str line;
    struct str rest = str_split(text, '\n', &line);

    (void)state;
    assert_true(str_starts(line, STR("{\"format\":\"assay-export\",\"version\":1,\"program\":")));
    assert_non_null(strstr(str_to_c(&arena, line), "\"journal\":{\"position\":20,\"head\":\""));
    assert_true(str_ends(line, STR("],\"files\":[]}")));
    assert_non_null(strstr(rest.p, "\n{\"table\":\"person\",\"columns\":[{\"name\":\"id\","
                                   "\"type\":\"integer\"},{\"name\":\"name\",\"type\":\"text\"},"
                                   "{\"name\":\"created_at\",\"type\":\"integer\"}],\"next\":3}\n"
                                   "[1,\"Sample \\\"quoted\\\" \\\\ \\u0001\\u001f\x7f\\t\\n\","
                                   "-9223372036854775808]\n"));
    assert_true(str_ends(text, STR("\"}\n")));
}

static void a_database_without_an_installation_is_not_exported(void **state)
{
    struct store *store = engine_open_migrated(engine_database());
    struct str message = STR_NONE;
    struct export_done done;
    FILE *out = fopen("/dev/null", "w");
    const struct export_settings settings = { .store = store, .out = out };

    (void)state;
    check_ok(store, store_begin(store));
    check_result(export_write(&settings, &arena, (struct told){ 0 }, &done, &message),
                 &EXPORT_UNFIT, NULL, __FILE__, __LINE__);
    assert_non_null(strstr(message.p, "assay init"));
    fclose(out);
    store_close(store);
}

static void a_disk_that_is_full_ends_an_export(void **state)
{
    struct store *store = engine_open(filled(1200), STORE_READ);
    struct str message = STR_NONE;
    struct export_done done;
    FILE *out = fopen("/dev/full", "w");
    const struct export_settings settings = { .store = store, .out = out };

    (void)state;
    setvbuf(out, NULL, _IONBF, 0);
    check_ok(store, store_begin(store));
    check_result(export_write(&settings, &arena, (struct told){ 0 }, &done, &message), &ERROR_WRITE,
                 NULL, __FILE__, __LINE__);
    assert_non_null(strstr(message.p, "No space left"));
    fclose(out);
    store_close(store);
}

/* Rows of later migrations are the business of those: what an export does not have yet is made. */
static void an_export_of_an_earlier_version_is_brought_up_to_date(void **state)
{
    const char *database = engine_database();
    struct store *store = engine_open(database, STORE_WRITE);
    struct migrations earlier = migrations_of_program();
    struct import_done done;
    const char *target = engine_database();

    (void)state;
    earlier.count = 3;
    check_ok(store, migrate(store, earlier, NOW, "earlier"));
    fill(store, 5);
    store_close(store);
    done = imports(export_of(database), target);
    assert_int_equal(done.older, (int64_t)migrations_of_program().count - 3);
    store = engine_open(target, STORE_READ);
    check_ok(store, migrate_check(store, migrations_of_program()));
    assert_int_equal(ask(store, "SELECT count(*) FROM person"), 5);
    assert_int_equal(ask(store, "SELECT count(*) FROM migration WHERE program = 'earlier'"), 3);
    store_close(store);
}

/* ---- records and their files ---- */

#define PAPER "%PDF-1.7\nsample data\n%%EOF\n"
#define OTHER_PAPER "%PDF-1.7\nother sample data\n%%EOF\n"
#define LOST_PAPER "%PDF-1.7\nlost sample data\n%%EOF\n"

/* A row or more in each table of a person's record. Days, positions and people are those of fill.
 */
static const char *const record_rows[] = {
    "INSERT INTO fact (person, kind, name, value, from_day, until_day, visible, recorded_position,"
    " superseded_position) VALUES (1, 'born', '', '', 4000, NULL, 'private', 3, NULL),"
    " (1, 'language', 'fr', '{\"level\":\"C1\"}', NULL, NULL, 'public', 3, 4)",
    "INSERT INTO person_merge (kept, other, why, recorded_position, superseded_position)"
    " VALUES (1, 2, 'A sample.', 4, 5)",
    "INSERT INTO person_distinct (low, high, why, recorded_position) VALUES (1, 2, 'Two.', 6)",
    "INSERT INTO person_erased (person, position) VALUES (3, 7)",
    "INSERT INTO evidence (person, import, import_row, added_position) VALUES (1, NULL, NULL, 8)",
    "INSERT INTO evidence_version (evidence, version, person, kind, start_day, end_day, minutes,"
    " work_days, matter, programme, facts, why, recorded_position, superseded_position) VALUES"
    " (1, 1, 1, 'mediation', -5, 20000, 90, NULL, 'm-1', NULL, 'mode online', '', 8, 9),"
    " (1, 2, 1, 'mediation', 19999, 20000, NULL, 1, NULL, 'p', '', 'Misread.', 9, NULL)",
    "INSERT INTO evidence_standing (evidence, change, person, standing, verified_day, how, role,"
    " by_person, by_name, verification, duplicate_of, why, recorded_position, superseded_position)"
    " VALUES (1, 1, 1, 'claimed', NULL, 'self', NULL, NULL, NULL, NULL, NULL, '', 8, 10),"
    " (1, 2, 1, 'verified', 20001, 'role', 'colleague', 2, NULL, 1, NULL, '', 10, NULL)",
    "INSERT INTO evidence_witness (evidence, role, person, scope, recorded_position,"
    " superseded_position) VALUES (1, 'colleague', 2, NULL, 9, NULL)",
    "INSERT INTO verification_entry (verification, evidence, version, answer)"
    " VALUES (1, 1, 2, 'verified')",
    "INSERT INTO audit (seed, kind, standing, from_day, until_day, wanted, population,"
    " known_position, drawn_position) VALUES ('sample', NULL, NULL, 0, 20000, 1, 1, 10, 11)",
    "INSERT INTO audit_entry (audit, place, evidence, result, note, closed_position)"
    " VALUES (1, 1, 1, 'in-order', 'Seen.', 12)",
};

/* The same, whose parameter is 32 bytes. */
static const char *const digest_rows[] = {
    "INSERT INTO evidence_import (person, name, sha256, basis, row_count, state, begun_position,"
    " ended_position, undone_position) VALUES (1, 'log.csv', $1, 'own', 1, 'open', 2, NULL, NULL)",
    "INSERT INTO verification (person, role, name, address, verifier, digest, asked_at, until,"
    " asked_position, answered_position, cancelled_position)"
    " VALUES (1, 'colleague', 'Sample', 'b@sample.example', 2, $1, 5, 6, 9, 10, NULL)",
    "INSERT INTO opinion (person, kind, facts, matter, name, address, giver, confidential, digest,"
    " asked_at, until, text, evidence, asked_position, given_position, cancelled_position)"
    " VALUES (1, 'feedback', '', NULL, 'Sample', 'c@sample.example', NULL, 1, $1, 5, 6, 'Well.',"
    " 1, 9, 10, NULL)",
};

static void run_with(struct store *store, const char *sql, struct sha256_digest digest)
{
    struct str bytes = { (const char *)digest.bytes, SHA256_SIZE };

    check_ok(store, store_run(store, sql, PARAMS(datum_bytes(bytes))));
}

static struct attachment_file add_paper(struct store *store, const char *attachments,
                                        struct str paper)
{
    struct attachment_file file = { 0 };

    check_ok(store, attachment_store(&arena, attachments, paper, &file));
    run_with(store,
             "INSERT INTO attachment (evidence, sha256, type, size, name, added_position,"
             " removed_position) VALUES (1, $1, 'application/pdf', 0, 'minutes.pdf', 8, NULL)",
             file.digest);
    check_ok(store, store_run(store, "UPDATE attachment SET size = $1 WHERE size = 0",
                              PARAMS(datum_int(file.size))));
    return file;
}

static const char *file_of(const char *attachments, const struct attachment_file *file)
{
    return str_to_c(&arena, str_format(&arena, "%s/%.*s", attachments,
                                       STR_ARG(attachment_path(&arena, &file->digest))));
}

/* Two papers, of which one stands beside the entry twice, and one whose file is lost. */
static const char *filled_with_records(const char *attachments)
{
    const char *database = filled(5);
    struct store *store = engine_open(database, STORE_WRITE);
    struct attachment_file lost;

    check_ok(store, store_begin(store));
    for (size_t i = 0; i < 5; i++)
        check_ok(store, store_run(store, record_rows[i], NO_PARAMS));
    for (size_t i = 0; i < ARRAY_LEN(digest_rows); i++)
        run_with(store, digest_rows[i], sha256(str_from_c(digest_rows[i])));
    for (size_t i = 5; i < ARRAY_LEN(record_rows); i++)
        check_ok(store, store_run(store, record_rows[i], NO_PARAMS));
    add_paper(store, attachments, STR(PAPER));
    add_paper(store, attachments, STR(PAPER));
    add_paper(store, attachments, STR(OTHER_PAPER));
    lost = add_paper(store, attachments, STR(LOST_PAPER));
    check_ok(store, store_commit(store));
    store_close(store);
    assert_int_equal(unlink(file_of(attachments, &lost)), 0);
    return database;
}

static void records_and_their_files_move_to_the_other_engine_and_back(void **state)
{
    const char *papers[] = { file_name(), file_name(), file_name() };
    const char *file = file_name();
    const char *back = engine_database();
    struct str text = export_with(filled_with_records(papers[0]), papers[0], 1);
    struct store *store;
    struct attachment_files named = { 0 };
    struct str bytes;

    (void)state;
    assert_non_null(strstr(str_to_c(&arena, text), "\"files\":[{\"folder\":\"attachments\","
                                                   "\"count\":2,\"bytes\":60}]}\n"));
    assert_int_equal(imports_with(text, file, papers[1]).files, 2);
    check_same(text, export_with(file, papers[1], 1));
    imports_with(text, back, papers[2]);
    check_same(text, export_with(back, papers[2], 1));
    store = engine_open(back, STORE_READ);
    check_ok(store, attachment_files(store, &arena, &named));
    assert_int_equal(named.count, 3);
    for (size_t i = 0; i < named.count; i++)
        assert_int_equal(failed(attachment_fetch(&arena, papers[2], &named.at[i].digest, &bytes)),
                         named.at[i].size == sizeof(LOST_PAPER) - 1);
    assert_int_equal(ask(store, "SELECT count(*) FROM evidence_version"), 2);
    store_close(store);
}

static void a_file_that_was_changed_is_not_exported(void **state)
{
    const char *papers = file_name();
    const char *database = filled_with_records(papers);
    struct store *store = engine_open(database, STORE_READ);
    struct attachment_file file = { .digest = sha256(STR(PAPER)), .size = sizeof(PAPER) - 1 };
    struct str message = STR_NONE;
    struct export_done done;
    FILE *out = fopen("/dev/null", "w");
    const struct export_settings settings = { store, papers, out };

    (void)state;
    check_ok(store, file_write(file_of(papers, &file), STR("%PDF-1.7\nsimple data\n%%EOF\n")));
    check_ok(store, store_begin(store));
    check_result(export_write(&settings, &arena, (struct told){ 0 }, &done, &message),
                 &EXPORT_UNFIT, NULL, __FILE__, __LINE__);
    assert_non_null(strstr(str_to_c(&arena, message), "does not hold what it should"));
    fclose(out);
    store_close(store);
}

/* ---- what is refused ---- */

/* Nothing is left, and the same place takes a sound export afterwards. */
static void refuses(struct str text, const struct error *error, const char *words)
{
    const char *database = engine_database();
    struct str message = STR_NONE;
    struct import_done done;
    struct result result = import(text, database, &done, &message);

    check_result(result, error, NULL, __FILE__, __LINE__);
    if (!strstr(str_to_c(&arena, message), words))
        fail_msg("it says: %.*s", STR_ARG(message));
    if (!engine_is_postgres()) {
        assert_int_equal(access(database, F_OK), -1);
        assert_int_equal(
            access(str_to_c(&arena, str_format(&arena, "%s.importing", database)), F_OK), -1);
    }
}

/* The text with one part replaced by another, the first time it stands there. */
static struct str with(struct str text, const char *old, const char *new)
{
    const char *at = strstr(text.p, old);
    struct str before;

    assert_non_null(at);
    before = str_take(text, (size_t)(at - text.p));
    return str_format(&arena, "%.*s%s%s", STR_ARG(before), new, at + strlen(old));
}

/* With the SHA-256 of the lines as they are now. */
static struct str sealed(struct str text)
{
    size_t end = text.n - 1;
    char hex[SHA256_HEX_SIZE];

    while (text.p[end - 1] != '\n')
        end--;
    sha256_hex(sha256(str_take(text, end)), hex);
    return str_format(
        &arena, "%.*s\"sha256\":\"%s\"}\n",
        STR_ARG(str_take(text, (size_t)(strstr(text.p + end, "\"sha256\"") - text.p))), hex);
}

static void wrong_lines_are_named_with_their_number(void **state)
{
    struct str text = export_of(filled(4));
    const char *second = "[2,\"\xe4"; /* of the people */
    struct str first_line;

    (void)state;
    text = (struct str){ str_to_c(&arena, text), text.n };
    str_split(text, '\n', &first_line);
    refuses(STR(""), &IMPORT_WRONG, "sample.jsonl:1: the file is empty");
    refuses(STR("hello\n"), &IMPORT_WRONG, "sample.jsonl:1: column ");
    refuses(STR("[1]\n"), &IMPORT_WRONG, "sample.jsonl:1: this is not the first line of an export");
    refuses(with(text, "\"version\":1", "\"version\":2"), &IMPORT_WRONG, ":1: the format is of");
    refuses(with(text, "assay-export", "other"), &IMPORT_WRONG, ":1: the format is 'other'");
    refuses(with(text, "\"files\":[]", "\"files\":[1]"), &IMPORT_WRONG, ":1: files follow");
    refuses(with(text, "0002-people.sql\"", "0002-folk.sql\""), &IMPORT_WRONG,
            ":1: migration 2 is '0002-folk.sql' with another text");
    refuses(with(text, "\"tables\":[\"", "\"tables\":[\"odd\",\""), &IMPORT_WRONG,
            ":1: table 1 is 'odd', and should be");
    refuses(with(text, "{\"table\":\"person\"", "{\"table\":\"persons\""), &IMPORT_WRONG,
            "expected the table 'person', not 'persons'");
    refuses(with(text, "\"name\":\"created_at\",\"type\":\"integer\"}],\"next\":5",
                 "\"name\":\"created_at\",\"type\":\"text\"}],\"next\":5"),
            &IMPORT_WRONG, "column 3 of 'person'");
    refuses(with(text, "\"next\":5", "\"next\":4"), &IMPORT_WRONG, "the id 4 is not below 4");
    refuses(with(text, second, "[\"2\",\"\xe4"), &IMPORT_WRONG,
            "column 'id': expected a whole number");
    refuses(with(text, second, "[null,\"\xe4"), &IMPORT_WRONG, "column 'id' may not be null");
    refuses(with(text, second, "[1,\"\xe4"), &IMPORT_WRONG, "the row before has the same key");
    refuses(with(text, second, "[0,\"\xe4"), &IMPORT_WRONG, "the key is smaller");
    refuses(with(text, second, "[2,1,\"\xe4"), &IMPORT_WRONG, "expected 3 values");
    refuses(with(text, "MDEyMzQ1", "MDEyMz!1"), &IMPORT_WRONG, "'handle': expected bytes");
    refuses(str_take(text, text.n - 1), &IMPORT_WRONG, "the file ends within this line");
    refuses(str_take(text, text.n / 2), &IMPORT_WRONG, "the file ends within this line");
    refuses(str_take(text, first_line.n + 1), &IMPORT_WRONG, ":2: the last line is missing");
    refuses(str_format(&arena, "%.*s\n", STR_ARG(text)), &IMPORT_WRONG,
            "nothing may stand after the last line");
}

static void a_row_that_contradicts_the_schema_is_refused(void **state)
{
    struct str text = export_of(filled(4));

    (void)state;
    text = (struct str){ str_to_c(&arena, text), text.n };
    refuses(with(text, "[3,\"Sample Person 3\"", "[3,\"\""), &IMPORT_WRONG, "the database refuses");
    /* The account of a person who is not there, with everything else as it should be. */
    refuses(sealed(with(text, "\n[1,1,5,null", "\n[1,9,5,null")), &IMPORT_WRONG, "person");
    refuses(sealed(with(text, "\n[1,\"", "\n[1,\"A")), &IMPORT_WRONG, "installation");
}

static void a_single_byte_that_was_changed_is_found(void **state)
{
    struct str text = export_of(filled(3));
    char *bytes = (char *)(uintptr_t)str_to_c(&arena, text);
    unsigned at = 7;

    (void)state;
    for (int i = 0; i < (engine_is_postgres() ? 8 : 100); i++) {
        const char *database = engine_database();
        struct str message = STR_NONE;
        struct import_done done;
        char kept;

        at = (at * 7919 + 104729) % (unsigned)text.n;
        kept = bytes[at];
        bytes[at] = kept == '7' ? '8' : '7';
        if (!failed(import((struct str){ bytes, text.n }, database, &done, &message)))
            fail_msg("byte %u, %c, may be changed", at, kept);
        bytes[at] = kept;
    }
}

static void a_journal_that_does_not_hold_is_refused(void **state)
{
    const char *database = filled(2);
    struct store *store = engine_open(database, STORE_WRITE);

    (void)state;
    check_ok(store,
             store_run(store, "UPDATE journal SET authority = 'x' WHERE position = 9", NO_PARAMS));
    store_close(store);
    refuses(export_of(database), &IMPORT_WRONG, "an entry was changed, or put in at position 9");
}

static void a_database_that_holds_something_is_left_alone(void **state)
{
    struct str text = export_of(filled(3));
    const char *database = filled(5);
    struct str before = export_of(database);
    struct str message = STR_NONE;
    struct import_done done;

    (void)state;
    check_result(import(text, database, &done, &message), &IMPORT_NOT_EMPTY, NULL, __FILE__,
                 __LINE__);
    check_same(before, export_of(database));
}

static void one_that_was_broken_off_can_be_begun_again(void **state)
{
    struct str text = export_of(filled(3));
    const char *database = engine_database();
    struct str message = STR_NONE;
    struct import_done done;

    (void)state;
    check_result(import(str_take(text, text.n / 2), database, &done, &message), &IMPORT_WRONG, NULL,
                 __FILE__, __LINE__);
    imports(text, database);
    check_same(text, export_of(database));
}

/* No file is left either. */
static void refuses_files(struct str text, const char *words)
{
    const char *database = engine_database();
    const char *papers = file_name();
    struct str message = STR_NONE;
    struct import_done done;

    check_result(import_with(text, database, papers, &done, &message), &IMPORT_WRONG, NULL,
                 __FILE__, __LINE__);
    if (!strstr(str_to_c(&arena, message), words))
        fail_msg("it says: %.*s", STR_ARG(message));
    assert_int_equal(access(papers, F_OK), -1);
}

static void files_that_do_not_fit_are_refused(void **state)
{
    const char *papers = file_name();
    struct str text = export_with(filled_with_records(papers), papers, 1);
    struct str paper = str_format(&arena, "%s", "JVBERi0xLjcKc2FtcGxlIGRhdGEKJSVFT0YK");
    const char *no_paper = "IVBERi0xLjcKc2FtcGxlIGRhdGEKJSVFT0YK";
    const char *row = "{\"file\":";

    (void)state;
    text = (struct str){ str_to_c(&arena, text), text.n };
    assert_non_null(strstr(text.p, paper.p));
    refuses(text, &IMPORT_WRONG, "no files are expected here");
    refuses_files(with(text, "\"folder\":\"attachments\"", "\"folder\":\"etc\""),
                  ":1: files follow, which this program cannot read");
    refuses_files(with(text, "\"count\":2", "\"count\":1"), "tells of 1 files");
    refuses_files(sealed(with(text, "\"count\":2", "\"count\":3")), "3 files should have come");
    refuses_files(sealed(with(text, "\"bytes\":60", "\"bytes\":59")), "should hold 59 bytes");
    refuses_files(with(text, paper.p, no_paper), "is not what has the SHA-256");
    refuses_files(with(text, paper.p, "!"), "expected bytes in base 64");
    refuses_files(with(text, row, "[1]\n{\"file\":"), "expected ");
    refuses_files(with(text, "\n{\"rows\":", "\n[1]\n{\"rows\":"),
                  "a row stands behind the first file");
    /* What is wrong behind the files takes them away again. */
    refuses_files(with(text, "\n{\"rows\":{", "\n{\"rows\":{\"x\":1,"), "the numbers of rows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_export_that_is_imported_is_exported_again_the_same),
        cmocka_unit_test(an_installation_moves_to_the_other_engine_and_back),
        cmocka_unit_test(the_first_line_says_what_follows_and_the_last_confirms_it),
        cmocka_unit_test(a_database_without_an_installation_is_not_exported),
        cmocka_unit_test(a_disk_that_is_full_ends_an_export),
        cmocka_unit_test(an_export_of_an_earlier_version_is_brought_up_to_date),
        cmocka_unit_test(wrong_lines_are_named_with_their_number),
        cmocka_unit_test(a_row_that_contradicts_the_schema_is_refused),
        cmocka_unit_test(a_single_byte_that_was_changed_is_found),
        cmocka_unit_test(a_journal_that_does_not_hold_is_refused),
        cmocka_unit_test(a_database_that_holds_something_is_left_alone),
        cmocka_unit_test(one_that_was_broken_off_can_be_begun_again),
        cmocka_unit_test(records_and_their_files_move_to_the_other_engine_and_back),
        cmocka_unit_test(a_file_that_was_changed_is_not_exported),
        cmocka_unit_test(files_that_do_not_fit_are_refused),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, begin, end);
}
