/*
 * mustache_tag.h - finds the tags of a template, one after the other.
 */
#ifndef ASSAY_HTTP_MUSTACHE_TAG_H
#define ASSAY_HTTP_MUSTACHE_TAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

enum tag_kind {
    TAG_PRINT,     /* {{x}} */
    TAG_PRINT_RAW, /* {{{x}}} and {{&x}} */
    TAG_COMMENT,
    TAG_DELIMITERS,
    TAG_SECTION,
    TAG_INVERTED,
    TAG_PARTIAL,
    TAG_PARENT,
    TAG_BLOCK,
    TAG_CLOSE,
};

struct tag {
    enum tag_kind kind;
    struct str content; /* without sigil and outer white space */
    struct span span;
    size_t from; /* the tag itself */
    size_t to;
    bool begins_line; /* nothing but white space before it */
    bool ends_line;   /* nothing but white space after it */
    size_t line_from; /* where that white space begins; `from` unless begins_line */
    size_t line_to;   /* after that white space and the newline; `to` unless ends_line */
};

struct tag_reader {
    const struct source *source;
    struct str open;
    struct str close;
    size_t at;
    size_t counted; /* up to where line and column have been counted */
    uint32_t line;
    uint32_t column;
};

void tag_reader_init(struct tag_reader *reader, const struct source *source);

/* False at the end of the text, and, with a diag, at a tag that is never closed. */
bool tag_read(struct tag_reader *reader, struct diags *diags, struct tag *ret);

/* Takes on the delimiters that a tag of that kind asks for; false if they are none. */
bool tag_set_delimiters(struct tag_reader *reader, struct str content);

/* The length of the spaces and tabs at an offset. */
size_t tag_blanks(struct str text, size_t at);

#endif
