/*
 * conf_reader.h - the values of a scheme.conf beyond those that any text of blocks has (block.h).
 */
#ifndef ASSAY_SCHEME_CONF_READER_H
#define ASSAY_SCHEME_CONF_READER_H

#include <stdbool.h>

#include "base/block.h"
#include "criteria/syntax.h"

/* Functions of rows. */
bool conf_word(struct block_reader *reader, void *member);   /* a word -> struct word */
bool conf_zone(struct block_reader *reader, void *member);   /* a time zone -> struct word */
bool conf_names(struct block_reader *reader, void *member);  /* with commas -> struct word_list */
bool conf_date(struct block_reader *reader, void *member);   /* as far as known -> scheme_date */
bool conf_colour(struct block_reader *reader, void *member); /* and its dark one -> scheme_colour */

NODISCARD bool conf_take_word(struct block_reader *reader, const char *what, struct word *ret);

#endif
