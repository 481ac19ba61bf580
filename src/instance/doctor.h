/*
 * doctor.h - looks over an installation and says what is wrong with it, and what to do.
 *
 * It only reads, takes no lock, and works beside a server. What cannot be looked at because
 * something else is wrong, a database that cannot be opened say, is passed over.
 */
#ifndef ASSAY_INSTANCE_DOCTOR_H
#define ASSAY_INSTANCE_DOCTOR_H

#include "base/diag.h"
#include "config/config.h"
#include "instance/progress_told.h"

enum finding_kind {
    FINDING_WARNING, /* it works, and may not do so for long, or not as somebody expects */
    FINDING_FAULT,   /* something is broken, or open to others */
};

struct finding {
    enum finding_kind kind;
    struct str what; /* one sentence or two */
    struct str todo; /* the same */
    struct finding *next;
};

struct doctor_check {
    const char *name;  /* "database" */
    const char *about; /* "whole, and its parts fit each other" */
    bool passed_over;
    struct finding *findings; /* in the order met */
};

struct doctor_settings {
    const struct config *config;
    const struct diags *diags; /* the faults of its file */
    const char *file;          /* that is or would be read */
    int64_t now;               /* microseconds UTC */
    struct told told;
};

struct doctor_report {
    const struct doctor_check *checks;
    size_t count;
    size_t faults;
    size_t warnings;
};

/* In the arena. */
struct doctor_report doctor_examine(const struct doctor_settings *settings, struct arena *arena);

#endif
