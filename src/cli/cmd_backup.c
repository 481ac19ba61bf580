#include "base/date.h"
#include "cli/ask.h"
#include "cli/telling.h"
#include "instance/backup.h"

static void show(const struct invocation *invocation, const char *out,
                 const struct manifest *manifest)
{
    struct arena *arena = invocation->arena;
    const struct journal_head *head = &manifest->examined.head;
    char hex[SHA256_HEX_SIZE];
    struct value *answer;
    int64_t bytes = 0;

    for (size_t i = 0; i < manifest->files.count; i++)
        bytes += manifest->files.at[i].bytes;
    sha256_hex(head->chain, hex);
    if (!option_given(invocation, "json")) {
        output_format(&invocation->around->out,
                      "%s: %zu %s, %lld bytes; opened and examined\nhead %lld:%s\n", out,
                      manifest->files.count, manifest->files.count == 1 ? "file" : "files",
                      (long long)bytes, (long long)head->position, hex);
        return;
    }
    answer = value_object(arena);
    value_set_text(arena, answer, "folder", str_from_c(out));
    value_set_int(arena, answer, "files", (int64_t)manifest->files.count);
    value_set_int(arena, answer, "bytes", bytes);
    value_set_int(arena, answer, "position", head->position);
    value_set_text(arena, answer, "head", str_from_c(hex));
    output_json(&invocation->around->out, answer);
}

enum exit_code cmd_backup(struct invocation *invocation)
{
    const char *out = option_value(invocation, "out");
    struct telling telling = telling_of(invocation);
    struct backup_settings settings = { .out = out, .now = invocation->around->now };
    struct str message = STR_NONE;
    struct manifest manifest;
    struct reading reading;
    struct result result;
    enum exit_code code;

    if (!out)
        return complain_usage(invocation, "nowhere to write to: give --out FOLDER");
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    settings.store = reading.store;
    settings.config = &reading.installation.config;
    settings.conf = reading.installation.file_exists ? reading.installation.file : NULL;
    result = backup_make(&settings, invocation->arena, telling_told(&telling), &manifest, &message);
    telling_end(&telling);
    code = reading_end(invocation, &reading, OK);
    if (failed(result)) {
        complain(invocation, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    if (code == EXIT_OK)
        show(invocation, out, &manifest);
    return code;
}
