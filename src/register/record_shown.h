/*
 * record_shown.h - the record of a person as the office sees it: what was known of them at a
 * position of the journal, as data.
 *
 * Each list takes one statement, however much there is in it, and holds `most` things at most;
 * those of people merged into the person are among them. Text of the scheme's vocabulary, such as
 * kinds and fields, stands as its words.
 */
#ifndef ASSAY_REGISTER_RECORD_SHOWN_H
#define ASSAY_REGISTER_RECORD_SHOWN_H

#include "base/value.h"
#include "register/fact.h"

/* Whose, and as known when. */
struct record_wish {
    struct person_id person; /* who is kept */
    int64_t position;        /* POSITION_NOW: all that is known */
    size_t most;             /* things of a list */
};

/* Where a logbook is read on: after that entry. All zeros: from its latest day on. */
struct logbook_place {
    day end;
    int64_t entry;
};

/*
 * Entries, the latest first: `id`, `person` (a number), `kind`, `from`, `to`, `minutes`, `days`,
 * `reference`, `programme` (null where not stated), `fields` (of `name` and `value`), `version`,
 * `standing`, `verified`, `how`, `role`, `by` (a person, or null), `by_name`, `why`, `since` (when
 * it came to stand so), `added`, `import` (a number, or null), `same_as` (the same), `papers` (how
 * many). *ret_next is where to go on; entry 0: these were the last.
 */
RESULT shown_entries(struct store *store, struct arena *arena, const struct record_wish *wish,
                     struct logbook_place after, struct value **ret,
                     struct logbook_place *ret_next);

/* How many entries stand how: `count`, `verified`, `claimed`, `rejected`, `withdrawn`, `duplicate`,
   `from`, `to`. */
RESULT shown_counts(struct store *store, struct arena *arena, const struct record_wish *wish,
                    struct value **ret);

/* Facts, by kind: `id`, `person`, `kind`, `name`, `value` (JSON as a text, "" for none), `from`,
   `until`, `visible`, `recorded` (an instant). */
RESULT shown_facts(struct store *store, struct arena *arena, const struct record_wish *wish,
                   struct value **ret);

/* `id`, `entry`, `name`, `type`, `bytes`, `added`, `sha256`. */
RESULT shown_papers(struct store *store, struct arena *arena, const struct record_wish *wish,
                    struct value **ret);

/* Who was asked to confirm: `id`, `role`, `name`, `address`, `asked`, `until`, `entries`,
   `verified`, `rejected`, and `state`: open, answered or cancelled. */
RESULT shown_asked(struct store *store, struct arena *arena, const struct record_wish *wish,
                   struct value **ret);

/* References and feedback: `id`, `kind`, `name`, `address`, `confidential`, `asked`, `state`,
   `text` (null until it was given), `entry` (the same). The office sees who said what. */
RESULT shown_opinions(struct store *store, struct arena *arena, const struct record_wish *wish,
                      struct value **ret);

/* Entries that were drawn: `audit`, `place`, `entry`, `drawn`, `result` (null while it waits),
   `note`. */
RESULT shown_audits(struct store *store, struct arena *arena, const struct record_wish *wish,
                    struct value **ret);

/* Files that were brought in: `id`, `name`, `basis`, `rows`, `begun`, and `state`: open, done or
   undone. */
RESULT shown_imports(struct store *store, struct arena *arena, const struct record_wish *wish,
                     struct value **ret);

#endif
