#include "register/person_part.h"

#include "register/cell.h"

#define WRITE_DAY STR("write the date as \"YYYY-MM-DD\"")

static const struct value nothing = { .kind = VALUE_OBJECT };

static struct str path_of(const struct person_part *part, const char *key)
{
    if (!key)
        return part->path;
    if (part->path.n == 0)
        return str_from_c(key);
    return str_format(part->faults->arena, "%.*s.%s", STR_ARG(part->path), key);
}

void part_fault(const struct person_part *part, const char *key, struct str value, struct str hint,
                const char *fmt, ...)
{
    struct fault_place place = { .value = value };
    va_list args;

    if (part->faults->count < FAULTS_MAX)
        place.heading = path_of(part, key);
    va_start(args, fmt);
    faults_add_args(part->faults, SEVERITY_ERROR, place, hint, fmt, args);
    va_end(args);
}

void part_check_keys(const struct person_part *part, struct str_list keys)
{
    const struct value *value = part->value;

    if (value->kind != VALUE_OBJECT) {
        part_fault(part, NULL, STR_NONE, STR("write { \"key\": value, … }"),
                   "an object belongs here");
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        struct str key = value->members[i].key;

        if (!str_list_has(keys, key) && !str_starts(key, STR("note")))
            part_fault(part, NULL, key,
                       faults_hint(part->faults, key, keys,
                                   STR("the key of a remark begins with \"note\"")),
                       "is no key that is known here");
    }
}

/* The value of a key, or NULL; null counts as missing. */
static const struct value *find(const struct person_part *part, const char *key,
                                enum presence presence)
{
    const struct value *value = value_get(part->value, key);

    if (value && value->kind != VALUE_NULL)
        return value;
    if (presence == NEEDED && part->value->kind == VALUE_OBJECT)
        part_fault(part, NULL, STR_NONE, STR_NONE, "the key \"%s\" is missing", key);
    return NULL;
}

struct str part_text(const struct person_part *part, const char *key, enum presence presence)
{
    const struct value *value = find(part, key, presence);

    if (!value)
        return STR_NONE;
    if (value->kind == VALUE_TEXT && value->text.n > 0)
        return value->text;
    part_fault(part, key, STR_NONE, STR_NONE, "a text in double quotes belongs here");
    return STR_NONE;
}

struct str part_name(const struct person_part *part, const char *key, enum presence presence,
                     struct str_list known, const char *what)
{
    struct str name = part_text(part, key, presence);

    if (!name.p || known.count == 0 || str_list_has(known, name))
        return name;
    part_fault(part, key, name, faults_hint(part->faults, name, known, STR_NONE), "%s", what);
    return STR_NONE;
}

struct str part_id(const struct person_part *part, const char *key, enum presence presence)
{
    struct str id = part_text(part, key, presence);
    struct complaint complaint;

    if (!id.p)
        return STR_NONE;
    if (!id_check(id, &complaint)) {
        part_fault(part, key, id, str_from_c(complaint.hint), "%s", complaint.says);
        return STR_NONE;
    }
    if (str_starts(id, STR("#"))) {
        part_fault(part, key, id, STR("begin it with a letter or a digit"),
                   "begins as a comment does in a case");
        return STR_NONE;
    }
    return id;
}

/* False, with a fault, when the text is no day of the calendar. */
static bool read_day(const struct person_part *part, const char *key, struct str text, day *ret)
{
    if (day_parse(text, ret))
        return true;
    part_fault(part, key, text, WRITE_DAY, "is no day of the calendar");
    return false;
}

day part_day(const struct person_part *part, const char *key, enum presence presence, day otherwise)
{
    struct str text = part_text(part, key, presence);
    day d;

    return text.p && read_day(part, key, text, &d) ? d : otherwise;
}

void part_range(const struct person_part *part, day *ret_from, day *ret_to)
{
    day from = part_day(part, "from", NEEDED, DAY_FIRST);
    day to = part_day(part, "to", OPTIONAL, DAY_LAST);

    if (from > to)
        part_fault(part, NULL, STR_NONE, STR("correct one of the two"), "it ends before it begins");
    *ret_from = from;
    *ret_to = to;
}

bool part_flag(const struct person_part *part, const char *key, enum presence presence)
{
    const struct value *value = find(part, key, presence);

    if (value && value->kind != VALUE_BOOL)
        part_fault(part, key, STR_NONE, STR_NONE, "true or false belongs here");
    return value && value->kind == VALUE_BOOL && value->boolean;
}

struct edition_number part_edition(const struct person_part *part, const char *key,
                                   enum presence presence)
{
    struct edition_number none = { .parts = 0 };
    struct edition_number edition;
    struct str text = part_text(part, key, presence);

    if (!text.p)
        return none;
    if (edition_number_parse(text, &edition))
        return edition;
    part_fault(part, key, text, STR("write its number in double quotes, as in \"2\" or \"2024.1\""),
               "is no edition");
    return none;
}

size_t part_items(const struct person_part *part, const char *key, size_t most)
{
    const struct value *value = find(part, key, OPTIONAL);

    if (!value)
        return 0;
    if (value->kind == VALUE_ARRAY && value->count <= most)
        return value->count;
    if (value->kind == VALUE_ARRAY)
        part_fault(part, key, STR_NONE, STR("leave out what the answer does not rest on"),
                   "more than %zu items stand here", most);
    else
        part_fault(part, key, STR_NONE, STR("write [ … ], also around a single item"),
                   "an array belongs here");
    return 0;
}

struct person_part part_item(const struct person_part *part, const char *key, size_t index)
{
    return (struct person_part){
        .faults = part->faults,
        .value = value_get(part->value, key)->items[index],
        .path = str_format(part->faults->arena, "%.*s[%zu]", STR_ARG(path_of(part, key)), index),
    };
}

struct person_part part_object(const struct person_part *part, const char *key)
{
    const struct value *value = find(part, key, OPTIONAL);

    return (struct person_part){
        .faults = part->faults,
        .value = value ? value : &nothing,
        .path = path_of(part, key),
    };
}
