#include "register/standing.h"

#include <string.h>

#include "assessing.h"
#include "register/uses.h"

#define SUMMARY_MAX ((size_t)4 * 1024 * 1024)

static const char documents[] =
    "vocabulary walks 1 {\n"
    "  record walk \"Walk\" { field role of leader, helper }\n"
    "  record course \"Course\" { field completed of yes, no }\n"
    "  programmes school\n"
    "  bodies board\n"
    "  statements promise\n"
    "  anchors join\n"
    "}\n"
    "criteria guide edition 1 {\n"
    "  title \"Guide\"; owner board; vocabulary walks 1\n"
    "  require practice \"Practice\" { count walk >= 3 { role leader; within 24 months } }\n"
    "  require novice { holds novice }\n"
    "  require promise { declared promise within 12 months }\n"
    "}\n"
    "criteria guide.other edition 1 {\n"
    "  vocabulary walks 1\n"
    "  require walk { sum hours walk >= 2 h { role leader } }\n"
    "}\n"
    "criteria guide.renewal edition 1 {\n"
    "  vocabulary walks 1\n"
    "  require walk { count walk >= 1 { within 12 months } }\n"
    "}\n"
    "criteria novice edition 1 {\n"
    "  owner board; vocabulary walks 1\n"
    "  require suited { judged \"Is the person suited?\" by board }\n"
    "}\n"
    "criteria later edition 1 {\n"
    "  in force from 2030-01-01; vocabulary walks 1\n"
    "  require walk { count walk >= 1 }\n"
    "}\n"
    "criteria over edition 1 {\n"
    "  open before 2024-07-01; vocabulary walks 1\n"
    "  require walk { count walk >= 1 }\n"
    "}\n"
    "criteria yearly edition 1 {\n"
    "  vocabulary walks 1; cycle 36 months from join\n"
    "  require walk { each 12 months of cycle { count walk >= 1 } }\n"
    "  bar helper \"Helper only\" { count walk >= 5 { role helper } } effect refuse\n"
    "}\n";

struct fixture {
    struct assessing a;
    struct scheme scheme;
    struct word certifications[2];
    struct scheme_group groups[2];
    struct standing_question question;
    struct standing_check answer;
    struct value *summary;
    int left; /* how often the check may still go on */
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct fixture *f = &fixture;

    *f = (struct fixture){ .left = -1 };
    assessing_begin(&f->a, documents);
    f->certifications[0].text = STR("guide");
    f->certifications[1].text = STR("over");
    f->groups[0] = (struct scheme_group){
        .id = { .text = STR("walkers") },
        .title = STR("Walkers"),
        .certifications = { .at = &f->certifications[0], .count = 1 },
    };
    f->groups[1] = (struct scheme_group){
        .id = { .text = STR("closed") },
        .title = STR("Closed"),
        .certifications = { .at = &f->certifications[1], .count = 1 },
    };
    f->scheme = (struct scheme){
        .id = { .text = STR("sample") },
        .title = STR("Sample"),
        .groups = { .at = f->groups, .count = 2 },
        .library = f->a.library,
    };
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    assessing_end(&f->a);
    return 0;
}

static bool may_go_on(void *context)
{
    struct fixture *f = context;

    return f->left != 0 && (f->left < 0 || f->left-- > 0);
}

static struct result ask(struct fixture *f, const char *lines, const char *on)
{
    assessing_read(&f->a, lines);
    f->question.scheme = &f->scheme;
    f->question.dossier = &f->a.dossier;
    f->question.on = assessing_day(on);
    return standing_check(&f->a.arena, &f->question, &f->answer);
}

/* The summary, with two records of each group, pretty. */
static void sum_up(struct fixture *f, const char *lines, const char *on)
{
    assert_false(failed(ask(f, lines, on)));
    assert_false(failed(standing_summary_value(&f->a.arena, &f->answer, 2, &f->summary)));
}

/* The value under a path such as "groups.0.certifications.0.name". */
static const struct value *under(const struct value *value, const char *path)
{
    struct str rest = str_from_c(path);

    while (rest.p) {
        struct str key;
        int64_t index;

        rest = str_split(rest, '.', &key);
        if (str_to_int(key, 0, 1000, &index)) {
            if (value->kind != VALUE_ARRAY || (size_t)index >= value->count)
                fail_msg("%s: there is no %.*s", path, STR_ARG(key));
            value = value->items[index];
            continue;
        }
        for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++)
            if (str_eq(value->members[i].key, key)) {
                value = value->members[i].value;
                goto found;
            }
        fail_msg("%s: there is no %.*s", path, STR_ARG(key));
    found:;
    }
    return value;
}

/* The value there as JSON of one line. */
static void check_json_at(struct fixture *f, const char *path, const char *expected, int line)
{
    struct buf out;

    buf_init(&out, SUMMARY_MAX);
    value_write_json(under(f->summary, path), JSON_COMPACT, &out);
    check_str_at(buf_take(&out, &f->a.arena), expected, __FILE__, line);
}
#define check_json(path, expected) check_json_at(*state, path, expected, __LINE__)

static size_t summary_size(struct fixture *f)
{
    struct buf out;
    size_t n;

    buf_init(&out, SUMMARY_MAX);
    value_write_json(f->summary, JSON_COMPACT, &out);
    assert_false(out.overflow);
    n = out.n;
    buf_release(&out);
    return n;
}

/* ---- what is looked at ---- */

static struct str names_of(struct fixture *f)
{
    struct buf out;

    buf_init(&out, 1000);
    for (size_t i = 0; i < f->answer.count; i++) {
        const struct standing_entry *entry = &f->answer.entries[i];

        buf_format(&out, "%s%.*s%s%s", i > 0 ? " " : "", STR_ARG(entry->name),
                   entry->beside ? "+" : "", entry->shown ? "" : "-");
    }
    return buf_take(&out, &f->a.arena);
}

static void certifications_stand_in_the_order_of_groups(void **state)
{
    struct fixture *f = *state;

    assert_false(failed(ask(f, "", "2024-06-15")));
    check_str(names_of(f), "guide guide.other+ guide.renewal+- over later novice yearly");
    assert_ptr_equal(f->answer.entries[0].group, &f->groups[0]);
    assert_ptr_equal(f->answer.entries[2].group, &f->groups[0]);
    assert_ptr_equal(f->answer.entries[3].group, &f->groups[1]);
    assert_null(f->answer.entries[4].group);
    check_str(f->answer.entries[0].title, "Guide");
    check_str(f->answer.entries[5].title, "novice");
}

static void a_renewal_is_shown_to_holders(void **state)
{
    struct fixture *f = *state;

    assert_false(failed(ask(f, "credential guide 2019-01-01..2020-12-31", "2024-06-15")));
    check_str(names_of(f), "guide guide.other+ guide.renewal+ over later novice yearly");
}

static void only_what_is_named_is_looked_at(void **state)
{
    struct fixture *f = *state;
    static const struct str names[] = { STR("yearly"), STR("guide") };

    f->question.names = (struct str_list){ names, ARRAY_LEN(names) };
    assert_false(failed(ask(f, "", "2024-06-15")));
    check_str(names_of(f), "guide guide.other+ guide.renewal+- yearly");
}

static void a_name_without_a_point_above_it_is_a_certification(void **state)
{
    struct fixture *f = *state;

    assert_true(is_certification(f->a.library, STR("guide")));
    assert_false(is_certification(f->a.library, STR("guide.other")));
    assert_false(is_certification(f->a.library, STR("guide.other.more")));
    assert_true(is_certification(f->a.library, STR("nobody.other")));
}

static void standings_are_counted_as_known_then(void **state)
{
    struct fixture *f = *state;
    size_t counts[STANDINGS];

    assessing_read(&f->a, "2 x walk 2024-01-01\n"
                          "walk 2024-01-02 verified@2024-03-01\n"
                          "walk 2024-01-03 rejected\n"
                          "walk 2024-01-03 claimed\n");
    count_standings(&f->a.dossier, counts);
    assert_int_equal(counts[STANDING_VERIFIED], 3);
    assert_int_equal(counts[STANDING_CLAIMED], 1);
    assert_int_equal(counts[STANDING_REJECTED], 1);
    f->a.dossier.known = assessing_day("2024-02-01");
    count_standings(&f->a.dossier, counts);
    assert_int_equal(counts[STANDING_VERIFIED], 2);
    assert_int_equal(counts[STANDING_CLAIMED], 2);
}

/* ---- bounds on work ---- */

static void a_check_that_may_not_go_on_ends(void **state)
{
    struct fixture *f = *state;
    int asked = 0;

    f->question.go_on = may_go_on;
    f->question.context = f;
    for (;; asked++) {
        f->left = asked;
        struct result result = ask(f, "3 x walk 2024-01-01 role=leader", "2024-06-15");
        if (!failed(result))
            break;
        assert_ptr_equal(result.error, &ERROR_LIMIT);
        assert_null(f->a.arena.full);
    }
    assert_in_range(asked, 5, 500);
}

static void a_summary_that_may_not_go_on_ends(void **state)
{
    struct fixture *f = *state;
    int asked = 0;

    f->question.go_on = may_go_on;
    f->question.context = f;
    assert_false(failed(ask(f, "3 x walk 2024-01-01 role=leader", "2024-06-15")));
    for (;; asked++) {
        f->left = asked;
        struct result result = standing_summary_value(&f->a.arena, &f->answer, 5, &f->summary);
        if (!failed(result))
            break;
        assert_ptr_equal(result.error, &ERROR_LIMIT);
        assert_null(f->a.arena.full);
    }
    assert_in_range(asked, 20, 2000);
}

static struct result ask_and_sum_up(struct fixture *f)
{
    struct result result = ask(f, "", "2024-06-15");

    if (!failed(result))
        result = standing_summary_value(&f->a.arena, &f->answer, 5, &f->summary);
    return result;
}

static size_t bytes_used(struct fixture *f)
{
    size_t before = f->a.arena.used;

    assert_false(failed(ask_and_sum_up(f)));
    return f->a.arena.used - before;
}

/* Wherever the arena is full, what was beside it is given back: the sanitizer would tell. */
static void a_full_arena_leaves_as_it_should(void **state)
{
    struct fixture *f = *state;
    size_t need = bytes_used(f);

    for (size_t room = 0; room < need; room += need / 40 + 1) {
        f->a.arena.limit = f->a.arena.used + room;
        assert_true(leaves_full(&f->a.arena, (void)failed(ask_and_sum_up(f))));
        f->a.arena.limit = ARENA_UNLIMITED;
    }
}

static void a_summary_does_not_grow_with_the_records(void **state)
{
    struct fixture *f = *state;
    size_t small;
    size_t large;

    sum_up(f, "40 x walk 2024-01-01 role=leader hours=1\n40 x walk 2023-01-01 claimed",
           "2024-06-15");
    small = summary_size(f);
    sum_up(f, "4000 x walk 2024-01-01 role=leader hours=1\n4000 x walk 2023-01-01 claimed",
           "2024-06-15");
    large = summary_size(f);
    assert_in_range(large, small, small + small / 20); /* numbers have more digits */
}

/* ---- what the summary says ---- */

#define GUIDE "groups.0.certifications.0."

static void a_summary_names_the_first_records_of_each_sort(void **state)
{
    sum_up(*state,
           "3 x walk 2024-01-01 role=leader hours=2:30\n"
           "walk 2021-01-01 role=leader\n"
           "2 x walk 2024-02-01 role=leader claimed\n"
           "walk 2024-02-01 role=helper",
           "2024-06-15");
    check_json("records",
               "{\"count\":7,\"verified\":5,\"claimed\":2,\"rejected\":0,\"withdrawn\":0,"
               "\"duplicate\":0,\"from\":\"2021-01-01\",\"to\":\"2024-02-01\"}");
    check_json(GUIDE "result.requirements.0.rule.records.groups.0",
               "{\"reason\":\"used\",\"by_claims\":null,\"field\":null,\"text\":\"count\","
               "\"count\":3,\"from\":\"2024-01-01\",\"to\":\"2024-01-01\",\"records\":["
               "{\"id\":\"e1\",\"row\":1,\"from\":\"2024-01-01\",\"to\":\"2024-01-01\","
               "\"kind\":\"Walk\",\"minutes\":150},"
               "{\"id\":\"e2\",\"row\":1,\"from\":\"2024-01-01\",\"to\":\"2024-01-01\","
               "\"kind\":\"Walk\",\"minutes\":150}],\"more\":1}");
    check_json(GUIDE "result.requirements.0.rule.records.groups.2.reason", "\"unverified\"");
    check_json(GUIDE "result.requirements.0.rule.records.groups.2.by_claims", "\"used\"");
    check_json(GUIDE "result.requirements.0.rule.records.groups.2.text", "\"await verification\"");
    check_json(GUIDE "result.requirements.0.rule.records.groups.3.field", "\"role\"");
    check_json(GUIDE "result.requirements.0.rule.records.window",
               "{\"from\":\"2022-06-15\",\"to\":\"2024-06-15\",\"empty\":false,\"known\":true,"
               "\"months\":24}");
}

static void a_summary_says_how_much_is_done(void **state)
{
    sum_up(*state, "walk 2024-01-01 role=leader\nwalk 2024-01-01 role=leader claimed",
           "2024-06-15");
    check_json(GUIDE "result.requirements.0.decide",
               "{\"value\":\"not-yet\",\"by\":\"nothing\",\"who\":null,\"text\":null,"
               "\"on\":\"2024-06-15\",\"done\":333}");
    check_json(GUIDE "result.requirements.0.preview.done", "666");
    check_json(GUIDE "result.requirements.0.rule.count",
               "{\"need\":3,\"scale\":1,\"unit\":\"matters\","
               "\"decide\":{\"lo\":1,\"hi\":1,\"done\":333,\"text\":\"1\"},"
               "\"preview\":{\"lo\":2,\"hi\":2,\"done\":666,\"text\":\"2\"},\"text\":\"3\"}");
    check_json(GUIDE "result.requirements.0.rule.said",
               "\"1 of 3 walks as leader in the 24 months up to the application; 1 more claimed\"");
}

static void the_nearest_path_is_told_in_numbers_and_words(void **state)
{
    sum_up(*state, "walk 2024-01-01 role=leader\nwalk 2024-01-01 role=leader claimed",
           "2024-06-15");
    check_json(GUIDE "result.nearest.claims", "null");
    check_json(GUIDE "result.nearest.advice.0",
               "{\"kind\":\"count\",\"text\":\"2 more walks as leader in the 24 months up to the "
               "application\",\"requirement\":\"practice\",\"title\":\"Practice\","
               "\"node\":\"practice.1\",\"word\":\"walk\",\"n\":2,\"measure\":null,\"until\":null,"
               "\"matching\":\"A walk as leader in the 24 months up to the application.\"}");
    check_json(GUIDE "result.nearest.advice.2.kind", "\"declare\"");
    sum_up(*state,
           "3 x walk 2024-01-01 role=leader claimed\ncredential novice 2020-01-01..\n"
           "declared promise 2024-01-01",
           "2024-06-15");
    check_json(GUIDE "result.nearest.claims",
               "{\"count\":3,\"suffice\":true,"
               "\"text\":\"have the 3 claims verified; nothing else is missing\"}");
    check_json("groups.2.certifications.1.result.nearest",
               "{\"claims\":null,\"waiting\":[],\"advice\":[{\"kind\":\"judgement\","
               "\"text\":\"a judgement by the board\",\"requirement\":\"suited\","
               "\"title\":\"suited\",\"node\":\"suited.1\",\"word\":\"board\",\"n\":null,"
               "\"measure\":null,\"until\":null,\"matching\":null}]}");
}

static void what_ends_is_listed_by_day(void **state)
{
    sum_up(*state,
           "2 x walk 2023-01-31 role=leader\n"
           "walk 2024-01-01 role=leader\n"
           "credential novice 2020-01-01..2024-12-31\n"
           "declared promise 2024-02-29",
           "2024-06-15");
    check_json(GUIDE "result.days",
               "[{\"on\":\"2025-01-01\",\"kind\":\"credential\",\"name\":\"novice\","
               "\"requirement\":\"novice\",\"title\":\"novice\",\"node\":\"novice.1\",\"count\":0},"
               "{\"on\":\"2025-02-01\",\"kind\":\"record\",\"name\":null,"
               "\"requirement\":\"practice\",\"title\":\"Practice\",\"node\":\"practice.1\","
               "\"count\":2},"
               "{\"on\":\"2025-03-01\",\"kind\":\"declaration\",\"name\":\"promise\","
               "\"requirement\":\"promise\",\"title\":\"promise\",\"node\":\"promise.1\","
               "\"count\":0},"
               "{\"on\":\"2026-01-02\",\"kind\":\"record\",\"name\":null,"
               "\"requirement\":\"practice\",\"title\":\"Practice\",\"node\":\"practice.1\","
               "\"count\":1}]");
    check_json(GUIDE "result.more_days", "0");
    check_json(GUIDE "result.lasts",
               "{\"until\":\"2024-12-31\",\"ends\":[{\"kind\":\"requirement\",\"id\":\"novice\","
               "\"title\":\"novice\"}]}");
}

/* Each listed day is the first on which the record counts no longer, for ends of every month. */
static void a_record_counts_until_the_day_that_is_listed(void **state)
{
    struct fixture *f = *state;
    day first = assessing_day("2022-12-28");

    for (day d = first; d < first + 800; d += 3) {
        char text[DAY_TEXT_SIZE];
        struct str line = str_format(&f->a.arena, "3 x walk %s role=leader", day_text(d, text));
        const char *lines = str_to_c(&f->a.arena, line);
        const struct value *days;
        day ends;

        sum_up(f, lines, day_text(d, text));
        days = under(f->summary, GUIDE "result.days");
        assert_int_equal(days->count, 1);
        assert_true(day_parse(value_get(days->items[0], "on")->text, &ends));
        for (int after = 0; after < 2; after++) {
            char on[DAY_TEXT_SIZE];

            assert_false(failed(ask(f, lines, day_text(ends - 1 + after, on))));
            assert_int_equal(
                f->answer.entries[0].result.best[DECIDE]->outcome.requirements[0].value[DECIDE],
                after ? NOT_YET : MET);
        }
    }
}

static void days_that_are_too_many_are_counted(void **state)
{
    struct fixture *f = *state;
    struct buf lines;

    buf_init(&lines, 100000);
    for (day d = assessing_day("2024-01-01"); d < assessing_day("2024-06-15"); d++) {
        char text[DAY_TEXT_SIZE];

        buf_format(&lines, "walk %s role=leader\n", day_text(d, text));
    }
    sum_up(f, str_to_c(&f->a.arena, buf_take(&lines, &f->a.arena)), "2024-06-15");
    assert_int_equal(under(f->summary, GUIDE "result.days")->count, 100);
    check_json(GUIDE "result.more_days", "66");
}

static void closed_and_coming_documents_say_when(void **state)
{
    sum_up(*state, "walk 2024-01-01", "2024-07-15");
    check_json("groups.1.certifications.0.decide", "\"unavailable\"");
    check_json("groups.1.certifications.0.result.open", "false");
    check_json("groups.1.certifications.0.result.open_until", "\"2024-06-30\"");
    check_json("groups.1.certifications.0.result.nearest", "null");
    check_json("groups.2.certifications.0.result", "null");
    check_json("groups.2.certifications.0.first_in_force", "\"2030-01-01\"");
    sum_up(*state, "walk 2024-01-01", "2024-06-15");
    check_json("groups.1.certifications.0.result.lasts",
               "{\"until\":\"2024-06-30\",\"ends\":[{\"kind\":\"closed\",\"id\":null,"
               "\"title\":null}]}");
    check_json("groups.1.certifications.0.result.days.0.kind", "\"closes\"");
}

static void slices_and_bars_are_there(void **state)
{
    sum_up(*state, "anchor join 2023-01-01\nwalk 2023-05-01\n5 x walk 2024-05-01 role=helper",
           "2024-06-15");
    check_json("groups.2.certifications.2.decide", "\"barred\"");
    check_json("groups.2.certifications.2.result.bars.0.title", "\"Helper only\"");
    check_json("groups.2.certifications.2.result.bars.0.value", "\"met\"");
    check_json("groups.2.certifications.2.result.requirements.0.rule.slices.1.from",
               "\"2024-01-01\"");
    check_json("groups.2.certifications.2.result.requirements.0.rule.slices.1.children.0.decide",
               "\"met\"");
    check_json("groups.2.certifications.2.result.days",
               "[{\"on\":\"2026-01-01\",\"kind\":\"cycle\",\"name\":null,\"requirement\":null,"
               "\"title\":null,\"node\":null,\"count\":0}]");
    sum_up(*state, "walk 2023-05-01", "2024-06-15");
    check_json("groups.2.certifications.2.result.nearest.waiting",
               "[{\"kind\":\"facts\",\"text\":\"for \\\"walk\\\", state the facts that are "
               "missing\",\"requirement\":\"walk\",\"body\":null,\"title\":null}]");
}

/* A private reference is only a matter's: nothing shows it. */
static void references_are_not_in_the_summary(void **state)
{
    struct fixture *f = *state;
    struct buf out;

    sum_up(f, "walk 2024-01-01 role=leader matter=secret-reference programme=hidden", "2024-06-15");
    buf_init(&out, SUMMARY_MAX);
    value_write_json(f->summary, JSON_COMPACT, &out);
    buf_byte(&out, '\0');
    assert_null(strstr(out.p, "secret-reference"));
    assert_null(strstr(out.p, "hidden"));
    buf_release(&out);
}

static void reasons_are_said_of_one_and_of_many(void **state)
{
    struct fixture *f = *state;
    struct arena *arena = &f->a.arena;

    check_str(use_reason_text(arena, UNVERIFIED, STR_NONE, 1), "awaits verification");
    check_str(use_reason_text(arena, UNVERIFIED, STR_NONE, 2), "await verification");
    check_str(use_reason_text(arena, FIELD_DIFFERS, STR("role"), 1), "differs in role");
    check_str(use_reason_text(arena, FIELD_DIFFERS, STR_NONE, 2), "differ");
    check_str(use_reason_text(arena, FIELD_UNKNOWN, STR("role"), 2), "do not state role");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(certifications_stand_in_the_order_of_groups),
        TEST(a_renewal_is_shown_to_holders),
        TEST(only_what_is_named_is_looked_at),
        TEST(a_name_without_a_point_above_it_is_a_certification),
        TEST(standings_are_counted_as_known_then),
        TEST(a_check_that_may_not_go_on_ends),
        TEST(a_summary_that_may_not_go_on_ends),
        TEST(a_full_arena_leaves_as_it_should),
        TEST(a_summary_does_not_grow_with_the_records),
        TEST(a_summary_names_the_first_records_of_each_sort),
        TEST(a_summary_says_how_much_is_done),
        TEST(the_nearest_path_is_told_in_numbers_and_words),
        TEST(what_ends_is_listed_by_day),
        TEST(a_record_counts_until_the_day_that_is_listed),
        TEST(days_that_are_too_many_are_counted),
        TEST(closed_and_coming_documents_say_when),
        TEST(slices_and_bars_are_there),
        TEST(references_are_not_in_the_summary),
        TEST(reasons_are_said_of_one_and_of_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
