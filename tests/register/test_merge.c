/* What merging promises of generated people, who is offered for it in the whole register, and what
   the office is shown of a record (people_alike.h, merge.h, record_shown.h), on both engines. */
#include "register/merge.h"

#include <stdio.h>

#include "base/buf.h"
#include "hash/sha256.h"
#include "record.h"
#include "register/journal.h"
#include "register/people_alike.h"
#include "register/person_dossier.h"
#include "register/record_shown.h"
#include "register/verify.h"
#include "store/tables.h"

#define SEEDS 12
#define ENTRIES_MAX 12
#define TEXT_MAX ((size_t)4 << 20)

/* ---- generated people ---- */

struct chance {
    uint64_t state;
};

static uint32_t draw(struct chance *chance, uint32_t below)
{
    chance->state = chance->state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(chance->state >> 33) % below;
}

static void have_fact(struct record *record, struct person_id person, const char *kind,
                      const char *name, day from)
{
    const struct act act = by(0);
    const struct person_fact fact = {
        .person = person,
        .kind = str_from_c(kind),
        .name = str_from_c(name),
        .value = STR(""),
        .from = from,
        .until = DAY_LAST,
    };
    struct fact_id id;
    int64_t position = 0;

    DOES(record, journal_append(STORE(record), &act, "fact-recorded",
                                (struct journal_subject){ "person", person.n }, NULL, &position));
    DOES(record, fact_record(record->store, &fact, position, &id));
}

/* Entries, some of them withdrawn, and facts, some of a kind that one person has one of. */
static struct person_id generate(struct record *record, struct chance *chance, const char *name)
{
    struct person_id person = have_person(record, name);
    const struct act act = by(person.n);
    uint32_t count = draw(chance, ENTRIES_MAX);

    for (uint32_t i = 0; i < count; i++) {
        char line[100];
        struct evidence_id id;

        snprintf(line, sizeof(line), "walk 2026-%02u-%02u 2026-%02u-%02u %u m-%u | mode %s",
                 1 + i % 10, 1 + i * 2, 1 + i % 10, 1 + i * 2, 30 + draw(chance, 300),
                 draw(chance, 5), draw(chance, 2) ? "slow" : "fast");
        id = have_entry(record, person, line);
        if (draw(chance, 4) == 0)
            DOES(record, evidence_withdraw(STORE(record), &act, id, STR("mistaken")));
    }
    if (draw(chance, 2))
        have_fact(record, person, FACT_BORN, "", (day)draw(chance, 9000));
    if (draw(chance, 2))
        have_fact(record, person, FACT_ANCHOR, "join", (day)(15000 + draw(chance, 4000)));
    if (draw(chance, 2))
        have_fact(record, person, FACT_DECLARATION, "promise", (day)(15000 + draw(chance, 4000)));
    return person;
}

/* ---- what is there ---- */

static struct str dossier_text(struct record *record, struct person_id person, int64_t position)
{
    struct dossier dossier;
    struct buf out;

    dossier_init(&dossier);
    check_ok(record->store, person_dossier(STORE(record), person, position, DAY_NONE, &dossier));
    buf_init(&out, TEXT_MAX);
    buf_format(&out, "born %d\n", (int)dossier.born);
    for (size_t i = 0; i < dossier.evidence_count; i++) {
        const struct evidence *e = &dossier.evidence[i];

        buf_format(&out, "%.*s %.*s %d %d %d %lld %.*s", STR_ARG(e->id), STR_ARG(e->kind),
                   (int)e->start, (int)e->end, (int)e->standing, (long long)e->hours,
                   STR_ARG(e->matter.p ? e->matter : STR("-")));
        for (size_t k = 0; k < e->fact_count; k++)
            buf_format(&out, " %.*s=%.*s", STR_ARG(e->facts[k].field), STR_ARG(e->facts[k].value));
        buf_format(&out, "\n");
    }
    for (size_t i = 0; i < dossier.anchor_count; i++)
        buf_format(&out, "anchor %.*s %d\n", STR_ARG(dossier.anchors[i].name),
                   (int)dossier.anchors[i].on);
    for (size_t i = 0; i < dossier.declaration_count; i++)
        buf_format(&out, "declared %.*s %d\n", STR_ARG(dossier.declarations[i].statement),
                   (int)dossier.declarations[i].on);
    return buf_take(&out, &record->arena);
}

static void add_cell(struct buf *out, const struct query *query, size_t column)
{
    switch (query_kind(query, column)) {
    case DATUM_NULL:
        buf_format(out, "null|");
        break;
    case DATUM_INT:
        buf_format(out, "%lld|", (long long)query_int(query, column));
        break;
    case DATUM_TEXT:
        buf_format(out, "%.*s|", STR_ARG(query_text(query, column)));
        break;
    case DATUM_BYTES:
        buf_add(out, query_bytes(query, column));
        buf_format(out, "|");
        break;
    }
}

/* All rows of all tables but the journal's and the merges, which say what was done. */
static struct str tables_text(struct record *record)
{
    struct tables tables;
    struct buf out;

    buf_init(&out, TEXT_MAX);
    check_ok(record->store, store_begin(record->store));
    check_ok(record->store, tables_read(STORE(record), &tables));
    for (size_t i = 0; i < tables.count; i++) {
        const struct table *table = &tables.at[i];
        struct query query = { 0 };

        if (str_starts(table->name, STR("journal")) || str_eq_c(table->name, "person_merge"))
            continue;
        buf_format(&out, "%.*s\n", STR_ARG(table->name));
        check_ok(record->store, table_read(record->store, table, NULL, 10000, &query));
        while (query_next(&query)) {
            for (size_t column = 0; column < table->column_count; column++)
                add_cell(&out, &query, column);
            buf_format(&out, "\n");
        }
        check_ok(record->store, query_end(&query));
    }
    store_rollback(record->store);
    return buf_take(&out, &record->arena);
}

static bool same(struct str a, struct str b)
{
    return str_eq(a, b);
}

/* ---- merging ---- */

static void unmerging_gives_back_what_was_there(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct record *record = record_open();
        struct chance chance = { seed };
        const struct act act = by(0);
        struct person_id ada = generate(record, &chance, "Ada Sample");
        struct person_id too = generate(record, &chance, "Sample Ada");
        struct str of_ada = dossier_text(record, ada, POSITION_NOW);
        struct str of_too = dossier_text(record, too, POSITION_NOW);
        int64_t before = ask(record->store, "SELECT max(position) FROM journal");
        struct str tables = tables_text(record);
        struct merge_id merge = { 0 };
        int64_t between;

        DOES(record, person_merge(STORE(record), &act, ada, too, STR("one"), &merge));
        between = ask(record->store, "SELECT max(position) FROM journal");
        assert_true(
            same(dossier_text(record, ada, POSITION_NOW), dossier_text(record, too, POSITION_NOW)));
        assert_true(same(dossier_text(record, ada, before), of_ada));
        assert_true(same(dossier_text(record, too, before), of_too));
        assert_true(same(tables_text(record), tables));
        DOES(record, person_unmerge(STORE(record), &act, merge, STR("two")));
        if (!same(dossier_text(record, ada, POSITION_NOW), of_ada) ||
            !same(dossier_text(record, too, POSITION_NOW), of_too))
            fail_msg("seed %u: the record is not what it was", seed);
        if (!same(tables_text(record), tables))
            fail_msg("seed %u: a table is not what it was", seed);
        /* What was known while they were one is known still. */
        assert_true(same(dossier_text(record, ada, between), dossier_text(record, too, between)));
        record_close(record);
    }
}

static void what_is_added_while_merged_stays_with_whom_it_was_added_to(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id too = have_person(record, "Ada Sample");
    const struct act act = by(0);
    struct evidence_rows rows;
    struct merge_id merge = { 0 };
    struct evidence_id id;

    (void)state;
    DOES(record, person_merge(STORE(record), &act, ada, too, STR("one"), &merge));
    id = have_entry(record, too, "walk 2026-11-01 2026-11-01 90 - |");
    check_ok(record->store, evidence_of(STORE(record), ada, POSITION_NOW, &rows));
    assert_int_equal(rows.count, 1);
    DOES(record, person_unmerge(STORE(record), &act, merge, STR("two")));
    check_ok(record->store, evidence_of(STORE(record), ada, POSITION_NOW, &rows));
    assert_int_equal(rows.count, 0);
    check_ok(record->store, evidence_of(STORE(record), too, POSITION_NOW, &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].id.n, id.n);
    record_close(record);
}

/* ---- who is offered ---- */

static size_t pairs_named(struct record *record, struct alike_pair **ret)
{
    const struct person_id none = { 0 };
    size_t count = 0;

    check_ok(record->store, people_alike_named(STORE(record), none, none, 100, ret, &count));
    return count;
}

static void pairs_of_the_whole_register_are_offered_page_by_page(void **state)
{
    static const char *const names[] = { "Ada Sample", "Bea Sample", "SAMPLE, Ádá",
                                         "Béa Sample", "Sample Ada", "Cid Single" };
    struct record *record = record_open();
    struct person_id people[ARRAY_LEN(names)];
    const struct person_id none = { 0 };
    struct person_id from = none;
    struct person_id to = none;
    struct alike_pair *pairs;
    size_t all;
    size_t seen = 0;
    size_t count;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        people[i] = have_person(record, names[i]);
    all = pairs_named(record, &pairs);
    assert_int_equal(all, 4); /* three of Ada, one of Bea */
    assert_int_equal(pairs[0].one.id.n, people[0].n);
    assert_int_equal(pairs[0].other.id.n, people[2].n);
    assert_int_equal(pairs[0].reasons & ALIKE_NAME, ALIKE_NAME);
    do {
        check_ok(record->store, people_alike_named(STORE(record), from, to, 1, &pairs, &count));
        if (count > 0) {
            from = pairs[0].from;
            to = pairs[0].to;
            seen++;
        }
    } while (count > 0 && seen < 10);
    assert_int_equal(seen, all);
    record_close(record);
}

static void those_who_were_merged_or_are_two_are_not_offered(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id too = have_person(record, "Sample Ada");
    struct person_id three = have_person(record, "Ada SAMPLE");
    struct alike_person alike[ALIKE_MAX];
    const struct act act = by(0);
    struct merge_id merge = { 0 };
    struct alike_pair *pairs;
    size_t count;

    (void)state;
    DOES(record, person_merge(STORE(record), &act, too, ada, STR("one"), &merge));
    assert_int_equal(pairs_named(record, &pairs), 1);
    assert_int_equal(pairs[0].one.id.n, too.n); /* who is kept, whichever number was found */
    assert_int_equal(pairs[0].other.id.n, three.n);
    check_ok(record->store, people_alike(STORE(record), three, alike, &count));
    assert_int_equal(count, 1);
    assert_int_equal(alike[0].person.n, too.n);
    DOES(record, people_distinct(STORE(record), &act, three, too, STR("cousins")));
    assert_int_equal(pairs_named(record, &pairs), 0);
    check_ok(record->store, people_alike(STORE(record), three, alike, &count));
    assert_int_equal(count, 0);
    DOES(record, person_unmerge(STORE(record), &act, merge, STR("two")));
    assert_int_equal(pairs_named(record, &pairs), 2);
    record_close(record);
}

static void nearly_the_same_name_needs_something_else(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id amy = have_person(record, "Amy Sample");
    struct alike_pair *pairs;
    unsigned reasons = 0;
    size_t count;

    (void)state;
    check_ok(record->store, people_alike_nearly(STORE(record), 10, &pairs, &count));
    assert_int_equal(count, 0);
    have_fact(record, ada, FACT_BORN, "", 4000);
    have_fact(record, amy, FACT_BORN, "", 4000);
    check_ok(record->store, people_alike_nearly(STORE(record), 10, &pairs, &count));
    assert_int_equal(count, 1);
    assert_int_equal(pairs[0].one.id.n, ada.n);
    assert_int_equal(pairs[0].reasons, ALIKE_INITIAL | ALIKE_BORN);
    check_ok(record->store, people_alike_reasons(record->store, amy, ada, &reasons));
    assert_int_equal(reasons, ALIKE_INITIAL | ALIKE_BORN);
    record_close(record);
}

/* ---- the record as it is shown ---- */

static struct value *entries_at(struct record *record, struct person_id person, int64_t position,
                                size_t most, struct logbook_place *place)
{
    const struct record_wish wish = { person, position, most };
    struct value *list = NULL;

    check_ok(record->store, shown_entries(STORE(record), &wish, *place, &list, place));
    return list;
}

static struct str text(const struct value *object, const char *key)
{
    return value_get(object, key)->text;
}

static void an_entry_is_shown_as_it_stood_and_by_whom(void **state)
{
    static const struct verify_rules rules = { .pairs = true };
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    struct evidence_id id =
        have_entry(record, ada, "walk 2026-11-01 2026-11-01 90 m-1 | mode slow");
    const struct witness witness = { .evidence = id, .role = VERIFIER_COLLEAGUE, .person = bea };
    const struct confirmation verdict = {
        .evidence = id, .version = 1, .role = VERIFIER_COLLEAGUE, .standing = STANDING_VERIFIED
    };
    const struct act by_ada = by(ada.n);
    const struct act by_bea = by(bea.n);
    struct logbook_place place = { 0 };
    const struct value *shown;
    struct witness_id named;
    int64_t before;

    (void)state;
    DOES(record, witness_add(STORE(record), &by_ada, &witness, &named));
    before = ask(record->store, "SELECT max(position) FROM journal");
    DOES(record, evidence_confirm(STORE(record), &by_bea, &rules, &verdict));
    shown = entries_at(record, ada, POSITION_NOW, 10, &place)->items[0];
    check_str(text(shown, "standing"), "verified");
    check_str(text(shown, "how"), "role");
    check_str(text(shown, "role"), "colleague");
    check_str(text(value_get(shown, "by"), "name"), "Bea Sample");
    check_str(text(shown, "reference"), "m-1");
    assert_int_equal(place.entry, 0);
    shown = entries_at(record, ada, before, 10, &place)->items[0];
    check_str(text(shown, "standing"), "claimed");
    check_str(text(shown, "how"), "self");
    assert_int_equal(value_get(shown, "by")->kind, VALUE_NULL);
    record_close(record);
}

static void a_logbook_is_read_on_in_pages_across_merged_people(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id too = have_person(record, "Sample Ada");
    const struct act act = by(0);
    struct logbook_place place = { 0 };
    struct merge_id merge = { 0 };
    const struct record_wish wish = { ada, POSITION_NOW, 10 };
    int64_t last = INT64_MAX;
    struct value *counts;
    size_t seen = 0;

    (void)state;
    for (int i = 1; i <= 7; i++) {
        char line[80];

        snprintf(line, sizeof(line), "walk 2026-10-%02d 2026-10-%02d 60 - |", i / 2 + 1, i / 2 + 1);
        have_entry(record, i % 2 ? ada : too, line);
    }
    DOES(record, person_merge(STORE(record), &act, ada, too, STR("one"), &merge));
    do {
        const struct value *list = entries_at(record, ada, POSITION_NOW, 2, &place);

        for (size_t i = 0; i < list->count; i++, seen++) {
            int64_t id = value_get(list->items[i], "id")->integer;

            assert_true(id < last); /* later days have later numbers here */
            last = id;
        }
    } while (place.entry);
    assert_int_equal(seen, 7);
    check_ok(record->store, shown_counts(STORE(record), &wish, &counts));
    assert_int_equal(value_get(counts, "count")->integer, 7);
    assert_int_equal(value_get(counts, "claimed")->integer, 7);
    check_str(text(counts, "from"), "2026-10-01");
    record_close(record);
}

static void facts_are_shown_as_known_then(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct record_wish wish = { ada, POSITION_NOW, 10 };
    struct value *list;
    int64_t before = ask(record->store, "SELECT max(position) FROM journal");

    (void)state;
    have_fact(record, ada, FACT_ANCHOR, "join", 15000);
    check_ok(record->store, shown_facts(STORE(record), &wish, &list));
    assert_int_equal(list->count, 1);
    check_str(text(list->items[0], "kind"), "anchor");
    check_str(text(list->items[0], "name"), "join");
    check_str(text(list->items[0], "from"), "2011-01-26");
    wish.position = before;
    check_ok(record->store, shown_facts(STORE(record), &wish, &list));
    assert_int_equal(list->count, 0);
    check_ok(record->store, shown_papers(STORE(record), &wish, &list));
    assert_int_equal(list->count, 0);
    check_ok(record->store, shown_audits(STORE(record), &wish, &list));
    assert_int_equal(list->count, 0);
    record_close(record);
}

static void what_was_asked_is_shown_as_it_stood_then(void **state)
{
    static const struct verify_rules rules = { .pairs = true };
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id id = have_entry(record, ada, "walk 2026-11-01 2026-11-01 90 - |");
    const struct verification_wish asking = {
        .person = ada,
        .entries = &id,
        .entry_count = 1,
        .role = VERIFIER_PARTY,
        .name = STR("Pat Sample"),
        .address = STR("pat@sample.example"),
        .digest = sha256(STR("sample")),
        .until = NOW + INT64_C(86400000000),
    };
    struct record_wish wish = { ada, POSITION_NOW, 10 };
    const struct act act = by(ada.n);
    struct verification_id request = { 0 };
    struct value *list;
    int64_t before;

    (void)state;
    DOES(record, verification_ask(STORE(record), &act, &rules, &asking, &request));
    before = ask(record->store, "SELECT max(position) FROM journal");
    DOES(record, verification_cancel(STORE(record), &act, request));
    check_ok(record->store, shown_asked(STORE(record), &wish, &list));
    assert_int_equal(list->count, 1);
    check_str(text(list->items[0], "state"), "cancelled");
    assert_int_equal(value_get(list->items[0], "entries")->integer, 1);
    wish.position = before;
    check_ok(record->store, shown_asked(STORE(record), &wish, &list));
    check_str(text(list->items[0], "state"), "open");
    check_ok(record->store, shown_opinions(STORE(record), &wish, &list));
    assert_int_equal(list->count, 0);
    check_ok(record->store, shown_imports(STORE(record), &wish, &list));
    assert_int_equal(list->count, 0);
    record_close(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unmerging_gives_back_what_was_there),
        cmocka_unit_test(what_is_added_while_merged_stays_with_whom_it_was_added_to),
        cmocka_unit_test(pairs_of_the_whole_register_are_offered_page_by_page),
        cmocka_unit_test(those_who_were_merged_or_are_two_are_not_offered),
        cmocka_unit_test(nearly_the_same_name_needs_something_else),
        cmocka_unit_test(an_entry_is_shown_as_it_stood_and_by_whom),
        cmocka_unit_test(a_logbook_is_read_on_in_pages_across_merged_people),
        cmocka_unit_test(facts_are_shown_as_known_then),
        cmocka_unit_test(what_was_asked_is_shown_as_it_stood_then),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
