/* What stands in the database between two attempts: how one ended, and which is the next. */
#include "store/rows.h"
#include "jobs/backoff.h"
#include "mail/parts.h"
#include "json/read.h"

#define ATTEMPTS_MAX 16   /* with their waits about three days */
#define TROUBLED_MAX 1000 /* mails that one trouble puts off */
#define LETTERS_MAX 500   /* in one digest */

/* ---- noting ---- */

static struct result put_off(struct store *store, int64_t id, int64_t attempts, int64_t now,
                             struct str answer)
{
    if (attempts >= ATTEMPTS_MAX)
        return store_run(
            store,
            "UPDATE mail SET state = 'dead', answer = $2, ended_at = $3,"
            " attempts = $4 WHERE id = $1",
            PARAMS(datum_int(id), datum_text(answer), datum_int(now), datum_int(attempts)));
    return store_run(store,
                     "UPDATE mail SET state = 'waiting', answer = $2, next_at = $3, attempts = $4"
                     " WHERE id = $1",
                     PARAMS(datum_int(id), datum_text(answer),
                            datum_int(now + backoff(attempts, id)), datum_int(attempts)));
}

struct due {
    int64_t id;
    int64_t attempts;
};

static void take_due(const struct query *query, struct arena *arena, void *ret)
{
    (void)arena;
    *(struct due *)ret = (struct due){ query_int(query, 0), query_int(query, 1) };
}

/* What is due would meet the same trouble. */
static struct result put_off_others(struct store *store, const struct turn *turn, struct str answer)
{
    const struct due *others;
    struct rows rows;

    TRY(rows_read(store, turn->arena,
                  "SELECT id, attempts FROM mail WHERE state = 'waiting' AND next_at <= $1"
                  " ORDER BY next_at, id LIMIT $2",
                  PARAMS(datum_int(turn->now), datum_int(TROUBLED_MAX)), take_due,
                  sizeof(struct due), &rows));
    others = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(put_off(store, others[i].id, others[i].attempts + 1, turn->now, answer));
    return OK;
}

/* What it was made of goes with it. */
static struct result note_left(struct store *store, const struct turn *turn, const char *state)
{
    const struct attempt *done = turn->done;

    TRY(store_run(store, "UPDATE mail SET state = $2, answer = $3, ended_at = $4 WHERE id = $1",
                  PARAMS(datum_int(done->id), datum_text(str_from_c(state)),
                         datum_text(str_from_c(done->answer)), datum_int(turn->now))));
    return store_run(store, "UPDATE outbox SET data = NULL WHERE mail = $1",
                     PARAMS(datum_int(done->id)));
}

static struct result note(struct store *store, const struct turn *turn)
{
    const struct attempt *done = turn->done;
    struct str answer = str_from_c(done->answer);

    switch (done->end) {
    case ATTEMPT_SENT:
        return note_left(store, turn, "sent");
    case ATTEMPT_FILED:
        return note_left(store, turn, "filed");
    case ATTEMPT_DEAD:
        return store_run(store,
                         "UPDATE mail SET state = 'dead', answer = $2, ended_at = $3"
                         " WHERE id = $1",
                         PARAMS(datum_int(done->id), datum_text(answer), datum_int(turn->now)));
    case ATTEMPT_TROUBLE:
        TRY(put_off_others(store, turn, answer));
        break;
    case ATTEMPT_LATER:
        break;
    }
    return put_off(store, done->id, done->attempts, turn->now, answer);
}

/* The process before this one ended while it sent it: it may have arrived or not. */
static struct result take_back(struct store *store, int64_t now)
{
    return store_run(
        store,
        "UPDATE mail SET state = 'waiting', next_at = $1, answer = $2"
        " WHERE state = 'claimed'",
        PARAMS(datum_int(now), datum_text(STR("the program ended while this was being sent"))));
}

/* ---- claiming ---- */

static struct result find_next(struct store *store, struct turn *turn)
{
    CLEANUP(query_release) struct query query = { 0 };

    turn->next = INT64_MAX;
    TRY(query_begin(store,
                    "SELECT id, address, leave_at, attempts, next_at FROM mail"
                    " WHERE state = 'waiting' ORDER BY next_at, id LIMIT 1",
                    NO_PARAMS, &query));
    if (query_next(&query)) {
        turn->next = query_int(&query, 4);
        if (turn->next <= turn->now)
            turn->claimed = (struct claimed){
                .id = query_int(&query, 0),
                .to = str_copy(turn->arena, query_text(&query, 1)),
                .leave_at = query_int(&query, 2),
                .attempts = query_int(&query, 3) + 1,
            };
    }
    return query_end(&query);
}

static const struct value *read_data(struct arena *arena, struct str text)
{
    const struct json_limits limits = { .bytes = (size_t)1 << 20, .depth = 32 };
    struct json_fault fault;
    struct value *value = NULL;

    if (!text.p || failed(json_read(arena, text, &limits, &fault, &value)))
        return value_object(arena);
    return value;
}

static void take_letter(const struct query *query, struct arena *arena, void *ret)
{
    *(struct mail_letter *)ret = (struct mail_letter){
        .template = str_copy(arena, query_text(query, 0)),
        .data = read_data(arena, query_text(query, 1)),
        .language = str_copy(arena, query_text(query, 2)),
        .added = query_int(query, 3),
    };
}

static struct result load_letters(struct store *store, struct turn *turn)
{
    struct rows rows;

    TRY(rows_read(store, turn->arena,
                  "SELECT template, data, language, added_at FROM outbox WHERE mail = $1"
                  " ORDER BY id LIMIT $2",
                  PARAMS(datum_int(turn->claimed.id), datum_int(LETTERS_MAX)), take_letter,
                  sizeof(struct mail_letter), &rows));
    turn->claimed.letters = rows.at;
    turn->claimed.count = rows.count;
    return OK;
}

static struct result claim(struct store *store, struct turn *turn)
{
    TRY(find_next(store, turn));
    if (turn->claimed.id == 0)
        return OK;
    TRY(store_run(store, "UPDATE mail SET state = 'claimed', attempts = $2 WHERE id = $1",
                  PARAMS(datum_int(turn->claimed.id), datum_int(turn->claimed.attempts))));
    return load_letters(store, turn);
}

static struct result count(struct store *store, struct turn *turn)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store,
                    "SELECT (SELECT count(*) FROM mail WHERE state IN ('waiting', 'claimed')),"
                    " (SELECT count(*) FROM mail WHERE state = 'dead')",
                    NO_PARAMS, &query));
    if (query_next(&query)) {
        turn->waiting = query_int(&query, 0);
        turn->dead = query_int(&query, 1);
    }
    return query_end(&query);
}

struct result mail_turn(struct store *store, void *context)
{
    struct turn *turn = context;

    if (turn->first)
        TRY(take_back(store, turn->now));
    if (turn->done->id != 0)
        TRY(note(store, turn));
    if (turn->claims)
        TRY(claim(store, turn));
    return count(store, turn);
}
