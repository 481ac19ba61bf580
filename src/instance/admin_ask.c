#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "instance/admin_line.h"

/* Between taking the lock and listening, and between the last answer and letting the lock go, a
   process can be asked nothing for a moment; so can a command that runs here by itself. */
#define TRIES 100
#define PAUSE_MS 50

#define SILENCE_S 120 /* after which the other side is given up */
#define PIECE ((size_t)64 * 1024)

bool admin_is(struct result result, const struct error *error)
{
    return result.error && strcmp(result.error->name, error->name) == 0;
}

/* ---- in another process ---- */

PRINTF_LIKE(3, 4)
static struct result no_answer(struct arena *arena, struct str *ret_message, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    *ret_message = str_format_args(arena, fmt, args);
    va_end(args);
    return fail(&ADMIN_NO_ANSWER);
}

static bool write_all(int fd, struct str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = str_drop(bytes, (size_t)n);
    }
    return true;
}

/* Reads up to the end of the first line, which is not kept. */
static bool read_line(int fd, struct buf *line)
{
    char piece[PIECE];

    for (;;) {
        ssize_t n = recv(fd, piece, sizeof(piece), 0);
        struct str head;

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || line->overflow)
            return false;
        if (str_split((struct str){ piece, (size_t)n }, '\n', &head).p) {
            buf_add(line, head);
            return !line->overflow;
        }
        buf_add(line, head);
    }
}

/* The error that the answer names. */
static struct result copied_error(struct arena *arena, const struct value *answer,
                                  struct str *ret_message)
{
    const struct value *name = value_get(answer, "error");
    const struct value *code = value_get(answer, "exit");
    const struct value *message = value_get(answer, "message");
    struct error *error = ARENA_NEW(arena, struct error);

    if (!name || name->kind != VALUE_TEXT || !code || code->kind != VALUE_INT ||
        code->integer <= EXIT_OK || code->integer > EXIT_SYSTEM || !message ||
        message->kind != VALUE_TEXT)
        return no_answer(arena, ret_message,
                         "the process that has the installation open answered something that this "
                         "program does not understand; look which version it is of");
    *error = (struct error){ str_to_c(arena, name->text), 500, (enum exit_code)code->integer,
                             str_to_c(arena, message->text) };
    *ret_message = message->text;
    return fail(error);
}

static struct result take_answer(struct arena *arena, struct str line, struct value **ret_output,
                                 struct str *ret_message)
{
    struct value *answer;
    const char *why;

    if (failed(admin_read_line(arena, line, &answer, &why)))
        return no_answer(arena, ret_message,
                         "the process that has the installation open gave no valid answer: %s",
                         why);
    for (size_t i = 0; i < answer->count; i++) {
        if (str_eq_c(answer->members[i].key, "output")) {
            *ret_output = answer->members[i].value;
            return OK;
        }
    }
    return copied_error(arena, answer, ret_message);
}

static struct result converse(int fd, struct arena *arena, struct str request,
                              struct value **ret_output, struct str *ret_message)
{
    const struct timeval silence = { .tv_sec = SILENCE_S };
    struct str line;
    struct buf answer;
    bool answered;

    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &silence, sizeof(silence));
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof(silence));
    buf_init(&answer, ADMIN_LINE_MAX);
    /* Who refuses what is being written may have said why. */
    (void)!write_all(fd, request);
    answered = read_line(fd, &answer);
    line = buf_take(&answer, arena);
    if (!answered)
        return no_answer(arena, ret_message,
                         "the process that has the installation open ended, or said nothing for %d "
                         "seconds, before it answered: look whether the change is there before you "
                         "repeat it",
                         SILENCE_S);
    return take_answer(arena, line, ret_output, ret_message);
}

static struct result ask_other(int fd, struct arena *arena, const char *operation,
                               const struct value *input, struct value **ret_output,
                               struct str *ret_message)
{
    struct value *request = value_object(arena);
    struct buf line;
    struct str bytes;

    value_set_text(arena, request, "operation", str_from_c(operation));
    /* It is only read. */
    value_set(arena, request, "input", (struct value *)input);
    if (failed(admin_write_line(request, &line))) {
        *ret_message = str_format(arena, "this is more than the %zu MiB that can be asked at once",
                                  ADMIN_LINE_MAX / 1024 / 1024);
        return fail(&ERROR_LIMIT);
    }
    bytes = buf_take(&line, arena);
    return converse(fd, arena, bytes, ret_output, ret_message);
}

/* ---- wherever it can be done ---- */

static struct result ask_here(struct instance *instance, int64_t now, struct arena *arena,
                              const char *operation, const struct value *input,
                              struct value **ret_output, struct str *ret_message)
{
    struct result result =
        admin_perform(instance, now, arena, str_from_c(operation), input, ret_output, ret_message);

    instance_close(instance);
    return result;
}

struct result admin_ask(const struct config *config, int64_t now, struct arena *arena,
                        const char *operation, const struct value *input, struct value **ret_output,
                        struct str *ret_message)
{
    const struct instance_settings settings = { .config = config };
    struct result result = OK;

    for (int i = 0; i < TRIES; i++) {
        struct instance *instance = NULL;
        int fd;

        result = instance_open(&settings, INSTANCE_WRITE, now, arena, &instance, ret_message);
        if (!failed(result))
            return ask_here(instance, now, arena, operation, input, ret_output, ret_message);
        if (result.error != &INSTANCE_LOCKED)
            return result;
        fd = admin_connect(arena, config);
        if (fd >= 0) {
            result = ask_other(fd, arena, operation, input, ret_output, ret_message);
            close(fd);
            return result;
        }
        nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L }, NULL);
    }
    *ret_message = str_format(arena, "%.*s; it takes no commands, so wait until it has ended",
                              STR_ARG(*ret_message));
    return result;
}
