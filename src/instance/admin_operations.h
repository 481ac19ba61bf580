/*
 * admin_operations.h - the table of admin operations, and what their functions work with. For the
 * files of this room that are called admin_*.
 */
#ifndef ASSAY_INSTANCE_ADMIN_OPERATIONS_H
#define ASSAY_INSTANCE_ADMIN_OPERATIONS_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "config/config.h"
#include "register/act.h"
#include "store/store.h"

struct admin_call {
    struct store *store; /* the writer's, within the operation */
    struct arena *arena; /* lives until the output was written; values do not copy texts of rows */
    struct act act;      /* ACTOR_COMMAND, by the authority of the command line */
    const struct config *config;
    const struct value *input; /* an object */
    struct str message;        /* of admin_refuse */
};

struct admin_operation {
    const char *name; /* "appointment-make" */
    struct result (*run)(struct admin_call *call, struct value **ret_output);
};

/* NULL where there is none of that name. */
const struct admin_operation *admin_operation_find(struct str name);

/* Gives back the error, with a sentence in place of its own, for whoever uses the command line. */
PRINTF_LIKE(3, 4)
struct result admin_refuse(struct admin_call *call, const struct error *error, const char *fmt,
                           ...);

/* A member of the input. One that is needed and missing, or of another kind, is ERROR_INPUT; null
   counts as missing. */
RESULT admin_text(struct admin_call *call, const char *name, struct str *ret); /* not empty */
RESULT admin_text_if_given(struct admin_call *call, const char *name,
                           struct str *ret); /* STR_NONE */
RESULT admin_int(struct admin_call *call, const char *name, int64_t min, int64_t max, int64_t *ret);
RESULT admin_int_if_given(struct admin_call *call, const char *name, int64_t min, int64_t max,
                          int64_t if_missing, int64_t *ret);
RESULT admin_flag(struct admin_call *call, const char *name, bool *ret); /* missing: false */

/* The functions of the rows, by file. */

/* admin_account.c */
struct result admin_account_block(struct admin_call *call, struct value **ret_output);
struct result admin_account_create_administrator(struct admin_call *call,
                                                 struct value **ret_output);
struct result admin_account_end_sessions(struct admin_call *call, struct value **ret_output);
struct result admin_account_invite(struct admin_call *call, struct value **ret_output);
struct result admin_account_link(struct admin_call *call, struct value **ret_output);
struct result admin_account_unblock(struct admin_call *call, struct value **ret_output);
struct result admin_claim_accept(struct admin_call *call, struct value **ret_output);
struct result admin_claim_refuse(struct admin_call *call, struct value **ret_output);
struct result admin_recovery_approve(struct admin_call *call, struct value **ret_output);
struct result admin_recovery_refuse(struct admin_call *call, struct value **ret_output);
struct result admin_token_revoke(struct admin_call *call, struct value **ret_output);

/* admin_installation.c */
struct result admin_installation_show(struct admin_call *call, struct value **ret_output);

/* admin_people.c */
struct result admin_appointment_end(struct admin_call *call, struct value **ret_output);
struct result admin_appointment_make(struct admin_call *call, struct value **ret_output);
struct result admin_person_add(struct admin_call *call, struct value **ret_output);
struct result admin_person_rename(struct admin_call *call, struct value **ret_output);

/* admin_merge.c */
struct result admin_person_apart(struct admin_call *call, struct value **ret_output);
struct result admin_person_merge(struct admin_call *call, struct value **ret_output);
struct result admin_person_unmerge(struct admin_call *call, struct value **ret_output);

/* admin_record.c */
struct result admin_record_erase(struct admin_call *call, struct value **ret_output);

/* admin_scheme.c */
struct result admin_scheme_load(struct admin_call *call, struct value **ret_output);

/* admin_mail.c */
struct result admin_mail_drop(struct admin_call *call, struct value **ret_output);
struct result admin_mail_retry(struct admin_call *call, struct value **ret_output);

#endif
