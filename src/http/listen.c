#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 512

union any_address {
    struct sockaddr plain;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static socklen_t socket_address(const char *text, uint16_t port, union any_address *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (inet_pton(AF_INET, text, &ret->v4.sin_addr) == 1) {
        ret->v4.sin_family = AF_INET;
        ret->v4.sin_port = htons(port);
        return sizeof(ret->v4);
    }
    if (inet_pton(AF_INET6, text, &ret->v6.sin6_addr) == 1) {
        ret->v6.sin6_family = AF_INET6;
        ret->v6.sin6_port = htons(port);
        return sizeof(ret->v6);
    }
    return 0;
}

bool listening_port(int fd, uint16_t *ret_port)
{
    union any_address address;
    socklen_t length = sizeof(address);

    memset(&address, 0, sizeof(address));
    if (getsockname(fd, &address.plain, &length) != 0)
        return false;
    *ret_port =
        ntohs(address.plain.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
    return true;
}

int listen_at(const char *where, uint16_t port, uint16_t *ret_port)
{
    union any_address address;
    socklen_t length = socket_address(where, port, &address);
    const int on = 1;
    int fd;

    if (length == 0) {
        errno = EINVAL;
        return -1;
    }
    fd = socket(address.plain.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        bind(fd, &address.plain, length) != 0 || listen(fd, BACKLOG) != 0 ||
        !listening_port(fd, ret_port)) {
        int why = errno;

        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}
