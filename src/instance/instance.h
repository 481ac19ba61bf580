/*
 * instance.h - an installation as this process has opened it: the lock of its folder, its database,
 * the thread that writes and the connections that read.
 *
 * One process at a time has an installation open for writing: it holds DATA/lock, and on PostgreSQL
 * the server's lock besides. It answers the command line at DATA/admin.sock (admin.h). Whoever only
 * reads needs no lock.
 */
#ifndef ASSAY_INSTANCE_INSTANCE_H
#define ASSAY_INSTANCE_INSTANCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "config/config.h"
#include "store/readers.h"
#include "store/store.h"
#include "store/writer.h"

struct instance;

extern const struct error INSTANCE_LOCKED, /* another process writes: its note is in the message */
    INSTANCE_MISSING,                      /* there is no database yet */
    INSTANCE_FOLDER;                       /* the folder cannot be used */

enum instance_access {
    INSTANCE_READ,  /* the database as it is, for reading; STORE_OLDER where it is out of date */
    INSTANCE_WRITE, /* takes the lock, brings the database up to date, starts the writer */
    INSTANCE_MAKE,  /* the same, and makes folder and database where there are none */
};

struct instance_settings {
    const struct config *config;
    size_t readers; /* connections that only read; 0: one */
    size_t queue;   /* operations that may wait; 0: 1,000 */
};

/*
 * `now` is in microseconds UTC. On failure *ret_message, in the arena, says what is wrong, where,
 * and what to do, in a sentence or two for whoever runs the installation.
 */
RESULT instance_open(const struct instance_settings *settings, enum instance_access access,
                     int64_t now, struct arena *arena, struct instance **ret,
                     struct str *ret_message);

/* Finishes what waits, and lets go of everything. NULL: nothing. */
void instance_close(struct instance *instance);

const struct config *instance_config(const struct instance *instance);
struct writer *instance_writer(struct instance *instance); /* NULL for INSTANCE_READ */
struct readers *instance_readers(struct instance *instance);
const char *instance_database(const struct instance *instance); /* path, or postgres://... */

/* Where things stand in the folder: "DATA/assay.db". In the arena. */
const char *instance_path(struct arena *arena, const struct config *config, const char *name);

#endif
