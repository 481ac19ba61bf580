/*
 * mustache_compiler.h - a template while it is being compiled, shared by mustache_compile.c, which
 * knows the tags, mustache_compiler.c, which knows text and frames, and mustache_mark.c, which
 * knows translations.
 */
#ifndef ASSAY_HTTP_MUSTACHE_COMPILER_H
#define ASSAY_HTTP_MUSTACHE_COMPILER_H

#include "http/html_context.h"
#include "http/mustache_parts.h"
#include "http/mustache_tag.h"

/* What a text marked for translation is called: {{#_}}. */
#define MUSTACHE_MARK "_"

enum frame_kind { FRAME_SECTION, FRAME_PARENT, FRAME_BLOCK, FRAME_ARGUMENT, FRAME_MARK };

/* A tag that is open. */
struct frame {
    enum frame_kind kind;
    struct tag tag;
    size_t op;
    size_t blanks; /* FRAME_PARENT: the op of the white space before it, or none: SIZE_MAX */
    size_t dedent; /* how many blanks go at the beginning of each line */
    struct html_context html; /* at the tag */
};

/* The text that is being read: that of the template, or that of a translation within it. */
struct compiler {
    struct mustache *mustache;
    struct arena *arena;
    enum mustache_mode mode;
    struct diags *diags;
    struct tag_reader reader;
    size_t at; /* what is before has been taken */
    struct frame frames[MUSTACHE_NEST_MAX];
    size_t depth;
    size_t floor;                   /* of the frames, those that this text has opened */
    const struct str_list *allowed; /* in a translation: what may be printed */
    struct html_context html;
};

/* The place of an offset that no tag stands at. */
struct span compiler_span(const struct source *source, size_t offset);
void compiler_fault(struct compiler *c, const struct tag *tag, struct str hint, const char *what);
bool compiler_is_strict(const struct compiler *c);

/* The innermost frame; NULL outside all. */
struct frame *compiler_top(struct compiler *c);

/* What stands right in a parent's body, outside its blocks, is not shown. */
bool compiler_is_hidden(struct compiler *c);

/* How many blanks go at the beginning of each line here. */
size_t compiler_dedent(struct compiler *c);

/* Opens a frame, for the op that comes next; false, with a fault, if there are too many. */
bool compiler_push(struct compiler *c, enum frame_kind kind, const struct tag *tag);

/* Adds an op; valid until the next one. tag: NULL for literal text. */
struct op *compiler_add_op(struct compiler *c, enum op_kind kind, const struct tag *tag);

/* A tag that opens or closes a body stands here. */
void compiler_cut(struct compiler *c, const struct tag *tag);

/* Takes the text from c->at up to an offset. */
void compiler_take_text(struct compiler *c, size_t to);

/* Takes the text before a tag, and the whole line of one that stands alone on it, and gives whether
   it does. */
bool compiler_take_tag(struct compiler *c, const struct tag *tag);

/* The blanks from an offset on, less those that go anyway. */
struct str compiler_indent_at(struct compiler *c, size_t at, size_t blanks);

/* Reads the tags of a text up to its end, and closes what it has left open. */
void compiler_read_tags(struct compiler *c);

/* The name in a tag that prints, without its filter. */
struct str compiler_printed_name(const struct tag *tag);

/* Goes on behind the tag that opens a marked text; at its end tag if there is a translation, which
   has been read by then. */
void compiler_take_mark(struct compiler *c, const struct tag *tag);

#endif
