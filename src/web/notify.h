/*
 * notify.h - tells the service manager how the program stands, where one asks: the protocol of
 * sd_notify(3), one datagram to the socket that NOTIFY_SOCKET names.
 */
#ifndef ASSAY_WEB_NOTIFY_H
#define ASSAY_WEB_NOTIFY_H

/* "READY=1", "STOPPING=1". Nobody is waited for, and no answer is expected. */
void notify_manager(const char *state);

#endif
