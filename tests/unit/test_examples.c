/*
 * The samples of examples/ and of the documentation: each is read, as people are told that it is.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/files.h"
#include "criteria/library.h"
#include "register/logbook.h"
#include "register/person.h"
#include "unit.h"

#define FILE_MAX ((size_t)10 * 1000 * 1000)

struct fixture {
    struct arena arena;
    struct library *library;
    const struct vocabulary *vocabulary;
    day today;
};

static struct str content_of(struct fixture *f, const char *path)
{
    const char *source = getenv("ASSAY_SOURCE");
    struct str text;

    assert_non_null(source);
    path = str_to_c(&f->arena, str_format(&f->arena, "%s/%s", source, path));
    assert_false(failed(file_read(&f->arena, path, FILE_MAX, &text)));
    return text;
}

static void add_folder(struct fixture *f, const char *folder, struct diags *diags)
{
    const char *source = getenv("ASSAY_SOURCE");
    struct str_list names;

    assert_non_null(source);
    assert_false(failed(folder_list(
        &f->arena, str_to_c(&f->arena, str_format(&f->arena, "%s/%s", source, folder)), &names)));
    for (size_t i = 0; i < names.count; i++) {
        struct source *text = ARENA_NEW(&f->arena, struct source);

        text->name = names.at[i];
        text->text = content_of(
            f, str_to_c(&f->arena, str_format(&f->arena, "%s/%.*s", folder, STR_ARG(names.at[i]))));
        library_add(f->library, text, diags);
    }
}

static int set_up(void **state)
{
    static struct fixture fixture;
    struct fixture *f = &fixture;
    struct diags diags;

    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&diags, &f->arena);
    f->library = library_new(&f->arena);
    add_folder(f, "schemes/mediation/vocabulary", &diags);
    add_folder(f, "schemes/mediation/criteria", &diags);
    if (failed(library_finish(f->library, &diags)))
        return -1;
    f->vocabulary =
        library_vocabulary(f->library, STR("practice"), (struct edition_number){ { 1 }, 1 });
    if (!day_parse(STR("2024-06-30"), &f->today))
        return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    arena_release(&f->arena);
    return 0;
}

static struct str told(struct faults *faults, const char *name)
{
    struct buf out;

    buf_init(&out, 1000000);
    faults_print(faults, str_from_c(name), &out, false);
    return buf_take(&out, faults->arena);
}

static void check_person(struct fixture *f, struct str bytes, struct dossier *ret)
{
    struct faults faults;

    faults_init(&faults, &f->arena);
    dossier_init(ret);
    if (failed(person_read(&f->arena, bytes, f->library, &faults, ret)))
        check_str(told(&faults, "person"), "");
}

/* The logbook is read after the sample person, without a warning, on a day that is long past. */
static struct dossier check_log(struct fixture *f, struct str bytes, size_t records)
{
    struct dossier dossier;
    struct faults faults;

    check_person(f, content_of(f, "examples/person.json"), &dossier);
    faults_init(&faults, &f->arena);
    if (failed(logbook_read(&f->arena, bytes, f->vocabulary, &logbook_limits, f->today, &faults,
                            &dossier)) ||
        faults.warnings > 0)
        check_str(told(&faults, "logbook"), "");
    assert_int_equal(dossier.evidence_count, records);
    return dossier;
}

static void every_sample_is_read(void **state)
{
    static const struct {
        const char *path;
        size_t records;
    } samples[] = {
        { "examples/logbook-12.csv", 12 },         { "examples/logbook-300.csv", 300 },
        { "examples/logbook-300.json", 300 },      { "examples/logbook-3000.csv", 3000 },
        { "examples/logbook-40-unicode.txt", 40 }, { "examples/logbook-25-windows.csv", 25 },
    };

    for (size_t i = 0; i < ARRAY_LEN(samples); i++)
        (void)check_log(*state, content_of(*state, samples[i].path), samples[i].records);
}

static void check_same(const struct evidence *a, const struct evidence *b)
{
    assert_true(str_eq(a->id, b->id));
    assert_true(str_eq(a->kind, b->kind));
    assert_int_equal(a->start, b->start);
    assert_int_equal(a->end, b->end);
    assert_true(str_eq(a->matter, b->matter));
    assert_true(str_eq(a->programme, b->programme));
    assert_int_equal(a->hours, b->hours);
    assert_int_equal(a->days, b->days);
    assert_int_equal(a->standing, b->standing);
    assert_int_equal(a->verified_on, b->verified_on);
    assert_int_equal(a->fact_count, b->fact_count);
    for (size_t i = 0; i < a->fact_count; i++)
        assert_true(str_eq(evidence_fact(b, a->facts[i].field), a->facts[i].value));
}

/* German headings, words, dates and decimals say what the JSON says in the vocabulary's words. */
static void the_same_logbook_in_two_forms_says_the_same(void **state)
{
    struct dossier csv = check_log(*state, content_of(*state, "examples/logbook-300.csv"), 300);
    struct dossier json = check_log(*state, content_of(*state, "examples/logbook-300.json"), 300);

    for (size_t i = 0; i < csv.evidence_count; i++)
        check_same(&csv.evidence[i], &json.evidence[i]);
    assert_int_equal(csv.evidence[0].line, 2);
    assert_int_equal(json.evidence[0].line, 1);
}

static bool holds(struct arena *arena, struct str text, struct str part)
{
    return strstr(str_to_c(arena, text), str_to_c(arena, part)) != NULL;
}

static void every_row_says_that_it_is_sample_data(void **state)
{
    static const char *const paths[] = { "examples/logbook-12.csv", "examples/logbook-300.csv",
                                         "examples/logbook-3000.csv",
                                         "examples/logbook-faults.csv" };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct str rest = content_of(f, paths[i]);
        struct str line;

        rest = str_split(rest, '\n', &line);
        while (rest.n > 0) {
            rest = str_split(rest, '\n', &line);
            assert_true(holds(&f->arena, line, STR("sample data")));
        }
    }
}

/* The faults of the faulty sample stand in the documentation, word for word. */
static void the_faulty_sample_is_explained(void **state)
{
    struct fixture *f = *state;
    struct dossier dossier;
    struct faults faults;
    struct str text;

    dossier_init(&dossier);
    faults_init(&faults, &f->arena);
    assert_true(failed(logbook_read(&f->arena, content_of(f, "examples/logbook-faults.csv"),
                                    f->vocabulary, &logbook_limits, f->today, &faults, &dossier)));
    assert_int_equal(dossier.evidence_count, 0);
    text = told(&faults, "examples/logbook-faults.csv");
    if (!holds(&f->arena, content_of(f, "examples/README.md"), text))
        fail_msg("examples/README.md should show this:\n%.*s", STR_ARG(text));
}

/* What stands in the first block of that language in a page. */
static struct str block_of(struct fixture *f, const char *page, const char *fence)
{
    const char *text = str_to_c(&f->arena, content_of(f, page));
    const char *begin = strstr(text, fence);
    const char *end;

    assert_non_null(begin);
    begin += strlen(fence);
    end = strstr(begin, "```\n");
    assert_non_null(end);
    return (struct str){ begin, (size_t)(end - begin) };
}

static void the_samples_of_the_documentation_are_read(void **state)
{
    struct fixture *f = *state;
    struct dossier dossier;

    dossier = check_log(f, block_of(f, "docs/logbook.md", "```csv\n"), 3);
    assert_int_equal(dossier.evidence[1].hours, 135);
    check_person(f, block_of(f, "docs/person-file.md", "```json\n"), &dossier);
    assert_int_equal(dossier.credential_count, 2);
    assert_int_equal(dossier.decision_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_sample_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_logbook_in_two_forms_says_the_same, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_row_says_that_it_is_sample_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_faulty_sample_is_explained, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_samples_of_the_documentation_are_read, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
