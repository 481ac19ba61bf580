/*
 * mustache_parts.h - what a compiled template is, shared by the files mustache*.c and no others.
 */
#ifndef ASSAY_HTTP_MUSTACHE_PARTS_H
#define ASSAY_HTTP_MUSTACHE_PARTS_H

#include "http/filter.h"
#include "http/mustache.h"

enum op_kind {
    OP_TEXT,
    OP_PRINT,
    OP_SECTION,
    OP_INVERTED,
    OP_PARTIAL,
    OP_PARENT, /* its body holds the OP_BLOCKs that it passes on; what else is there is not kept */
    OP_BLOCK,
};

struct path {
    const struct str *parts;
    size_t count; /* 0: the value on top, {{.}} */
};

/* Sections, inverted sections, parents and blocks have a body: the ops after them up to `end`. */
struct op {
    enum op_kind kind;
    bool takes_html; /* OP_PRINT: prints a value of kind HTML as it is */
    bool raw;        /* OP_PRINT: does not escape at all */
    bool own_line;   /* of what it includes: begins at the beginning of a line */
    size_t end;
    struct str text;   /* OP_TEXT; of partials, parents and blocks the name */
    struct str indent; /* of partials, parents and blocks: before each line of what is included */
    struct path path;  /* OP_PRINT and sections */
    const struct filter_use *filter; /* OP_PRINT; may be NULL */
    const struct mustache *target;   /* OP_PARTIAL and OP_PARENT; NULL: there is none */
    struct span span;
};

struct mustache {
    struct str name;
    const struct mustache_set *set;
    struct op *ops;
    size_t count;
    size_t room;
};

struct mustache_set {
    struct arena *arena;
    enum mustache_mode mode;
    const struct language *language;
    struct mustache **list; /* sorted by name once finished */
    size_t count;
    size_t room;
    bool faulty;
    bool finished;
};

/* Compiles one text into the template's ops; partials and parents have no target yet. */
void mustache_compile(struct mustache *mustache, const struct source *source, struct diags *diags);

#endif
