/*
 * ddl.h - schemas in the words of an engine.
 *
 * Migrations are written once. The words ID, INT64, TEXT, BYTES and STRICT, in capitals, stand for
 * what the engine calls them (driver.h); comments, 'texts' and "names" are left alone.
 */
#ifndef ASSAY_STORE_DDL_H
#define ASSAY_STORE_DDL_H

#include "base/buf.h"
#include "store/driver.h"

void ddl_write(struct str sql, const struct ddl_words *words, struct buf *out);

#endif
