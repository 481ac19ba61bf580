#include "register/timer.h"

struct result timer_set(struct store *store, const char *kind, int64_t subject, int64_t at)
{
    return store_run(store,
                     "INSERT INTO timer (kind, subject, due_at, next_at, failures)"
                     " VALUES ($1, $2, $3, $3, 0)"
                     " ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at,"
                     " next_at = excluded.next_at, failures = 0, failure = NULL",
                     PARAMS(datum_text(str_from_c(kind)), datum_int(subject), datum_int(at)));
}

struct result timer_cancel(struct store *store, const char *kind, int64_t subject)
{
    return store_run(store, "DELETE FROM timer WHERE kind = $1 AND subject = $2",
                     PARAMS(datum_text(str_from_c(kind)), datum_int(subject)));
}
