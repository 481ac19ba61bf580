#include "cli/people.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/diagnostics.h"
#include "criteria/cases.h"
#include "json/read.h"

#define FAULTY_SHOWN 20 /* lines */
#define LINE_DEPTH 4

enum exit_code people_open(const struct invocation *invocation, const char *path,
                           struct people *ret)
{
    bool standard_input = strcmp(path, "-") == 0;
    struct people people = {
        .invocation = invocation,
        .path = standard_input ? "standard input" : path,
        .file = standard_input ? stdin : fopen(path, "re"),
    };
    struct stat status;

    if (!people.file) {
        complain(invocation, "cannot read '%s': %s", path, strerror(errno));
        return EXIT_INPUT;
    }
    if (fstat(fileno(people.file), &status) == 0 && S_ISREG(status.st_mode))
        people.bytes = status.st_size;
    buf_init(&people.text, PEOPLE_LINE_MAX);
    *ret = people;
    return EXIT_OK;
}

void people_close(struct people *people)
{
    buf_release(&people->text);
    if (people->file != stdin)
        fclose(people->file);
}

/* One line without its end. False at the end of the file, and where it cannot be read. */
static bool read_line(struct people *people)
{
    int c;

    buf_clear(&people->text);
    errno = 0;
    while ((c = getc_unlocked(people->file)) != EOF && c != '\n') {
        buf_byte(&people->text, (char)c);
        people->bytes_read++;
    }
    if (ferror(people->file)) {
        complain(people->invocation, "cannot read '%s': %s", people->path, strerror(errno));
        people->broken = true;
        return false;
    }
    people->bytes_read += c == '\n' ? 1 : 0;
    people->line++;
    return c == '\n' || people->text.n > 0;
}

/* Notes a faulty line and says what is wrong, unless enough has been said already. */
PRINTF_LIKE(2, 3)
static void complain_line(struct people *people, const char *fmt, ...)
{
    va_list args;
    struct str what;

    people->faulty++;
    if (people->faulty > FAULTY_SHOWN)
        return;
    va_start(args, fmt);
    what = str_format_args(people->invocation->arena, fmt, args);
    va_end(args);
    output_format(&people->invocation->around->err, "%s:%lld: error: %.*s\n", people->path,
                  (long long)people->line, STR_ARG(what));
}

/* An id is a text, or a whole number, which is then written out. */
static bool read_id(struct arena *arena, const struct value *person, struct str *ret)
{
    const struct value *id = value_get(person, "id");

    if (id && id->kind == VALUE_TEXT)
        *ret = id->text;
    else if (id && id->kind == VALUE_INT)
        *ret = str_format(arena, "%lld", (long long)id->integer);
    else
        return false;
    return true;
}

static bool read_dossier(struct people *people, struct arena *arena, struct str id,
                         struct str lines, struct dossier *ret)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct diags diags;

    source->name = str_format(arena, "%s:%lld, person '%.*s'", people->path,
                              (long long)people->line, STR_ARG(id));
    source->text = lines;
    diags_init(&diags, arena);
    dossier_read_lines(arena, source, &diags, ret);
    if (diags.errors == 0)
        return true;
    people->faulty++;
    if (people->faulty <= FAULTY_SHOWN)
        diagnostics_show(&diags, &people->invocation->around->err);
    return false;
}

static bool read_person(struct people *people, struct arena *arena, struct str *ret_id,
                        struct dossier *ret_dossier)
{
    static const struct json_limits limits = { .bytes = PEOPLE_LINE_MAX, .depth = LINE_DEPTH };
    const struct value *lines;
    struct json_fault fault;
    struct value *person;
    struct str id;

    if (people->text.overflow) {
        complain_line(people, "the line is longer than %zu bytes", PEOPLE_LINE_MAX);
        return false;
    }
    if (failed(json_read(arena, buf_str(&people->text), &limits, &fault, &person))) {
        complain_line(people, "column %u: %s", fault.column, fault.message);
        return false;
    }
    lines = value_get(person, "case");
    if (!read_id(arena, person, &id) || !lines || lines->kind != VALUE_TEXT) {
        complain_line(people, "expected {\"id\": ..., \"case\": \"...\"}");
        return false;
    }
    if (!read_dossier(people, arena, id, lines->text, ret_dossier))
        return false;
    *ret_id = id;
    return true;
}

bool people_next(struct people *people, struct arena *arena, struct str *ret_id,
                 struct dossier *ret_dossier)
{
    while (read_line(people)) {
        arena_clear(arena);
        if (str_trim(buf_str(&people->text)).n == 0)
            continue;
        if (read_person(people, arena, ret_id, ret_dossier))
            return true;
    }
    return false;
}
