#include "instance/admin_operations.h"
#include "mail/mail.h"

static struct result refuse(struct admin_call *call, struct result result, struct mail_id id)
{
    if (result.error == &MAIL_UNKNOWN)
        return admin_refuse(call, &MAIL_UNKNOWN,
                            "there is no mail %lld; 'assay mail list' shows those that there are",
                            (long long)id.n);
    if (result.error == &MAIL_LEFT)
        return admin_refuse(call, &MAIL_LEFT, "mail %lld has left, was dropped, or is being sent",
                            (long long)id.n);
    return result;
}

/* {"mail": N} or {"all": true}, all that are dead; gives {"retried": how many}. */
struct result admin_mail_retry(struct admin_call *call, struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    struct mail_id id;
    int64_t count = 1;
    bool all;

    TRY(admin_flag(call, "all", &all));
    if (all) {
        TRY(mail_retry_dead(call->store, call->arena, &call->act, &count));
    } else {
        TRY(admin_int(call, "mail", 1, INT64_MAX, &id.n));
        TRY(refuse(call, mail_retry(call->store, call->arena, &call->act, id), id));
    }
    value_set_int(call->arena, output, "retried", count);
    *ret_output = output;
    return OK;
}

/* {"mail": N} gives {"dropped": N}. */
struct result admin_mail_drop(struct admin_call *call, struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    struct mail_id id;

    TRY(admin_int(call, "mail", 1, INT64_MAX, &id.n));
    TRY(refuse(call, mail_drop(call->store, call->arena, &call->act, id), id));
    value_set_int(call->arena, output, "dropped", id.n);
    *ret_output = output;
    return OK;
}
