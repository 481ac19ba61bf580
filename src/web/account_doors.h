/*
 * account_doors.h - the pages by which people come in and go out: signing up and in, the links of
 * letters, showing once more who one is, signing out, and asking to recover an account.
 *
 * They say the same whether an address has an account or not: the letter to it says which.
 */
#ifndef ASSAY_WEB_ACCOUNT_DOORS_H
#define ASSAY_WEB_ACCOUNT_DOORS_H

#include "http/route.h"

extern const struct shape sign_in_shape, sign_up_shape, sent_shape, link_page_shape,
    second_step_shape, confirm_shape, sign_out_shape, recover_shape, passkey_options_shape;
extern const struct route_field sign_in_fields[], sign_up_fields[], link_page_fields[],
    second_step_fields[], confirm_fields[], sign_out_fields[], recover_fields[],
    passkey_options_fields[], passkey_answer_fields[];

RESULT sign_in_answer(struct call *call, struct value **ret_view);
RESULT sign_in_post(struct call *call, struct value **ret_view);
RESULT passkey_options_post(struct call *call, struct value **ret_view);
RESULT passkey_sign_in_post(struct call *call, struct value **ret_view);

RESULT second_step_answer(struct call *call, struct value **ret_view);
RESULT second_step_post(struct call *call, struct value **ret_view);

RESULT sign_up_answer(struct call *call, struct value **ret_view);
RESULT sign_up_post(struct call *call, struct value **ret_view);
RESULT sent_answer(struct call *call, struct value **ret_view);

RESULT link_page_answer(struct call *call, struct value **ret_view);
RESULT link_page_post(struct call *call, struct value **ret_view);

RESULT confirm_answer(struct call *call, struct value **ret_view);
RESULT confirm_post(struct call *call, struct value **ret_view);
RESULT confirm_passkey_options_post(struct call *call, struct value **ret_view);
RESULT confirm_passkey_post(struct call *call, struct value **ret_view);

RESULT sign_out_post(struct call *call, struct value **ret_view);

RESULT recover_answer(struct call *call, struct value **ret_view);
RESULT recover_post(struct call *call, struct value **ret_view);

#endif
