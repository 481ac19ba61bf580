/*
 * acceptor.h - takes the connections that arrive at a listening socket, on a thread of its own.
 *
 * The library could listen by itself, but cannot be told safely to stop: of its threads and the one
 * that tells them, two may take the socket out of a loop at once, and then it ends the program.
 */
#ifndef ASSAY_HTTP_ACCEPTOR_H
#define ASSAY_HTTP_ACCEPTOR_H

#include <sys/socket.h>

struct acceptor;

/* `take` is given each connection, a descriptor that does not block, on the acceptor's thread. The
   listener is the acceptor's from now on. NULL, with errno, when no thread can be started; the
   listener is still the caller's then. */
struct acceptor *acceptor_new(int listener,
                              void (*take)(void *context, int fd, const struct sockaddr *address,
                                           socklen_t length),
                              void *context);

/* Takes no more, and closes the listener. NULL: nothing. */
void acceptor_stop(struct acceptor *acceptor);

#endif
