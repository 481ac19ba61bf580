#include "web/standing_sent.h"

#include "base/attr.h"
#include "base/buf.h"
#include "hash/encode.h"
#include "http/error.h"
#include "http/gzip.h"
#include "http/multipart.h"
#include "register/person.h"
#include "web/standing_sent_json.h"

#define NAME_MAX_BYTES 200
#define PACKED_MAX (SENT_LOG_MAX / 3 * 4 + 1000) /* what cannot be compressed, as letters */

const struct error SENT_TYPE = {
    "unsupported-type", 415, EXIT_INPUT,
    "send multipart/form-data, application/x-www-form-urlencoded or application/json"
};

/* ---- names ---- */

struct str sent_text(const struct sent *sent, struct str name)
{
    return str_trim(form_get(&sent->fields, name));
}

struct str sent_text_of(const struct sent *sent, struct arena *arena, const char *fmt, ...)
{
    struct str name;
    va_list args;

    va_start(args, fmt);
    name = str_format_args(arena, fmt, args);
    va_end(args);
    return sent_text(sent, name);
}

bool sent_row_name(struct str name, struct sent_row_name *ret)
{
    struct sent_row_name row = { .planned = false };
    struct str rest = name;
    struct str number;

    if (str_starts(rest, STR("plan.")) && !str_ends(rest, STR("."))) {
        struct str after = str_drop(rest, 5);
        size_t at;

        /* A kind may be called `plan` itself: then a number follows at once. */
        row.planned = str_find(after, '.', &at) &&
                      !str_to_int(str_take(after, at), 1, SENT_ROWS_MAX, &row.number);
        rest = row.planned ? after : rest;
    }
    rest = str_split(rest, '.', &row.kind);
    row.key = str_split(rest, '.', &number);
    if (!row.key.p || row.key.n == 0 || row.kind.n == 0 ||
        !str_to_int(number, 1, SENT_ROWS_MAX, &row.number))
        return false;
    *ret = row;
    return true;
}

/* ---- files in forms ---- */

struct str sent_pack(struct arena *arena, struct str bytes)
{
    struct str packed = gzip_pack(arena, bytes, GZIP_QUICK, GZIP_ANY_SIZE);
    struct buf text;

    if (!packed.p)
        return STR_NONE;
    buf_init(&text, 2 * packed.n + 100);
    encode(BASE64, packed, &text);
    return buf_take(&text, arena);
}

struct str sent_unpack(struct arena *arena, struct str text, size_t most)
{
    struct str packed;
    struct str bytes;

    if (!decode(BASE64, text, arena, &packed) || !gzip_unpack(arena, packed, most, &bytes))
        return STR_NONE;
    return bytes;
}

static void tell(struct faults *faults, struct str field, struct str value, struct str hint,
                 const char *text)
{
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .heading = field, .value = value },
               hint, "%s", text);
}

/* The file of the page before, unless a new one was chosen or it is to be left out. */
static void take_kept(struct arena *arena, struct faults *faults, struct sent *sent,
                      const char *which, size_t most, struct sent_file *file)
{
    struct str kept = sent_text_of(sent, arena, "kept.%s", which);
    struct str name = sent_text_of(sent, arena, "kept.%s.name", which);

    if (file->name.p || kept.n == 0 || sent_text_of(sent, arena, "drop.%s", which).n > 0)
        return;
    file->bytes = sent_unpack(arena, kept, most);
    if (!file->bytes.p) {
        tell(faults, str_from_c(which), STR_NONE, STR("choose the file again"),
             "the file that was kept from the page before has been damaged");
        return;
    }
    file->name = name.n > 0 ? name : STR("?");
}

static void check_log(struct faults *faults, const struct sent *sent)
{
    int given = (sent->log.name.p != NULL) + (sent_text(sent, STR("text")).n > 0) +
                (sent->records.p != NULL);

    if (given > 1)
        tell(faults, STR("log"), STR_NONE,
             STR("choose a file or paste the records; to use the pasted ones, leave out the file"),
             "there are two logbooks, and both may hold the same records");
    if (sent->log.bytes.n > SENT_LOG_MAX || sent_text(sent, STR("text")).n > SENT_LOG_MAX)
        tell(faults, STR("log"), STR_NONE,
             STR("leave out columns that no standard asks for, or older records"),
             "the logbook is larger than 5,000,000 bytes");
    if (sent->person.bytes.n > PERSON_BYTES_MAX)
        tell(faults, STR("person"), STR_NONE, STR_NONE,
             "the person file is larger than 1,000,000 bytes");
}

/* ---- fields ---- */

static bool is_long(struct str name)
{
    return str_eq(name, STR("text")) || str_eq(name, STR("kept.log")) ||
           str_eq(name, STR("kept.person"));
}

static struct result check_fields(struct faults *faults, const struct form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->at[i];

        if (field->name.n > NAME_MAX_BYTES)
            return fail(&HTTP_FORM_TOO_LARGE);
        if (!is_long(field->name) && field->value.n > SENT_VALUE_MAX)
            return fail(&HTTP_FORM_TOO_LARGE);
        for (size_t j = 0; j < i; j++) {
            if (!str_eq(form->at[j].name, field->name))
                continue;
            tell(faults, field->name, field->value, STR("send each field once"),
                 "is the second value of one field");
            break;
        }
    }
    return OK;
}

/* ---- the three kinds of body ---- */

static struct result read_plain(struct arena *arena, struct str body, struct sent *sent)
{
    const struct form_limits limits = { SENT_FIELDS_MAX, NAME_MAX_BYTES, PACKED_MAX };

    return form_read(arena, body, &limits, &sent->fields);
}

/* A browser sends a file that was not chosen as an empty one without a name. */
static bool is_chosen(const struct multipart_part *part)
{
    return part->filename.p && (part->filename.n > 0 || part->content.n > 0);
}

static void take_file(struct faults *faults, const struct multipart_part *part, struct sent *sent)
{
    bool log = str_eq(part->name, STR("log"));
    struct sent_file *file = log ? &sent->log : &sent->person;

    if (!log && !str_eq(part->name, STR("person"))) {
        tell(faults, part->name, part->filename, STR("send files as 'log' and 'person'"),
             "is a file for which there is no place");
        return;
    }
    if (file->name.p) {
        tell(faults, part->name, part->filename, STR("put all records into one"),
             "is a second file");
        return;
    }
    file->name = part->filename.n > 0 ? part->filename : STR("?");
    file->bytes = part->content;
}

static struct result read_multipart(struct arena *arena, struct str type, struct str body,
                                    struct faults *faults, struct sent *sent)
{
    const struct multipart_limits limits = { SENT_FIELDS_MAX, PACKED_MAX, SENT_BODY_MAX };
    struct form_field *fields;
    struct multipart parts;
    struct str boundary;
    size_t count = 0;

    TRY(multipart_boundary(type, &boundary));
    TRY(multipart_read(arena, boundary, body, &limits, &parts));
    fields = ARENA_ARRAY(arena, parts.count + 1, struct form_field);
    for (size_t i = 0; i < parts.count; i++) {
        const struct multipart_part *part = &parts.at[i];

        if (is_chosen(part))
            take_file(faults, part, sent);
        else if (!part->filename.p)
            fields[count++] = (struct form_field){ part->name, part->content };
    }
    sent->fields = (struct form){ fields, count };
    return OK;
}

static bool is_type(struct str header, struct str type)
{
    struct str name;

    (void)str_split(header, ';', &name);
    name = str_trim(name);
    if (name.n != type.n)
        return false;
    for (size_t i = 0; i < type.n; i++) {
        char c = name.p[i];

        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != type.p[i])
            return false;
    }
    return true;
}

struct result sent_read(struct arena *arena, const struct request *request, struct faults *faults,
                        struct sent *ret)
{
    struct str type = request_header(request, STR("Content-Type"));
    struct sent sent = { .json = false };

    if (is_type(type, STR("application/json")))
        sent_read_json(arena, request->body, faults, &sent);
    else if (is_type(type, STR("application/x-www-form-urlencoded")))
        TRY(read_plain(arena, request->body, &sent));
    else if (is_type(type, STR("multipart/form-data")))
        TRY(read_multipart(arena, type, request->body, faults, &sent));
    else
        return fail(&SENT_TYPE);
    TRY(check_fields(faults, &sent.fields));
    take_kept(arena, faults, &sent, "log", SENT_LOG_MAX, &sent.log);
    take_kept(arena, faults, &sent, "person", PERSON_BYTES_MAX, &sent.person);
    check_log(faults, &sent);
    *ret = sent;
    return OK;
}
