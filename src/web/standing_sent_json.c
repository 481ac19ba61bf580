#include "web/standing_sent_json.h"

#include <string.h>

#include "base/buf.h"
#include "base/value.h"
#include "json/read.h"

#define DEPTH_MAX 16
#define NUMBER_BYTES 64
#define BESIDE_MAX 20000 /* values beside the records: the person, and what was typed */

struct body {
    struct arena *arena;
    struct faults *faults;
    struct sent *sent;
    struct form_field *fields;
    size_t count, room;
    bool full;
};

static const struct str keys[] = {
    { "on", 2 },   { "then", 4 },    { "marks", 5 },  { "only", 4 },    { "log", 3 },
    { "rows", 4 }, { "records", 7 }, { "person", 6 }, { "planned", 7 },
};

static void tell(struct body *body, struct str key, struct str value, struct str hint,
                 const char *text)
{
    faults_add(body->faults, SEVERITY_ERROR, (struct fault_place){ .heading = key, .value = value },
               hint, "%s", text);
}

static void add_field(struct body *body, struct str name, struct str value)
{
    if (body->count == SENT_FIELDS_MAX) {
        if (!body->full)
            tell(body, name, STR_NONE, STR("put so many records into 'records' or 'log'"),
                 "the rows have too many values");
        body->full = true;
        return;
    }
    *ARENA_PUSH(body->arena, body->fields, body->count, body->room) =
        (struct form_field){ name, value };
}

/* A text, number or yes-or-no as the text that a form would have; STR_NONE for anything else. */
static struct str plain_text(struct body *body, const struct value *value)
{
    struct buf text;

    switch (value->kind) {
    case VALUE_TEXT:
        return value->text;
    case VALUE_BOOL:
        return value->boolean ? STR("yes") : STR("no");
    case VALUE_INT:
    case VALUE_REAL:
        buf_init(&text, NUMBER_BYTES);
        value_write_json(value, JSON_COMPACT, &text);
        return buf_take(&text, body->arena);
    default:
        return STR_NONE;
    }
}

static void take_text(struct body *body, struct str key, struct str name, const struct value *value)
{
    struct str text = plain_text(body, value);

    if (value->kind == VALUE_NULL)
        return;
    if (!text.p)
        tell(body, key, STR_NONE, STR_NONE, "expected a text or a number here");
    else if (text.n > SENT_VALUE_MAX && !str_eq(name, STR("text")))
        tell(body, key, STR_NONE, STR_NONE, "the text is too long");
    else
        add_field(body, name, text);
}

/* How many rows of that kind came before. */
static int rows_before(const struct value *list, size_t index, struct str kind)
{
    int count = 0;

    for (size_t i = 0; i < index; i++) {
        const struct value *other = value_get(list->items[i], "kind");

        count += other && other->kind == VALUE_TEXT && str_eq(other->text, kind) ? 1 : 0;
    }
    return count;
}

static void take_row(struct body *body, struct str key, const struct value *list, size_t index)
{
    const struct value *row = list->items[index];
    const struct value *kind = value_get(row, "kind");
    const char *plan = str_eq(key, STR("planned")) ? "plan." : "";
    int number;

    if (!kind || kind->kind != VALUE_TEXT || kind->text.n > SENT_VALUE_MAX) {
        tell(body, str_format(body->arena, "%.*s[%zu]", STR_ARG(key), index), STR_NONE,
             STR("a row is an object with 'kind'"), "the row does not say what kind it is of");
        return;
    }
    number = rows_before(list, index, kind->text) + 1;
    for (size_t i = 0; i < row->count; i++) {
        const struct member *member = &row->members[i];
        struct str name = str_format(body->arena, "%s%.*s.%d.%.*s", plan, STR_ARG(kind->text),
                                     number, STR_ARG(member->key));

        if (!str_eq(member->key, STR("kind")))
            take_text(body, name, name, member->value);
    }
}

static void take_rows(struct body *body, struct str key, const struct value *value)
{
    if (value->kind != VALUE_ARRAY || value->count > SENT_FIELDS_MAX) {
        tell(body, key, STR_NONE, STR_NONE,
             value->kind == VALUE_ARRAY ? "there are too many rows" : "expected a list of rows");
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        take_row(body, key, value, i);
}

/* A part of the body as a text of its own, for the reader that knows it. */
static struct str as_json(struct body *body, const struct value *value)
{
    struct buf text;

    buf_init(&text, SENT_BODY_MAX);
    value_write_json(value, JSON_COMPACT, &text);
    return buf_take(&text, body->arena);
}

/* The list itself has been taken from the text. */
static void take_records(struct body *body, const struct value *value)
{
    if (value->kind != VALUE_ARRAY || !body->sent->records.p)
        tell(body, STR("records"), STR_NONE, STR("write the key as \"records\""),
             "expected a list of records");
}

static void take_member(struct body *body, const struct member *member)
{
    struct str key = member->key;

    if (member->value->kind == VALUE_NULL)
        return;
    if (str_eq(key, STR("rows")) || str_eq(key, STR("planned")))
        take_rows(body, key, member->value);
    else if (str_eq(key, STR("records")))
        take_records(body, member->value);
    else if (str_eq(key, STR("person")))
        body->sent->person = (struct sent_file){ STR("person"), as_json(body, member->value) };
    else if (str_eq(key, STR("log")))
        take_text(body, key, STR("text"), member->value);
    else if (str_list_has((struct str_list){ keys, ARRAY_LEN(keys) }, key))
        take_text(body, key, key, member->value);
    else
        tell(body, STR_NONE, key,
             faults_one_of(body->faults, key, (struct str_list){ keys, ARRAY_LEN(keys) }),
             "is no key of the question");
}

/* ---- the records, which are read by the reader of logbooks alone ---- */

static size_t skip_space(struct str text, size_t at)
{
    while (at < text.n && strchr(" \t\r\n", text.p[at]) && text.p[at])
        at++;
    return at;
}

/* The place behind the text in quotes that begins at `at`; the end where it is not closed. */
static size_t skip_quoted(struct str text, size_t at)
{
    for (at++; at < text.n && text.p[at] != '"'; at++)
        if (text.p[at] == '\\')
            at++;
    return at < text.n ? at + 1 : text.n;
}

/* The place behind the array or object that begins at `at`; the end where it is not closed. */
static size_t skip_nested(struct str text, size_t at)
{
    size_t depth = 0;

    while (at < text.n) {
        char c = text.p[at];

        if (c == '"') {
            at = skip_quoted(text, at);
            continue;
        }
        depth += c == '[' || c == '{' ? 1 : 0;
        depth -= c == ']' || c == '}' ? 1 : 0;
        at++;
        if (depth == 0)
            break;
    }
    return at;
}

/*
 * The list under the key `records` of the outermost object, as it stands in the text; STR_NONE if
 * there is none. A large logbook would take its size many times over as a tree of values beside
 * what its reader needs. Whether the text is JSON at all is for others to say.
 */
static struct str find_records(struct str text)
{
    const struct str key = STR("\"records\"");
    size_t at = skip_space(text, 0);

    for (at++; at < text.n;) {
        size_t start = at;

        if (text.p[at] == '[' || text.p[at] == '{') {
            at = skip_nested(text, at);
        } else if (text.p[at] != '"') {
            at++;
        } else {
            at = skip_quoted(text, at);
            if (!str_eq((struct str){ text.p + start, at - start }, key))
                continue;
            start = skip_space(text, at);
            if (start == text.n || text.p[start] != ':')
                continue;
            start = skip_space(text, start + 1);
            if (start == text.n || text.p[start] != '[')
                continue;
            return (struct str){ text.p + start, skip_nested(text, start) - start };
        }
    }
    return STR_NONE;
}

/* The text with nothing in place of a list in it; every line and column stays as it is. */
static struct str without(struct arena *arena, struct str text, struct str list)
{
    const struct str nothing = STR("[]");
    char *p = arena_alloc(arena, text.n);
    size_t at = (size_t)(list.p - text.p);

    memcpy(p, text.p, text.n);
    for (size_t i = at; i < at + list.n; i++)
        p[i] = i - at < nothing.n ? nothing.p[i - at] : list.p[i - at] == '\n' ? '\n' : ' ';
    return (struct str){ p, text.n };
}

void sent_read_json(struct arena *arena, struct str text, struct faults *faults, struct sent *sent)
{
    const struct json_limits limits = {
        .bytes = SENT_BODY_MAX,
        .depth = DEPTH_MAX,
        .values = BESIDE_MAX,
        .nested = BESIDE_MAX,
    };
    struct body body = { .arena = arena, .faults = faults, .sent = sent };
    struct json_fault fault;
    struct value *value;

    sent->json = true;
    sent->records = find_records(text);
    if (sent->records.p)
        text = without(arena, text, sent->records);
    if (failed(json_read(arena, text, &limits, &fault, &value))) {
        faults_add_json(faults, &fault);
        return;
    }
    if (value->kind != VALUE_OBJECT) {
        tell(&body, STR_NONE, STR_NONE, STR_NONE, "expected an object");
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        take_member(&body, &value->members[i]);
    sent->fields = (struct form){ body.fields, body.count };
}
