#include "web/access_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int open_end(const char *path)
{
    if (strcmp(path, "-") == 0)
        return fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
}

struct result access_log_open(struct access_log *log, const char *path, FILE *err)
{
    int fd = open_end(path);

    if (fd < 0)
        return fail(&ERROR_WRITE);
    log->path = path;
    log->fd = fd;
    log->err = err;
    atomic_init(&log->torn, false);
    atomic_init(&log->lost, 0);
    return OK;
}

void access_log_close(struct access_log *log)
{
    close(log->fd);
    log->fd = -1;
}

struct result access_log_reopen(struct access_log *log)
{
    int fd = open_end(log->path);
    int why = 0;

    if (fd < 0)
        return fail(&ERROR_WRITE);
    /* In one step, so that no thread meets a descriptor that is closed. */
    if (dup3(fd, log->fd, O_CLOEXEC) < 0)
        why = errno;
    close(fd);
    errno = why;
    return why ? fail(&ERROR_WRITE) : OK;
}

/* Only read, whatever its type says. */
static struct iovec piece(struct str s)
{
    /* NOLINTNEXTLINE(performance-no-int-to-ptr) */
    return (struct iovec){ (void *)(uintptr_t)s.p, s.n };
}

void access_log_write(struct access_log *log, struct str line)
{
    /* What was written in part is ended first. */
    bool torn = atomic_load(&log->torn);
    const struct iovec pieces[] = { piece(STR("\n")), piece(line), piece(STR("\n")) };
    size_t n = line.n + (torn ? 2 : 1);
    ssize_t written = torn ? writev(log->fd, pieces, 3) : writev(log->fd, pieces + 1, 2);

    if (written == (ssize_t)n) {
        if (torn && atomic_exchange(&log->torn, false))
            fprintf(log->err, "assay serve: the access log '%s' is written again\n", log->path);
        return;
    }
    if (written >= 0)
        errno = ENOSPC;
    atomic_fetch_add(&log->lost, 1);
    if (!atomic_exchange(&log->torn, true))
        fprintf(log->err,
                "assay serve: cannot write the access log '%s': %s; serving goes on without it\n",
                log->path, strerror(errno));
}
