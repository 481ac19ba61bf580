/*
 * mentions.h - the words by which documents speak of the scheme around them: the group they are
 * listed in, the bodies that own, judge and decide, and the types of programme they ask for.
 */
#ifndef ASSAY_SCHEME_MENTIONS_H
#define ASSAY_SCHEME_MENTIONS_H

#include <stddef.h>

#include "base/arena.h"
#include "criteria/library.h"
#include "criteria/syntax.h"

enum mention_kind {
    MENTION_GROUP,
    MENTION_OWNER,
    MENTION_BODY, /* `by`, `refer to`, `discretion`, `question`: a body or a type of programme */
    MENTION_PROGRAMME,
};

struct mention {
    enum mention_kind kind;
    struct word word;
    const struct document *document;
};

struct mentions {
    struct mention *at;
    size_t count;
    size_t room;
};

/* All of them, in the order of the documents and of their texts. */
struct mentions mentions_gather(struct arena *arena, const struct library *library);

#endif
