/*
 * POST /standing through the whole of the site: what is refused and how, that nothing gets lost,
 * that a plan changes what it should, and that the answer is that of register/standing.h.
 */
#include <string.h>

#include "base/files.h"
#include "register/logbook.h"
#include "register/person.h"
#include "register/standing.h"
#include "site_fixture.h"
#include "web/standing.h"
#include "web/standing_sent.h"
#include "json/read.h"

#define BOUNDARY "----sample"
#define MULTIPART "multipart/form-data; boundary=" BOUNDARY
#define BODY_MAX ((size_t)8 * 1024 * 1024)

static struct site_fixture f;

/* ---- asking ---- */

static struct str post_as(const char *type, struct str body, const char *accept)
{
    return fixture_send(&f, &(struct ask){
                                .method = "POST",
                                .path = "/standing",
                                .headers = { { "Content-Type", type }, { "Accept", accept } },
                                .body = body,
                            });
}

static const struct value *as_value(struct str json)
{
    const struct json_limits limits = { .bytes = BODY_MAX, .depth = 200 };
    struct json_fault fault;
    struct value *value;

    if (failed(json_read(&f.request, json, &limits, &fault, &value)))
        fail_msg("line %u: %s in:\n%.*s", fault.line, fault.message, STR_ARG(json));
    return value;
}

/* The view, asked for by JSON. */
static const struct value *post_json(const char *body)
{
    return as_value(post_as("application/json", str_from_c(body), "application/json"));
}

/* Adds a part; a file where filename is not NULL. */
static void add_part(struct buf *body, const char *name, const char *filename, struct str content)
{
    buf_format(body, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"", name);
    if (filename)
        buf_format(body, "; filename=\"%s\"\r\nContent-Type: text/csv", filename);
    buf_add_c(body, "\r\n\r\n");
    buf_add(body, content);
    buf_add_c(body, "\r\n");
}

static struct str end_parts(struct buf *body)
{
    buf_add_c(body, "--" BOUNDARY "--\r\n");
    assert_false(body->overflow);
    return buf_take(body, &f.arena);
}

/* A form with one file and, unless they are NULL, one field. */
static struct str log_form(struct str log, const char *name, const char *value)
{
    struct buf body;

    buf_init(&body, BODY_MAX);
    add_part(&body, "log", "sample.csv", log);
    if (name)
        add_part(&body, name, NULL, str_from_c(value));
    return end_parts(&body);
}

static const struct value *member(const struct value *value, const char *path)
{
    struct str rest = str_from_c(path);

    while (rest.p) {
        struct str name;
        int64_t index;

        rest = str_split(rest, '.', &name);
        if (value && value->kind == VALUE_ARRAY && str_to_int(name, 0, 10000, &index))
            value = (size_t)index < value->count ? value->items[index] : NULL;
        else
            value = value ? value_get(value, str_to_c(&f.arena, name)) : NULL;
    }
    if (!value)
        fail_msg("the view has no %s", path);
    return value;
}

static void check_text(const struct value *view, const char *path, const char *expected)
{
    const struct value *value = member(view, path);

    assert_int_equal(value->kind, VALUE_TEXT);
    if (!str_eq_c(value->text, expected))
        fail_msg("%s is '%.*s' instead of '%s'", path, STR_ARG(value->text), expected);
}

static void check_int(const struct value *view, const char *path, int64_t expected)
{
    assert_int_equal(member(view, path)->integer, expected);
}

/* The certification of that name in the answer. */
static const struct value *standing_in(const struct value *view, const char *name)
{
    const struct value *groups = member(view, "answer.standing.groups");

    for (size_t i = 0; i < groups->count; i++) {
        const struct value *list = value_get(groups->items[i], "certifications");

        for (size_t j = 0; j < list->count; j++)
            if (str_eq_c(value_get(list->items[j], "name")->text, name))
                return list->items[j];
    }
    fail_msg("the answer has no %s", name);
    return NULL;
}

/* That the view tells, as its only fault or among several, of that field with that message. */
static void check_fault(const struct value *view, const char *field, const char *message)
{
    const struct value *faults = member(view, "faults");

    assert_int_equal(f.response.status, 422);
    assert_int_equal(member(view, "answer")->kind, VALUE_NULL);
    for (size_t i = 0; i < faults->count; i++) {
        const struct value *of = value_get(faults->items[i], "field");

        if (has(value_get(faults->items[i], "message")->text, message) &&
            (field ? of->kind == VALUE_TEXT && str_eq_c(of->text, field) : of->kind == VALUE_NULL))
            return;
    }
    fail_msg("no fault of %s says '%s'", field ? field : "(none)", message);
}

/* ---- what is refused ---- */

static void an_empty_question_is_told_what_to_give(void **state)
{
    (void)state;
    check_fault(post_json("{}"), "log", "there is nothing to look at yet");
    check_fault(as_value(post_as("application/x-www-form-urlencoded", STR(""), "application/json")),
                "log", "there is nothing to look at yet");
    check_fault(as_value(post_as(MULTIPART, log_form(STR(""), NULL, NULL), "application/json")),
                "log", "empty");
}

static void another_content_type_is_refused(void **state)
{
    (void)state;
    (void)post_as("text/csv", STR("kind,date\n"), "application/json");
    assert_int_equal(f.response.status, 415);
    (void)fixture_send(&f, &(struct ask){ .method = "POST", .path = "/standing" });
    assert_int_equal(f.response.status, 415);
}

static void a_malformed_body_is_refused(void **state)
{
    (void)state;
    (void)post_as("multipart/form-data", STR("x"), "application/json");
    assert_int_equal(f.response.status, 400);
    (void)post_as(MULTIPART, STR("--" BOUNDARY "\r\nno header\r\n"), "application/json");
    assert_int_equal(f.response.status, 400);
    (void)post_as("application/x-www-form-urlencoded", STR("on=%zz"), "application/json");
    assert_int_equal(f.response.status, 400);
    (void)post_as("application/x-www-form-urlencoded", STR("text=a%00b"), "application/json");
    assert_int_equal(f.response.status, 400);
    check_fault(post_json("{\"on\":"), NULL, "");
    check_fault(post_json("[]"), NULL, "expected an object");
    check_fault(post_json("{\"log\":\"a\\u0000b\"}"), NULL, "");
    check_fault(post_json("{\"lgo\":\"kind\"}"), NULL, "'lgo' is no key of the question");
}

static void too_much_is_refused(void **state)
{
    struct buf text;

    (void)state;
    buf_init(&text, BODY_MAX);
    buf_add_c(&text, "kind,date\n");
    for (int i = 0; i < 20001; i++)
        buf_add_c(&text, "mediation,2024-05-01\n");
    check_fault(
        as_value(post_as(MULTIPART, log_form(buf_str(&text), NULL, NULL), "application/json")),
        "log", "20000");
    buf_clear(&text);
    buf_add_c(&text, "kind,date,note\nmediation,2024-05-01,");
    buf_repeat(&text, 'x', 5000000);
    check_fault(
        as_value(post_as(MULTIPART, log_form(buf_str(&text), NULL, NULL), "application/json")),
        "log", "larger than 5,000,000 bytes");
    buf_clear(&text);
    for (size_t i = 0; i <= SENT_FIELDS_MAX; i++)
        buf_format(&text, "%sf%zu=x", i > 0 ? "&" : "", i);
    (void)post_as("application/x-www-form-urlencoded", buf_str(&text), "application/json");
    assert_int_equal(f.response.status, 413);
    buf_clear(&text);
    buf_add_c(&text, "on=");
    buf_repeat(&text, '2', SENT_VALUE_MAX + 1);
    (void)post_as("application/x-www-form-urlencoded", buf_str(&text), "application/json");
    assert_int_equal(f.response.status, 413);
    buf_release(&text);
}

static void two_logbooks_are_refused(void **state)
{
    struct buf body;

    (void)state;
    buf_init(&body, BODY_MAX);
    add_part(&body, "log", "a.csv", STR("kind,date\nmediation,2024-05-01\n"));
    add_part(&body, "log", "b.csv", STR("kind,date\nmediation,2024-05-02\n"));
    check_fault(as_value(post_as(MULTIPART, end_parts(&body), "application/json")), "log",
                "'b.csv' is a second file");
    check_fault(as_value(post_as(MULTIPART,
                                 log_form(STR("kind,date\nmediation,2024-05-01\n"), "text",
                                          "kind,date\nmediation,2024-05-01\n"),
                                 "application/json")),
                "log", "there are two logbooks");
    check_fault(post_json("{\"log\":\"kind,date\\nmediation,2024-05-01\\n\",\"records\":[]}"),
                "log", "there are two logbooks");
}

static void records_of_json_are_read_as_a_logbook(void **state)
{
    const struct value *view;

    (void)state;
    view = post_json("{\"on\":\"2024-06-30\",\"only\":\"imi-certified-mediator\",\"records\" : [{"
                     "\"kind\":\"mediation\",\"date\":\"2024-05-01\",\"note\":\"]} \\\" {[\"},{"
                     "\"kind\":\"mediation\",\"date\":\"2024-05-02\",\"hours\":2.5}]}");
    assert_int_equal(f.response.status, 200);
    check_int(view, "answer.receipt.from_log", 2);
    check_fault(post_json("{\"records\":[{\"kind\":\"dance\",\"date\":\"2024-05-01\"}]}"), "log",
                "'dance' is no kind of record");
    check_fault(post_json("{\"records\":[{\"kind\":}]}"), "log", "");
    check_fault(post_json("{\"records\":[],\"records\":[]}"), NULL, "");
    check_fault(post_json("{\"records\":[{}"), NULL, "");
    check_fault(post_json("{\"records\":{}}"), "records", "expected a list of records");
    check_fault(post_json("{\"note\":{\"records\":[]},\"on\":\"x\"}"), "on", "is no date");
    check_fault(post_json("[\"records\",[1]]"), NULL, "expected an object");
}

static void a_file_without_a_place_is_refused(void **state)
{
    struct buf body;

    (void)state;
    buf_init(&body, BODY_MAX);
    add_part(&body, "photo", "me.png", STR("x"));
    check_fault(as_value(post_as(MULTIPART, end_parts(&body), "application/json")), "photo",
                "is a file for which there is no place");
}

static void a_field_twice_or_unknown_is_refused(void **state)
{
    (void)state;
    check_fault(as_value(post_as("application/x-www-form-urlencoded",
                                 STR("on=2024-01-01&on=2024-01-02"), "application/json")),
                "on", "is the second value of one field");
    check_fault(as_value(post_as("application/x-www-form-urlencoded", STR("onn=2024-01-01"),
                                 "application/json")),
                NULL, "'onn' is a field for which there is no place");
    check_fault(post_json("{\"rows\":[{\"kind\":\"dance\",\"from\":\"2024-01-01\"}]}"), NULL,
                "'dance.1.from' is a field for which there is no place");
    check_fault(post_json("{\"rows\":[{\"kind\":\"mediation\",\"rol\":\"mediator\"}]}"), NULL,
                "'mediation.1.rol' is a field for which there is no place");
    check_fault(post_json("{\"rows\":[{\"from\":\"2024-01-01\"}]}"), "rows[0]",
                "does not say what kind");
}

static void a_bad_question_is_refused(void **state)
{
    (void)state;
    check_fault(post_json("{\"on\":\"31.02.2024\"}"), "on", "is no day of the calendar");
    check_fault(post_json("{\"on\":\"03/04/2024\"}"), "on", "may be two days");
    check_fault(post_json("{\"on\":\"2099-01-01\"}"), "on", "lies more than 20 years ahead");
    check_fault(post_json("{\"only\":\"imi-dancer\"}"), "only", "is no certification");
    check_fault(post_json("{\"only\":\"imi-online-mediator.renewal\"}"), "only",
                "is no certification");
    check_fault(post_json("{\"marks\":\"perhaps\"}"), "marks", "is no choice");
}

/* One row of mediations, with the members given. */
static const struct value *post_row(const char *list, const char *members)
{
    return post_json(
        str_format(&f.arena, "{\"%s\":[{\"kind\":\"mediation\",%s}]}", list, members).p);
}

static void a_bad_row_is_refused(void **state)
{
    (void)state;
    check_fault(post_row("rows", "\"role\":\"mediator\""), "mediation.1.from",
                "the row has no date");
    check_fault(post_row("rows", "\"from\":\"2024-01-01\",\"count\":0"), "mediation.1.count",
                "'0' is not a number of records");
    check_fault(post_row("rows", "\"from\":\"2024-01-01\",\"count\":1001"), "mediation.1.count",
                "'1001' is not a number of records");
    check_fault(post_row("rows", "\"from\":\"2024-01-01\",\"count\":-5"), "mediation.1.count",
                "'-5'");
    check_fault(post_row("rows", "\"from\":\"2024-01-02\",\"to\":\"2024-01-01\""),
                "mediation.1.from", "is after the last day");
    check_fault(post_row("rows", "\"from\":\"2026-11-24\""), "mediation.1.from",
                "lies in the future");
    check_fault(post_row("rows", "\"from\":\"2024-01-01\",\"hours\":25"), "mediation.1.hours",
                "is more than 24 hours a day");
    check_fault(post_row("rows", "\"from\":\"2024-01-01\",\"role\":\"=cmd|'/c calc'!A0\""),
                "mediation.1.role", "is no value that can be chosen here");
    check_fault(post_row("planned", "\"from\":\"2050-01-01\""), "plan.mediation.1.from",
                "lies more than 20 years ahead");
    check_fault(post_row("planned", "\"from\":\"2027-01-01\",\"count\":99999999999999999999"), NULL,
                "");
}

static void what_is_hostile_is_shown_harmless(void **state)
{
    const struct str log =
        STR("kind,date,role\n<script>alert(1)</script>,2024-05-01,\"=cmd|' /C calc'!A0\"\n");
    struct str page = post_as(MULTIPART, log_form(log, "on", "<b>\"now\"</b>"), "text/html");

    (void)state;
    assert_int_equal(f.response.status, 422);
    assert_false(has(page, "<script>alert"));
    assert_false(has(page, "<b>\"now\""));
    check_has(page, "&lt;script&gt;alert(1)&lt;/script&gt;");
    check_has(page, "value=\"&lt;b&gt;&quot;now&quot;&lt;/b&gt;\"");
}

static void a_file_of_another_kind_is_refused_by_its_bytes(void **state)
{
    const struct str zip = { "PK\x03\x04\0\0\0\0", 8 };
    const struct str half = { "\xff\xfek", 3 };

    (void)state;
    (void)as_value(post_as(MULTIPART, log_form(zip, NULL, NULL), "application/json"));
    assert_int_equal(f.response.status, 422);
    (void)as_value(post_as(MULTIPART, log_form(half, NULL, NULL), "application/json"));
    assert_int_equal(f.response.status, 422);
}

static void every_fault_of_a_file_is_told_with_its_place(void **state)
{
    struct str log;
    const struct value *view;

    (void)state;
    assert_false(failed(
        file_read(&f.arena, str_format(&f.arena, "%s/examples/logbook-faults.csv", source_root()).p,
                  BODY_MAX, &log)));
    view = as_value(post_as(MULTIPART, log_form(log, NULL, NULL), "application/json"));
    assert_int_equal(f.response.status, 422);
    check_int(view, "fault_count", 19);
    assert_int_equal(member(view, "faults")->count, 19);
    check_text(view, "faults.0.of", "logbook");
    check_int(view, "faults.0.row", 3);
    check_text(view, "faults.0.column", "B");
    check_text(view, "faults.0.heading", "kind");
    check_text(view, "faults.0.value", "meditation");
}

/* ---- nothing gets lost, and nothing is kept ---- */

static void what_was_typed_stands_in_the_form_again(void **state)
{
    struct str page = post_as("application/x-www-form-urlencoded",
                              STR("on=tomorrow&mediation.2.count=many&mediation.2.role=adviser&"
                                  "held.from.imi-certified-mediator=2020-01-01&text=kind%0Ax"),
                              "text/html");

    (void)state;
    assert_int_equal(f.response.status, 422);
    check_has(page, "name=\"on\" value=\"tomorrow\"");
    check_has(page, "name=\"mediation.2.count\" value=\"many\"");
    check_has(page, "<option value=\"adviser\" selected>");
    check_has(page, "name=\"held.from.imi-certified-mediator\" value=\"2020-01-01\"");
    check_has(page, "kind\nx</textarea>");
}

/* The value of the hidden field in which a page carries a file. */
static struct str kept_file(struct str page, const char *name)
{
    struct str start = str_format(&f.arena, "name=\"%s\" value=\"", name);
    const char *at = memmem(page.p, page.n, start.p, start.n);
    struct str value;

    if (!at)
        fail_msg("the page does not carry %s", name);
    (void)str_split(str_drop(page, (size_t)(at - page.p) + start.n), '"', &value);
    return str_copy(&f.arena, value);
}

static void a_file_is_carried_on_byte_by_byte(void **state)
{
    const struct str log = { "\xff\xfek\0i\0n\0d\0,\0d\0a\0t\0e\0\n\0m\0e\0d\0i\0a\0t\0i\0o\0n\0,"
                             "\0002\0000\0002\0004\0-\0000\0005\0-\0000\0001\0\r\0\n\0",
                             64 };
    struct str page = post_as(MULTIPART, log_form(log, NULL, NULL), "text/html");
    struct str kept = kept_file(page, "kept.log");
    const struct value *view;
    struct buf body;

    (void)state;
    assert_int_equal(f.response.status, 200);
    assert_true(str_eq(sent_unpack(&f.arena, kept, 1000), log));
    buf_init(&body, BODY_MAX);
    add_part(&body, "kept.log", NULL, kept);
    add_part(&body, "kept.log.name", NULL, STR("sample.csv"));
    add_part(&body, "on", NULL, STR("2025-01-01"));
    view = as_value(post_as(MULTIPART, end_parts(&body), "application/json"));
    assert_int_equal(f.response.status, 200);
    check_int(view, "answer.receipt.from_log", 1);
    check_text(view, "answer.receipt.log.name", "sample.csv");
    check_text(view, "answer.standing.on", "2025-01-01");
}

static void a_carried_file_can_be_left_out_and_must_be_whole(void **state)
{
    struct str kept = sent_pack(&f.arena, STR("kind,date\nmediation,2024-05-01\n"));
    struct buf body;

    (void)state;
    buf_init(&body, BODY_MAX);
    add_part(&body, "kept.log", NULL, kept);
    add_part(&body, "drop.log", NULL, STR("yes"));
    check_fault(as_value(post_as(MULTIPART, end_parts(&body), "application/json")), "log",
                "there is nothing to look at yet");
    buf_init(&body, BODY_MAX);
    add_part(&body, "kept.log", NULL, str_take(kept, kept.n - 4));
    check_fault(as_value(post_as(MULTIPART, end_parts(&body), "application/json")), "log",
                "has been damaged");
    buf_init(&body, BODY_MAX);
    add_part(&body, "kept.log", NULL, kept);
    add_part(&body, "log", "new.csv", STR("kind,date\nmediation,2024-05-01\ncpd,2024-05-02\n"));
    check_int(as_value(post_as(MULTIPART, end_parts(&body), "application/json")),
              "answer.receipt.from_log", 2);
}

static void a_line_is_added_without_asking(void **state)
{
    struct str page = post_as("application/x-www-form-urlencoded",
                              STR("mediation.1.count=x&action=add.mediation"), "text/html");

    (void)state;
    assert_int_equal(f.response.status, 200);
    check_has(page, "name=\"mediation.1.count\" value=\"x\"");
    check_has(page, "name=\"mediation.2.count\" value=\"\"");
    assert_false(has(page, "class=\"faults\""));
    assert_false(has(page, "mediation.3.count"));
}

static void no_answer_is_kept_on_its_way(void **state)
{
    (void)state;
    (void)post_json("{\"rows\":[{\"kind\":\"mediation\",\"from\":\"2024-05-01\"}]}");
    assert_int_equal(f.response.status, 200);
    assert_true(str_eq_c(fixture_header(&f, "Cache-Control"), "no-store"));
}

/* ---- answers ---- */

/* A completed course at a recognised programme, and more members of the question. */
static const struct value *post_training(const char *more)
{
    return post_json(str_format(&f.arena,
                                "{\"rows\":[{\"kind\":\"training\",\"from\":\"2019-05-06\","
                                "\"completed\":\"yes\",\"at\":\"cmtp\"}]%s}",
                                more)
                         .p);
}

static void typed_facts_are_taken_as_verified_without_a_logbook(void **state)
{
    const struct value *view = post_training("");

    (void)state;
    assert_true(member(view, "answer.assumed")->boolean);
    check_text(standing_in(view, "imi-qualified-mediator"), "decide", "eligible");
    view = post_training(",\"marks\":\"claims\"");
    assert_false(member(view, "answer.assumed")->boolean);
    assert_true(member(view, "answer.unverified")->boolean);
    check_text(standing_in(view, "imi-qualified-mediator"), "decide", "not-yet");
    check_text(standing_in(view, "imi-qualified-mediator"), "preview", "eligible");
    view = post_training(",\"log\":\"kind,date\\nmediation,2024-05-01\\n\"");
    assert_false(member(view, "answer.assumed")->boolean);
    check_text(standing_in(view, "imi-qualified-mediator"), "preview", "eligible");
}

static void marks_of_a_logbook_stand_or_are_claims(void **state)
{
    const char *const expected[][2] = { { "stand", "eligible" },
                                        { "claims", "not-yet" },
                                        { "assume", "eligible" } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        const struct value *view = post_json(
            str_format(&f.arena,
                       "{\"log\":\"kind,date,completed,programme,standing\\n"
                       "training,2019-05-06,yes,p1,verified\\n\",\"person\":{\"programmes\":[{"
                       "\"id\":\"p1\",\"type\":\"cmtp\",\"from\":\"2010-01-01\"}]},"
                       "\"marks\":\"%s\"}",
                       expected[i][0])
                .p);

        check_text(standing_in(view, "imi-qualified-mediator"), "decide", expected[i][1]);
        check_text(standing_in(view, "imi-qualified-mediator"), "preview", "eligible");
    }
}

static void several_records_are_spread_and_share_their_hours(void **state)
{
    const struct value *view =
        post_json("{\"on\":\"2024-01-31\",\"only\":\"imi-certified-mediator\",\"rows\":[{\"kind\":"
                  "\"mediation\",\"count\":7,\"from\":\"2024-01-01\",\"hours\":\"1:40\",\"role\":"
                  "\"mediator\"}]}");
    const struct value *requirement =
        member(standing_in(view, "imi-certified-mediator"), "result.requirements.0");
    const struct value *records = member(requirement, "groups.0.records");

    (void)state;
    assert_int_equal(records->count, 7);
    check_text(requirement, "groups.0.records.0.to", "2024-01-01");
    check_text(requirement, "groups.0.records.3.to", "2024-01-16");
    check_text(requirement, "groups.0.records.6.to", "2024-01-31");
    check_int(requirement, "groups.0.records.0.minutes", 15);
    check_int(requirement, "groups.0.records.6.minutes", 14);
    check_int(requirement, "rule.children.1.count.decide.lo", 100);
}

/* One online mediation and a passed assessment, and so many mediations more that are planned. */
static const struct value *post_plan(int planned, const char *more)
{
    return post_json(
        str_format(
            &f.arena,
            "{\"on\":\"2024-06-30\",\"log\":\"kind,date,role,mode,scale,result,programme,"
            "standing\\n"
            "assessment,2024-05-01,,,,pass,o1,verified\\n"
            "mediation,2023-06-01,mediator,online,full,,,verified\\n\",\"person\":{\"programmes\":["
            "{"
            "\"id\":\"o1\",\"type\":\"odr-qap\",\"from\":\"2020-06-17\"}]},\"planned\":[{\"kind\":"
            "\"mediation\",\"count\":%d,\"from\":\"2024-07-01\",\"to\":\"2024-09-01\",\"role\":"
            "\"mediator\",\"mode\":\"online\",\"scale\":\"full\"}],\"only\":\"imi-online-"
            "mediator\"%s}",
            planned, more)
            .p);
}

static void a_plan_changes_what_it_reaches_and_nothing_else(void **state)
{
    const struct value *view;

    (void)state;
    view = post_plan(18, "");
    check_text(view, "answer.plan.on", "2024-09-01");
    check_int(view, "answer.plan.records", 18);
    check_text(view, "answer.plan.changes.0.before.verdict", "not-yet");
    check_text(view, "answer.plan.changes.0.after.verdict", "not-yet");
    view = post_plan(19, "");
    check_text(view, "answer.plan.changes.0.before.verdict", "not-yet");
    check_text(view, "answer.plan.changes.0.after.verdict", "eligible");
    check_text(view, "answer.plan.changes.0.change", "better");
    check_text(standing_in(view, "imi-online-mediator"), "decide", "not-yet");
    check_int(view, "answer.standing.records.count", 2);
}

static void a_plan_is_looked_at_on_the_day_that_is_asked_for(void **state)
{
    const struct value *view;

    (void)state;
    view = post_plan(19, ",\"then\":\"2025-06-01\"");
    check_text(view, "answer.plan.changes.0.after.verdict", "eligible");
    view = post_plan(19, ",\"then\":\"2025-06-02\"");
    check_text(view, "answer.plan.on", "2025-06-02");
    check_text(view, "answer.plan.changes.0.after.verdict", "refer");
}

/* ---- the same answer as below ---- */

static struct str example(const char *name)
{
    struct str bytes;

    assert_false(
        failed(file_read(&f.arena, str_format(&f.arena, "%s/examples/%s", source_root(), name).p,
                         BODY_MAX, &bytes)));
    return bytes;
}

static void the_answer_is_that_of_the_register(void **state)
{
    struct standing_question question = { .scheme = f.scheme };
    struct str log = example("logbook-300.csv");
    struct str person = example("person.json");
    const struct value *view;
    struct standing_check check;
    struct dossier dossier;
    struct faults faults;
    struct buf body;

    (void)state;
    faults_init(&faults, &f.arena);
    dossier_init(&dossier);
    assert_true(day_parse(STR("2024-06-30"), &question.on));
    assert_false(failed(person_read(&f.arena, person, f.scheme->library, &faults, &dossier)));
    assert_false(failed(logbook_read(&f.arena, log, spoken_vocabulary(f.scheme->library),
                                     &logbook_limits, f.today, &faults, &dossier)));
    question.dossier = &dossier;
    assert_false(failed(standing_check(&f.arena, &question, &check)));
    buf_init(&body, BODY_MAX);
    add_part(&body, "log", "logbook-300.csv", log);
    add_part(&body, "person", "person.json", person);
    add_part(&body, "on", NULL, STR("2024-06-30"));
    view = as_value(post_as(MULTIPART, end_parts(&body), "application/json"));
    for (size_t i = 0; i < check.count; i++) {
        const struct standing_entry *entry = &check.entries[i];
        const struct value *shown;

        if (!entry->shown)
            continue;
        shown = standing_in(view, str_to_c(&f.arena, entry->name));
        check_text(shown, "decide", verdict_name(entry->result.verdict[DECIDE]));
        check_text(shown, "preview", verdict_name(entry->result.verdict[PREVIEW]));
    }
}

/* ---- time ---- */

static int64_t hurried_ms;

/* Time that passes with every look at it. */
static int64_t hurried(void *context)
{
    (void)context;
    hurried_ms += 600;
    return hurried_ms;
}

static void what_takes_too_long_is_told_and_can_be_asked_in_parts(void **state)
{
    struct site_settings settings = { .scheme = f.snapshot,
                                      .base = STR(BASE),
                                      .today = fixture_today,
                                      .now_ms = hurried,
                                      .clock = &f };
    struct server_handler handler = f.handler;
    struct site *site;

    (void)state;
    assert_false(failed(site_new(&settings, &f.diags, &site)));
    site_handler(site, &f.handler);
    check_fault(post_json("{\"rows\":[{\"kind\":\"mediation\",\"from\":\"2024-05-01\"}]}"), "only",
                "this takes longer than a second");
    f.handler = handler;
    response_release(&f.response);
    response_init(&f.response, &f.request);
    site_free(site);
}

static int begin(void **state)
{
    (void)state;
    fixture_begin(&f);
    return 0;
}

static int end(void **state)
{
    (void)state;
    fixture_end(&f);
    return 0;
}

/* ---- the shape of the question ---- */

/* Which members of an object are written. */
enum members { MEMBERS_ALL, MEMBERS_NEEDED, MEMBERS_OPTIONAL };

static void write_sample(const struct shape *shape, enum members members, struct buf *out);

/* What the question itself holds is always written. */
static void write_members(const struct shape *shape, enum members members, struct buf *out)
{
    bool first = true;

    for (const struct shape_member *m = shape->members; m->name; m++) {
        if (shape != &standing_question_shape &&
            members == (m->nullable ? MEMBERS_NEEDED : MEMBERS_OPTIONAL))
            continue;
        buf_format(out, "%s\"%s\":", first ? "" : ",", m->name);
        if (strcmp(m->name, "kind") == 0 && m->shape->kind == IS_TEXT)
            buf_add_c(out, "\"mediation\"");
        else
            write_sample(m->shape, members, out);
        first = false;
    }
}

static void write_sample(const struct shape *shape, enum members members, struct buf *out)
{
    switch (shape->kind) {
    case IS_LIST:
        buf_byte(out, '[');
        write_sample(shape->item, members, out);
        buf_byte(out, ']');
        break;
    case IS_OBJECT:
        buf_byte(out, '{');
        write_members(shape, members, out);
        buf_byte(out, '}');
        break;
    case IS_MAP:
        /* The columns of records; a name of anything else is not in every vocabulary. */
        buf_add_c(out, shape->item->kind == IS_SCALAR ? "{\"kind\":\"1\"}" : "{}");
        break;
    case IS_WORD:
        buf_format(out, "\"%s\"", shape->words[0]);
        break;
    case IS_DATE:
        buf_add_c(out, "\"2020-01-01\"");
        break;
    case IS_BOOL:
        buf_add_c(out, "true");
        break;
    default:
        buf_add_c(out, "\"1\"");
        break;
    }
}

/* How many faults of the question say that. */
static size_t says(enum members members, const char *what)
{
    const struct value *faults;
    struct buf body;
    size_t count = 0;

    buf_init(&body, BODY_MAX);
    write_sample(&standing_question_shape, members, &body);
    faults = value_get(post_json(str_to_c(&f.arena, buf_str(&body))), "faults");
    for (size_t i = 0; i < faults->count; i++)
        count += strstr(str_to_c(&f.arena, value_get(faults->items[i], "message")->text), what) ? 1
                                                                                                : 0;
    buf_release(&body);
    return count;
}

static size_t count_members(const struct shape *shape, bool only_needed)
{
    size_t count = 0;

    if (shape->item)
        return count_members(shape->item, only_needed);
    for (const struct shape_member *m = shape->members; m && m->name; m++)
        count += (only_needed && m->nullable ? 0 : 1) + count_members(m->shape, only_needed);
    return count;
}

static const struct shape *member_shape(const char *name)
{
    const struct shape_member *m = standing_question_shape.members;

    while (strcmp(m->name, name) != 0)
        m++;
    return m->shape;
}

static void every_member_of_the_shape_is_understood(void **state)
{
    (void)state;
    assert_int_equal(says(MEMBERS_ALL, "is no key"), 0);
    assert_int_equal(says(MEMBERS_ALL, "is a field for which there is no place"), 0);
}

static void the_shape_has_every_member(void **state)
{
    const struct value *fault = value_get(post_json("{\"x\":1}"), "faults")->items[0];
    struct str hint = value_get(fault, "hint")->text;
    size_t commas = 0;

    (void)state;
    for (size_t i = 0; i < hint.n; i++)
        commas += hint.p[i] == ',' ? 1 : 0;
    for (const struct shape_member *m = standing_question_shape.members; m->name; m++) {
        check_has(hint, m->name);
        commas--;
    }
    assert_int_equal(commas + 1, 0);
}

static void what_the_shape_needs_is_needed_and_nothing_else(void **state)
{
    size_t needed = count_members(member_shape("person"), true);

    (void)state;
    assert_true(needed > 0 && needed < count_members(member_shape("person"), false));
    assert_int_equal(says(MEMBERS_NEEDED, "is missing"), 0);
    assert_int_equal(says(MEMBERS_OPTIONAL, "is missing"), needed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_question_is_told_what_to_give),
        cmocka_unit_test(another_content_type_is_refused),
        cmocka_unit_test(a_malformed_body_is_refused),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(two_logbooks_are_refused),
        cmocka_unit_test(records_of_json_are_read_as_a_logbook),
        cmocka_unit_test(a_file_without_a_place_is_refused),
        cmocka_unit_test(a_field_twice_or_unknown_is_refused),
        cmocka_unit_test(a_bad_question_is_refused),
        cmocka_unit_test(a_bad_row_is_refused),
        cmocka_unit_test(what_is_hostile_is_shown_harmless),
        cmocka_unit_test(a_file_of_another_kind_is_refused_by_its_bytes),
        cmocka_unit_test(every_fault_of_a_file_is_told_with_its_place),
        cmocka_unit_test(what_was_typed_stands_in_the_form_again),
        cmocka_unit_test(a_file_is_carried_on_byte_by_byte),
        cmocka_unit_test(a_carried_file_can_be_left_out_and_must_be_whole),
        cmocka_unit_test(a_line_is_added_without_asking),
        cmocka_unit_test(no_answer_is_kept_on_its_way),
        cmocka_unit_test(typed_facts_are_taken_as_verified_without_a_logbook),
        cmocka_unit_test(marks_of_a_logbook_stand_or_are_claims),
        cmocka_unit_test(several_records_are_spread_and_share_their_hours),
        cmocka_unit_test(a_plan_changes_what_it_reaches_and_nothing_else),
        cmocka_unit_test(a_plan_is_looked_at_on_the_day_that_is_asked_for),
        cmocka_unit_test(the_answer_is_that_of_the_register),
        cmocka_unit_test(every_member_of_the_shape_is_understood),
        cmocka_unit_test(the_shape_has_every_member),
        cmocka_unit_test(what_the_shape_needs_is_needed_and_nothing_else),
        cmocka_unit_test(what_takes_too_long_is_told_and_can_be_asked_in_parts),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
