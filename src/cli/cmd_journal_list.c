#include <inttypes.h>

#include "base/date.h"
#include "cli/ask.h"
#include "cli/load.h"
#include "cli/scratch.h"
#include "register/journal_read.h"
#include "json/read.h"

#define MICROSECONDS_OF_DAY INT64_C(86400000000)
#define PAYLOAD_DEPTH 100

/* ---- what is asked for ---- */

/* KIND, or KIND:ID. */
static enum exit_code take_sought(const struct invocation *invocation, const char *option,
                                  struct journal_sought *ret)
{
    const char *value = option_value(invocation, option);
    struct journal_sought sought = { .any_id = true };
    struct str id;

    if (!value)
        return EXIT_OK;
    id = str_split(str_from_c(value), ':', &sought.kind);
    sought.any_id = !id.p;
    if (sought.kind.n == 0 || (id.p && !str_to_int(id, 0, INT64_MAX, &sought.id)))
        return complain_usage(invocation, "option '--%s' expects KIND or KIND:ID, but got '%s'",
                              option, value);
    *ret = sought;
    return EXIT_OK;
}

static enum exit_code take_number(const struct invocation *invocation, const char *option,
                                  int64_t *number)
{
    const char *value = option_value(invocation, option);

    if (!value || str_to_int(str_from_c(value), 0, INT64_MAX, number))
        return EXIT_OK;
    return complain_usage(invocation, "option '--%s' expects a whole number, but got '%s'", option,
                          value);
}

struct wanted {
    struct journal_filter filter;
    int64_t limit;
    day from;  /* DAY_FIRST: not said */
    day until; /* DAY_LAST: not said */
};

static enum exit_code take_options(const struct invocation *invocation, struct wanted *ret)
{
    struct wanted wanted = { .filter = JOURNAL_ALL, .limit = INT64_MAX };
    enum exit_code code = take_sought(invocation, "subject", &wanted.filter.subject);

    if (code == EXIT_OK)
        code = take_sought(invocation, "actor", &wanted.filter.actor);
    if (code == EXIT_OK)
        code = take_number(invocation, "after", &wanted.filter.after);
    if (code == EXIT_OK)
        code = take_number(invocation, "limit", &wanted.limit);
    if (code == EXIT_OK)
        code = option_date(invocation, "from", DAY_FIRST, &wanted.from);
    if (code == EXIT_OK)
        code = option_date(invocation, "until", DAY_LAST, &wanted.until);
    if (code != EXIT_OK)
        return code;
    wanted.filter.operation = str_from_c(option_value(invocation, "operation"));
    *ret = wanted;
    return EXIT_OK;
}

/* Days are positions: instants in the journal never go back. */
static struct result apply_days(struct store *store, struct wanted *wanted)
{
    int64_t position;

    if (wanted->from > DAY_FIRST) {
        TRY(journal_position_before(store, wanted->from * MICROSECONDS_OF_DAY, &position));
        if (position > wanted->filter.after)
            wanted->filter.after = position;
    }
    if (wanted->until < DAY_LAST)
        TRY(journal_position_before(store, (wanted->until + 1) * MICROSECONDS_OF_DAY,
                                    &wanted->filter.upto));
    return OK;
}

/* ---- what is shown ---- */

static struct value *ref_value(struct arena *arena, struct journal_ref ref)
{
    struct value *value;

    if (!ref.kind.p)
        return value_null(arena);
    value = value_object(arena);
    value_set_text(arena, value, "kind", ref.kind);
    value_set_int(arena, value, "id", ref.id);
    return value;
}

static struct value *hex_value(struct arena *arena, struct sha256_digest digest)
{
    char hex[SHA256_HEX_SIZE];

    return value_text(arena, str_copy(arena, str_from_c(sha256_hex(digest, hex))));
}

/* A payload that is no JSON any more was changed by somebody: it is shown as a text. */
static struct value *payload_value(struct arena *arena, struct str payload)
{
    const struct json_limits limits = { .bytes = payload.n, .depth = PAYLOAD_DEPTH };
    struct json_fault fault;
    struct value *value;

    if (!payload.p)
        return value_null(arena);
    if (failed(json_read(arena, payload, &limits, &fault, &value)))
        return value_text(arena, payload);
    return value;
}

static void show_json(struct output *out, struct arena *arena, const struct journal_line *line)
{
    const struct journal_entry *entry = &line->entry;
    struct value *value = value_object(arena);
    struct buf json;

    value_set_int(arena, value, "position", entry->position);
    value_set_int(arena, value, "at", entry->at);
    value_set_text(arena, value, "operation", entry->operation);
    value_set(arena, value, "subject", ref_value(arena, entry->subject));
    value_set(arena, value, "actor", ref_value(arena, entry->actor));
    value_set_text(arena, value, "authority", entry->authority);
    value_set(arena, value, "payload", payload_value(arena, line->payload));
    value_set_bool(arena, value, "erased", !line->payload.p);
    value_set(arena, value, "digest", hex_value(arena, entry->digest));
    value_set(arena, value, "chain", hex_value(arena, entry->chain));
    buf_init(&json, (size_t)64 << 20);
    value_write_json(value, JSON_COMPACT, &json);
    buf_byte(&json, '\n');
    output_raw(out, buf_str(&json));
    buf_release(&json);
}

static struct str ref_text(struct arena *arena, struct journal_ref ref)
{
    if (ref.id == 0)
        return ref.kind;
    return str_format(arena, "%.*s %" PRId64, STR_ARG(ref.kind), ref.id);
}

static void show_text(struct output *out, struct arena *arena, const struct journal_line *line)
{
    const struct journal_entry *entry = &line->entry;
    char at[INSTANT_SIZE];
    struct str about = STR("");

    output_format(out, "%" PRId64 "  %s  ", entry->position, instant_utc(entry->at, at));
    output_tone(out, TONE_STRONG, entry->operation);
    output_line(out);
    if (entry->subject.kind.p)
        about = str_format(arena, "%.*s, ", STR_ARG(ref_text(arena, entry->subject)));
    if (entry->actor.kind.p)
        about = str_format(arena, "%.*sby %.*s, ", STR_ARG(about),
                           STR_ARG(ref_text(arena, entry->actor)));
    output_paragraph(
        out, 4, STR_NONE, TONE_PLAIN,
        str_format(arena, "%.*sby right of: %.*s", STR_ARG(about), STR_ARG(entry->authority)));
    if (!line->payload.p)
        output_paragraph(out, 4, STR_NONE, TONE_FAINT, STR("erased"));
    else if (!str_eq_c(line->payload, "{}"))
        output_paragraph(out, 4, STR_NONE, TONE_PLAIN, line->payload);
}

static struct result list(const struct invocation *invocation, struct store *store,
                          struct wanted *wanted)
{
    CLEANUP(arena_release) struct arena page = scratch_arena(invocation);
    bool as_json = option_given(invocation, "json");
    struct output *out = &invocation->around->out;
    struct journal_line *lines;
    size_t count;

    TRY(apply_days(store, wanted));
    do {
        size_t max = wanted->limit < JOURNAL_PAGE_MAX ? (size_t)wanted->limit : JOURNAL_PAGE_MAX;
        arena_clear(&page);
        TRY(journal_read(store, &page, &wanted->filter, max, &lines, &count));
        for (size_t i = 0; i < count; i++) {
            if (as_json)
                show_json(out, &page, &lines[i]);
            else
                show_text(out, &page, &lines[i]);
            wanted->filter.after = lines[i].entry.position;
        }
        wanted->limit -= (int64_t)count;
    } while (count == JOURNAL_PAGE_MAX && wanted->limit > 0);
    return OK;
}

enum exit_code cmd_journal_list(struct invocation *invocation)
{
    struct reading reading;
    struct wanted wanted;
    enum exit_code code = take_options(invocation, &wanted);

    if (code == EXIT_OK)
        code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    return reading_end(invocation, &reading, list(invocation, reading.store, &wanted));
}
