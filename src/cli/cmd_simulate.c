#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/people.h"
#include "cli/progress.h"
#include "cli/scratch.h"
#include "cli/simulation_text.h"
#include "cli/texts.h"

#define NAMED_MAX ((size_t)1024 * 1024 * 1024)

/* What is compared: two editions of one library, which also holds what depends on them. */
struct comparison {
    const struct library *library;
    const struct edition *editions[2];
    day on;
};

/* ---- the command line ---- */

static enum exit_code read_date(const struct invocation *invocation, day *ret)
{
    const char *const *operands = invocation->operands;

    if (invocation->operand_count == 2)
        return option_date(invocation, "on", invocation->around->today, ret);
    if (invocation->operand_count == 3 || strcmp(operands[2], "asof") != 0)
        return complain_usage(invocation, "expected 'asof DATE' after the two editions");
    if (option_given(invocation, "on"))
        return complain_usage(invocation, "the date is given twice: by --on and by asof");
    return operand_date(invocation, operands[3], ret);
}

/* Drafts in files are loaded together with the scheme that they would join. */
static enum exit_code load_comparison(const struct invocation *invocation, struct comparison *ret)
{
    struct path_list paths = { 0 };
    const struct scheme *scheme;
    struct texts texts;
    enum exit_code code;
    size_t file = 0;

    for (int i = 0; i < 2; i++)
        if (path_exists(invocation->operands[i]))
            *ARENA_PUSH(invocation->arena, paths.at, paths.count, paths.room) =
                invocation->operands[i];
    if (paths.count > 0) {
        code = texts_load(invocation, &paths, &texts);
        if (code == EXIT_OK)
            code = texts_complain(invocation, &texts);
        if (code == EXIT_OK)
            ret->library = texts.library;
    } else {
        code = load_scheme(invocation, &scheme);
        if (code == EXIT_OK)
            ret->library = scheme->library;
    }
    for (int i = 0; code == EXIT_OK && i < 2; i++) {
        size_t count;

        if (path_exists(invocation->operands[i]))
            code = texts_editions(invocation, &texts, file++, 1, &ret->editions[i], &count);
        else
            code =
                find_edition(invocation, ret->library, invocation->operands[i], &ret->editions[i]);
    }
    return code;
}

/* ---- the people ---- */

/* Whose result changes, one JSON object a line. */
static void add_named(struct arena *scratch, struct str id, const struct simulated_person *person,
                      struct buf *named)
{
    struct value *object = value_object(scratch);

    if (person->old == person->new && person->old == person->with_transition)
        return;
    value_set_text(scratch, object, "id", id);
    value_set_text(scratch, object, "old", str_from_c(verdict_name(person->old)));
    value_set_text(scratch, object, "new", str_from_c(verdict_name(person->new)));
    value_set_text(scratch, object, "with_transition",
                   str_from_c(verdict_name(person->with_transition)));
    if (person->cause.p)
        value_set_text(scratch, object, "cause", person->cause);
    value_write_json(object, JSON_COMPACT, named);
    buf_byte(named, '\n');
}

static void run(const struct invocation *invocation, struct people *people,
                struct simulation *simulation, struct buf *named)
{
    CLEANUP(arena_release) struct arena scratch = scratch_arena(invocation);
    struct progress progress;
    struct dossier dossier;
    struct str id;

    progress_init(&progress, &invocation->around->err, "people", people->bytes);
    while (people_next(people, &scratch, &id, &dossier)) {
        struct simulated_person person;

        simulation_add(simulation, &scratch, &dossier, &person);
        if (named)
            add_named(&scratch, id, &person, named);
        progress_show(&progress, people->bytes_read, simulation->people);
    }
    progress_end(&progress);
    simulation_finish(simulation);
}

static enum exit_code write_named(const struct invocation *invocation, const char *path,
                                  const struct buf *named)
{
    mode_t old_mask = umask(077); /* names people: for the staff member who asked alone */
    struct result result;

    if (named->overflow) {
        complain(invocation, "too many people change to list them in one file");
        result = fail(&ERROR_LIMIT);
    } else {
        result = file_write(path, buf_str(named));
        if (failed(result))
            complain(invocation, "cannot write '%s': %s", path, strerror(errno));
    }
    umask(old_mask);
    return failed(result) ? result.error->exit_code : EXIT_OK;
}

static enum exit_code people_sound(const struct invocation *invocation, const struct people *people)
{
    if (people->broken)
        return EXIT_INPUT;
    if (people->faulty > 0) {
        complain(invocation, "%lld line%s of '%s' cannot be understood, so there is no result",
                 (long long)people->faulty, people->faulty == 1 ? "" : "s", people->path);
        return EXIT_INPUT;
    }
    return EXIT_OK;
}

static void show(const struct invocation *invocation, const struct simulation *simulation)
{
    struct output *out = &invocation->around->out;
    bool staff = option_given(invocation, "staff");

    if (option_given(invocation, "json"))
        output_json(out, simulation_value(invocation->arena, simulation, staff));
    else
        simulation_print(invocation->arena, simulation, staff, out);
}

enum exit_code cmd_simulate(struct invocation *invocation)
{
    const char *path = option_value(invocation, "people");
    const char *named_path = option_value(invocation, "named");
    CLEANUP(buf_release) struct buf named;
    struct comparison comparison;
    struct simulation simulation;
    struct people people;
    enum exit_code code;

    buf_init(&named, NAMED_MAX);
    if (!path)
        return complain_usage(invocation, "no people: give --people FILE");
    code = read_date(invocation, &comparison.on);
    if (code == EXIT_OK)
        code = load_comparison(invocation, &comparison);
    if (code == EXIT_OK)
        code = people_open(invocation, path, &people);
    if (code != EXIT_OK)
        return code;
    simulation_init(invocation->arena, comparison.library, comparison.editions[0],
                    comparison.editions[1], comparison.on, &simulation);
    run(invocation, &people, &simulation, named_path ? &named : NULL);
    code = people_sound(invocation, &people);
    people_close(&people);
    if (code == EXIT_OK && named_path)
        code = write_named(invocation, named_path, &named);
    if (code == EXIT_OK)
        show(invocation, &simulation);
    return code;
}
