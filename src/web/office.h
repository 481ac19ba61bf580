/*
 * office.h - the pages of those who look after people, accounts and roles.
 *
 * Reading pages show what the table lets whoever asks see, and null or nothing for the rest. What
 * changes something has a page of its own, with a form: office_forms.c for those that ask for one
 * thing at most.
 */
#ifndef ASSAY_WEB_OFFICE_H
#define ASSAY_WEB_OFFICE_H

#include "http/route.h"

#define ANSWER(name) struct result name(struct call *call, struct value **ret_view)

/* office_home.c */
extern const struct shape office_home_shape;
ANSWER(office_home_answer);

/* office_people.c */
extern const struct shape office_list_of_people_shape, office_person_page_shape,
    office_person_history_shape;
extern const struct route_field office_people_fields[], office_history_fields[];
ANSWER(office_people_answer);
ANSWER(office_person_answer);
ANSWER(office_person_history_answer);

/* office_accounts.c */
extern const struct shape office_accounts_shape, office_account_page_shape;
extern const struct route_field office_accounts_fields[];
ANSWER(office_accounts_answer);
ANSWER(office_account_answer);

/* office_claims.c */
extern const struct shape office_claims_shape, office_claim_page_shape;
extern const struct route_field office_waiting_fields[], office_claim_accept_fields[];
ANSWER(office_claims_answer);
ANSWER(office_claim_answer);
ANSWER(office_claim_accept_answer);
ANSWER(office_claim_accept_post);

/* office_recoveries.c */
extern const struct shape office_recoveries_shape, office_recovery_page_shape;
extern const struct route_field office_recovery_approve_fields[];
ANSWER(office_recoveries_answer);
ANSWER(office_recovery_answer);
ANSWER(office_recovery_approve_answer);
ANSWER(office_recovery_approve_post);

/* office_appointments.c */
extern const struct shape office_appointments_page_shape;
extern const struct route_field office_appointments_fields[], office_body_fields[];
ANSWER(office_appointments_answer);
ANSWER(office_body_appointments_answer);

/* office_appoint.c */
extern const struct shape office_appoint_shape, office_appoint_end_shape;
extern const struct route_field office_appoint_query[], office_appoint_fields[],
    office_appoint_end_fields[];
ANSWER(office_appoint_answer);
ANSWER(office_appoint_post);
ANSWER(office_appoint_end_answer);
ANSWER(office_appoint_end_post);

/* office_alike.c */
extern const struct shape office_alike_shape, office_alike_pair_shape;
extern const struct route_field office_alike_fields[];
ANSWER(office_alike_answer);
ANSWER(office_alike_pair_answer);

/* office_merges.c */
extern const struct shape office_unmerge_shape;
extern const struct route_field office_merge_fields[];
ANSWER(office_merge_answer);
ANSWER(office_merge_post);
ANSWER(office_apart_post);
ANSWER(office_unmerge_answer);
ANSWER(office_unmerge_post);

/* office_record.c, office_record_standing.c */
extern const struct shape office_record_shape, office_record_standing_shape;
extern const struct route_field office_record_fields[], office_record_at_fields[];
ANSWER(office_record_answer);
ANSWER(office_record_standing_answer);

/* office_correct.c */
extern const struct shape office_correct_shape;
ANSWER(office_correct_answer);
ANSWER(office_correct_post);

/* office_forms.c */
extern const struct shape office_form_shape;
extern const struct route_field office_name_fields[], office_address_fields[], office_why_fields[],
    office_reason_fields[], office_no_fields[];
ANSWER(office_form_answer);
ANSWER(office_form_post);

/* office_journal.c */
extern const struct shape office_journal_shape;
extern const struct route_field office_journal_fields[];
ANSWER(office_journal_answer);

#undef ANSWER

#endif
