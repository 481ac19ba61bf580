/*
 * scheme_keeper.h - keeps a site at the scheme that stands in the database.
 *
 * It looks when it is told that something has changed, and once a second besides, as another
 * process may have changed it, or a page. A scheme that cannot be read leaves the one before where
 * it is.
 */
#ifndef ASSAY_WEB_SCHEME_KEEPER_H
#define ASSAY_WEB_SCHEME_KEEPER_H

#include "instance/instance.h"
#include "scheme/snapshot.h"
#include "web/site.h"

/*
 * Reads the scheme of the database; the caller holds it. SCHEME_MISSING, SCHEME_BROKEN and what the
 * database refuses; *ret_message, in the arena, then says what is wrong.
 */
RESULT scheme_keeper_read(struct instance *instance, struct arena *arena,
                          struct scheme_snapshot **ret, struct str *ret_message);

struct scheme_keeper;

struct scheme_keeper_settings {
    struct instance *instance;
    struct site *site; /* both outlive the keeper */
    /* Is told, in a sentence, of what hinders it, and of what only the next start can follow. From
       several threads, one at a time. */
    void (*tell)(void *context, struct str message);
    void *context;
};

/* NULL where no thread can be started. */
struct scheme_keeper *scheme_keeper_start(const struct scheme_keeper_settings *settings);
void scheme_keeper_stop(struct scheme_keeper *keeper); /* NULL: does nothing */

/* Looks at once: when it returns, the site has the scheme that the database had when it was called.
   From any thread. The context is the keeper. */
void scheme_keeper_look(void *context);

#endif
