#include "cli/ask.h"
#include "cli/rows.h"
#include "jobs/jobs.h"

#define TIMERS_MAX 1000

static const struct column consumers[] = {
    { "name", "consumer" },     { "position", "has come to" }, { "moved_at", "at" },
    { "failures", "failures" }, { "failure", "the last" },     { NULL, NULL },
};

static const struct column timers[] = {
    { "kind", "timer" },       { "subject", "about" },   { "due_at", "due" },
    { "next_at", "next run" }, { "ran_at", "last run" }, { "failures", "failures" },
    { "failure", "the last" }, { NULL, NULL },
};

enum exit_code cmd_jobs(struct invocation *invocation)
{
    struct output *out = &invocation->around->out;
    struct value *view = NULL;
    struct reading reading;
    enum exit_code code = reading_begin(invocation, &reading);

    if (code != EXIT_OK)
        return code;
    code = reading_end(invocation, &reading,
                       jobs_view(reading.store, invocation->arena, TIMERS_MAX, &view));
    if (code != EXIT_OK)
        return code;
    if (option_given(invocation, "json")) {
        output_json(out, view);
        return EXIT_OK;
    }
    output_format(out, "The journal has come to %lld.\n\n",
                  (long long)value_get(view, "journal")->integer);
    rows_show(invocation, value_get(view, "consumers"), consumers,
              "no server has run on this installation yet");
    output_line(out);
    rows_show(invocation, value_get(view, "timers"), timers, "no timer is set");
    return EXIT_OK;
}
