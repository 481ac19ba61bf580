/*
 * html_context.h - where in HTML a place of a template stands.
 *
 * Follows the literal text of a template as far as it takes to tell whether a value may stand at a
 * place: escaping makes a value harmless in the text of a page and in an attribute's value in
 * double quotes, and nowhere else. Inside attributes that hold an address a value needs a filter
 * that knows addresses. Elements are not matched with their ends. Where HTML would forgive, this
 * is stricter; a fault is told once and the tracker goes on.
 */
#ifndef ASSAY_HTTP_HTML_CONTEXT_H
#define ASSAY_HTTP_HTML_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum html_place {
    HTML_TEXT, /* the text of the page, between tags */
    HTML_OPEN, /* after '<' */
    HTML_OPEN_END,
    HTML_OPEN_BANG,
    HTML_TAG_NAME,
    HTML_TAG, /* in a tag, between attributes */
    HTML_NAME,
    HTML_NAME_END, /* in a tag, at a section's tag right after a name */
    HTML_AFTER_NAME,
    HTML_BEFORE_VALUE,
    HTML_DOUBLE_QUOTED,
    HTML_SINGLE_QUOTED,
    HTML_UNQUOTED,
    HTML_COMMENT,
    HTML_DECLARATION, /* <!doctype ...> and whatever else is no tag up to its '>' */
    HTML_RAW,         /* in <script> or <style> */
    HTML_RAW_OPEN,
    HTML_RAW_NAME,
};

enum html_attribute {
    HTML_ATTRIBUTE_PLAIN,
    HTML_ATTRIBUTE_URL,
    HTML_ATTRIBUTE_SCRIPT_URL, /* its literal text begins with a scheme such as javascript: */
    HTML_ATTRIBUTE_EVENT,
    HTML_ATTRIBUTE_STYLE,
    HTML_ATTRIBUTE_DOCUMENT,
};

enum html_element { HTML_ELEMENT_PLAIN, HTML_ELEMENT_SCRIPT, HTML_ELEMENT_STYLE };

struct html_context {
    enum html_place place;
    enum html_attribute attribute; /* while in a value */
    enum html_element element;     /* while in its tag or its text */
    bool end_tag;
    bool scheme_open;   /* in an address that may still turn out to begin with a scheme */
    unsigned dashes;    /* at the end of what was read of a comment */
    char name[16];      /* in lower case */
    size_t name_length; /* may be more than fits */
};

void html_context_init(struct html_context *context);

/* Reads literal text. NULL, or what is wrong with it, in a sentence with no full stop. */
const char *html_context_read(struct html_context *context, struct str text);

/* NULL if a value may stand here, or why not. `address`: it comes through url or part. */
const char *html_context_refusal(const struct html_context *context, bool address);

/* A section's tag stands here. False if one may not, as in the middle of '<!'. */
bool html_context_cut(struct html_context *context);

/* Two ways lead to this place, one over a section and one past it. Makes the first the state in
   which to go on; false if they cannot be reconciled. Both have been cut. */
bool html_context_join(struct html_context *context, const struct html_context *other);

#endif
