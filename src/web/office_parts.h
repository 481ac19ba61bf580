/*
 * office_parts.h - what the pages of the office have in common. Only the files office_*.c include
 * this.
 */
#ifndef ASSAY_WEB_OFFICE_PARTS_H
#define ASSAY_WEB_OFFICE_PARTS_H

#include "account/values.h"
#include "web/visit.h"

#define OFFICE_PAGE 50 /* rows of a list */

/* A request to a page of the office, once it is known to be permitted. */
struct office {
    struct call *call;
    struct arena *arena;
    struct store *store;
    struct act act;
    day today; /* UTC, as of all roles */
};

/* Asks the table, then for a connection. ACCOUNT_NOT_PERMITTED, before anything is read. */
RESULT office_begin(struct call *call, enum permission permission, const struct about *about,
                    struct office *ret);

bool office_may(const struct call *call, enum permission permission, const struct about *about);
struct about about_person(struct person_id person);
struct about about_account(struct account_id account);

/* A part of the path, or a field of the query, that is the number of something. HTTP_NOT_FOUND; 0
   where the query has none. */
RESULT office_part(const struct call *call, size_t part, int64_t *ret);
int64_t office_query(const struct call *call, const char *name);

/* ---- shapes and values ---- */

extern const struct shape office_person_shape; /* id, name */
extern const struct shape office_people_shape;
extern const struct shape office_role_shape;
extern const struct shape office_within_shape;
extern const struct shape office_appointments_shape;
extern const struct shape office_account_shape;
extern const struct shape office_claim_shape;
extern const struct shape office_recovery_shape;
extern const struct shape office_history_shape;

struct value *office_within_value(const struct office *office, struct scope scope);
RESULT office_appointments_value(const struct office *office, const struct appointment_list *list,
                                 struct value **ret);
/* With what is known of each entry where the permission to see histories covers it. */
RESULT office_history_value(const struct office *office, const struct history_list *list,
                            struct value **ret);
/* An object as a list of its members, { name, value } each, which templates can go through. */
struct value *office_details_value(struct arena *arena, const struct value *details);
/* The member `may_see_people`: whether names may be links. */
void office_set_sees(const struct office *office, struct value *view);

struct value *office_people_value(struct arena *arena, const struct person_list *list);

/* The page of two people beside each other (office_alike.c). */
RESULT office_pair_view(const struct office *office, struct person_id one, struct person_id other,
                        struct value **ret_view);
/* Those who are likely the same as somebody. */
RESULT office_like_value(const struct office *office, struct person_id person, struct value **ret);
extern const struct shape office_alike_people_shape;
extern const struct shape office_a_merge_shape, office_merges_shape;

extern const struct shape office_groups_shape; /* of { group }: what may be appointed to */
void office_push_group(struct arena *arena, struct value *groups, const char *word);

/* The part of an address that appoints to a role: "office", "chair", ...; and its permission. */
const char *office_appoint_word(enum appointed_role role);

#endif
