#include "instance/admin_line.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "json/read.h"

#define SOCKET_NAME "admin.sock"

/* ---- the socket ---- */

static bool fits(const char *path)
{
    return strlen(path) < sizeof(((struct sockaddr_un *)NULL)->sun_path);
}

/* The address of the socket. A path that is too long for one goes by way of the folder, which is
   opened: *ret_folder is to be closed after use, and may be -1. */
static bool find_address(struct arena *arena, const struct config *config, struct sockaddr_un *ret,
                         int *ret_folder)
{
    const char *path = instance_path(arena, config, SOCKET_NAME);
    int folder = -1;

    if (!fits(path)) {
        folder = open(config->data, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0)
            return false;
        path = str_to_c(arena, str_format(arena, "/proc/self/fd/%d/" SOCKET_NAME, folder));
    }
    *ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
    memcpy(ret->sun_path, path, strlen(path));
    *ret_folder = folder;
    return true;
}

/* Makes a socket and does with it what is asked. */
static int open_socket(struct arena *arena, const struct config *config, int flags,
                       int (*begin)(int, const struct sockaddr *, socklen_t))
{
    struct sockaddr_un address;
    int folder;
    int fd;
    int why;

    if (!find_address(arena, config, &address, &folder))
        return -1;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
    /* The file that is bound has the permissions that the socket had before. */
    if (fd >= 0 && (fchmod(fd, S_IRUSR | S_IWUSR) != 0 ||
                    begin(fd, (const struct sockaddr *)&address, sizeof(address)) != 0)) {
        why = errno;
        close(fd);
        errno = why;
        fd = -1;
    }
    why = errno;
    if (folder >= 0)
        close(folder);
    errno = why;
    return fd;
}

int admin_bind(struct arena *arena, const struct config *config)
{
    const char *path = instance_path(arena, config, SOCKET_NAME);

    /* Left by a process that was killed: whoever holds the lock is alone here. */
    if (unlink(path) != 0 && errno != ENOENT)
        return -1;
    return open_socket(arena, config, SOCK_NONBLOCK, bind);
}

int admin_connect(struct arena *arena, const struct config *config)
{
    return open_socket(arena, config, 0, connect);
}

/* ---- lines ---- */

struct result admin_read_line(struct arena *arena, struct str line, struct value **ret,
                              const char **ret_why)
{
    static const struct json_limits limits = {
        .bytes = ADMIN_LINE_MAX, .depth = 64, .values = 1000000, .nested = 200000
    };
    struct json_fault fault = { 0 };
    struct value *value;
    struct result result = json_read(arena, line, &limits, &fault, &value);

    if (failed(result)) {
        *ret_why = fault.message;
        return result;
    }
    if (value->kind != VALUE_OBJECT) {
        *ret_why = "the line is no object";
        return fail(&ERROR_INPUT);
    }
    *ret = value;
    return OK;
}

struct result admin_write_line(const struct value *value, struct buf *out)
{
    buf_init(out, ADMIN_LINE_MAX + 1);
    value_write_json(value, JSON_COMPACT, out);
    buf_byte(out, '\n');
    if (!out->overflow)
        return OK;
    buf_release(out);
    return fail(&ERROR_LIMIT);
}

struct value *admin_success(struct arena *arena, struct value *output)
{
    struct value *answer = value_object(arena);

    value_set(arena, answer, "output", output);
    return answer;
}

struct value *admin_failure(struct arena *arena, const struct error *error, struct str message)
{
    struct value *answer = value_object(arena);

    value_set_text(arena, answer, "error", str_from_c(error->name));
    value_set_int(arena, answer, "exit", error->exit_code);
    value_set_text(arena, answer, "message", message);
    return answer;
}
