/*
 * doctor_parts.h - what the checks of the doctor work with. For doctor*.c.
 */
#ifndef ASSAY_INSTANCE_DOCTOR_PARTS_H
#define ASSAY_INSTANCE_DOCTOR_PARTS_H

#include "instance/doctor.h"
#include "instance/instance.h"

struct doctor {
    const struct doctor_settings *settings;
    struct arena *arena;
    bool folder;                /* it is there */
    struct store *store;        /* NULL: the database cannot be read */
    bool current;               /* it has all tables that this program knows */
    struct doctor_check *check; /* that is being made */
    struct finding **end;       /* of its list */
};

/* Adds a finding; `todo` is kept as it is, and what follows is the format of what was found. */
PRINTF_LIKE(4, 5)
void doctor_find(struct doctor *doctor, enum finding_kind kind, struct str todo, const char *fmt,
                 ...);
PRINTF_LIKE(2, 3) struct str doctor_text(struct doctor *doctor, const char *fmt, ...);

/* The checks, by file. A failure is one of the database, and becomes a finding. */

/* doctor_database.c */
struct result doctor_database(struct doctor *doctor);
struct result doctor_migrations(struct doctor *doctor);
struct result doctor_journal(struct doctor *doctor);
struct result doctor_scheme(struct doctor *doctor);
struct result doctor_jobs(struct doctor *doctor);

/* doctor_machine.c */
struct result doctor_folder(struct doctor *doctor);
struct result doctor_files(struct doctor *doctor);
struct result doctor_attachments(struct doctor *doctor);
struct result doctor_configuration(struct doctor *doctor);
struct result doctor_clock(struct doctor *doctor);
struct result doctor_disk(struct doctor *doctor);

#endif
