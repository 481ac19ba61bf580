#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/diagnostics.h"
#include "cli/paths.h"
#include "criteria/syntax.h"

/* Canonical form is rarely longer than what was written, but a one-line text may unfold. */
#define CANONICAL_MAX (8 * (size_t)CRITERIA_FILE_MAX)

enum mode { MODE_PRINT, MODE_CHECK, MODE_WRITE };

static enum exit_code rewrite(const struct invocation *invocation, const char *path,
                              struct str canonical)
{
    struct result result = file_write(path, canonical);

    if (!failed(result))
        return EXIT_OK;
    complain(invocation, "cannot write '%s': %s", path, strerror(errno));
    return result.error->exit_code;
}

static enum exit_code deliver(const struct invocation *invocation, enum mode mode, const char *path,
                              struct str written, struct str canonical)
{
    struct output *out = &invocation->around->out;
    bool standard_input = strcmp(path, "-") == 0;

    if (mode == MODE_PRINT || (mode == MODE_WRITE && standard_input)) {
        output_raw(out, canonical);
        return EXIT_OK;
    }
    if (str_eq(written, canonical))
        return EXIT_OK;
    if (mode == MODE_WRITE)
        return rewrite(invocation, path, canonical);
    output_format(out, "%s\n", standard_input ? "standard input" : path);
    return EXIT_NO;
}

static enum exit_code format_file(const struct invocation *invocation, enum mode mode,
                                  const char *path)
{
    struct parsed_file parsed;
    struct source source;
    struct diags diags;
    struct buf canonical;
    enum exit_code code = path_read(invocation, path, CRITERIA_FILE_MAX, &source);

    if (code != EXIT_OK)
        return code;
    diags_init(&diags, invocation->arena);
    criteria_parse(invocation->arena, &source, &diags, &parsed);
    diagnostics_show(&diags, &invocation->around->err);
    if (diags.errors > 0)
        return EXIT_INPUT;
    buf_init(&canonical, CANONICAL_MAX);
    criteria_print_file(&parsed, &canonical);
    if (canonical.overflow) {
        complain(invocation, "'%s': the canonical form would be too large", path);
        code = EXIT_INPUT;
    } else {
        code = deliver(invocation, mode, path, source.text, buf_str(&canonical));
    }
    buf_release(&canonical);
    return code;
}

enum exit_code cmd_fmt(struct invocation *invocation)
{
    static const char *const suffixes[] = { ".criteria", ".vocabulary", NULL };
    bool check = option_given(invocation, "check");
    bool write = option_given(invocation, "write");
    enum mode mode = check ? MODE_CHECK : write ? MODE_WRITE : MODE_PRINT;
    struct path_list paths;
    enum exit_code worst;

    if (check && write)
        return complain_usage(invocation, "--check and --write exclude each other");
    worst =
        paths_expand(invocation, invocation->operands, invocation->operand_count, suffixes, &paths);
    if (worst != EXIT_OK)
        return worst;
    for (size_t i = 0; i < paths.count; i++) {
        enum exit_code code = format_file(invocation, mode, paths.at[i]);

        if (code > worst)
            worst = code;
    }
    return worst;
}
