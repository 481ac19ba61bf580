/*
 * folder.h - the folder of an installation for a test, and its configuration: on SQLite with the
 * database in it, on PostgreSQL with one of the group's server.
 */
#ifndef ASSAY_TESTS_FOLDER_H
#define ASSAY_TESTS_FOLDER_H

#include "engine.h"
#include "instance/instance.h"

struct folder {
    struct arena arena;
    struct config config;
    char path[400];
    struct str message; /* of the last call that failed */
};

void folder_begin(struct folder *folder); /* there is none yet at the path */
void folder_end(struct folder *folder);

/* Opens it; a failure is that error, and the message has those words. */
struct instance *folder_open(struct folder *folder, enum instance_access access);
void folder_refuses(struct folder *folder, enum instance_access access, const struct error *error,
                    const char *words);

/* That a result failed with that error and the folder's message has those words. */
void check_refused(struct folder *folder, struct result result, const struct error *error,
                   const char *words);

/* The number that a query gives in the folder's database. */
int64_t folder_count(struct folder *folder, const char *sql);

#endif
