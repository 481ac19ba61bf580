/*
 * qr.h - a text as a QR code: what the camera of a phone reads.
 */
#ifndef ASSAY_WEB_QR_H
#define ASSAY_WEB_QR_H

#include "base/arena.h"
#include "base/str.h"
#include "base/value.h"
#include "http/shape.h"

#define QR_MARGIN 4 /* squares that stay light around it, as the standard asks */

/* { size, path }: how many squares it has on a side, margins included, and the dark ones as the
   path of an SVG in which each is of size 1. Null for a text that is too long: 2,000 bytes always
   fit. */
struct value *qr_value(struct arena *arena, struct str text);

extern const struct shape qr_shape;

#endif
