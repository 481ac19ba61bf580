/*
 * To add something that the program does by itself:
 *  - at an instant that an operation sets: a row of the timers below with TIMER_ONCE, whose
 * function does it; the operation calls timer_set (register/timer.h) with the row's name;
 *  - again and again: a row with TIMER_EVERY or TIMER_DAILY;
 *  - whenever something was entered in the journal: a consumer (jobs/jobs.h);
 *  - with the world outside: an errand, which claims in rows what it is going to do.
 * Names stand in rows of the database: one that was in use is never given to anything else.
 * docs/jobs.md lists them.
 */
#include "instance/work.h"

#include "account/api_token.h"
#include "account/appoint.h"
#include "account/recovery.h"
#include "jobs/jobs.h"

struct work {
    struct mail *mail;
    struct jobs *jobs;
    struct consumer consumers[1];
    struct errand errands[1];
};

static struct result sweep_accounts(const struct job_call *call, int64_t subject, int64_t due,
                                    bool *ret_more)
{
    (void)subject;
    (void)due;
    *ret_more = false;
    return accounts_sweep(call->store, call->act.now);
}

static struct result remind_appointment(const struct job_call *call, int64_t subject, int64_t due,
                                        bool *ret_more)
{
    (void)due;
    *ret_more = false;
    return appointment_remind(call->store, call->arena, &call->act,
                              (struct appointment_id){ subject });
}

static struct result remind_token(const struct job_call *call, int64_t subject, int64_t due,
                                  bool *ret_more)
{
    (void)due;
    *ret_more = false;
    return api_token_remind(call->store, call->arena, &call->act, subject);
}

static struct result remind_recovery(const struct job_call *call, int64_t subject, int64_t due,
                                     bool *ret_more)
{
    (void)due;
    *ret_more = false;
    return recovery_remind(call->store, call->arena, &call->act, (struct recovery_id){ subject });
}

static const struct timer_kind timers[] = {
    { .name = APPOINTMENT_REMINDER, .repeat = TIMER_ONCE, .run = remind_appointment },
    { .name = API_TOKEN_REMINDER, .repeat = TIMER_ONCE, .run = remind_token },
    { .name = RECOVERY_READY, .repeat = TIMER_ONCE, .run = remind_recovery },
    { .name = "accounts-sweep", .repeat = TIMER_EVERY, .period = HOURS, .run = sweep_accounts },
    { .name = "mail-purge", .repeat = TIMER_DAILY, .hour = 3, .run = mail_purge },
};

bool work_start(struct instance *instance, const struct mail_settings *mail,
                int64_t (*now)(void *context), struct work **ret)
{
    struct work *work = memory_alloc(1, sizeof(*work));
    struct jobs_settings settings = {
        .writer = instance_writer(instance),
        .now = now,
        .timers = timers,
        .timer_count = ARRAY_LEN(timers),
    };

    work->mail = mail_new(mail);
    work->consumers[0] = mail_consumer(work->mail);
    work->errands[0] = mail_errand(work->mail);
    settings.consumers = work->consumers;
    settings.consumer_count = ARRAY_LEN(work->consumers);
    settings.errands = work->errands;
    settings.errand_count = ARRAY_LEN(work->errands);
    work->jobs = jobs_new(&settings);
    if (!jobs_start(work->jobs)) {
        work_stop(work);
        return false;
    }
    *ret = work;
    return true;
}

void work_stop(struct work *work)
{
    if (!work)
        return;
    jobs_free(work->jobs);
    mail_free(work->mail);
    memory_free(work);
}

void work_write_metrics(struct work *work, struct buf *out)
{
    jobs_write_metrics(work->jobs, out);
    mail_write_metrics(work->mail, out);
}
