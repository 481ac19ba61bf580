/* What record_standing.h promises, on both engines: another day, another edition, another scheme.
 */
#include "register/record_standing.h"

#include "engine.h"
#include "register/evidence.h"
#include "register/merge.h"
#include "register/scheme_texts.h"
#include "register/standing_compare.h"
#include "store/installation.h"

#define TODAY ((day)20781) /* 2026-11-24 */
#define DAY_MICROSECONDS INT64_C(86400000000)

#define CONF                                                                                       \
    "scheme small {\n"                                                                             \
    "  title \"Small\"\n"                                                                          \
    "  zone Europe/London\n"                                                                       \
    "  organisation \"Sample Body\" {\n"                                                           \
    "    short \"SB\"\n"                                                                           \
    "  }\n"                                                                                        \
    "}\n"
#define DOCUMENT(edition, from, need)                                                              \
    "criteria carpenter edition " edition " {\n"                                                   \
    "  in force from " from "\n"                                                                   \
    "  vocabulary trade 1\n"                                                                       \
    "  require pass \"Pass\" {\n"                                                                  \
    "    count test >= " need "\n"                                                                 \
    "  }\n"                                                                                        \
    "}\n"

static const struct scheme_file conf = { STR("scheme.conf"), STR(CONF) };
static const struct scheme_file first = { STR("criteria/first.criteria"),
                                          STR(DOCUMENT("1", "2026-01-01", "1")) };
static const struct scheme_file second = { STR("criteria/second.criteria"),
                                           STR(DOCUMENT("2", "2026-11-01", "2")) };
static const struct scheme_file joiner = { STR("criteria/joiner.criteria"),
                                           STR("criteria joiner edition 1 {\n"
                                               "  in force from 2026-01-01\n"
                                               "  vocabulary trade 1\n"
                                               "  require pass \"Pass\" {\n"
                                               "    count test >= 1\n"
                                               "  }\n"
                                               "}\n") };
static const struct scheme_file trade = { STR("vocabulary/trade.vocabulary"),
                                          STR("vocabulary trade 1 {\n"
                                              "  record test {\n"
                                              "  }\n"
                                              "}\n") };

static struct arena arena;
static struct store *store;

static void begin(void)
{
    char id[INSTALLATION_ID_SIZE];

    store = engine_open_migrated(engine_database());
    arena_init(&arena, (size_t)64 << 20);
    check_ok(store, installation_ensure(store, NOW - 400 * DAY_MICROSECONDS, "test", id));
}

static void end(void)
{
    store_close(store);
    arena_release(&arena);
}

#define DOES(call)                                                                                 \
    do {                                                                                           \
        check_ok(store, store_begin(store));                                                       \
        check_ok(store, call);                                                                     \
        check_ok(store, store_commit(store));                                                      \
    } while (0)

static struct act on(day when)
{
    return (struct act){ .now = NOW + ((int64_t)when - TODAY) * DAY_MICROSECONDS,
                         .actor = ACTOR_COMMAND,
                         .authority = STR("test") };
}

/* Sorted, as the database keeps them; the second edition may be missing still. */
static void load(day when, bool joined, bool renewed)
{
    const struct act act = on(when);
    struct scheme_file files[5];
    struct scheme_loading loading;
    struct diags diags;
    size_t count = 0;

    files[count++] = conf;
    files[count++] = first;
    if (joined)
        files[count++] = joiner;
    if (renewed)
        files[count++] = second;
    files[count++] = trade;
    diags_init(&diags, &arena);
    DOES(scheme_texts_load(store, &arena, &act, &(struct scheme_files){ files, count, count },
                           false, &diags, &loading));
    assert_true(loading.position > 0);
}

static const struct scheme *scheme_now(void)
{
    struct scheme_side side = { 0 };
    struct diags diags;

    diags_init(&diags, &arena);
    check_ok(store, scheme_side_at(store, &arena, SCHEME_NOW, &diags, &side));
    return side.scheme;
}

static struct person_id have_person(day when, const char *name)
{
    const struct act act = on(when);
    struct person_id person = { 0 };

    DOES(person_add(store, &arena, &act, str_from_c(name), &person));
    return person;
}

/* A test that was passed, verified by the office on the day on which it is recorded. */
static void have_test(day when, struct person_id person)
{
    const struct act act = on(when);
    const struct evidence says = {
        .kind = STR("test"),
        .start = when,
        .end = when,
        .matter = STR_NONE,
        .programme = STR_NONE,
        .hours = -1,
        .days = -1,
        .verified_on = DAY_NONE,
    };
    struct evidence_id id;

    DOES(evidence_add(store, &arena, &act, spoken_vocabulary(scheme_now()->library), person, &says,
                      &id));
    DOES(store_run(store,
                   "UPDATE evidence_standing SET standing = 'verified', how = 'office',"
                   " verified_day = $2 WHERE evidence = $1",
                   PARAMS(datum_int(id.n), datum_int(when))));
}

/* Certification by certification, as it was on the day and is today. */
static const struct value *compared(struct person_id person, day at)
{
    struct record_question question = {
        .scheme = scheme_now(), .person = person, .at = at, .today = TODAY
    };
    struct standing_check then;
    struct standing_check now;
    struct value *before;
    struct value *after;

    check_ok(store, store_begin(store));
    if (at != DAY_NONE)
        check_ok(store, position_of_day(store, at, &question.position));
    check_ok(store, record_standing(store, &arena, &question, &then, &now));
    store_rollback(store);
    check_ok(store, standing_summary_value(&arena, &now, 0, &after));
    before = after;
    if (at != DAY_NONE)
        check_ok(store, standing_summary_value(&arena, &then, 0, &before));
    return standing_compare_value(&arena, before, after);
}

static const struct value *certification(const struct value *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_eq_c(value_get(list->items[i], "name")->text, name))
            return list->items[i];
    fail_msg("%s is not compared", name);
    return NULL;
}

static void check_side(const struct value *side, const char *edition, const char *verdict)
{
    assert_int_equal(side->kind, VALUE_OBJECT);
    check_str(value_get(side, "edition")->text, edition);
    check_str(value_get(side, "decide")->text, verdict);
}

static void each_day_has_its_edition_and_its_knowledge(void **state)
{
    const struct value *carpenter;
    struct person_id ada;

    (void)state;
    begin();
    load(TODAY - 200, false, true);
    ada = have_person(TODAY - 150, "Ada Sample");
    have_test(TODAY - 100, ada);
    carpenter = certification(compared(ada, TODAY - 90), "carpenter");
    check_side(value_get(carpenter, "then"), "1", "eligible");
    check_side(value_get(carpenter, "now"), "2", "not-yet");
    assert_true(value_get(carpenter, "edition_differs")->boolean);
    assert_true(value_get(carpenter, "differs")->boolean);
    /* Before it was recorded, it was not known. */
    carpenter = certification(compared(ada, TODAY - 120), "carpenter");
    check_side(value_get(carpenter, "then"), "1", "not-yet");
    carpenter = certification(compared(ada, DAY_NONE), "carpenter");
    check_side(value_get(carpenter, "then"), "2", "not-yet");
    assert_false(value_get(carpenter, "differs")->boolean);
    end();
}

static void a_document_that_was_loaded_later_was_not_there(void **state)
{
    const struct value *list;
    struct person_id ada;

    (void)state;
    begin();
    load(TODAY - 200, false, false);
    ada = have_person(TODAY - 150, "Ada Sample");
    have_test(TODAY - 100, ada);
    load(TODAY - 50, true, false);
    list = compared(ada, TODAY - 90);
    assert_int_equal(value_get(certification(list, "joiner"), "then")->kind, VALUE_NULL);
    check_side(value_get(certification(list, "joiner"), "now"), "1", "eligible");
    check_side(value_get(certification(list, "carpenter"), "then"), "1", "eligible");
    assert_false(value_get(certification(list, "carpenter"), "differs")->boolean);
    /* Before there was any scheme, that of now is asked. */
    list = compared(ada, TODAY - 300);
    check_side(value_get(certification(list, "carpenter"), "now"), "1", "eligible");
    end();
}

static void a_merge_counts_from_the_day_on_which_it_was_found(void **state)
{
    const struct act act = on(TODAY - 20);
    struct person_id ada;
    struct person_id too;
    struct merge_id merge;

    (void)state;
    begin();
    load(TODAY - 200, false, false);
    ada = have_person(TODAY - 150, "Ada Sample");
    too = have_person(TODAY - 150, "Sample Ada");
    have_test(TODAY - 100, too);
    DOES(person_merge(store, &arena, &act, ada, too, STR("one"), &merge));
    check_side(value_get(certification(compared(ada, TODAY - 30), "carpenter"), "then"), "1",
               "not-yet");
    check_side(value_get(certification(compared(ada, TODAY - 10), "carpenter"), "then"), "1",
               "eligible");
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_day_has_its_edition_and_its_knowledge),
        cmocka_unit_test(a_document_that_was_loaded_later_was_not_there),
        cmocka_unit_test(a_merge_counts_from_the_day_on_which_it_was_found),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
