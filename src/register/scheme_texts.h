/*
 * scheme_texts.h - the scheme in the database: the texts of its folder, under their paths, as they
 * are now and as they were at any position of the journal; and the editions that were adopted.
 *
 * An edition of a standard is adopted when it is loaded: from then on decisions may rest on it. So
 * is an edition of a vocabulary that an adopted standard names. What is adopted keeps its text hash
 * for ever and is not taken out again, but may move to another file.
 */
#ifndef ASSAY_REGISTER_SCHEME_TEXTS_H
#define ASSAY_REGISTER_SCHEME_TEXTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/result.h"
#include "register/act.h"
#include "scheme/difference.h"
#include "scheme/scheme.h"
#include "store/store.h"

#define SCHEME_NOW INT64_MAX /* the position of what holds now */

extern const struct error SCHEME_MISSING; /* no scheme was loaded yet */
extern const struct error SCHEME_BROKEN;  /* the texts in the database are no scheme */

/* The position since which the scheme is as it was at that one; 0: there was none yet. */
RESULT scheme_version_at(struct store *store, int64_t position, int64_t *ret_version);

/* The files at a position, in canonical form, sorted; none at all before the first loading. */
RESULT scheme_files_at(struct store *store, struct arena *arena, int64_t position,
                       struct scheme_files *ret);

/* The same made a scheme. SCHEME_MISSING, and SCHEME_BROKEN with the diags. */
RESULT scheme_side_at(struct store *store, struct arena *arena, int64_t position,
                      struct diags *diags, struct scheme_side *ret);

/* What a loading does, or would do. */
struct scheme_loading {
    int64_t position; /* of the entry "scheme-loaded"; 0: nothing was written */
    struct scheme_difference difference;
    struct edition_difference *refused; /* adopted editions that would change or go away */
    size_t refused_count, refused_room;
    size_t adopted; /* editions that were not adopted before */
};

/* Why an edition was refused, as a sentence without its full stop: "carpenter@1 was adopted with
   another text: pass need 1 -> 2 (tighter)". */
struct str scheme_refusal_text(struct arena *arena, const struct edition_difference *refused);

/*
 * Puts the files in the place of those of before. They are checked as one scheme: ERROR_INPUT, with
 * the faults in the diags. Where adopted editions would change or go away, and where nothing
 * differs or `dry_run` is set, nothing is written, and *ret tells of it.
 */
RESULT scheme_texts_load(struct store *store, struct arena *arena, const struct act *act,
                         const struct scheme_files *files, bool dry_run, struct diags *diags,
                         struct scheme_loading *ret);

/*
 * The same before the database is asked: the files in canonical form, checked, and the scheme that
 * they make. ERROR_INPUT, with the faults in the diags, under the names PLACE/PATH.
 */
RESULT scheme_side_of_files(struct arena *arena, struct str place, const struct scheme_files *files,
                            struct diags *diags, struct scheme_side *ret);

#endif
