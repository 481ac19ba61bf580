/*
 * header.h - what stands in the headers of a message (RFC 5322, RFC 2047), whatever it is made of:
 * no text can end a line and begin a header of its own.
 */
#ifndef ASSAY_MAIL_HEADER_H
#define ASSAY_MAIL_HEADER_H

#include <stdint.h>

#include "base/buf.h"

/* "Subject: ..." with its end of line. Control characters become spaces; what is not printable
   ASCII is written as encoded words. Lines are folded. */
void header_text(const char *name, struct str text, struct buf *out);

/* "From: Name <address>". An absent or empty name is left out. The address is one that
   mail_address_is_valid takes. */
void header_mailbox(const char *name, struct str display, struct str address, struct buf *out);

/* "Date: Tue, 24 Nov 2026 00:00:00 +0000". The instant is in microseconds UTC. */
void header_date(int64_t instant, struct buf *out);

#endif
