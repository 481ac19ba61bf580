#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "instance/admin_line.h"

#define CLIENTS 16 /* at once; more wait to be let in */
#define PIECE ((size_t)64 * 1024)

/* A client that neither writes nor reads for so long is given up. */
#define SILENCE_MS 30000
/* When the process ends, so long for answers that were given to be read. */
#define GRACE_MS 2000

/* Reads its line first, and writes the answer then. */
struct client {
    int fd; /* -1: the place is free */
    struct buf line;
    bool answering;
    size_t sent;
    int64_t until; /* by when it has to move on */
};

struct admin_socket {
    struct instance *instance;
    int64_t (*now)(void);
    int listener;
    int stop; /* becomes readable when the thread is to end */
    pthread_t thread;
    struct client clients[CLIENTS];
};

/* Of a clock that only goes forward. */
static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- one client ---- */

static void let_in(struct client *client, int fd)
{
    *client = (struct client){ .fd = fd, .until = milliseconds() + SILENCE_MS };
    buf_init(&client->line, ADMIN_LINE_MAX);
}

static void let_go(struct client *client)
{
    buf_release(&client->line);
    close(client->fd);
    client->fd = -1;
}

/* Whoever owns the process, and root: the file's permissions say the same, and this does where
   somebody has changed them. */
static bool may_ask(int fd)
{
    struct ucred who;
    socklen_t size = sizeof(who);

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
           (who.uid == geteuid() || who.uid == 0);
}

/* What the line asks for, done. */
static struct value *answer_to(struct admin_socket *socket, struct arena *arena, struct str line)
{
    const struct value *name;
    struct value *request;
    struct value *output;
    struct str message;
    const char *why;
    struct result result = admin_read_line(arena, line, &request, &why);

    if (failed(result))
        return admin_failure(arena, result.error, str_from_c(why));
    name = value_get(request, "operation");
    if (!name || name->kind != VALUE_TEXT)
        return admin_failure(arena, &ERROR_INPUT, STR("the line names no operation"));
    result = admin_perform(socket->instance, socket->now(), arena, name->text,
                           value_get(request, "input"), &output, &message);
    if (failed(result))
        return admin_failure(arena, result.error, message);
    return admin_success(arena, output);
}

/* ERROR_LIMIT where the arena has no room for it, or a line. */
static struct result try_answer(struct admin_socket *socket, struct arena *arena, struct str line,
                                struct buf *out)
{
    jmp_buf full;

    if (setjmp(full))
        return fail(&ERROR_LIMIT);
    arena_on_full(arena, &full);
    return admin_write_line(answer_to(socket, arena, line), out);
}

static void answer_too_large(struct arena *arena, struct buf *out)
{
    struct str message = STR("this takes more memory, or a longer line, than is allowed");

    arena_clear(arena);
    arena_on_full(arena, NULL);
    if (failed(admin_write_line(admin_failure(arena, &ERROR_LIMIT, message), out)))
        BUG("a short answer is too long");
}

static void answer(struct admin_socket *socket, struct client *client)
{
    struct arena arena;
    struct buf out = { 0 };

    arena_init(&arena, ADMIN_ARENA_MAX);
    if (failed(try_answer(socket, &arena, buf_str(&client->line), &out)))
        answer_too_large(&arena, &out);
    arena_release(&arena);
    buf_release(&client->line);
    client->line = out;
    client->answering = true;
}

/* Whatever else the client writes is not read. */
static void refuse_line(struct client *client)
{
    struct arena arena;

    buf_release(&client->line);
    arena_init(&arena, ADMIN_ARENA_MAX);
    answer_too_large(&arena, &client->line);
    arena_release(&arena);
    client->answering = true;
}

/* Takes what has come. False: the client is gone, or is of no use. */
static bool take(struct admin_socket *socket, struct client *client)
{
    char piece[PIECE];
    ssize_t n = recv(client->fd, piece, sizeof(piece), 0);
    struct str head;
    bool whole;

    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if (n == 0)
        return false;
    whole = str_split((struct str){ piece, (size_t)n }, '\n', &head).p;
    buf_add(&client->line, head);
    if (client->line.overflow)
        refuse_line(client);
    else if (whole)
        answer(socket, client);
    client->until = milliseconds() + SILENCE_MS;
    return true;
}

/* Gives what can be given. False: all of it has been, or the client is gone. */
static bool give(struct client *client)
{
    struct str rest = str_drop(buf_str(&client->line), client->sent);
    ssize_t n = send(client->fd, rest.p, rest.n, MSG_NOSIGNAL);

    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    client->sent += (size_t)n;
    client->until = milliseconds() + SILENCE_MS;
    return client->sent < client->line.n;
}

/* ---- all of them ---- */

static struct client *free_place(struct admin_socket *socket)
{
    for (size_t i = 0; i < CLIENTS; i++)
        if (socket->clients[i].fd < 0)
            return &socket->clients[i];
    return NULL;
}

static void take_in(struct admin_socket *socket)
{
    struct client *place = free_place(socket);
    int fd = place ? accept4(socket->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC) : -1;

    if (fd < 0)
        return;
    if (may_ask(fd))
        let_in(place, fd);
    else
        close(fd);
}

/* Waits until something can be done, for a second at most. */
static void wait_for_clients(struct admin_socket *socket, struct pollfd polled[CLIENTS + 2])
{
    polled[CLIENTS] = (struct pollfd){ .fd = socket->stop, .events = POLLIN };
    polled[CLIENTS + 1] =
        (struct pollfd){ .fd = free_place(socket) ? socket->listener : -1, .events = POLLIN };
    for (size_t i = 0; i < CLIENTS; i++)
        polled[i] = (struct pollfd){
            .fd = socket->clients[i].fd,
            .events = socket->clients[i].answering ? POLLOUT : POLLIN,
        };
    (void)poll(polled, CLIENTS + 2, 1000);
}

static void serve_clients(struct admin_socket *socket, const struct pollfd polled[CLIENTS])
{
    int64_t now = milliseconds();

    for (size_t i = 0; i < CLIENTS; i++) {
        struct client *client = &socket->clients[i];
        bool stays = now < client->until;

        if (client->fd < 0)
            continue;
        if (polled[i].revents)
            stays = client->answering ? give(client) : take(socket, client);
        if (!stays)
            let_go(client);
    }
}

/* Answers that were given are still handed over, for a moment. */
static void see_out(struct admin_socket *socket)
{
    int64_t until = milliseconds() + GRACE_MS;

    for (size_t i = 0; i < CLIENTS; i++) {
        struct client *client = &socket->clients[i];
        struct pollfd polled = { .fd = client->fd, .events = POLLOUT };

        if (client->fd < 0)
            continue;
        while (client->answering && milliseconds() < until) {
            if (poll(&polled, 1, 100) > 0 && !give(client))
                break;
        }
        let_go(client);
    }
}

static void *run(void *context)
{
    struct admin_socket *socket = context;
    struct pollfd polled[CLIENTS + 2];

    for (;;) {
        wait_for_clients(socket, polled);
        if (polled[CLIENTS].revents)
            break;
        serve_clients(socket, polled);
        if (polled[CLIENTS + 1].revents)
            take_in(socket);
    }
    see_out(socket);
    return NULL;
}

/* ---- its life ---- */

static struct result refuse(struct instance *instance, struct arena *arena, struct str *ret_message)
{
    *ret_message = str_format(arena, "cannot listen at '%s' for commands: %s",
                              instance_path(arena, instance_config(instance), "admin.sock"),
                              strerror(errno));
    return fail(&INSTANCE_FOLDER);
}

static bool start(struct admin_socket *socket, struct arena *arena)
{
    socket->stop = eventfd(0, EFD_CLOEXEC);
    if (socket->stop < 0)
        return false;
    socket->listener = admin_bind(arena, instance_config(socket->instance));
    if (socket->listener < 0 || listen(socket->listener, CLIENTS) != 0)
        return false;
    return pthread_create(&socket->thread, NULL, run, socket) == 0;
}

static void release(struct admin_socket *socket)
{
    if (socket->listener >= 0)
        close(socket->listener);
    if (socket->stop >= 0)
        close(socket->stop);
    memory_free(socket);
}

struct result admin_listen(struct instance *instance, int64_t (*now)(void), struct arena *arena,
                           struct admin_socket **ret, struct str *ret_message)
{
    struct admin_socket *socket = memory_alloc(1, sizeof(*socket));
    struct result result;

    socket->instance = instance;
    socket->now = now;
    socket->listener = -1;
    for (size_t i = 0; i < CLIENTS; i++)
        socket->clients[i].fd = -1;
    if (!start(socket, arena)) {
        result = refuse(instance, arena, ret_message);
        release(socket);
        return result;
    }
    *ret = socket;
    return OK;
}

void admin_close(struct admin_socket *socket)
{
    const uint64_t one = 1;
    struct arena arena;

    if (!socket)
        return;
    if (write(socket->stop, &one, sizeof(one)) != sizeof(one))
        BUG("the thread of the command line cannot be told to end");
    pthread_join(socket->thread, NULL);
    arena_init(&arena, ARENA_UNLIMITED);
    (void)unlink(instance_path(&arena, instance_config(socket->instance), "admin.sock"));
    arena_release(&arena);
    release(socket);
}
