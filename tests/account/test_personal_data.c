/* What somebody takes away (personal_data.h), on both engines. */
#include "account/personal_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/buf.h"
#include "record.h"
#include "register/attachment.h"
#include "register/erase.h"
#include "register/opinion.h"
#include "json/read.h"

static const struct verify_rules RULES = { .pairs = false };
static const char PAPER[] = "%PDF-1.7\nsample data\n%%EOF\n";

static char folder[100];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/assay-papers-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int delete_folder(void **state)
{
    char command[200];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

static struct value *data_of(struct record *record, struct person_id person)
{
    struct value *data = NULL;

    check_ok(record->store, personal_data(STORE(record), person, &data));
    return data;
}

static const struct value *first_of(const struct value *data, const char *list, const char *key)
{
    const struct value *items = value_get(data, list);

    if (items->count == 0)
        fail_msg("there are no %s", list);
    return value_get(items->items[0], key);
}

static bool has(struct str text, const char *part)
{
    return memmem(text.p, text.n, part, strlen(part)) != NULL;
}

static size_t count_of(const struct value *data, const char *list)
{
    return value_get(data, list)->count;
}

static zip_t *open_archive(struct str archive)
{
    zip_error_t error;
    zip_source_t *source;
    zip_t *zip;

    zip_error_init(&error);
    source = zip_source_buffer_create(archive.p, archive.n, 0, &error);
    assert_non_null(source);
    zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(zip);
    zip_error_fini(&error);
    return zip;
}

static struct str file_of(struct record *record, zip_t *zip, const char *name)
{
    zip_stat_t stat;
    zip_file_t *file = zip_fopen(zip, name, 0);
    char *bytes;

    if (!file)
        fail_msg("%s is not in the archive", name);
    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    bytes = ARENA_ARRAY(&record->arena, stat.size, char);
    assert_int_equal(zip_fread(file, bytes, stat.size), stat.size);
    zip_fclose(file);
    return (struct str){ bytes, stat.size };
}

static struct str archive_of(struct record *record, struct person_id person)
{
    struct str archive = STR_NONE;

    check_result(personal_data_zip(&record->arena, folder, data_of(record, person), NOW, &archive),
                 NULL, store_fault(record->store), __FILE__, __LINE__);
    return archive;
}

static const struct value *json_of(struct record *record, zip_t *zip)
{
    const struct json_limits limits = { .bytes = (size_t)4 << 20, .depth = 16 };
    struct json_fault fault;
    struct value *data = NULL;

    check_ok(record->store, json_read(&record->arena, file_of(record, zip, "record.json"), &limits,
                                      &fault, &data));
    return data;
}

static void have_paper(struct record *record, struct person_id person, struct evidence_id entry)
{
    const struct act act = by(person.n);
    struct attachment_file file;
    struct attachment_id paper;

    check_result(
        attachment_store(&record->arena, folder, (struct str){ PAPER, sizeof(PAPER) - 1 }, &file),
        NULL, store_fault(record->store), __FILE__, __LINE__);
    DOES(record, attachment_add(STORE(record), &act, entry, &file, STR("proof.pdf"), &paper));
}

/* Praise by somebody with an address, given. */
static void have_praise(struct record *record, struct person_id person, const char *name,
                        const char *address, bool confidential)
{
    const struct act act = by(person.n);
    const struct act stranger = { .now = NOW, .actor = ACTOR_PERSON, .authority = STR("test") };
    const struct opinion_wish wish = {
        .person = person,
        .says = entry(record, "praise 2026-01-01 2026-01-01 - m-1 | giver party"),
        .name = str_from_c(name),
        .address = str_from_c(address),
        .confidential = confidential,
        .digest = sha256(str_from_c(address)),
        .until = NOW + INT64_C(1000000),
    };
    struct opinion_id asked;
    struct evidence_id given;

    DOES(record, opinion_ask(STORE(record), &act, record->vocabulary, &RULES, &wish, &asked));
    DOES(record, opinion_give(STORE(record), &stranger, &RULES, &wish.digest,
                              STR("Listened <well> & long."), &given));
}

static void everything_of_one_and_nothing_of_others(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id other = have_person(record, "Other Sample");
    struct evidence_id walk =
        have_entry(record, ada, "walk 2026-11-01 2026-11-02 90 m-1 | mode fast role leader");
    struct value *data;

    (void)state;
    have_entry(record, other, "walk 2026-11-03 2026-11-03 30 - | mode slow role helper");
    have_paper(record, ada, walk);
    data = data_of(record, ada);
    check_str(value_get(value_get(data, "person"), "name")->text, "Ada Sample");
    assert_int_equal(value_get(data, "account")->kind, VALUE_NULL);
    assert_int_equal(count_of(data, "entries"), 1);
    assert_int_equal(first_of(data, "entries", "id")->integer, walk.n);
    check_str(first_of(data, "papers", "name")->text, "proof.pdf");
    assert_int_equal(count_of(data, "history"), 3);
    assert_int_equal(count_of(data_of(record, other), "entries"), 1);
    assert_int_equal(count_of(data_of(record, other), "papers"), 0);
    record_close(record);
}

/* More than are read at once. */
static void a_long_logbook_is_whole(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    struct evidence walk = entry(record, "walk 2026-11-01 2026-11-01 1 - | mode fast");
    struct evidence_id id;
    const struct value *data;
    zip_t *zip;

    (void)state;
    check_ok(record->store, store_begin(record->store));
    for (int i = 0; i < 1201; i++) {
        check_ok(record->store,
                 evidence_add(STORE(record), &act, record->vocabulary, ada, &walk, &id));
        walk.start = --walk.end;
    }
    check_ok(record->store, store_commit(record->store));
    data = data_of(record, ada);
    assert_int_equal(count_of(data, "entries"), 1201);
    assert_int_equal(count_of(data, "history"), 1202);
    assert_true(str_ends(personal_data_html(&record->arena, data), STR("</html>\n")));
    zip = open_archive(archive_of(record, ada));
    data = json_of(record, zip);
    assert_int_equal(count_of(data, "entries"), 1201);
    assert_int_equal(count_of(data, "history"), 1202);
    zip_discard(zip);
    record_close(record);
}

static void confidence_is_kept(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct value *data;
    const struct value *said;

    (void)state;
    have_praise(record, ada, "Open Sample", "open@sample.example", false);
    have_praise(record, ada, "Close Sample", "close@sample.example", true);
    have_praise(record, ada, "Closer Sample", "closer@sample.example", true);
    data = data_of(record, ada);
    said = value_get(data, "opinions");
    assert_int_equal(said->count, 3);
    check_str(value_get(said->items[0], "name")->text, "Open Sample");
    for (size_t i = 1; i < 3; i++)
        assert_int_equal(value_get(said->items[i], "name")->kind, VALUE_NULL);
    record_close(record);
}

static void the_page_runs_nothing(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "<script>alert(1)</script> & Sample");
    struct str page;

    (void)state;
    have_praise(record, ada, "Open Sample", "open@sample.example", false);
    page = personal_data_html(&record->arena, data_of(record, ada));
    assert_false(has(page, "<script"));
    assert_true(has(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sample"));
    assert_true(has(page, "Listened &lt;well&gt; &amp; long."));
    record_close(record);
}

static void the_archive_has_all_of_it(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id walk =
        have_entry(record, ada, "walk 2026-11-01 2026-11-02 90 m-1 | mode fast role leader");
    const struct value *data;
    zip_t *zip;

    (void)state;
    have_paper(record, ada, walk);
    zip = open_archive(archive_of(record, ada));
    assert_int_equal(zip_get_num_entries(zip, 0), 3);
    data = json_of(record, zip);
    assert_int_equal(first_of(data, "entries", "id")->integer, walk.n);
    assert_false(first_of(data, "papers", "left_out")->boolean);
    assert_true(str_starts(file_of(record, zip, "record.html"), STR("<!doctype html>")));
    check_str(file_of(record, zip, "papers/1.pdf"), PAPER);
    zip_discard(zip);
    record_close(record);
}

static void a_lost_paper_is_said_to_be_left_out(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id walk =
        have_entry(record, ada, "walk 2026-11-01 2026-11-02 90 m-1 | mode fast role leader");
    const struct value *data;
    zip_t *zip;

    (void)state;
    have_paper(record, ada, walk);
    assert_int_equal(delete_folder(state), 0);
    zip = open_archive(archive_of(record, ada));
    assert_int_equal(zip_get_num_entries(zip, 0), 2);
    data = json_of(record, zip);
    assert_true(first_of(data, "papers", "left_out")->boolean);
    zip_discard(zip);
    record_close(record);
}

static void after_erasure_a_stub_is_left(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    struct value *data;
    int64_t left = 1;

    (void)state;
    have_entry(record, ada, "walk 2026-11-01 2026-11-02 90 m-1 | mode fast role leader");
    have_praise(record, ada, "Open Sample", "open@sample.example", false);
    while (left > 0)
        DOES(record, person_erase(STORE(record), &act, ada, &left));
    data = data_of(record, ada);
    check_str(value_get(value_get(data, "person"), "name")->text, ERASED_NAME);
    assert_int_equal(count_of(data, "entries"), 0);
    assert_int_equal(count_of(data, "opinions"), 0);
    for (size_t i = 0; i < count_of(data, "history"); i++)
        if (!str_eq_c(value_get(value_get(data, "history")->items[i], "operation")->text,
                      "person-erased"))
            assert_int_equal(value_get(value_get(data, "history")->items[i], "details")->kind,
                             VALUE_NULL);
    record_close(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everything_of_one_and_nothing_of_others, make_folder,
                                        delete_folder),
        cmocka_unit_test(a_long_logbook_is_whole),
        cmocka_unit_test(confidence_is_kept),
        cmocka_unit_test(the_page_runs_nothing),
        cmocka_unit_test_setup_teardown(the_archive_has_all_of_it, make_folder, delete_folder),
        cmocka_unit_test_setup_teardown(a_lost_paper_is_said_to_be_left_out, make_folder,
                                        delete_folder),
        cmocka_unit_test(after_erasure_a_stub_is_left),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
