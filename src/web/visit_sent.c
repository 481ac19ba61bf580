/* What was sent to a page that changes something, what is wrong with it, and what follows
   (visit.h). */
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "hash/encode.h"
#include "http/error.h"
#include "web/notices.h"
#include "web/standing_sent.h"
#include "web/visit_parts.h"
#include "json/read.h"

#define NEXT_MAX 2000 /* bytes */

const struct error VISIT_FIELD_MISSING = { "missing", 422, EXIT_INPUT, "this is needed" };

/* ---- reading ---- */

static bool has_type(const struct request *request, const char *type)
{
    struct str given = request_header(request, STR("content-type"));
    struct str name;

    (void)str_split(given, ';', &name);
    name = str_trim(name);
    return name.n == strlen(type) && strncasecmp(name.p, type, name.n) == 0;
}

static struct str scalar_text(struct arena *arena, const struct value *value)
{
    struct buf out;

    if (value->kind == VALUE_TEXT)
        return value->text;
    buf_init(&out, 100);
    value_write_json(value, JSON_COMPACT, &out);
    return buf_take(&out, arena);
}

/* The plain members of an object, as a form would have them. */
static struct form form_of(struct arena *arena, const struct value *object)
{
    struct form_field *fields = ARENA_ARRAY(arena, object->count, struct form_field);
    size_t count = 0;

    for (size_t i = 0; i < object->count; i++) {
        const struct member *member = &object->members[i];

        if (member->value->kind == VALUE_TEXT || member->value->kind == VALUE_INT ||
            member->value->kind == VALUE_BOOL)
            fields[count++] = (struct form_field){ member->key, scalar_text(arena, member->value) };
    }
    return (struct form){ fields, count };
}

/* Files in JSON take a third more than what is in them. */
static struct result read_json(struct call *call)
{
    const struct route *route = call->route;
    const struct json_limits limits = {
        .bytes = route->body_max ? route->body_max : SERVER_BODY_MAX,
        .depth = 16,
    };
    struct json_fault fault;
    struct value *sent;

    if (failed(json_read(call->arena, call->request->body, &limits, &fault, &sent)) ||
        sent->kind != VALUE_OBJECT)
        return fail(&HTTP_BAD_FORM);
    call->visit->sent = sent;
    call->visit->form = form_of(call->arena, sent);
    return OK;
}

/* ---- files ---- */

#define FILE_NAME_MAX 200
#define FILE_PARTS_MAX 200

static bool takes_files(const struct route *route)
{
    for (size_t i = 0; route->fields && route->fields[i].name; i++)
        if (route->fields[i].file)
            return true;
    return false;
}

/* The texts of a form with files as a form without them has them. */
static struct form texts_of(struct arena *arena, const struct multipart *parts)
{
    struct form_field *fields = ARENA_ARRAY(arena, parts->count, struct form_field);
    size_t count = 0;

    for (size_t i = 0; i < parts->count; i++)
        if (!parts->at[i].filename.p)
            fields[count++] = (struct form_field){ parts->at[i].name, parts->at[i].content };
    return (struct form){ fields, count };
}

static struct result read_parts(struct call *call)
{
    const struct request *request = call->request;
    const struct multipart_limits limits = {
        .parts = FILE_PARTS_MAX,
        .text_bytes = call->route->body_max,
        .file_bytes = call->route->body_max,
    };
    struct str boundary;

    TRY(multipart_boundary(request_header(request, STR("content-type")), &boundary));
    TRY(multipart_read(call->arena, boundary, request->body, &limits, &call->visit->files));
    call->visit->form = texts_of(call->arena, &call->visit->files);
    return OK;
}

/* Whether a byte of UTF-8 is not the first of its character. */
static bool is_middle(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Without folders, and cut to a length: browsers send a name, programs what they like. */
static struct str file_name(struct str name)
{
    const size_t cut = name.n;

    for (size_t i = name.n; i-- > 0;) {
        if (name.p[i] == '/' || name.p[i] == '\\')
            return file_name(str_drop(name, i + 1));
    }
    while (name.n > FILE_NAME_MAX || (name.n > 0 && name.n < cut && is_middle(name.p[name.n])))
        name.n--;
    return name;
}

static bool file_of_json(const struct call *call, const struct value *file, struct upload *ret)
{
    const struct value *name = file->kind == VALUE_OBJECT ? value_get(file, "name") : NULL;
    const struct value *text = file->kind == VALUE_OBJECT ? value_get(file, "text") : NULL;
    const struct value *base64 = file->kind == VALUE_OBJECT ? value_get(file, "base64") : NULL;
    struct upload upload = { .name = STR("") };

    if (name && name->kind == VALUE_TEXT)
        upload.name = file_name(name->text);
    if (text && text->kind == VALUE_TEXT)
        upload.bytes = text->text;
    else if (!base64 || base64->kind != VALUE_TEXT ||
             !decode(BASE64, base64->text, call->arena, &upload.bytes))
        return false;
    *ret = upload;
    return true;
}

bool call_file(const struct call *call, const char *name, struct upload *ret)
{
    const struct value *sent = call->visit->sent ? value_get(call->visit->sent, name) : NULL;
    const struct multipart_part *part = multipart_get(&call->visit->files, str_from_c(name));

    if (sent)
        return file_of_json(call, sent, ret);
    if (!part || !part->filename.p || (part->filename.n == 0 && part->content.n == 0))
        return false;
    *ret = (struct upload){ file_name(part->filename), part->content };
    return true;
}

struct result visit_read_sent(struct call *call)
{
    static const struct form_limits limits = { .fields = 200,
                                               .name_bytes = 100,
                                               .value_bytes = (size_t)64 * 1024 };
    const struct request *request = call->request;

    if (has_type(request, "application/json"))
        return read_json(call);
    if (has_type(request, "multipart/form-data") && takes_files(call->route))
        return read_parts(call);
    if (request->body.n > 0 && !has_type(request, "application/x-www-form-urlencoded"))
        return fail(&SENT_TYPE);
    return form_read(call->arena, request->body, &limits, &call->visit->form);
}

const struct form *call_form(const struct call *call)
{
    return &call->visit->form;
}

struct str call_field(const struct call *call, const char *name)
{
    return form_get(&call->visit->form, str_from_c(name));
}

const struct value *call_sent(const struct call *call)
{
    return call->visit->sent;
}

/* ---- where to go on ---- */

bool path_is_own(struct str path)
{
    if (path.n == 0 || path.n > NEXT_MAX || path.p[0] != '/')
        return false;
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];

        /* Browsers take a '\' for a '/', and pass over white space. */
        if (c <= ' ' || c > '~' || c == '\\' || c == '"' || c == '#')
            return false;
        if (i == 1 && c == '/')
            return false;
    }
    return true;
}

struct str call_next(const struct call *call)
{
    struct str next = call_field(call, "next");

    if (next.n == 0)
        next = form_get(&call->query, STR("next"));
    return path_is_own(next) ? next : STR_NONE;
}

void call_see_other(struct call *call, struct str path, const char *notice)
{
    BUG_IF(!path_is_own(path));
    BUG_IF(notice && !notice_is_known(str_from_c(notice)));
    call->visit->see_other = notice ? notice_path(call->arena, path, notice) : path;
}

/* ---- what is wrong ---- */

static const struct shape_member fault_members[] = {
    { "field", &shape_text, true, "The field; null where it is of none" },
    { "name", &shape_text, false, "What is wrong, in a word that does not change" },
    { "message", &shape_text, false, "The same for people" },
    { "again", &shape_instant, true, "When it may be tried again" },
    { "wait", &shape_int, true, "In how many minutes that is" },
    { NULL, NULL, false, NULL },
};
static const struct shape fault_shape = { .kind = IS_OBJECT,
                                          .name = "FormFault",
                                          .members = fault_members };
const struct shape call_faults_shape = { .kind = IS_LIST, .item = &fault_shape };

static bool has_fault_of(const struct value *faults, const char *field)
{
    for (size_t i = 0; field && i < faults->count; i++) {
        const struct value *of = value_get(faults->items[i], "field");

        if (of->kind == VALUE_TEXT && str_eq_c(of->text, field))
            return true;
    }
    return false;
}

static void add_fault(struct call *call, const char *field, const struct error *error,
                      int64_t again)
{
    struct arena *arena = call->arena;
    struct visit *visit = call->visit;
    struct value *fault = value_object(arena);

    if (!visit->faults)
        visit->faults = value_array(arena);
    if (has_fault_of(visit->faults, field))
        return;
    call->status = error->http_status;
    value_set(arena, fault, "field",
              field ? value_text(arena, str_from_c(field)) : value_null(arena));
    value_set_text(arena, fault, "name", str_from_c(error->name));
    value_set_text(arena, fault, "message", str_from_c(error->message));
    value_set(arena, fault, "again", again ? value_instant(arena, again) : value_null(arena));
    value_set(arena, fault, "wait",
              again ? value_int(arena, (again - call_now(call) + MINUTES - 1) / MINUTES)
                    : value_null(arena));
    value_push(arena, visit->faults, fault);
}

void call_fault(struct call *call, const char *field, const struct error *error)
{
    add_fault(call, field, error, 0);
}

bool call_is_faulty(const struct call *call)
{
    return call->visit->faults != NULL;
}

struct str call_fault_message(const struct call *call, struct str field)
{
    const struct value *faults = call->visit->faults;

    for (size_t i = 0; faults && i < faults->count; i++) {
        const struct value *of = value_get(faults->items[i], "field");

        if (of->kind == VALUE_TEXT && str_eq(of->text, field))
            return value_get(faults->items[i], "message")->text;
    }
    return STR_NONE;
}

bool call_refuse(struct call *call, const char *field, const struct refusal *refusal)
{
    struct visit *visit = call->visit;

    if (!refusal->error)
        return false;
    add_fault(call, field, refusal->error, refusal->again);
    if (refusal->again)
        visit->retry_after = (refusal->again - call_now(call) + SECONDS - 1) / SECONDS;
    return true;
}

struct result call_told(struct call *call, const char *field, struct result result, bool *ret_told)
{
    static const int mendable[] = { 403, 409, 410, 422, 429 };

    *ret_told = false;
    for (size_t i = 0; failed(result) && i < ARRAY_LEN(mendable); i++) {
        if (result.error->http_status == mendable[i]) {
            call_fault(call, field, result.error);
            *ret_told = true;
            return OK;
        }
    }
    return result;
}

void call_add_faults(const struct call *call, struct value *view)
{
    const struct visit *visit = call->visit;

    value_set_bool(call->arena, view, "faulty", call_is_faulty(call));
    value_set(call->arena, view, "faults",
              visit->faults ? visit->faults : value_array(call->arena));
    value_set(call->arena, view, "see",
              visit->see_other.p ? value_text(call->arena, visit->see_other)
                                 : value_null(call->arena));
}
