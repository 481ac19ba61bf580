/* conf_record.h - reads the block of a scheme.conf that says how people's records are kept. */
#ifndef ASSAY_SCHEME_CONF_RECORD_H
#define ASSAY_SCHEME_CONF_RECORD_H

#include "base/block.h"

/* The function of a row whose member is a struct scheme_record. */
bool conf_record(struct block_reader *reader, void *member);

#endif
