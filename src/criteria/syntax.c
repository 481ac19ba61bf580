#include "criteria/syntax.h"

#include "base/arena.h"
#include "base/buf.h"

#define EDITION_PART_LIMIT 999999999

int edition_number_cmp(struct edition_number a, struct edition_number b)
{
    for (unsigned i = 0; i < a.parts && i < b.parts; i++) {
        if (a.part[i] != b.part[i])
            return a.part[i] < b.part[i] ? -1 : 1;
    }
    return (int)a.parts - (int)b.parts;
}

bool edition_number_eq(struct edition_number a, struct edition_number b)
{
    return edition_number_cmp(a, b) == 0;
}

bool edition_number_parse(struct str s, struct edition_number *ret)
{
    struct edition_number number = { .parts = 0 };
    struct str rest = s;

    do {
        struct str part;
        int64_t n;

        rest = str_split(rest, '.', &part);
        if (number.parts == CRITERIA_EDITION_PARTS_MAX)
            return false;
        if (part.n == 0 || part.p[0] == '-' || (part.p[0] == '0' && part.n > 1))
            return false;
        if (!str_to_int(part, 0, EDITION_PART_LIMIT, &n))
            return false;
        number.part[number.parts++] = (uint32_t)n;
    } while (rest.p);
    *ret = number;
    return true;
}

struct str edition_number_text(struct arena *arena, struct edition_number number)
{
    struct buf buf;

    buf_init(&buf, 256);
    for (unsigned i = 0; i < number.parts; i++) {
        if (i > 0)
            buf_byte(&buf, '.');
        buf_int(&buf, number.part[i]);
    }
    return buf_take(&buf, arena);
}

int64_t quantity_value(struct quantity q)
{
    return q.unit == UNIT_HOURS ? q.n * 60 : q.n;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool criteria_is_word(struct str s)
{
    if (s.n == 0 || !is_lower(s.p[0]))
        return false;
    for (size_t i = 1; i < s.n; i++) {
        bool hyphen = s.p[i] == '-' && i + 1 < s.n && s.p[i + 1] != '-';

        if (!is_lower(s.p[i]) && !is_digit(s.p[i]) && !hyphen)
            return false;
    }
    return true;
}

bool criteria_is_name(struct str s)
{
    struct str rest = s;

    do {
        struct str part;

        rest = str_split(rest, '.', &part);
        if (!criteria_is_word(part))
            return false;
    } while (rest.p);
    return true;
}

/* Sorted by bytes: the words of the grammar, the first words of a case's lines, and the fields
   that every kind has without saying so. */
static const char *const reserved[] = {
    "accept",      "accredited",  "admit",      "advice",     "after",      "age",
    "all",         "also",        "anchor",     "anchors",    "any",        "applications",
    "asof",        "at",          "audience",   "bar",        "before",     "bodies",
    "born",        "by",          "case",       "count",      "covered",    "credential",
    "credentials", "criteria",    "current",    "cycle",      "day",        "days",
    "decision",    "declaration", "declared",   "discretion", "distinct",   "each",
    "edition",     "editions",    "effect",     "effort",     "end",        "ever",
    "example",     "exempt",      "expect",     "extend",     "field",      "first",
    "floor",       "for",         "force",      "from",       "grace",      "group",
    "h",           "holders",     "holds",      "hour",       "hours",      "id",
    "in",          "instead",     "integer",    "is",         "issued",     "judged",
    "judgement",   "keep",        "known",      "label",      "language",   "last",
    "least",       "levels",      "matter",     "min",        "minutes",    "month",
    "months",      "most",        "not",        "note",       "of",         "old",
    "on",          "open",        "ordered",    "other",      "owner",      "point",
    "programme",   "programmes",  "question",   "reasons",    "record",     "refer",
    "refuse",      "renew",       "renewal",    "req",        "require",    "route",
    "separately",  "since",       "start",      "started",    "statements", "sum",
    "term",        "that",        "throughout", "tightens",   "title",      "to",
    "transition",  "until",       "valid",      "vocabulary", "waive",      "weigh",
    "when",        "within",      "without",    "wording",    "year",       "years",
};

bool criteria_word_is_reserved(struct str word)
{
    size_t low = 0;
    size_t high = ARRAY_LEN(reserved);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(word, str_from_c(reserved[middle]));

        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
