#include "cli/diagnostics.h"

#include "base/buf.h"
#include "register/phrases.h"

/* DIAGS_MAX of them, each with a line of its source. */
#define SHOWN_MAX ((size_t)64 * 1024 * 1024)

void diagnostics_show(const struct diags *diags, struct output *out)
{
    struct diags copy = *diags;
    struct buf text;

    if (diags->count == 0)
        return;
    buf_init(&text, SHOWN_MAX);
    diags_print(&copy, &text, out->colour);
    output_raw(out, buf_str(&text));
    buf_release(&text);
}

struct str diagnostics_counted(struct arena *arena, const struct diags *diags)
{
    struct str errors = phrase_count(arena, diags->errors, "error");
    struct str warnings = phrase_count(arena, diags->warnings, "warning");

    if (diags->errors == 0 && diags->warnings == 0)
        return STR("no faults");
    if (diags->warnings == 0)
        return errors;
    if (diags->errors == 0)
        return warnings;
    return str_format(arena, "%.*s, %.*s", STR_ARG(errors), STR_ARG(warnings));
}
