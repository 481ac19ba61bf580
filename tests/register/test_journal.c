/* What journal.h promises, on both engines. */
#include "register/journal.h"

#include <stdio.h>
#include <string.h>

#include "engine.h"
#include "register/journal_entry.h"
#include "register/journal_read.h"
#include "store/installation.h"

#define HOUR INT64_C(3600000000)

static struct arena arena;

static int begin(void **state)
{
    arena_init(&arena, 16 << 20);
    return engine_begin(state);
}

static int end(void **state)
{
    arena_release(&arena);
    return engine_end(state);
}

static struct store *with_journal(void)
{
    struct store *store = engine_open_migrated(engine_database());
    char id[INSTALLATION_ID_SIZE];

    check_ok(store, installation_ensure(store, NOW, "test", id));
    return store;
}

static struct result append(struct store *store, int64_t at, int64_t number, int64_t *ret)
{
    const struct act act = {
        .now = at,
        .actor = ACTOR_PERSON,
        .actor_id = 12,
        .authority = STR("cases.open"),
    };
    struct value *payload = value_object(&arena);

    value_set_int(&arena, payload, "number", number);
    return journal_append(store, &arena, &act, "case-opened", (struct journal_subject){ "case", 7 },
                          payload, ret);
}

static int64_t append_at(struct store *store, int64_t at, int64_t number)
{
    int64_t position = 0;

    check_ok(store, store_begin(store));
    check_ok(store, append(store, at, number, &position));
    check_ok(store, store_commit(store));
    return position;
}

static void append_many(struct store *store, int64_t count)
{
    for (int64_t i = 1; i <= count; i++)
        assert_int_equal(append_at(store, NOW + i * HOUR, i), i);
}

static void note_progress(void *context, int64_t done, int64_t all)
{
    int64_t *latest = context;

    assert_in_range(done, *latest, all);
    *latest = done;
}

/* Expects "", or which fault stands first, where, and how many there are. */
static struct journal_report verify_against(struct store *store, struct journal_heads kept,
                                            const char *expected)
{
    static const char *const kinds[] = { "changed", "missing", "payload", "cut", "remade" };
    struct journal_report report = { 0 };
    char found[60] = "";
    int64_t done = 0;

    check_ok(store, journal_verify(store, &arena, kept, note_progress, &done, &report));
    assert_int_equal(done, report.entries);
    if (report.faults > 0)
        snprintf(found, sizeof(found), "%s %lld, %lld", kinds[report.kind],
                 (long long)report.first_fault, (long long)report.faults);
    assert_string_equal(found, expected);
    return report;
}

static struct journal_report verify(struct store *store, const char *expected)
{
    return verify_against(store, (struct journal_heads){ 0 }, expected);
}

static void tamper(struct store *store, const char *sql)
{
    int64_t rows = 0;

    check_ok(store, store_change(store, sql, NO_PARAMS, &rows));
    assert_true(rows > 0);
}

/* ---- the hashes ---- */

static void check_hex(struct sha256_digest digest, const char *expected)
{
    char hex[SHA256_HEX_SIZE];

    assert_string_equal(sha256_hex(digest, hex), expected);
}

/* Worked out by another program from what docs/journal.md says. */
static void the_hashes_are_those_of_the_description(void **state)
{
    struct sha256_digest root = journal_root(STR("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    struct journal_entry entry = {
        .position = 1,
        .at = NOW,
        .operation = STR("case.open"),
        .subject = { STR("case"), 7 },
        .authority = STR("cases.open"),
    };

    (void)state;
    check_hex(root, "a79a61b1d2752d98fb79ebd62dc71f22f2c4967389a3f8d507c70df1935db204");
    entry.digest = journal_digest(STR("0123456789abcdef0123456789abcdef"), STR("{}"));
    check_hex(entry.digest, "fd9c7898c9161947e112b18e35095211dced127a8bc458024d4e7f7bd55e9205");
    check_hex(journal_chain(root, &entry),
              "0b66e8df80c9ac9118408896d9117a43c0192051e525a45690e7b35987ac30cc");
}

static void every_part_of_an_entry_counts(void **state)
{
    const struct journal_entry entry = { .position = 5,
                                         .at = NOW,
                                         .operation = STR("ab"),
                                         .subject = { STR("c"), 1 },
                                         .actor = { STR("d"), 2 },
                                         .authority = STR("e") };
    struct journal_entry others[10];
    const struct sha256_digest before = { { 1 } };
    struct sha256_digest chain = journal_chain(before, &entry);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        others[i] = entry;
    others[0].position++;
    others[1].at++;
    others[2].operation = STR("ac");
    others[3].subject.kind = STR("f");
    others[4].subject.id++;
    others[5].subject.kind = STR_NONE;
    others[6].actor.kind = STR_NONE;
    others[7].actor.id++;
    others[8].authority = STR("");
    others[9].digest.bytes[31]++;
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        struct sha256_digest other = journal_chain(before, &others[i]);
        assert_memory_not_equal(other.bytes, chain.bytes, sizeof(chain.bytes));
    }
    /* What one text ends with is not what the next begins with. */
    assert_memory_not_equal(journal_digest(STR("a"), STR("b")).bytes,
                            journal_digest(STR(""), STR("ab")).bytes, SHA256_SIZE);
}

/* ---- appending ---- */

static void entries_have_positions_without_gaps(void **state)
{
    struct store *store = with_journal();
    struct journal_report report;

    (void)state;
    report = verify(store, "");
    assert_int_equal(report.entries, 0);
    append_many(store, 5);
    report = verify(store, "");
    assert_int_equal(report.entries, 5);
    assert_int_equal(report.erased, 0);
    store_close(store);
}

static void one_that_is_rolled_back_leaves_no_gap(void **state)
{
    struct store *store = with_journal();
    int64_t position = 0;

    (void)state;
    append_many(store, 2);
    check_ok(store, store_begin(store));
    check_ok(store, append(store, NOW, 0, &position));
    store_rollback(store);
    assert_int_equal(append_at(store, NOW + 9 * HOUR, 9), 3);
    assert_int_equal(verify(store, "").entries, 3);
    store_close(store);
}

static void a_clock_that_goes_back_does_not_turn_the_order_round(void **state)
{
    struct store *store = with_journal();

    (void)state;
    append_at(store, NOW + HOUR, 0);
    append_at(store, NOW, 1);
    append_at(store, NOW + 2 * HOUR, 2);
    assert_int_equal(ask(store, "SELECT at FROM journal WHERE position = 2"), NOW + HOUR);
    verify(store, "");
    store_close(store);
}

static void a_day_is_a_position(void **state)
{
    struct store *store = with_journal();
    const int64_t instants[] = { NOW, NOW + 1, NOW + HOUR, NOW + HOUR + 1, NOW + 3 * HOUR };
    const int64_t expected[] = { 0, 0, 0, 1, 2 };
    int64_t position = -1;

    (void)state;
    append_many(store, 5);
    for (size_t i = 0; i < ARRAY_LEN(instants); i++) {
        check_ok(store, journal_position_before(store, instants[i], &position));
        assert_int_equal(position, expected[i]);
    }
    check_ok(store, journal_position_before(store, NOW + 100 * HOUR, &position));
    assert_int_equal(position, 5);
    store_close(store);
}

/* ---- verifying ---- */

static void changed_entries_are_found_one_by_one(void **state)
{
    static const char *const changes[] = {
        "UPDATE journal SET at = at + 1 WHERE position = 3",
        "UPDATE journal SET operation = 'case.close' WHERE position = 3",
        "UPDATE journal SET subject_id = 8 WHERE position = 3",
        "UPDATE journal SET actor_kind = NULL, actor_id = NULL WHERE position = 3",
        "UPDATE journal SET authority = '' WHERE position = 3",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        struct store *store = with_journal();
        append_many(store, 5);
        tamper(store, changes[i]);
        assert_int_equal(verify(store, "changed 3, 1").faults, 1);
        store_close(store);
    }
}

static void a_changed_chain_breaks_what_comes_after_it(void **state)
{
    struct store *store = with_journal();

    (void)state;
    append_many(store, 5);
    tamper(store, "UPDATE journal SET chain = (SELECT chain FROM journal WHERE position = 1)"
                  " WHERE position = 3");
    verify(store, "changed 3, 2");
    store_close(store);
}

static void changed_payloads_are_found(void **state)
{
    struct store *store = with_journal();

    (void)state;
    append_many(store, 5);
    tamper(store, "UPDATE journal_payload SET payload ="
                  " (SELECT payload FROM journal_payload WHERE position = 1) WHERE position = 2");
    tamper(store, "UPDATE journal_payload SET salt ="
                  " (SELECT salt FROM journal_payload WHERE position = 1) WHERE position = 4");
    verify(store, "payload 2, 2");
    tamper(store, "UPDATE journal SET digest = (SELECT digest FROM journal WHERE position = 1)"
                  " WHERE position = 5");
    verify(store, "payload 2, 4");
    store_close(store);
}

static void missing_entries_are_found(void **state)
{
    struct store *store = with_journal();
    struct journal_report before;
    struct journal_report after;

    (void)state;
    append_many(store, 9);
    before = verify(store, "");
    tamper(store, "DELETE FROM journal_payload WHERE position IN (1, 4, 5)");
    tamper(store, "DELETE FROM journal WHERE position IN (1, 4, 5)");
    verify(store, "missing 1, 2");
    /* An end that was cut off shows in what was noted before alone. */
    tamper(store, "DELETE FROM journal_payload WHERE position = 9");
    tamper(store, "DELETE FROM journal WHERE position = 9");
    after = verify(store, "missing 1, 2");
    assert_int_equal(before.entries, 9);
    assert_int_equal(after.entries, 5);
    assert_false(str_eq(before.head, after.head));
    store_close(store);
}

static void an_entry_that_was_put_in_is_found(void **state)
{
    struct store *store = with_journal();

    (void)state;
    append_many(store, 5);
    /* Room is made behind the third, and a copy of it put there. */
    tamper(store, "DELETE FROM journal_payload");
    tamper(store, "UPDATE journal SET position = position + 100 WHERE position > 3");
    tamper(store, "UPDATE journal SET position = position - 99 WHERE position > 100");
    tamper(store, "INSERT INTO journal (position, at, operation, authority, digest, chain)"
                  " SELECT 4, at, operation, authority, digest, chain FROM journal"
                  " WHERE position = 3");
    verify(store, "changed 4, 3");
    store_close(store);
}

static void a_journal_of_another_installation_is_found(void **state)
{
    struct store *store = with_journal();

    (void)state;
    append_many(store, 3);
    tamper(store, "UPDATE installation SET id = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'");
    verify(store, "changed 1, 1");
    store_close(store);
}

static void erased_payloads_leave_a_journal_that_holds(void **state)
{
    struct store *store = with_journal();
    struct journal_report report;

    (void)state;
    append_many(store, 5);
    check_ok(store, journal_erase_payload(store, 2));
    check_ok(store, journal_erase_payload(store, 4));
    check_ok(store, journal_erase_payload(store, 4));
    report = verify(store, "");
    assert_int_equal(report.entries, 5);
    assert_int_equal(report.erased, 2);
    assert_int_equal(ask(store, "SELECT count(*) FROM journal_payload"), 3);
    store_close(store);
}

/* ---- heads that were kept ---- */

static struct journal_head head_now(struct store *store)
{
    struct journal_head head;

    check_ok(store, journal_end(store, &head));
    return head;
}

static void heads_that_were_kept_are_met_as_it_goes_on(void **state)
{
    struct store *store = with_journal();
    struct journal_head kept[4] = { head_now(store) };
    char hex[SHA256_HEX_SIZE];
    struct journal_report report;

    (void)state;
    assert_int_equal(kept[0].position, 0);
    append_many(store, 3);
    kept[1] = head_now(store);
    assert_int_equal(kept[1].position, 3);
    append_at(store, NOW + 9 * HOUR, 4);
    kept[2] = head_now(store);
    kept[3] = (struct journal_head){ JOURNAL_ANYWHERE, kept[1].chain };
    append_at(store, NOW + 10 * HOUR, 5);
    report = verify_against(store, (struct journal_heads){ kept, 4 }, "");
    assert_int_equal(report.position, 5);
    check_str(report.head, sha256_hex(head_now(store).chain, hex));
    store_close(store);
}

static void an_end_that_was_cut_off_is_found_by_a_head_that_was_kept(void **state)
{
    struct store *store = with_journal();
    struct journal_head kept[2];

    (void)state;
    append_many(store, 5);
    kept[0] = head_now(store);
    kept[1] = (struct journal_head){ JOURNAL_ANYWHERE, kept[0].chain };
    tamper(store, "DELETE FROM journal_payload WHERE position > 3");
    tamper(store, "DELETE FROM journal WHERE position > 3");
    verify(store, "");
    verify_against(store, (struct journal_heads){ kept, 1 }, "cut 5, 1");
    verify_against(store, (struct journal_heads){ kept, 2 }, "cut 5, 2");
    store_close(store);
}

static void a_journal_that_was_made_anew_is_found_by_a_head_that_was_kept(void **state)
{
    struct store *store = with_journal();
    struct journal_head kept;

    (void)state;
    append_many(store, 5);
    kept = head_now(store);
    tamper(store, "DELETE FROM journal_payload");
    tamper(store, "DELETE FROM journal");
    append_many(store, 6);
    verify(store, "");
    verify_against(store, (struct journal_heads){ &kept, 1 }, "remade 5, 1");
    kept.position = 0;
    verify_against(store, (struct journal_heads){ &kept, 1 }, "remade 0, 1");
    store_close(store);
}

static void all_faults_are_told_up_to_a_bound(void **state)
{
    struct store *store = with_journal();
    struct journal_report report;

    (void)state;
    append_many(store, 30);
    tamper(store, "UPDATE journal SET authority = 'x' WHERE position IN (4, 7)");
    tamper(store, "DELETE FROM journal_payload WHERE position = 12");
    tamper(store, "DELETE FROM journal WHERE position = 12");
    report = verify(store, "changed 4, 3");
    assert_int_equal(report.told[1].position, 7);
    assert_int_equal(report.told[2].kind, JOURNAL_MISSING);
    assert_int_equal(report.told[2].position, 12);
    tamper(store, "UPDATE journal SET authority = 'x'");
    report = verify(store, "changed 1, 29");
    assert_int_equal(report.told[JOURNAL_FAULTS_TOLD - 1].position, 21);
    store_close(store);
}

/* ---- reading ---- */

static void add(struct store *store, const char *operation, struct journal_subject subject,
                enum actor_kind actor, int64_t actor_id)
{
    const struct act act = { NOW, actor, actor_id, STR("self") };

    check_ok(store, store_begin(store));
    check_ok(store, journal_append(store, &arena, &act, operation, subject, NULL, NULL));
    check_ok(store, store_commit(store));
}

/* The positions that pass, read two at a time. */
static void check_read(struct store *store, struct journal_filter filter, const char *expected)
{
    struct journal_line *lines;
    char found[100] = "";
    size_t count;

    do {
        check_ok(store, journal_read(store, &arena, &filter, 2, &lines, &count));
        for (size_t i = 0; i < count; i++) {
            size_t at = strlen(found);
            filter.after = lines[i].entry.position;
            snprintf(found + at, sizeof(found) - at, " %lld", (long long)filter.after);
        }
    } while (count == 2);
    assert_string_equal(found, expected);
}

static void entries_are_found_by_what_is_asked(void **state)
{
    struct store *store = with_journal();
    struct journal_filter filter = JOURNAL_ALL;

    (void)state;
    add(store, "person-added", (struct journal_subject){ "person", 1 }, ACTOR_COMMAND, 0);
    add(store, "person-added", (struct journal_subject){ "person", 2 }, ACTOR_PERSON, 1);
    add(store, "renamed", (struct journal_subject){ "person", 1 }, ACTOR_PERSON, 2);
    add(store, "swept", (struct journal_subject){ 0 }, ACTOR_SYSTEM, 0);
    add(store, "renamed", (struct journal_subject){ "account", 1 }, ACTOR_PERSON, 1);
    check_read(store, filter, " 1 2 3 4 5");
    filter.operation = STR("renamed");
    check_read(store, filter, " 3 5");
    filter.subject = (struct journal_sought){ STR("person"), 1, false };
    check_read(store, filter, " 3");
    filter.operation = STR_NONE;
    check_read(store, filter, " 1 3");
    filter.subject.any_id = true;
    check_read(store, filter, " 1 2 3");
    filter.actor = (struct journal_sought){ STR("person"), 1, false };
    check_read(store, filter, " 2");
    filter.subject = (struct journal_sought){ 0 };
    check_read(store, filter, " 2 5");
    filter.after = 2;
    check_read(store, filter, " 5");
    filter = (struct journal_filter){ .upto = 3, .after = 1 };
    check_read(store, filter, " 2 3");
    filter = JOURNAL_ALL;
    filter.actor = (struct journal_sought){ STR("command"), 0, false };
    check_read(store, filter, " 1");
    store_close(store);
}

static void a_line_is_read_whole_and_one_whose_payload_was_erased_says_so(void **state)
{
    struct store *store = with_journal();
    struct journal_filter filter = JOURNAL_ALL;
    struct journal_line *lines;
    size_t count;

    (void)state;
    append_many(store, 2);
    check_ok(store, journal_erase_payload(store, 2));
    check_ok(store, journal_read(store, &arena, &filter, 10, &lines, &count));
    assert_int_equal(count, 2);
    check_str(lines[0].entry.operation, "case-opened");
    check_str(lines[0].entry.subject.kind, "case");
    assert_int_equal(lines[0].entry.subject.id, 7);
    check_str(lines[0].entry.actor.kind, "person");
    assert_int_equal(lines[0].entry.actor.id, 12);
    check_str(lines[0].entry.authority, "cases.open");
    check_str(lines[0].payload, "{\"number\":1}");
    assert_int_equal(lines[0].entry.at, NOW + HOUR);
    assert_null(lines[1].payload.p);
    assert_memory_equal(lines[1].entry.chain.bytes, head_now(store).chain.bytes, SHA256_SIZE);
    store_close(store);
}

static struct result append_pages(struct store *store, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        TRY(append(store, NOW, i, NULL));
    return OK;
}

static void a_long_journal_is_read_in_pages(void **state)
{
    struct store *store = with_journal();

    (void)state;
    check_ok(store, store_begin(store));
    check_ok(store, append_pages(store, 1000));
    check_ok(store, store_commit(store));
    assert_int_equal(verify(store, "").entries, 1000);
    tamper(store, "UPDATE journal SET operation = 'x' WHERE position IN (500, 501, 1000)");
    assert_int_equal(verify(store, "changed 500, 3").entries, 1000);
    store_close(store);
}

static void a_payload_is_kept_as_canonical_json_and_none_as_an_empty_object(void **state)
{
    struct store *store = with_journal();
    const struct act act = { .now = NOW, .actor = ACTOR_COMMAND, .authority = STR("command line") };
    struct query query = { 0 };

    (void)state;
    append_at(store, NOW, 5);
    check_ok(store, store_begin(store));
    check_ok(store, journal_append(store, &arena, &act, "swept", (struct journal_subject){ 0 },
                                   NULL, NULL));
    check_ok(store, store_commit(store));
    check_ok(store, query_begin(store,
                                "SELECT p.payload, j.subject_kind, j.actor_kind, j.actor_id"
                                " FROM journal AS j JOIN journal_payload AS p"
                                " ON p.position = j.position ORDER BY j.position",
                                NO_PARAMS, &query));
    assert_true(query_next(&query));
    check_str(query_bytes(&query, 0), "{\"number\":5}");
    check_str(query_text(&query, 2), "person");
    assert_int_equal(query_int(&query, 3), 12);
    assert_true(query_next(&query));
    check_str(query_bytes(&query, 0), "{}");
    assert_null(query_text(&query, 1).p);
    check_str(query_text(&query, 2), "command");
    check_ok(store, query_end(&query));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hashes_are_those_of_the_description),
        cmocka_unit_test(every_part_of_an_entry_counts),
        cmocka_unit_test(entries_have_positions_without_gaps),
        cmocka_unit_test(one_that_is_rolled_back_leaves_no_gap),
        cmocka_unit_test(a_clock_that_goes_back_does_not_turn_the_order_round),
        cmocka_unit_test(a_day_is_a_position),
        cmocka_unit_test(changed_entries_are_found_one_by_one),
        cmocka_unit_test(a_changed_chain_breaks_what_comes_after_it),
        cmocka_unit_test(changed_payloads_are_found),
        cmocka_unit_test(missing_entries_are_found),
        cmocka_unit_test(an_entry_that_was_put_in_is_found),
        cmocka_unit_test(a_journal_of_another_installation_is_found),
        cmocka_unit_test(erased_payloads_leave_a_journal_that_holds),
        cmocka_unit_test(heads_that_were_kept_are_met_as_it_goes_on),
        cmocka_unit_test(an_end_that_was_cut_off_is_found_by_a_head_that_was_kept),
        cmocka_unit_test(a_journal_that_was_made_anew_is_found_by_a_head_that_was_kept),
        cmocka_unit_test(all_faults_are_told_up_to_a_bound),
        cmocka_unit_test(entries_are_found_by_what_is_asked),
        cmocka_unit_test(a_line_is_read_whole_and_one_whose_payload_was_erased_says_so),
        cmocka_unit_test(a_long_journal_is_read_in_pages),
        cmocka_unit_test(a_payload_is_kept_as_canonical_json_and_none_as_an_empty_object),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, begin, end);
}
