/*
 * To add an operation:
 *  1. write `struct result admin_NAME(struct admin_call *, struct value **ret_output)` in a file
 *     admin_AREA.c of this room, with its input and output in a comment above it, and declare it at
 *     the end of admin_operations.h;
 *  2. add its row to the table below, in the order of the names;
 *  3. call it from a command with ask() (cli/ask.h).
 * It runs on the writer's thread, so it takes milliseconds and looks only at what it was given.
 */
#include "instance/admin_operations.h"

static const struct admin_operation operations[] = {
    { "account-block", admin_account_block },
    { "account-create-administrator", admin_account_create_administrator },
    { "account-end-sessions", admin_account_end_sessions },
    { "account-invite", admin_account_invite },
    { "account-link", admin_account_link },
    { "account-unblock", admin_account_unblock },
    { "appointment-end", admin_appointment_end },
    { "appointment-make", admin_appointment_make },
    { "claim-accept", admin_claim_accept },
    { "claim-refuse", admin_claim_refuse },
    { "installation-show", admin_installation_show },
    { "mail-drop", admin_mail_drop },
    { "mail-retry", admin_mail_retry },
    { "person-add", admin_person_add },
    { "person-apart", admin_person_apart },
    { "person-merge", admin_person_merge },
    { "person-rename", admin_person_rename },
    { "person-unmerge", admin_person_unmerge },
    { "record-erase", admin_record_erase },
    { "recovery-approve", admin_recovery_approve },
    { "recovery-refuse", admin_recovery_refuse },
    { "scheme-load", admin_scheme_load },
    { "token-revoke", admin_token_revoke },
};

const struct admin_operation *admin_operation_find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(operations); i++)
        if (str_eq_c(name, operations[i].name))
            return &operations[i];
    return NULL;
}
