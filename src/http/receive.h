/*
 * receive.h - where libmicrohttpd's reading of sockets passes through gates.
 *
 * The library offers no hook for what it reads. It calls recv() of the C library, and a program's
 * own recv() comes before that one: this room defines it. A socket that has a gate here is read
 * through it; any other is read as ever. Should the library one day read by another way, its
 * requests carry no stamp, and the server answers none of them.
 */
#ifndef ASSAY_HTTP_RECEIVE_H
#define ASSAY_HTTP_RECEIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "http/gate.h"

/* Sets the gate of a socket that nobody reads yet. False for a descriptor beyond the table. */
bool receive_attach(int fd, struct gate *gate);

/* Before the socket is closed. */
void receive_detach(int fd);

/* Milliseconds of a clock that only goes forward. */
int64_t receive_now_ms(void);
int64_t receive_now_us(void); /* the same clock */

#endif
