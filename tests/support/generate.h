/*
 * generate.h - random documents and dossiers, for the properties that must hold of all of them.
 *
 * Documents use every construct of the language over one small vocabulary (sample.h), with needs so
 * small and dates so close together that every outcome is frequent. Some documents are refused by
 * the checker; whoever generates then throws the dice again.
 */
#ifndef ASSAY_TESTS_GENERATE_H
#define ASSAY_TESTS_GENERATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "dice.h"

/* A document of that name, edition 1. */
void generate_document(struct dice *dice, const char *name, struct buf *out);

/* The same with one requirement and little in it, so that what is changed in it shows. */
void generate_small_document(struct dice *dice, const char *name, struct buf *out);

/* A day on which something may be asked. */
day generate_day(struct dice *dice);

struct lines {
    struct str *at;
    size_t count;
    size_t room;
};

struct dossier_options {
    bool acts;      /* decisions and judgements */
    bool knowledge; /* a `known` line, sometimes */
};

/* Dossier lines around a reference date. Programmes that are always accredited are among them:
   `always-qap` and `always-cmtp`. */
void generate_dossier(struct dice *dice, struct arena *arena, day on,
                      struct dossier_options options, struct lines *ret);

/* One more line that can only do good: a verified record, a credential, a declaration, or a
   favourable decision or judgement. */
struct str generate_favour(struct dice *dice, struct arena *arena, day on);

void lines_add(struct arena *arena, struct lines *lines, struct str line);
struct str lines_text(struct arena *arena, const struct lines *lines);
struct lines lines_copy(struct arena *arena, const struct lines *lines);
/* Changes the order of records alone: that of acts says which was recorded later. */
void lines_shuffle_records(struct dice *dice, struct lines *lines);

#endif
