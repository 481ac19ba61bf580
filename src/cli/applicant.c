#include "cli/applicant.h"

#include <string.h>

#include "base/buf.h"
#include "base/files.h"
#include "cli/load.h"
#include "cli/paths.h"
#include "register/logbook.h"
#include "register/person.h"
#include "register/standing.h"

#define FAULT_TEXT_MAX ((size_t)16 * 1024 * 1024)

static void show_faults(const struct invocation *invocation, struct faults *faults,
                        const char *path)
{
    struct output *err = &invocation->around->err;
    struct str name = str_from_c(strcmp(path, "-") == 0 ? "standard input" : path);
    struct buf text;

    if (faults->count == 0)
        return;
    buf_init(&text, FAULT_TEXT_MAX);
    faults_print(faults, name, &text, err->colour);
    output_raw(err, buf_str(&text));
    buf_release(&text);
}

static enum exit_code read_bytes(const struct invocation *invocation, const char *path, size_t max,
                                 struct str *ret)
{
    struct result result = file_read(invocation->arena, path, max, ret);

    return failed(result) ? complain_read(invocation, path, max, result) : EXIT_OK;
}

static enum exit_code add_log(const struct invocation *invocation, const char *path,
                              const struct vocabulary *vocabulary, struct dossier *dossier)
{
    struct faults faults;
    struct result result;
    struct str bytes;
    enum exit_code code = read_bytes(invocation, path, logbook_limits.bytes, &bytes);

    if (code != EXIT_OK)
        return code;
    faults_init(&faults, invocation->arena);
    result = logbook_read(invocation->arena, bytes, vocabulary, &logbook_limits,
                          invocation->around->today, &faults, dossier);
    show_faults(invocation, &faults, path);
    if (!failed(result))
        return EXIT_OK;
    complain(invocation, "the logbook '%s' has faults, so nothing was answered from it", path);
    return result.error->exit_code;
}

static enum exit_code add_person(const struct invocation *invocation, const char *path,
                                 const struct library *library, struct dossier *dossier)
{
    struct faults faults;
    struct result result;
    struct str bytes;
    enum exit_code code = read_bytes(invocation, path, PERSON_BYTES_MAX, &bytes);

    if (code != EXIT_OK)
        return code;
    faults_init(&faults, invocation->arena);
    result = person_read(invocation->arena, bytes, library, &faults, dossier);
    show_faults(invocation, &faults, path);
    if (!failed(result))
        return EXIT_OK;
    complain(invocation, "the person file '%s' has faults, so nothing was answered from it", path);
    return result.error->exit_code;
}

/* What only shows once the person file and all logbooks are read. */
static void check_together(const struct invocation *invocation, const char *person,
                           const struct dossier *dossier)
{
    struct faults faults;

    faults_init(&faults, invocation->arena);
    logbook_check_admitted(dossier, &faults);
    show_faults(invocation, &faults, person);
}

/* Standard input can be read once. */
static bool standard_input_once(const char *const *logs, size_t log_count, const char *person)
{
    size_t count = person && strcmp(person, "-") == 0 ? 1 : 0;

    for (size_t i = 0; i < log_count; i++)
        count += strcmp(logs[i], "-") == 0 ? 1 : 0;
    return count <= 1;
}

enum exit_code applicant_load(const struct invocation *invocation, const struct scheme *scheme,
                              struct dossier *ret)
{
    const struct vocabulary *vocabulary = spoken_vocabulary(scheme->library);
    const char *person = option_value(invocation, "person");
    const char *const *logs;
    size_t log_count = option_values(invocation, "log", &logs);
    enum exit_code code = EXIT_OK;
    struct dossier dossier;
    day known;

    if (log_count == 0 && !person)
        return complain_usage(invocation, "nobody to look at: give --log LOGBOOK or --person FILE");
    if (!standard_input_once(logs, log_count, person))
        return complain_usage(invocation, "standard input can be read once only");
    if (!vocabulary) {
        complain(invocation, "the scheme has no vocabulary to read a person's records by");
        return EXIT_INPUT;
    }
    dossier_init(&dossier);
    code = option_date(invocation, "known", DAY_NONE, &known);
    if (code == EXIT_OK && person)
        code = add_person(invocation, person, scheme->library, &dossier);
    for (size_t i = 0; code == EXIT_OK && i < log_count; i++)
        code = add_log(invocation, logs[i], vocabulary, &dossier);
    if (code != EXIT_OK)
        return code;
    if (person)
        check_together(invocation, person, &dossier);
    dossier.known = known;
    *ret = dossier;
    return EXIT_OK;
}
