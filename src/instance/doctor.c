/*
 * To add a check: write its function in one of the files doctor_*.c, declare it in doctor_parts.h,
 * add its row to the table below, and describe it in docs/installing.md.
 */
#include "instance/doctor.h"

#include "instance/doctor_parts.h"

enum needs {
    NOTHING,
    FOLDER,
    DATABASE, /* one that can be read */
    CURRENT,  /* and has all tables */
};

static const struct row {
    const char *name;
    const char *about;
    enum needs needs;
    struct result (*look)(struct doctor *doctor);
} rows[] = {
    { "folder", "there, and its owner's alone", NOTHING, doctor_folder },
    { "files", "those of an installation, and no others", FOLDER, doctor_files },
    { "configuration", "without faults, and says what people depend on", NOTHING,
      doctor_configuration },
    { "database", "can be read, is whole, and its parts fit each other", NOTHING, doctor_database },
    { "migrations", "all applied", DATABASE, doctor_migrations },
    { "journal", "its chain holds", DATABASE, doctor_journal },
    { "scheme", "there, and without faults", CURRENT, doctor_scheme },
    { "attachments", "each file has a record that names it, and is there", CURRENT,
      doctor_attachments },
    { "jobs", "letters leave, and what is due is done", CURRENT, doctor_jobs },
    { "clock", "not behind the journal, and kept by others", NOTHING, doctor_clock },
    { "disk", "has room", FOLDER, doctor_disk },
};

void doctor_find(struct doctor *doctor, enum finding_kind kind, struct str todo, const char *fmt,
                 ...)
{
    struct finding *finding = ARENA_NEW(doctor->arena, struct finding);
    va_list args;

    finding->kind = kind;
    finding->todo = todo;
    va_start(args, fmt);
    finding->what = str_format_args(doctor->arena, fmt, args);
    va_end(args);
    *doctor->end = finding;
    doctor->end = &finding->next;
}

struct str doctor_text(struct doctor *doctor, const char *fmt, ...)
{
    va_list args;
    struct str text;

    va_start(args, fmt);
    text = str_format_args(doctor->arena, fmt, args);
    va_end(args);
    return text;
}

/* Each check reads a state of the database of its own: one of the whole journal takes long. */
static struct result look(struct doctor *doctor, const struct row *row)
{
    if (row->needs >= DATABASE)
        TRY(store_begin(doctor->store));
    return row->look(doctor);
}

static bool is_there(const struct doctor *doctor, enum needs needs)
{
    switch (needs) {
    case NOTHING:
        return true;
    case FOLDER:
        return doctor->folder;
    case DATABASE:
        return doctor->store;
    case CURRENT:
        return doctor->store && doctor->current;
    }
    BUG("a check needs something unknown");
}

static void make_check(struct doctor *doctor, const struct row *row, struct doctor_check *check)
{
    struct store_fault fault = { 0 };
    struct result result;

    *check = (struct doctor_check){ .name = row->name, .about = row->about };
    doctor->check = check;
    doctor->end = &check->findings;
    check->passed_over = !is_there(doctor, row->needs);
    if (check->passed_over)
        return;
    result = look(doctor, row);
    if (doctor->store) {
        fault = *store_fault(doctor->store);
        store_rollback(doctor->store);
    }
    if (failed(result))
        doctor_find(
            doctor, FINDING_FAULT, STR("see what the database said, and its log"),
            "This could not be looked at: %.*s",
            STR_ARG(instance_complaint(doctor->arena, doctor->settings->config, result, &fault)));
}

struct doctor_report doctor_examine(const struct doctor_settings *settings, struct arena *arena)
{
    struct doctor_check *checks = ARENA_ARRAY(arena, ARRAY_LEN(rows), struct doctor_check);
    struct doctor_report report = { .checks = checks, .count = ARRAY_LEN(rows) };
    struct doctor doctor = { .settings = settings, .arena = arena };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        make_check(&doctor, &rows[i], &checks[i]);
        for (const struct finding *at = checks[i].findings; at; at = at->next) {
            report.faults += at->kind == FINDING_FAULT;
            report.warnings += at->kind == FINDING_WARNING;
        }
    }
    store_close(doctor.store);
    return report;
}
