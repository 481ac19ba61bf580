/*
 * record_profile.h - the items of a profile as data, and the form of one: for the pages of one's
 * own profile.
 *
 * The kinds of items, their fields and who sees them unless the person chooses come from the table
 * of profile.h; the templates hold the words for each.
 */
#ifndef ASSAY_WEB_RECORD_PROFILE_H
#define ASSAY_WEB_RECORD_PROFILE_H

#include "register/profile_typed.h"
#include "web/record.h"

extern const struct error PROFILE_NO_VISIBLE; /* 422 */

/* ---- items ---- */

extern const struct shape profile_kind_shape, profile_visible_shape, profile_item_shape,
    profile_items_shape, profile_groups_shape;

struct value *profile_item_value(struct arena *arena, const struct scheme *scheme,
                                 const struct person_fact *fact);

/* By what they tell of a person: all kinds, or those alone of which there are items. */
struct value *profile_groups_value(struct arena *arena, const struct scheme *scheme,
                                   const struct fact_list *facts, bool all);

/* ---- the form ---- */

extern const struct shape profile_form_shape;

/*
 * The form of an item of a kind: with what was sent, if something was, and else with what `fact`
 * says, which is NULL for a new one. What the person has already is not offered again.
 */
struct value *profile_form_value(const struct record *record, enum profile_kind kind,
                                 const struct person_fact *fact, const struct fact_list *has);

/* What was sent: one item, or several of a kind that is ticked. What is wrong becomes faults of the
   call; false then. */
struct profile_wish {
    const struct profile_item *at;
    size_t count;
};
NODISCARD bool profile_form_read(struct call *call, enum profile_kind kind,
                                 const struct person_fact *fact, struct profile_wish *ret);

/* Whether several items are added at once, by ticking them. */
bool profile_is_ticked(enum profile_kind kind);

/* ---- the pages ---- */

extern const struct shape record_profile_shape, record_profile_preview_shape,
    record_profile_history_shape, record_profile_item_page_shape;
extern const struct route_field record_profile_preview_query[], record_profile_history_query[],
    record_profile_add_query[], record_profile_add_fields[], record_profile_item_fields[];

RESULT record_profile_answer(struct call *call, struct value **ret);
RESULT record_profile_preview_answer(struct call *call, struct value **ret);
RESULT record_profile_history_answer(struct call *call, struct value **ret);
RESULT record_profile_add_answer(struct call *call, struct value **ret);
RESULT record_profile_add_change(struct call *call, struct value **ret);
RESULT record_profile_item_answer(struct call *call, struct value **ret);
RESULT record_profile_item_change(struct call *call, struct value **ret);

#endif
