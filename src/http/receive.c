#include "http/receive.h"

#include <stdatomic.h>
#include <stddef.h>
#include <sys/socket.h>
#include <time.h>

#define DESCRIPTORS 65536

/*
 * The one table of this program that every thread sees and that changes: recv() is told nothing
 * but the descriptor. An entry is set and removed by the thread that owns the connection.
 */
static struct gate *_Atomic gates[DESCRIPTORS];

bool receive_attach(int fd, struct gate *gate)
{
    if (fd < 0 || fd >= DESCRIPTORS)
        return false;
    atomic_store(&gates[fd], gate);
    return true;
}

void receive_detach(int fd)
{
    if (fd >= 0 && fd < DESCRIPTORS)
        atomic_store(&gates[fd], NULL);
}

int64_t receive_now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t receive_now_ms(void)
{
    return receive_now_us() / 1000;
}

static ssize_t read_socket(void *context, char *to, size_t n)
{
    const int *fd = context;

    return recvfrom(*fd, to, n, MSG_DONTWAIT, NULL, NULL);
}

/* recv() is recvfrom() without a place for the sender's address. The C library's own names of the
   arguments are not for others to use. */
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
ssize_t recv(int fd, void *to, size_t n, int flags)
{
    struct gate *gate = fd >= 0 && fd < DESCRIPTORS ? atomic_load(&gates[fd]) : NULL;
    struct gate_reader reader = { read_socket, &fd };
    ssize_t given;

    if (!gate)
        return recvfrom(fd, to, n, flags, NULL, NULL);
    given = gate_receive(gate, &reader, receive_now_ms(), to, n);
    /* The library waits for the kernel to announce the client's end, which the gate has met behind
       the last bytes, and the kernel announces but once. This makes it do so again. */
    if (given > 0 && gate->ended)
        shutdown(fd, SHUT_RD);
    return given;
}
