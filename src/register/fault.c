#include "register/fault.h"

#define SHOWN_MAX ((size_t)60)       /* code points of a value */
#define LIST_MAX ((size_t)64 * 1024) /* bytes of the names that a hint lists */

void faults_init(struct faults *faults, struct arena *arena)
{
    *faults = (struct faults){ .arena = arena, .row_name = "row" };
}

/* Control characters, and those that turn or hide the text around them. */
static bool may_not_be_shown(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x061c ||
           (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xfeff;
}

/* Line breaks and tabs become spaces, and what must not be shown '?'. */
struct str fault_shown(struct arena *arena, struct str s)
{
    struct buf buf;
    size_t points = 0;

    if (!s.p)
        return STR_NONE;
    buf_init(&buf, SHOWN_MAX * 4 + sizeof("…"));
    for (; s.n > 0 && points < SHOWN_MAX; points++) {
        uint32_t point = 0;
        size_t length = str_code_point(s, &point);

        if (point == '\n' || point == '\r' || point == '\t')
            buf_byte(&buf, ' ');
        else if (length == 0 || may_not_be_shown(point))
            buf_byte(&buf, '?');
        else
            buf_add(&buf, str_take(s, length));
        s = str_drop(s, length ? length : 1);
    }
    if (s.n > 0)
        buf_add_c(&buf, "…");
    return buf_take(&buf, arena);
}

void faults_add_args(struct faults *faults, enum severity severity, struct fault_place place,
                     struct str hint, const char *fmt, va_list args)
{
    struct fault *fault;
    struct str message;

    if (severity == SEVERITY_ERROR)
        faults->errors++;
    else
        faults->warnings++;
    if (faults->count == FAULTS_MAX)
        return;
    place.value = fault_shown(faults->arena, place.value);
    place.heading = fault_shown(faults->arena, place.heading);
    message = str_format_args(faults->arena, fmt, args);
    if (place.value.p)
        message = str_format(faults->arena, "'%.*s' %.*s", STR_ARG(place.value), STR_ARG(message));
    fault = ARENA_PUSH(faults->arena, faults->list, faults->count, faults->room);
    *fault = (struct fault){ severity, place, message, hint };
}

void faults_add(struct faults *faults, enum severity severity, struct fault_place place,
                struct str hint, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    faults_add_args(faults, severity, place, hint, fmt, args);
    va_end(args);
}

void faults_add_json(struct faults *faults, const struct json_fault *fault)
{
    struct fault_place file = { .row = 0 };

    if (fault->line > 0)
        faults_add(faults, SEVERITY_ERROR, file, STR_NONE, "line %u, column %u of the file: %s",
                   fault->line, fault->column, fault->message);
    else
        faults_add(faults, SEVERITY_ERROR, file, STR_NONE, "%s", fault->message);
}

struct str faults_hint(struct faults *faults, struct str word, struct str_list candidates,
                       struct str rest)
{
    struct str near;

    if (faults->count == FAULTS_MAX)
        return STR_NONE;
    near = str_nearest(word, candidates);
    if (near.p && rest.p)
        return str_format(faults->arena, "did you mean '%.*s'? %.*s", STR_ARG(near), STR_ARG(rest));
    if (near.p)
        return str_format(faults->arena, "did you mean '%.*s'?", STR_ARG(near));
    return rest;
}

struct str faults_one_of(struct faults *faults, struct str word, struct str_list candidates)
{
    struct buf all;

    if (faults->count == FAULTS_MAX)
        return STR_NONE;
    buf_init(&all, LIST_MAX);
    buf_add_c(&all, candidates.count == 1 ? "write " : "write one of ");
    for (size_t i = 0; i < candidates.count; i++) {
        if (i > 0)
            buf_add_c(&all, ", ");
        buf_add(&all, candidates.at[i]);
    }
    return faults_hint(faults, word, candidates, buf_take(&all, faults->arena));
}

static bool stands_before(const struct fault *a, const struct fault *b)
{
    if (a->place.row != b->place.row)
        return a->place.row < b->place.row;
    return a->place.column < b->place.column;
}

/* By insertion: there are FAULTS_MAX at most, nearly in order, and equal ones stay as they came. */
void faults_sort(struct faults *faults)
{
    for (size_t i = 1; i < faults->count; i++) {
        struct fault moved = faults->list[i];
        size_t at = i;

        for (; at > 0 && stands_before(&moved, &faults->list[at - 1]); at--)
            faults->list[at] = faults->list[at - 1];
        faults->list[at] = moved;
    }
}

void fault_write_letters(uint32_t column, struct buf *out)
{
    if (column > 26)
        fault_write_letters((column - 1) / 26, out);
    buf_byte(out, (char)('A' + (column - 1) % 26));
}

void fault_write_place(const struct faults *faults, const struct fault *fault, struct buf *out)
{
    const struct fault_place *place = &fault->place;

    if (place->row > 0)
        buf_format(out, "%s %u", faults->row_name, place->row);
    if (place->row > 0 && (place->column > 0 || place->heading.n > 0))
        buf_add_c(out, ", ");
    if (place->column > 0) {
        buf_add_c(out, "column ");
        fault_write_letters(place->column, out);
        if (place->heading.n > 0)
            buf_format(out, " (%.*s)", STR_ARG(place->heading));
    } else {
        buf_add(out, place->heading);
    }
}

static void print_fault(const struct faults *faults, const struct fault *fault, struct str name,
                        struct buf *out, bool colour)
{
    bool error = fault->severity == SEVERITY_ERROR;
    size_t before;

    buf_add(out, name);
    buf_add_c(out, ": ");
    before = out->n;
    fault_write_place(faults, fault, out);
    if (out->n > before)
        buf_add_c(out, ": ");
    if (colour)
        buf_add_c(out, error ? "\033[1;31m" : "\033[1;35m");
    buf_add_c(out, error ? "error:" : "warning:");
    if (colour)
        buf_add_c(out, "\033[0m");
    buf_byte(out, ' ');
    buf_add(out, fault->message);
    buf_byte(out, '\n');
    if (fault->hint.n > 0)
        buf_format(out, "   %.*s\n", STR_ARG(fault->hint));
}

void faults_print(struct faults *faults, struct str name, struct buf *out, bool colour)
{
    size_t all = faults->errors + faults->warnings;

    faults_sort(faults);
    for (size_t i = 0; i < faults->count; i++)
        print_fault(faults, &faults->list[i], name, out, colour);
    if (all > faults->count)
        buf_format(out, "%.*s: %zu further faults are not shown\n", STR_ARG(name),
                   all - faults->count);
}
