/* What profile.h, people_alike.h and erase.h promise, on both engines. */
#include "register/profile.h"

#include <stdio.h>

#include "record.h"
#include "register/erase.h"
#include "register/journal.h"
#include "register/opinion.h"
#include "register/people_alike.h"
#include "register/person_dossier.h"

static const struct term areas[] = {
    { STR("family"), STR_NONE, STR("Family") },
    { STR("divorce"), STR("family"), STR("Divorce") },
    { STR("labour"), STR_NONE, STR("Labour") },
};
static const struct term styles[] = { { STR("facilitative"), STR_NONE, STR("Facilitative") } };
static const struct str statements[] = { STR("promise") };
static const struct profile_terms TERMS = {
    .areas = { STR("2026"), areas, ARRAY_LEN(areas) },
    .styles = { STR("1"), styles, ARRAY_LEN(styles) },
    .statements = { statements, ARRAY_LEN(statements) },
};

/* "given=Ada family=Sample level=fluent": an object of texts. */
static struct value *object(struct record *record, const char *members)
{
    struct value *value = value_object(&record->arena);
    struct str rest = str_from_c(members);

    while (rest.n > 0) {
        struct str member;
        struct str key;
        int64_t number;

        rest = str_split(rest, ' ', &member);
        member = str_split(member, '=', &key);
        if (str_eq_c(member, "yes"))
            value_set_str(&record->arena, value, key, value_bool(&record->arena, true));
        else if (str_to_int(member, 0, INT64_MAX, &number))
            value_set_str(&record->arena, value, key, value_int(&record->arena, number));
        else
            value_set_str(&record->arena, value, key, value_text(&record->arena, member));
    }
    return value;
}

static struct profile_item item(struct record *record, enum profile_kind kind, const char *name,
                                const char *members)
{
    return (struct profile_item){
        .kind = kind,
        .name = str_from_c(name),
        .value = object(record, members),
        .from = DAY_FIRST,
        .until = DAY_LAST,
        .visible = VISIBLE_PUBLIC,
    };
}

#define SETS(record, person, what)                                                                 \
    profile_set(STORE(record), &(const struct act[]){ by((person).n) }[0], &TERMS, person,         \
                &(const struct profile_item[]){ what }[0], (struct fact_id){ 0 }, &id)

static struct fact_list seen(struct record *record, struct person_id person, enum viewer viewer)
{
    struct fact_list list = { 0 };

    check_ok(record->store, profile_view(STORE(record), person, viewer, POSITION_NOW, &list));
    return list;
}

static size_t found(struct record *record, const char *words)
{
    struct person_list list = { 0 };

    check_ok(record->store,
             people_find(STORE(record), str_from_c(words), (struct person_id){ 0 }, 10, &list));
    return list.count;
}

/* ---- names ---- */

static void names_are_as_people_have_them(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "A. Sample");
    struct person_row row = { 0 };
    struct fact_id id;

    (void)state;
    DOES(record, SETS(record, ada,
                      item(record, PROFILE_NAME, "",
                           "given=Ada family=Sample family_first=yes latin=Ada-Latin")));
    check_ok(record->store, person_load(STORE(record), ada, &row));
    check_str(row.name, "Sample Ada");
    assert_int_equal(found(record, "sample a"), 1);
    assert_int_equal(found(record, "ada latin"), 1);
    DOES(record,
         SETS(record, ada, item(record, PROFILE_FORMER_NAME, "", "given=Ada family=Elder")));
    assert_int_equal(found(record, "elder"), 1);
    /* One name alone, and the next takes the place of the one before. */
    DOES(record, SETS(record, ada, item(record, PROFILE_NAME, "", "given=Mononym")));
    check_ok(record->store, person_load(STORE(record), ada, &row));
    check_str(row.name, "Mononym");
    assert_int_equal(found(record, "ada latin"), 0);
    assert_int_equal(found(record, "ada e"), 1);
    assert_int_equal(ask(record->store, "SELECT count(*) FROM fact WHERE kind = 'name'"
                                        " AND superseded_position IS NULL"),
                     1);
    record_close(record);
}

static void names_are_written_and_ordered(void **state)
{
    struct record *record = record_open();
    struct person_name name = { 0 };

    (void)state;
    assert_true(
        person_name_read(object(record, "given=Ada family=Sample post_nominals=LLM"), &name));
    check_str(person_name_display(&record->arena, &name), "Ada Sample");
    check_str(person_name_formal(&record->arena, &name), "Ada Sample, LLM");
    check_str(person_name_sort(&record->arena, &name), "Sample, Ada");
    assert_true(person_name_read(object(record, "family=Mononym"), &name));
    check_str(person_name_formal(&record->arena, &name), "Mononym");
    check_str(person_name_sort(&record->arena, &name), "Mononym");
    assert_false(person_name_read(object(record, "latin=Ada"), &name));
    record_close(record);
}

/* ---- items ---- */

static void each_sees_what_is_for_them(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct profile_item insurance =
        item(record, PROFILE_INSURANCE, "", "insurer=Sure sum=1000000 currency=EUR");
    struct profile_item born = item(record, PROFILE_BORN, "", "");
    const struct act act = by(ada.n);
    struct fact_id language = { 0 };
    struct fact_id id;

    (void)state;
    DOES(record, SETS(record, ada, item(record, PROFILE_LANGUAGE, "nl", "level=native")));
    language = id;
    insurance.visible = VISIBLE_MEMBERS;
    insurance.from = TODAY;
    DOES(record, SETS(record, ada, insurance));
    born.visible = profile_default(PROFILE_BORN);
    born.from = 4000;
    DOES(record, SETS(record, ada, born));
    assert_int_equal(seen(record, ada, VIEWER_STRANGER).count, 1);
    assert_int_equal(seen(record, ada, VIEWER_MEMBER).count, 2);
    assert_int_equal(seen(record, ada, VIEWER_SELF).count, 3);
    DOES(record, profile_show(STORE(record), &act, ada, language, VISIBLE_PRIVATE, &id));
    assert_int_equal(seen(record, ada, VIEWER_STRANGER).count, 0);
    REFUSES(record, profile_remove(STORE(record), &act, ada, language), PROFILE_UNKNOWN);
    DOES(record, profile_remove(STORE(record), &act, ada, id));
    assert_int_equal(seen(record, ada, VIEWER_SELF).count, 2);
    record_close(record);
}

static void what_a_profile_does_not_have_is_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct profile_item dated = item(record, PROFILE_LANGUAGE, "nl", "level=native");
    struct profile_item backwards = item(record, PROFILE_EDUCATION, "", "title=Law");
    struct profile_item future = item(record, PROFILE_DECLARATION, "promise", "");
    struct fact_id id;

    (void)state;
#define IS_NO(kind, name, members, error)                                                          \
    REFUSES(record, SETS(record, ada, item(record, kind, name, members)), error)
    IS_NO(PROFILE_KINDS, "", "", PROFILE_KIND);
    IS_NO(PROFILE_LANGUAGE, "nl", "", PROFILE_VALUE);
    IS_NO(PROFILE_LANGUAGE, "nl", "level=splendid", PROFILE_VALUE);
    IS_NO(PROFILE_LANGUAGE, "Dutch", "level=native", PROFILE_VALUE);
    IS_NO(PROFILE_LANGUAGE, "nl", "level=native colour=red", PROFILE_VALUE);
    IS_NO(PROFILE_COUNTRY, "Netherlands", "", PROFILE_VALUE);
    IS_NO(PROFILE_AREA, "sports", "", PROFILE_TERM);
    IS_NO(PROFILE_STYLE, "family", "", PROFILE_TERM);
    IS_NO(PROFILE_DECLARATION, "oath", "", PROFILE_TERM);
    IS_NO(PROFILE_INSURANCE, "", "insurer=Sure sum=many currency=EUR", PROFILE_VALUE);
    IS_NO(PROFILE_INSURANCE, "", "insurer=Sure sum=100 currency=euro", PROFILE_VALUE);
    IS_NO(PROFILE_COMPLAINTS, "", "body=Board address=javascript:x", PROFILE_VALUE);
    IS_NO(PROFILE_NAME, "", "post_nominals=LLM", PROFILE_VALUE);
    IS_NO(PROFILE_EDUCATION, "Law", "title=Law", PROFILE_VALUE);
    IS_NO(PROFILE_BORN, "", "", PROFILE_DAYS);
    dated.from = TODAY;
    REFUSES(record, SETS(record, ada, dated), PROFILE_DAYS);
    backwards.from = TODAY;
    backwards.until = TODAY - 1;
    REFUSES(record, SETS(record, ada, backwards), PROFILE_DAYS);
    future.from = TODAY + 1;
    REFUSES(record, SETS(record, ada, future), PROFILE_DAYS);
    DOES(record, SETS(record, ada, item(record, PROFILE_COUNTRY, "NL", "")));
    IS_NO(PROFILE_COUNTRY, "NL", "", PROFILE_MANY);
    record_close(record);
}

static void areas_are_of_an_edition_and_stand_in_a_tree(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct fact_id id;

    (void)state;
    DOES(record, SETS(record, ada, item(record, PROFILE_AREA, "divorce", "")));
    check_str(seen(record, ada, VIEWER_STRANGER).at[0].value, "{\"edition\":\"2026\"}");
    assert_true(term_within(&TERMS.areas, STR("divorce"), STR("family")));
    assert_true(term_within(&TERMS.areas, STR("family"), STR("family")));
    assert_false(term_within(&TERMS.areas, STR("family"), STR("divorce")));
    assert_false(term_within(&TERMS.areas, STR("labour"), STR("family")));
    assert_false(term_within(&TERMS.areas, STR("sports"), STR("sports")));
    record_close(record);
}

static void a_declared_code_reaches_the_dossier(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct profile_item code = item(record, PROFILE_DECLARATION, "promise", "edition=2.1");
    struct profile_item again = item(record, PROFILE_DECLARATION, "promise", "");
    struct profile_item wrong = item(record, PROFILE_DECLARATION, "promise", "edition=latest");
    struct profile_item born = item(record, PROFILE_BORN, "", "");
    struct dossier dossier;
    struct fact_id id;

    (void)state;
    code.from = TODAY - 400;
    again.from = TODAY;
    wrong.from = TODAY;
    born.from = 4000;
    DOES(record, SETS(record, ada, code));
    DOES(record, SETS(record, ada, again)); /* a code is accepted anew, and both stay */
    REFUSES(record, SETS(record, ada, wrong), PROFILE_VALUE);
    DOES(record, SETS(record, ada, born));
    dossier_init(&dossier);
    check_ok(record->store, person_dossier(STORE(record), ada, POSITION_NOW, DAY_NONE, &dossier));
    assert_int_equal(dossier.declaration_count, 2);
    check_str(dossier.declarations[0].statement, "promise");
    assert_int_equal(dossier.declarations[0].on, TODAY - 400);
    assert_int_equal(dossier.declarations[0].edition.parts, 2);
    assert_int_equal(dossier.born, 4000);
    record_close(record);
}

static void merged_people_have_one_profile(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id too = have_person(record, "A. Sample");
    const struct act act = by(0);
    struct merge_id merge = { 0 };
    struct fact_list list;
    struct fact_id id;

    (void)state;
    DOES(record, SETS(record, ada, item(record, PROFILE_NAME, "", "given=Ada family=Sample")));
    DOES(record, SETS(record, too, item(record, PROFILE_NAME, "", "given=A. family=Sample")));
    DOES(record, SETS(record, too, item(record, PROFILE_LANGUAGE, "nl", "level=native")));
    DOES(record, person_merge(STORE(record), &act, ada, too, STR("same"), &merge));
    list = seen(record, ada, VIEWER_STRANGER);
    assert_int_equal(list.count, 2);
    check_str(list.at[0].value, "{\"family\":\"Sample\",\"given\":\"Ada\"}");
    DOES(record, person_unmerge(STORE(record), &act, merge, STR("two")));
    assert_int_equal(seen(record, ada, VIEWER_STRANGER).count, 1);
    record_close(record);
}

/* ---- who is likely the same ---- */

static void likely_same_people_are_offered_with_reasons(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Maria Sample");
    struct person_id order = have_person(record, "SAMPLE, Ádá Maria");
    struct person_id initial = have_person(record, "A. Sample");
    struct person_id other = have_person(record, "Anna Sample");
    struct person_id born = have_person(record, "Bea Different");
    struct alike_person alike[ALIKE_MAX];
    struct profile_item day_of_birth = item(record, PROFILE_BORN, "", "");
    const struct act act = by(0);
    struct fact_id id;
    size_t count = 0;

    (void)state;
    (void)other;
    day_of_birth.from = 4000;
    DOES(record, SETS(record, ada, day_of_birth));
    DOES(record, SETS(record, born, day_of_birth));
    DOES(record, SETS(record, initial, day_of_birth));
    check_ok(record->store, people_alike(STORE(record), ada, alike, &count));
    assert_int_equal(count, 2);
    assert_int_equal(alike[0].person.n, order.n);
    assert_int_equal(alike[0].reasons, ALIKE_NAME);
    assert_int_equal(alike[1].person.n, initial.n);
    assert_int_equal(alike[1].reasons, ALIKE_INITIAL | ALIKE_BORN);
    DOES(record, people_distinct(STORE(record), &act, order, ada, STR("mother and daughter")));
    DOES(record, people_distinct(STORE(record), &act, ada, order, STR("said again")));
    check_ok(record->store, people_alike(STORE(record), ada, alike, &count));
    assert_int_equal(count, 1);
    check_ok(record->store, people_alike(STORE(record), order, alike, &count));
    assert_int_equal(count, 0);
    REFUSES(record, people_distinct(STORE(record), &act, ada, ada, STR("x")), MERGE_SAME);
    REFUSES(record, people_distinct(STORE(record), &act, ada, born, STR("")), MERGE_WHY);
    record_close(record);
}

static void a_shared_matter_and_a_name_are_a_reason(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id initial = have_person(record, "Amy Sample");
    struct person_id partner = have_person(record, "Cid Different");
    struct alike_person alike[ALIKE_MAX];
    size_t count = 0;

    (void)state;
    have_entry(record, ada, "walk 2026-11-01 2026-11-01 60 m-77 |");
    have_entry(record, initial, "walk 2026-11-01 2026-11-01 60 m-77 |");
    have_entry(record, partner, "walk 2026-11-01 2026-11-01 60 m-77 |");
    check_ok(record->store, people_alike(STORE(record), ada, alike, &count));
    assert_int_equal(count, 1);
    assert_int_equal(alike[0].person.n, initial.n);
    assert_int_equal(alike[0].reasons, ALIKE_INITIAL | ALIKE_ENTRY);
    record_close(record);
}

/* ---- erasing ---- */

static int64_t rows_about(struct record *record, const char *table, struct person_id person)
{
    char sql[200];

    snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s WHERE person = %lld", table,
             (long long)person.n);
    return ask(record->store, sql);
}

static void erasing_keeps_a_stub_and_a_journal_that_verifies(void **state)
{
    static const char *const tables[] = {
        "fact", "evidence", "evidence_version", "evidence_standing", "opinion", "verification"
    };
    static const struct verify_rules rules = { .pairs = true };
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    const struct act act = by(ada.n);
    struct evidence_id walk = have_entry(record, ada, "walk 2026-10-30 2026-10-30 60 m-1 |");
    struct evidence_id hers = have_entry(record, bea, "walk 2026-10-30 2026-10-30 60 m-1 |");
    struct verification_wish wish = {
        .person = bea,
        .entries = &hers,
        .entry_count = 1,
        .role = VERIFIER_PARTY,
        .name = STR("Ada Sample"),
        .address = STR("ada@sample.example"),
        .verifier = ada,
        .until = INT64_MAX,
    };
    struct opinion_wish opinion = {
        .person = ada,
        .says = entry(record, "praise 2026-01-01 2026-01-01 - - |"),
        .name = STR("Cid Sample"),
        .address = STR("cid@sample.example"),
        .until = INT64_MAX,
    };
    struct journal_report report = { 0 };
    struct person_row row = { 0 };
    struct verification_id asked;
    struct opinion_id wanted;
    struct fact_id id;
    struct merge_id merge;
    int64_t left = 1;
    int calls = 0;
    bool erased = false;

    (void)state;
    DOES(record, SETS(record, ada, item(record, PROFILE_LANGUAGE, "nl", "level=native")));
    DOES(record, verification_ask(STORE(record), &act, &rules, &wish, &asked));
    DOES(record, opinion_ask(STORE(record), &act, record->vocabulary, &rules, &opinion, &wanted));
    wish.person = ada;
    wish.entries = &walk;
    wish.verifier = bea;
    wish.digest = sha256(STR("x"));
    DOES(record, verification_ask(STORE(record), &act, &rules, &wish, &asked));
    for (int i = 0; i < ERASE_PIECE + 10; i++)
        have_entry(record, ada, "walk 2026-11-01 2026-11-01 5 - |");
    for (; left > 0; calls++)
        DOES(record, person_erase(STORE(record), &act, ada, &left));
    assert_true(calls > 1);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        assert_int_equal(rows_about(record, tables[i], ada), 0);
    assert_int_equal(rows_about(record, "evidence", bea), 1);
    check_ok(record->store, person_load(STORE(record), ada, &row));
    check_str(row.name, ERASED_NAME);
    assert_int_equal(found(record, "ada"), 0);
    check_ok(record->store, person_is_erased(record->store, ada, &erased));
    assert_true(erased);
    assert_int_equal(ask(record->store, "SELECT count(*) FROM verification"
                                        " WHERE address = 'ada@sample.example'"),
                     0);
    check_ok(record->store,
             journal_verify(STORE(record), (struct journal_heads){ 0 }, NULL, NULL, &report));
    assert_int_equal(report.faults, 0);
    assert_true(report.erased >= ERASE_PIECE);
    REFUSES(record, person_merge(STORE(record), &act, bea, ada, STR("same"), &merge), MERGE_ERASED);
    REFUSES(record, SETS(record, ada, item(record, PROFILE_COUNTRY, "NL", "")), PERSON_ERASED);
    opinion.digest = sha256(STR("y"));
    REFUSES(record, opinion_ask(STORE(record), &act, record->vocabulary, &rules, &opinion, &wanted),
            PERSON_ERASED);
    record_close(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_as_people_have_them),
        cmocka_unit_test(names_are_written_and_ordered),
        cmocka_unit_test(each_sees_what_is_for_them),
        cmocka_unit_test(what_a_profile_does_not_have_is_refused),
        cmocka_unit_test(areas_are_of_an_edition_and_stand_in_a_tree),
        cmocka_unit_test(a_declared_code_reaches_the_dossier),
        cmocka_unit_test(merged_people_have_one_profile),
        cmocka_unit_test(likely_same_people_are_offered_with_reasons),
        cmocka_unit_test(a_shared_matter_and_a_name_are_a_reason),
        cmocka_unit_test(erasing_keeps_a_stub_and_a_journal_that_verifies),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
