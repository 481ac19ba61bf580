/* What people.h promises, on both engines. */
#include "register/people.h"

#include <string.h>

#include "engine.h"
#include "store/installation.h"

#define TODAY ((day)20781) /* 2026-11-24 */

static struct arena arena;

static struct store *begin(void)
{
    struct store *store = engine_open_migrated(engine_database());
    char id[INSTALLATION_ID_SIZE];

    arena_init(&arena, 8 << 20);
    check_ok(store, installation_ensure(store, NOW, "test", id));
    return store;
}

static void end(struct store *store)
{
    store_close(store);
    arena_release(&arena);
}

static struct act by(int64_t person)
{
    return (struct act){
        .now = NOW,
        .actor = person ? ACTOR_PERSON : ACTOR_COMMAND,
        .actor_id = person,
        .authority = STR("test"),
    };
}

#define DOES(store, call)                                                                          \
    do {                                                                                           \
        check_ok(store, store_begin(store));                                                       \
        check_ok(store, call);                                                                     \
        check_ok(store, store_commit(store));                                                      \
    } while (0)
#define REFUSES(store, call, error)                                                                \
    do {                                                                                           \
        check_ok(store, store_begin(store));                                                       \
        check_fails(store, call, error);                                                           \
        store_rollback(store);                                                                     \
    } while (0)

static struct person_id add(struct store *store, const char *name)
{
    const struct act act = by(0);
    struct person_id person = { 0 };

    DOES(store, person_add(store, &arena, &act, str_from_c(name), &person));
    return person;
}

static struct appointment_wish chair_of(struct person_id person, day from, day last)
{
    return (struct appointment_wish){
        .person = person,
        .role = APPOINTED_CHAIR,
        .scope = { SCOPE_BODY, STR("ethics") },
        .from = from,
        .last = last,
        .basis = STR("resolution 4"),
    };
}

static struct appointment_id make(struct store *store, struct appointment_wish wish)
{
    const struct act act = by(0);
    struct appointment_id id = { 0 };

    DOES(store, appointment_make(store, &arena, &act, &wish, &id));
    return id;
}

static size_t roles(struct store *store, struct person_id person, day on)
{
    struct appointment_list list = { 0 };

    check_ok(store, roles_on(store, &arena, person, on, &list));
    for (size_t i = 0; i < list.count; i++)
        assert_true(appointment_holds(&list.at[i], on));
    return list.count;
}

/* ---- people ---- */

static void a_person_has_a_name_that_can_be_corrected(void **state)
{
    struct store *store = begin();
    const struct act act = by(0);
    struct person_id person = add(store, " Łukasz Sample ");
    struct person_row row;

    (void)state;
    check_ok(store, person_load(store, &arena, person, &row));
    check_str(row.name, "Łukasz Sample");
    assert_int_equal(row.created, NOW);
    DOES(store, person_rename(store, &arena, &act, person, STR("Lukasz Sample")));
    check_ok(store, person_load(store, &arena, person, &row));
    check_str(row.name, "Lukasz Sample");
    assert_int_equal(ask(store, "SELECT count(*) FROM journal"), 2);
    end(store);
}

static void what_is_no_name_is_refused(void **state)
{
    struct store *store = begin();
    const struct act act = by(0);
    struct person_id person;
    char long_name[PERSON_NAME_MAX + 1];

    (void)state;
    memset(long_name, 'a', sizeof(long_name));
    REFUSES(store, person_add(store, &arena, &act, STR("  "), &person), PEOPLE_NAME);
    REFUSES(store, person_add(store, &arena, &act, STR("two\nlines"), &person), PEOPLE_NAME);
    REFUSES(store, person_add(store, &arena, &act, STR("\xff"), &person), PEOPLE_NAME);
    REFUSES(store,
            person_add(store, &arena, &act, (struct str){ long_name, sizeof(long_name) }, &person),
            PEOPLE_NAME);
    REFUSES(store, person_rename(store, &arena, &act, (struct person_id){ 9 }, STR("Nobody")),
            PEOPLE_UNKNOWN);
    end(store);
}

/* ---- scopes ---- */

static void scopes_are_written_as_they_are_read(void **state)
{
    static const char *const texts[] = { "installation", "body:ethics", "organisation:17",
                                         "programme:4" };
    static const char *const refused[] = { "",         "body",           "body:",
                                           "body:A B", "organisation:x", "organisation:0",
                                           "house:1",  "installation:1" };
    struct store *store = begin();
    struct scope scope;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        assert_true(scope_parse(str_from_c(texts[i]), &scope));
        check_str(scope_text(&arena, scope), texts[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        assert_false(scope_parse(str_from_c(refused[i]), &scope));
    end(store);
}

/* ---- appointments ---- */

static void a_role_is_held_from_its_first_day_to_its_last(void **state)
{
    struct store *store = begin();
    struct person_id ada = add(store, "Ada Sample");

    (void)state;
    make(store, chair_of(ada, TODAY + 1, TODAY + 3));
    assert_int_equal(roles(store, ada, TODAY), 0);
    assert_int_equal(roles(store, ada, TODAY + 1), 1);
    assert_int_equal(roles(store, ada, TODAY + 3), 1);
    assert_int_equal(roles(store, ada, TODAY + 4), 0);
    end(store);
}

static void an_end_counts_from_its_day_and_nothing_is_deleted(void **state)
{
    struct store *store = begin();
    const struct act act = by(0);
    struct person_id ada = add(store, "Ada Sample");
    struct appointment_id id = make(store, chair_of(ada, TODAY, DAY_LAST));
    struct appointment appointment;
    struct appointment_list list;

    (void)state;
    DOES(store, appointment_end(store, &arena, &act, id, TODAY + 10, STR("resigned")));
    assert_int_equal(roles(store, ada, TODAY + 9), 1);
    assert_int_equal(roles(store, ada, TODAY + 10), 0);
    check_ok(store, appointment_load(store, &arena, id, &appointment));
    check_str(appointment.why, "resigned");
    check_str(appointment.basis, "resolution 4");
    assert_int_equal(appointment.last, DAY_LAST);
    assert_true(appointment.ended_by > appointment.made);
    check_ok(store, appointments_of_person(store, &arena, ada, &list));
    assert_int_equal(list.count, 1);
    end(store);
}

static void an_end_may_be_brought_forward_and_not_put_off(void **state)
{
    struct store *store = begin();
    const struct act act = by(0);
    struct person_id ada = add(store, "Ada Sample");
    struct appointment_id id = make(store, chair_of(ada, TODAY, TODAY + 20));

    (void)state;
    REFUSES(store, appointment_end(store, &arena, &act, id, TODAY + 21, STR("")),
            APPOINTMENT_ENDED);
    DOES(store, appointment_end(store, &arena, &act, id, TODAY + 10, STR("")));
    REFUSES(store, appointment_end(store, &arena, &act, id, TODAY + 10, STR("")),
            APPOINTMENT_ENDED);
    DOES(store, appointment_end(store, &arena, &act, id, TODAY, STR("")));
    assert_int_equal(roles(store, ada, TODAY), 0);
    REFUSES(store, appointment_end(store, &arena, &act, id, TODAY - 1, STR("")), APPOINTMENT_TERM);
    REFUSES(store,
            appointment_end(store, &arena, &act, (struct appointment_id){ 9 }, TODAY, STR("")),
            APPOINTMENT_UNKNOWN);
    end(store);
}

static void the_same_role_in_the_same_days_is_refused(void **state)
{
    struct store *store = begin();
    const struct act act = by(0);
    struct person_id ada = add(store, "Ada Sample");
    struct appointment_id id = make(store, chair_of(ada, TODAY, TODAY + 10));
    struct appointment_wish overlap = chair_of(ada, TODAY + 10, DAY_LAST);
    struct appointment_wish before = chair_of(ada, TODAY - 5, TODAY);

    (void)state;
    REFUSES(store, appointment_make(store, &arena, &act, &overlap, &id), APPOINTMENT_TWICE);
    REFUSES(store, appointment_make(store, &arena, &act, &before, &id), APPOINTMENT_TWICE);
    make(store, chair_of(ada, TODAY - 5, TODAY - 1));
    make(store, chair_of(ada, TODAY + 11, TODAY + 12));
    DOES(store, appointment_end(store, &arena, &act, id, TODAY + 5, STR("")));
    make(store, chair_of(ada, TODAY + 5, TODAY + 10));
    assert_int_equal(roles(store, ada, TODAY + 5), 1);
    end(store);
}

static void a_term_or_role_that_cannot_be_is_refused(void **state)
{
    struct store *store = begin();
    const struct act act = by(0);
    struct person_id ada = add(store, "Ada Sample");
    struct appointment_wish wish = chair_of(ada, TODAY, TODAY - 1);
    struct appointment_id id;

    (void)state;
    REFUSES(store, appointment_make(store, &arena, &act, &wish, &id), APPOINTMENT_TERM);
    wish = chair_of(ada, TODAY, DAY_LAST);
    wish.scope = SCOPE_ALL;
    REFUSES(store, appointment_make(store, &arena, &act, &wish, &id), APPOINTMENT_ROLE);
    wish = chair_of(ada, TODAY, DAY_LAST);
    wish.scope.id = STR("Ethics!");
    REFUSES(store, appointment_make(store, &arena, &act, &wish, &id), APPOINTMENT_ROLE);
    wish = chair_of((struct person_id){ 99 }, TODAY, DAY_LAST);
    REFUSES(store, appointment_make(store, &arena, &act, &wish, &id), PEOPLE_UNKNOWN);
    end(store);
}

static void nobody_appoints_themselves(void **state)
{
    struct store *store = begin();
    struct person_id ada = add(store, "Ada Sample");
    const struct act act = by(ada.n);
    struct appointment_wish wish = chair_of(ada, TODAY, DAY_LAST);
    struct appointment_id id;

    (void)state;
    REFUSES(store, appointment_make(store, &arena, &act, &wish, &id), APPOINTMENT_OF_ONESELF);
    end(store);
}

static void the_last_administrator_stays(void **state)
{
    struct store *store = begin();
    struct person_id ada = add(store, "Ada Sample");
    struct person_id bob = add(store, "Bob Sample");
    const struct act act = by(bob.n);
    const struct act command = by(0);
    struct appointment_wish wish = {
        .person = ada,
        .role = APPOINTED_ADMINISTRATOR,
        .scope = SCOPE_ALL,
        .from = TODAY,
        .last = DAY_LAST,
    };
    struct appointment_id first = make(store, wish);

    (void)state;
    REFUSES(store, appointment_end(store, &arena, &act, first, TODAY, STR("")), APPOINTMENT_LAST);
    wish.person = bob;
    make(store, wish);
    DOES(store, appointment_end(store, &arena, &act, first, TODAY, STR("")));
    DOES(store,
         appointment_end(store, &arena, &command, (struct appointment_id){ 2 }, TODAY, STR("")));
    end(store);
}

static void the_members_of_a_body_are_those_of_the_day(void **state)
{
    struct store *store = begin();
    struct appointment_list list;
    struct person_id ada = add(store, "Ada Sample");
    struct person_id bob = add(store, "Bob Sample");

    (void)state;
    make(store, chair_of(ada, TODAY, TODAY + 1));
    make(store, chair_of(bob, TODAY + 2, DAY_LAST));
    check_ok(store, appointments_within(store, &arena, (struct scope){ SCOPE_BODY, STR("ethics") },
                                        TODAY + 2, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].person.n, bob.n);
    check_ok(store, appointments_within(store, &arena, (struct scope){ SCOPE_BODY, STR("ethics") },
                                        DAY_NONE, &list));
    assert_int_equal(list.count, 2);
    check_ok(store,
             appointments_all(store, &arena, TODAY, (struct appointment_id){ 0 }, 10, &list));
    assert_int_equal(list.count, 1);
    check_ok(store,
             appointments_all(store, &arena, DAY_NONE, (struct appointment_id){ 1 }, 10, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].person.n, bob.n);
    end(store);
}

/* ---- looking for people ---- */

/* The names that are found, in their order, with a slash between. */
static const char *found(struct store *store, const char *words, struct person_id after, size_t max)
{
    struct str names = STR("");
    struct person_list list;

    check_ok(store, people_find(store, &arena, str_from_c(words), after, max, &list));
    for (size_t i = 0; i < list.count; i++)
        names = str_format(&arena, "%.*s%s%.*s", STR_ARG(names), i > 0 ? "/" : "",
                           STR_ARG(list.at[i].name));
    return str_to_c(&arena, names);
}

#define ALL ((struct person_id){ 0 }), 100

static void people_are_found_by_the_beginning_of_any_word_of_their_name(void **state)
{
    struct store *store = begin();

    (void)state;
    add(store, "Zoë Sample");
    add(store, "Ana Müller-Sample");
    add(store, "ÉMILE D'Example");
    add(store, "王 小明");
    assert_string_equal(found(store, "sam", ALL), "Ana Müller-Sample/Zoë Sample");
    assert_string_equal(found(store, "zoe", ALL), "Zoë Sample");
    assert_string_equal(found(store, "  ana  MULL", ALL), "Ana Müller-Sample");
    assert_string_equal(found(store, "muller sample", ALL), "Ana Müller-Sample");
    assert_string_equal(found(store, "émile dex", ALL), "ÉMILE D'Example");
    assert_string_equal(found(store, "小", ALL), "王 小明");
    assert_string_equal(found(store, "ample", ALL), "");
    assert_string_equal(found(store, "%", ALL), "");
    assert_string_equal(found(store, "", ALL),
                        "Ana Müller-Sample/ÉMILE D'Example/Zoë Sample/王 小明");
    end(store);
}

static void people_are_found_page_by_page(void **state)
{
    struct store *store = begin();
    struct person_id second = { 0 };

    (void)state;
    add(store, "Cleo Sample");
    second = add(store, "Bob Sample");
    add(store, "Ada Sample");
    add(store, "Bob Sample");
    assert_string_equal(found(store, "sample", (struct person_id){ 0 }, 2),
                        "Ada Sample/Bob Sample");
    assert_string_equal(found(store, "sample", second, 2), "Bob Sample/Cleo Sample");
    assert_string_equal(found(store, "", second, 1), "Bob Sample");
    end(store);
}

static void somebody_who_was_renamed_is_found_by_the_new_name_alone(void **state)
{
    struct store *store = begin();
    const struct act act = by(0);
    struct person_id person = add(store, "Ada Mistaken");

    (void)state;
    DOES(store, person_rename(store, &arena, &act, person, STR("Ada Sample")));
    assert_string_equal(found(store, "mistaken", ALL), "");
    assert_string_equal(found(store, "sample", ALL), "Ada Sample");
    end(store);
}

static void a_name_of_very_many_words_is_found_by_its_first(void **state)
{
    struct store *store = begin();
    char name[PERSON_NAME_MAX + 1];

    (void)state;
    for (size_t i = 0; i < PERSON_NAME_MAX; i++)
        name[i] = i % 2 == 0 ? (char)('a' + i / 2 % 26) : ' ';
    name[PERSON_NAME_MAX - 1] = '\0';
    add(store, name);
    assert_string_equal(found(store, "a b c", ALL), name);
    assert_string_equal(found(store, "t u", ALL), name);
    assert_string_equal(found(store, "", ALL), name);
    end(store);
}

static void names_are_alike_but_for_case_accents_and_signs(void **state)
{
    struct store *store = begin();
    struct person_list list;

    (void)state;
    add(store, "ANA MULLER SAMPLE");
    add(store, "Ana Müller");
    check_ok(store, people_named(store, &arena, STR("Ana Müller-Sample"), &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].id.n, 1);
    assert_true(names_alike(&arena, STR("Ana Müller"), STR(" ana  muller")));
    assert_false(names_alike(&arena, STR("Ana Müller"), STR("Ana Mül")));
    end(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_has_a_name_that_can_be_corrected),
        cmocka_unit_test(what_is_no_name_is_refused),
        cmocka_unit_test(scopes_are_written_as_they_are_read),
        cmocka_unit_test(a_role_is_held_from_its_first_day_to_its_last),
        cmocka_unit_test(an_end_counts_from_its_day_and_nothing_is_deleted),
        cmocka_unit_test(an_end_may_be_brought_forward_and_not_put_off),
        cmocka_unit_test(the_same_role_in_the_same_days_is_refused),
        cmocka_unit_test(a_term_or_role_that_cannot_be_is_refused),
        cmocka_unit_test(nobody_appoints_themselves),
        cmocka_unit_test(the_last_administrator_stays),
        cmocka_unit_test(the_members_of_a_body_are_those_of_the_day),
        cmocka_unit_test(people_are_found_by_the_beginning_of_any_word_of_their_name),
        cmocka_unit_test(people_are_found_page_by_page),
        cmocka_unit_test(somebody_who_was_renamed_is_found_by_the_new_name_alone),
        cmocka_unit_test(a_name_of_very_many_words_is_found_by_its_first),
        cmocka_unit_test(names_are_alike_but_for_case_accents_and_signs),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
