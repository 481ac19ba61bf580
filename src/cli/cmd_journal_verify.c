#include <errno.h>
#include <string.h>

#include "base/files.h"
#include "cli/ask.h"
#include "cli/telling.h"
#include "register/journal.h"

#define HEADS_FILE_MAX ((size_t)1 << 20)

/* ---- heads that were kept ---- */

struct heads {
    struct arena *arena;
    struct journal_head *at;
    size_t count, room;
};

/* POSITION:HASH, or HASH. */
static bool parse_head(struct str text, struct journal_head *ret)
{
    struct journal_head head = { .position = JOURNAL_ANYWHERE };
    struct str first;
    struct str rest = str_split(text, ':', &first);

    if (rest.p && !str_to_int(first, 0, INT64_MAX, &head.position))
        return false;
    if (!sha256_from_hex(rest.p ? rest : first, &head.chain))
        return false;
    *ret = head;
    return true;
}

static bool add_head(struct heads *heads, struct str text)
{
    struct journal_head head;

    if (!parse_head(text, &head))
        return false;
    *ARENA_PUSH(heads->arena, heads->at, heads->count, heads->room) = head;
    return true;
}

/* A file of heads is what this command printed: the lines that begin with "head", or that are one.
 */
static enum exit_code read_heads(const struct invocation *invocation, const char *path,
                                 struct heads *heads)
{
    size_t before = heads->count;
    struct str rest;
    struct str line;
    struct result result = file_read(invocation->arena, path, HEADS_FILE_MAX, &rest);

    if (failed(result)) {
        complain(invocation, "'%s' is neither POSITION:HASH nor a file that can be read: %s", path,
                 result.error == &ERROR_READ ? strerror(errno) : result.error->message);
        return EXIT_INPUT;
    }
    while (rest.p) {
        rest = str_split(rest, '\n', &line);
        line = str_trim(line);
        if (str_starts(line, STR("head ")) &&
            !add_head(heads, str_trim(str_drop(line, strlen("head "))))) {
            complain(invocation, "%s: expected POSITION:HASH after 'head' in '%.*s'", path,
                     STR_ARG(line));
            return EXIT_INPUT;
        }
        if (!str_starts(line, STR("head "))) {
            bool is_head = add_head(heads, line);
            (void)is_head; /* other lines are for people */
        }
    }
    if (heads->count > before)
        return EXIT_OK;
    complain(invocation, "'%s' holds no head: expected a line 'head POSITION:HASH'", path);
    return EXIT_INPUT;
}

static enum exit_code take_heads(const struct invocation *invocation, struct heads *heads)
{
    const char *const *values;
    size_t count = option_values(invocation, "head", &values);

    for (size_t i = 0; i < count; i++) {
        enum exit_code code;
        if (add_head(heads, str_from_c(values[i])))
            continue;
        code = read_heads(invocation, values[i], heads);
        if (code != EXIT_OK)
            return code;
    }
    return EXIT_OK;
}

/* ---- what was found ---- */

static struct value *fault_value(struct arena *arena, const struct journal_fault *fault)
{
    struct value *value = value_object(arena);

    value_set_text(arena, value, "kind", str_from_c(journal_fault_word(fault->kind)));
    value_set_int(arena, value, "position", fault->position);
    value_set_text(arena, value, "text", str_from_c(journal_fault_text(fault->kind)));
    return value;
}

static void show_json(const struct invocation *invocation, const struct journal_report *report)
{
    struct arena *arena = invocation->arena;
    struct value *answer = value_object(arena);
    struct value *told = value_array(arena);

    for (int64_t i = 0; i < report->faults && i < JOURNAL_FAULTS_TOLD; i++)
        value_push(arena, told, fault_value(arena, &report->told[i]));
    value_set_bool(arena, answer, "whole", report->faults == 0);
    value_set_int(arena, answer, "entries", report->entries);
    value_set_int(arena, answer, "erased", report->erased);
    value_set_int(arena, answer, "position", report->position);
    value_set_text(arena, answer, "head", report->head);
    value_set_int(arena, answer, "faults", report->faults);
    value_set(arena, answer, "told", told);
    output_json(&invocation->around->out, answer);
}

static void show_fault(struct output *out, const struct journal_fault *fault)
{
    if (fault->position > 0)
        output_format(out, "position %lld: ", (long long)fault->position);
    output_tone(out, TONE_BAD, str_from_c(journal_fault_text(fault->kind)));
    output_line(out);
}

static void show_text(const struct invocation *invocation, const struct journal_report *report,
                      size_t heads)
{
    struct output *out = &invocation->around->out;

    for (int64_t i = 0; i < report->faults && i < JOURNAL_FAULTS_TOLD; i++)
        show_fault(out, &report->told[i]);
    if (report->faults > JOURNAL_FAULTS_TOLD)
        output_format(out, "and %lld more\n", (long long)(report->faults - JOURNAL_FAULTS_TOLD));
    output_format(
        out, "%lld %s, %lld without their payload, which was erased: ", (long long)report->entries,
        report->entries == 1 ? "entry" : "entries", (long long)report->erased);
    if (report->faults > 0)
        output_tone(out, TONE_BAD, STR("the journal does not hold"));
    else
        output_tone(out, TONE_GOOD,
                    heads > 0 ? STR("the journal holds, and goes on from what was kept")
                              : STR("the journal holds"));
    output_format(out, "\nhead %lld:%.*s\n", (long long)report->position, STR_ARG(report->head));
}

static void show_progress(void *context, int64_t done, int64_t all)
{
    telling_show(context, "entries", done, all);
}

enum exit_code cmd_journal_verify(struct invocation *invocation)
{
    struct telling telling = telling_of(invocation);
    struct heads heads = { .arena = invocation->arena };
    struct journal_report report = { 0 };
    struct reading reading;
    struct result result;
    enum exit_code code = take_heads(invocation, &heads);

    if (code == EXIT_OK)
        code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    result = journal_verify(reading.store, invocation->arena,
                            (struct journal_heads){ heads.at, heads.count }, show_progress,
                            &telling, &report);
    telling_end(&telling);
    code = reading_end(invocation, &reading, result);
    if (code != EXIT_OK)
        return code;
    if (option_given(invocation, "json"))
        show_json(invocation, &report);
    else
        show_text(invocation, &report, heads.count);
    return report.faults > 0 ? EXIT_NO : EXIT_OK;
}
