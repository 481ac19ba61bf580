#include "web/seen.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "account/api_token.h"
#include "base/arena.h"

#define WAIT_SECONDS 5
#define NOTES_MAX 1000 /* more are dropped */

struct token_use {
    int64_t token;
    int64_t at;
};

struct notes {
    struct session_use sessions[NOTES_MAX];
    size_t session_count;
    struct token_use tokens[NOTES_MAX];
    size_t token_count;
};

struct seen {
    struct writer *writer;
    struct session_rules rules;
    pthread_t thread;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake;
    bool stopping;
    struct notes notes;
    struct notes taken; /* the thread's alone */
};

void seen_session(struct seen *seen, struct session_id session, int64_t at)
{
    struct notes *notes = &seen->notes;
    size_t i = 0;

    pthread_mutex_lock(&seen->lock);
    while (i < notes->session_count && notes->sessions[i].session.n != session.n)
        i++;
    if (i < NOTES_MAX) {
        notes->sessions[i] = (struct session_use){ session, at };
        notes->session_count += i == notes->session_count;
    }
    pthread_mutex_unlock(&seen->lock);
}

void seen_token(struct seen *seen, int64_t token, int64_t at)
{
    struct notes *notes = &seen->notes;
    size_t i = 0;

    pthread_mutex_lock(&seen->lock);
    while (i < notes->token_count && notes->tokens[i].token != token)
        i++;
    if (i < NOTES_MAX) {
        notes->tokens[i] = (struct token_use){ token, at };
        notes->token_count += i == notes->token_count;
    }
    pthread_mutex_unlock(&seen->lock);
}

static struct result write_down(struct store *store, void *context)
{
    const struct seen *seen = context;
    const struct notes *taken = &seen->taken;

    TRY(sessions_seen(store, &seen->rules, taken->sessions, taken->session_count));
    for (size_t i = 0; i < taken->token_count; i++)
        TRY(api_token_seen(store, taken->tokens[i].token, taken->tokens[i].at));
    return OK;
}

/* Waits a while, or until it is to end; true while it goes on. */
static bool take_notes(struct seen *seen)
{
    struct timespec until;
    bool goes_on;
    int waited = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&seen->lock);
    while (!seen->stopping && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&seen->wake, &seen->lock, &until);
    goes_on = !seen->stopping;
    seen->taken = seen->notes;
    seen->notes.session_count = 0;
    seen->notes.token_count = 0;
    pthread_mutex_unlock(&seen->lock);
    return goes_on;
}

static void *run(void *context)
{
    struct seen *seen = context;
    bool goes_on;

    do {
        struct result result = OK;

        goes_on = take_notes(seen);
        if (seen->taken.session_count + seen->taken.token_count > 0)
            result = writer_perform(seen->writer, write_down, seen, NULL, NULL);
        (void)failed(result); /* it is noted again at the next use */
    } while (goes_on);
    return NULL;
}

struct seen *seen_new(struct writer *writer, const struct session_rules *rules)
{
    struct seen *seen = memory_alloc(1, sizeof(*seen));
    pthread_condattr_t monotonic;

    seen->writer = writer;
    seen->rules = *rules;
    pthread_mutex_init(&seen->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&seen->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&seen->thread, NULL, run, seen) == 0)
        return seen;
    pthread_cond_destroy(&seen->wake);
    pthread_mutex_destroy(&seen->lock);
    memory_free(seen);
    return NULL;
}

void seen_free(struct seen *seen)
{
    if (!seen)
        return;
    pthread_mutex_lock(&seen->lock);
    seen->stopping = true;
    pthread_cond_signal(&seen->wake);
    pthread_mutex_unlock(&seen->lock);
    pthread_join(seen->thread, NULL);
    pthread_cond_destroy(&seen->wake);
    pthread_mutex_destroy(&seen->lock);
    memory_free(seen);
}
