#include "mail/mail.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <curl/curl.h>

#include "mail/parts.h"

#define RUN_MAX 100 /* mails over one connection */

struct mail *mail_new(const struct mail_settings *settings)
{
    struct mail *mail = memory_alloc(1, sizeof(*mail));

    /* Before there are threads that might do it at the same time. */
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        BUG("the library that sends mail cannot be started");
    mail->settings = *settings;
    arena_init(&mail->arena, MAIL_ARENA_MAX);
    return mail;
}

void mail_free(struct mail *mail)
{
    if (!mail)
        return;
    smtp_free(mail->smtp);
    arena_release(&mail->arena);
    memory_free(mail);
    curl_global_cleanup();
}

struct consumer mail_consumer(struct mail *mail)
{
    return (struct consumer){ .name = "mail", .page = 1000, .take = mail_plan, .context = mail };
}

/* ---- the errand ---- */

static void count_end(struct mail *mail)
{
    switch (mail->done.end) {
    case ATTEMPT_SENT:
        mail->sent++;
        break;
    case ATTEMPT_FILED:
        mail->filed++;
        break;
    case ATTEMPT_LATER:
    case ATTEMPT_DEAD:
    case ATTEMPT_TROUBLE:
        mail->failures++;
        break;
    }
}

/* Notes what is yet to be noted, and claims the next. */
static struct result turn(struct mail *mail, int64_t now, bool claims, struct turn *ret)
{
    struct turn turn = {
        .arena = &mail->arena,
        .now = now,
        .first = !mail->began,
        .done = &mail->done,
        .claims = claims,
    };

    arena_clear(&mail->arena);
    TRY(jobs_perform(mail->jobs, mail_turn, &turn, &mail->arena));
    mail->began = true;
    mail->done = (struct attempt){ .id = 0 };
    mail->waiting = turn.waiting;
    mail->dead = turn.dead;
    *ret = turn;
    return OK;
}

static struct result send_due(struct mail *mail, int64_t now, int64_t *ret_next)
{
    for (int mails = 0;; mails++) {
        bool claims = mails < RUN_MAX && !jobs_stopping(mail->jobs);
        struct turn done;

        TRY(turn(mail, now, claims, &done));
        if (!claims || done.claimed.id == 0) {
            *ret_next = claims ? done.next : now;
            return OK;
        }
        mail_attempt(mail, &done.claimed, now, &mail->done);
        count_end(mail);
    }
}

/* Temporary files (base/files.h) that a process left which was killed while it wrote a letter. This
   thread alone writes into the folder, and has written nothing yet. */
static void delete_unfinished(const char *files)
{
    DIR *folder = opendir(files);

    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (str_ends(str_from_c(entry->d_name), STR(".tmp")))
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    }
    closedir(folder);
}

/* A connection is for one run: servers do not like those that are silent. */
static struct result run(struct jobs *jobs, int64_t now, void *context, int64_t *ret_next)
{
    struct mail *mail = context;
    struct result result;

    mail->jobs = jobs;
    if (!mail->began)
        delete_unfinished(mail->settings.files);
    result = send_due(mail, now, ret_next);
    smtp_free(mail->smtp);
    mail->smtp = NULL;
    return result;
}

struct errand mail_errand(struct mail *mail)
{
    return (struct errand){ .name = "mail", .run = run, .context = mail };
}

/* ---- metrics ---- */

static void write_metric(const char *name, const char *type, const char *help, int64_t value,
                         struct buf *out)
{
    buf_format(out, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, help, name, type, name,
               (long long)value);
}

void mail_write_metrics(const struct mail *mail, struct buf *out)
{
    write_metric("assay_mail_waiting", "gauge", "Mails that have yet to leave.", mail->waiting,
                 out);
    write_metric("assay_mail_dead", "gauge", "Mails that were given up, and are kept.", mail->dead,
                 out);
    write_metric("assay_mail_sent_total", "counter", "Mails that the server took.",
                 (int64_t)mail->sent, out);
    write_metric("assay_mail_filed_total", "counter", "Mails that became files.",
                 (int64_t)mail->filed, out);
    write_metric("assay_mail_failures_total", "counter", "Attempts that failed.",
                 (int64_t)mail->failures, out);
}
