#include "http/acceptor.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/result.h"

#define PAUSE_MS 10 /* where no connection can be taken, as files or memory are used up */

struct acceptor {
    int listener;
    int ended; /* an eventfd: written to once, to end the thread */
    void (*take)(void *context, int fd, const struct sockaddr *address, socklen_t length);
    void *context;
    pthread_t thread;
};

/* Takes all that wait. False where none can be taken now. */
static bool take_waiting(struct acceptor *acceptor)
{
    for (;;) {
        struct sockaddr_storage address;
        socklen_t length = sizeof(address);
        int fd = accept4(acceptor->listener, (struct sockaddr *)&address, &length,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd >= 0)
            acceptor->take(acceptor->context, fd, (const struct sockaddr *)&address, length);
        else if (errno == EAGAIN)
            return true;
        else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            return false;
        /* Anything else is of a connection that was gone again before it was taken. */
    }
}

static void *run(void *context)
{
    struct acceptor *acceptor = context;
    struct pollfd waits[] = {
        { .fd = acceptor->ended, .events = POLLIN },
        { .fd = acceptor->listener, .events = POLLIN },
    };

    for (;;) {
        if (poll(waits, ARRAY_LEN(waits), -1) < 0)
            continue;
        if (waits[0].revents)
            return NULL;
        if (!take_waiting(acceptor))
            nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L }, NULL);
    }
}

struct acceptor *acceptor_new(int listener,
                              void (*take)(void *context, int fd, const struct sockaddr *address,
                                           socklen_t length),
                              void *context)
{
    struct acceptor *acceptor = memory_alloc(1, sizeof(*acceptor));
    int why;

    *acceptor = (struct acceptor){
        .listener = listener,
        .ended = eventfd(0, EFD_CLOEXEC),
        .take = take,
        .context = context,
    };
    why = acceptor->ended < 0 ? errno : pthread_create(&acceptor->thread, NULL, run, acceptor);
    if (why == 0)
        return acceptor;
    if (acceptor->ended >= 0)
        close(acceptor->ended);
    memory_free(acceptor);
    errno = why;
    return NULL;
}

void acceptor_stop(struct acceptor *acceptor)
{
    if (!acceptor)
        return;
    if (eventfd_write(acceptor->ended, 1) != 0)
        BUG("the acceptor cannot be told to end");
    pthread_join(acceptor->thread, NULL);
    close(acceptor->listener);
    close(acceptor->ended);
    memory_free(acceptor);
}
