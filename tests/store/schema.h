/*
 * schema.h - a schema as text that is the same on both engines: a line for each column of each
 * table (its type in the words of ddl.h, whether it may be NULL, its place in the key), and one for
 * each index.
 */
#ifndef ASSAY_TESTS_SCHEMA_H
#define ASSAY_TESTS_SCHEMA_H

#include "base/buf.h"
#include "store/store.h"

void schema_write(struct store *store, struct buf *out);

#endif
