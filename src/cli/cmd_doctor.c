#include "base/value.h"
#include "cli/installation.h"
#include "cli/telling.h"
#include "instance/doctor.h"

static size_t count(const struct doctor_check *check, enum finding_kind kind)
{
    size_t n = 0;

    for (const struct finding *at = check->findings; at; at = at->next)
        n += at->kind == kind;
    return n;
}

static struct str state(const struct doctor_check *check)
{
    if (check->passed_over)
        return STR("passed over");
    if (count(check, FINDING_FAULT) > 0)
        return STR("fault");
    return check->findings ? STR("warning") : STR("ok");
}

static struct value *finding_value(struct arena *arena, const struct finding *finding)
{
    struct value *value = value_object(arena);

    value_set_text(arena, value, "kind",
                   finding->kind == FINDING_FAULT ? STR("fault") : STR("warning"));
    value_set_text(arena, value, "what", finding->what);
    value_set_text(arena, value, "todo", finding->todo);
    return value;
}

static void show_json(const struct invocation *invocation, const struct doctor_report *report)
{
    struct arena *arena = invocation->arena;
    struct value *all = value_object(arena);
    struct value *checks = value_array(arena);

    for (size_t i = 0; i < report->count; i++) {
        struct value *check = value_object(arena);
        struct value *findings = value_array(arena);

        for (const struct finding *at = report->checks[i].findings; at; at = at->next)
            value_push(arena, findings, finding_value(arena, at));
        value_set_text(arena, check, "name", str_from_c(report->checks[i].name));
        value_set_text(arena, check, "state", state(&report->checks[i]));
        value_set(arena, check, "findings", findings);
        value_push(arena, checks, check);
    }
    value_set(arena, all, "checks", checks);
    value_set_int(arena, all, "faults", (int64_t)report->faults);
    value_set_int(arena, all, "warnings", (int64_t)report->warnings);
    output_json(&invocation->around->out, all);
}

static void show_check(struct output *out, const struct doctor_check *check)
{
    enum tone tone = check->passed_over                ? TONE_FAINT
                     : count(check, FINDING_FAULT) > 0 ? TONE_BAD
                     : check->findings                 ? TONE_WAIT
                                                       : TONE_GOOD;

    output_format(out, "%-14s", check->name);
    output_tone(out, tone, state(check));
    output_c(out, check->findings || check->passed_over ? "" : ": ");
    output_c(out, check->findings || check->passed_over ? "" : check->about);
    output_line(out);
    for (const struct finding *at = check->findings; at; at = at->next) {
        output_paragraph(out, 4, STR_NONE, TONE_PLAIN, at->what);
        output_paragraph(out, 4, STR("to do"), TONE_FAINT, at->todo);
    }
}

static void show_text(const struct invocation *invocation, const struct doctor_report *report)
{
    struct output *out = &invocation->around->out;

    for (size_t i = 0; i < report->count; i++)
        show_check(out, &report->checks[i]);
    output_format(out, "%zu fault%s, %zu warning%s\n", report->faults,
                  report->faults == 1 ? "" : "s", report->warnings,
                  report->warnings == 1 ? "" : "s");
}

enum exit_code cmd_doctor(struct invocation *invocation)
{
    struct telling telling = telling_of(invocation);
    struct doctor_settings settings = { .now = invocation->around->now };
    struct installation installation;
    struct doctor_report report;
    enum exit_code code;

    if (!option_given(invocation, "data"))
        return complain_usage(invocation, "no installation: give --data DIR");
    code = installation_read(invocation, &installation);
    if (code != EXIT_OK)
        return code;
    settings.config = &installation.config;
    settings.diags = &installation.diags;
    settings.file = installation.file;
    settings.told = telling_told(&telling);
    report = doctor_examine(&settings, invocation->arena);
    telling_end(&telling);
    if (option_given(invocation, "json"))
        show_json(invocation, &report);
    else
        show_text(invocation, &report);
    return report.faults > 0 ? EXIT_NO : EXIT_OK;
}
