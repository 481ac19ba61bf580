#include <inttypes.h>

#include "instance/admin_operations.h"

struct result admin_refuse(struct admin_call *call, const struct error *error, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    call->message = str_format_args(call->arena, fmt, args);
    va_end(args);
    return fail(error);
}

/* NULL where it is missing. */
static const struct value *member(const struct admin_call *call, const char *name)
{
    const struct value *value = value_get(call->input, name);

    return value && value->kind != VALUE_NULL ? value : NULL;
}

static struct result refuse_missing(struct admin_call *call, const char *name)
{
    return admin_refuse(call, &ERROR_INPUT, "'%s' is missing", name);
}

struct result admin_text_if_given(struct admin_call *call, const char *name, struct str *ret)
{
    const struct value *value = member(call, name);

    if (value && value->kind != VALUE_TEXT)
        return admin_refuse(call, &ERROR_INPUT, "'%s' has to be a text", name);
    *ret = value ? value->text : STR_NONE;
    return OK;
}

struct result admin_text(struct admin_call *call, const char *name, struct str *ret)
{
    struct str text = STR_NONE;

    TRY(admin_text_if_given(call, name, &text));
    if (text.n == 0)
        return refuse_missing(call, name);
    *ret = text;
    return OK;
}

struct result admin_int_if_given(struct admin_call *call, const char *name, int64_t min,
                                 int64_t max, int64_t if_missing, int64_t *ret)
{
    const struct value *value = member(call, name);

    if (value && (value->kind != VALUE_INT || value->integer < min || value->integer > max))
        return admin_refuse(call, &ERROR_INPUT,
                            "'%s' has to be a number from %" PRId64 " to %" PRId64, name, min, max);
    *ret = value ? value->integer : if_missing;
    return OK;
}

struct result admin_int(struct admin_call *call, const char *name, int64_t min, int64_t max,
                        int64_t *ret)
{
    if (!member(call, name))
        return refuse_missing(call, name);
    return admin_int_if_given(call, name, min, max, 0, ret);
}

struct result admin_flag(struct admin_call *call, const char *name, bool *ret)
{
    const struct value *value = member(call, name);

    if (value && value->kind != VALUE_BOOL)
        return admin_refuse(call, &ERROR_INPUT, "'%s' has to be true or false", name);
    *ret = value && value->boolean;
    return OK;
}
