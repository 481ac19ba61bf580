#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

const struct error ERROR_LOCKED = { "locked", 503, EXIT_SYSTEM, "another process is at work here" };

static struct str read_note(struct arena *arena, int fd)
{
    char note[LOCK_NOTE_MAX];
    ssize_t n = pread(fd, note, sizeof(note), 0);

    return str_copy(arena, (struct str){ note, n > 0 ? (size_t)n : 0 });
}

struct result lock_take(struct arena *arena, const char *path, int *ret_lock, struct str *ret_note)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    int why;

    if (fd < 0)
        return fail(&ERROR_WRITE);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        *ret_lock = fd;
        return OK;
    }
    why = errno;
    if (why == EWOULDBLOCK)
        *ret_note = read_note(arena, fd);
    close(fd);
    errno = why;
    return fail(why == EWOULDBLOCK ? &ERROR_LOCKED : &ERROR_WRITE);
}

struct result lock_note(int lock, struct str note)
{
    note = str_take(note, LOCK_NOTE_MAX);
    if (ftruncate(lock, 0) != 0 || pwrite(lock, note.p, note.n, 0) != (ssize_t)note.n)
        return fail(&ERROR_WRITE);
    return OK;
}

void lock_release(int lock)
{
    if (lock >= 0)
        close(lock);
}
