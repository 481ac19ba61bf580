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

extern const struct error INSTANCE_LOCKED;  /* another process writes: its note is in the message */
extern const struct error INSTANCE_MISSING; /* there is no database yet */
extern const struct error INSTANCE_THERE;   /* there is one already */
extern const struct error INSTANCE_FOLDER;  /* the folder cannot be used */

enum instance_access {
    INSTANCE_READ,  /* the database as it is, for reading; STORE_OLDER where it is out of date */
    INSTANCE_WRITE, /* takes the lock, brings the database up to date, starts the writer */
    INSTANCE_MAKE,  /* the same, and makes folder and database where there are none */
};

struct instance_settings {
    const struct config *config; /* its data names the folder; outlives the instance */
    size_t readers;              /* connections that only read; 0: one */
    size_t queue;                /* operations that may wait; 0: 1,000 */
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
bool instance_is_new(const struct instance *instance);     /* opening it has made it */
size_t instance_migrated(const struct instance *instance); /* migrations applied by opening it */

/* What others are told who find the folder in use, a line; ERROR_WRITE, with errno. */
RESULT instance_note(struct instance *instance, struct str note);

/* `changed` is called after each operation of the command line that was kept, on the thread that
   performed it and before the command is answered. Set once, before commands are taken. */
void instance_on_command(struct instance *instance, void (*changed)(void *context), void *context);
void instance_tell_command(const struct instance *instance); /* for admin_perform: calls it */

/* ---- names ---- */

/* What stands in the folder: "DATA/assay.db". In the arena. */
const char *instance_path(struct arena *arena, const struct config *config, const char *name);

/* The database that the configuration says: a path, or postgres://... In the arena. */
const char *instance_database(struct arena *arena, const struct config *config);

/* ---- parts, for commands that need the installation to themselves ---- */

/*
 * Takes the lock of the folder, which lock_release gives back; INSTANCE_MAKE makes the folder where
 * it is missing. INSTANCE_LOCKED, INSTANCE_MISSING and INSTANCE_FOLDER.
 */
RESULT instance_lock(const struct config *config, enum instance_access access, struct arena *arena,
                     int *ret_lock, struct str *ret_message);

/*
 * Opens the database as it is, without migrating it, and claims it unless for INSTANCE_READ.
 * INSTANCE_MISSING where there is none; for INSTANCE_MAKE one that is empty, possibly just made.
 * Whoever is to write holds the folder's lock.
 */
RESULT instance_connect(const struct config *config, enum instance_access access,
                        struct arena *arena, struct store **ret, struct str *ret_message);

/* Whether the configuration's database is one of an installation; changes nothing. */
RESULT instance_exists(const struct config *config, struct arena *arena, bool *ret,
                       struct str *ret_message);

/* What to tell whoever runs the installation of an error that its database met. */
struct str instance_complaint(struct arena *arena, const struct config *config,
                              struct result result, const struct store_fault *fault);

#endif
