#include "cli/ask.h"

#include "instance/admin.h"

enum exit_code ask(const struct invocation *invocation, const char *operation,
                   const struct value *input, struct value **ret_output)
{
    struct installation installation;
    enum exit_code code = installation_read_well(invocation, &installation);
    struct str message = STR_NONE;
    struct result result;

    if (code != EXIT_OK)
        return code;
    result = admin_ask(&installation.config, invocation->around->now, invocation->arena, operation,
                       input, ret_output, &message);
    if (!failed(result))
        return EXIT_OK;
    complain(invocation, "%.*s", STR_ARG(message));
    return result.error->exit_code;
}

/* The settings have to be where the instance will look for them as long as it is open. */
static struct result open_reading(const struct invocation *invocation, struct reading *reading,
                                  struct str *ret_message)
{
    const struct instance_settings settings = { .config = &reading->installation.config };
    struct store_fault fault = { 0 };
    struct result result;

    TRY(instance_open(&settings, INSTANCE_READ, invocation->around->now, invocation->arena,
                      &reading->instance, ret_message));
    result = readers_take(instance_readers(reading->instance), &reading->store, &fault);
    if (failed(result)) {
        *ret_message = instance_complaint(invocation->arena, settings.config, result, &fault);
        instance_close(reading->instance);
        reading->instance = NULL;
    }
    return result;
}

enum exit_code reading_begin(const struct invocation *invocation, struct reading *ret)
{
    struct str message = STR_NONE;
    struct result result;
    enum exit_code code;

    *ret = (struct reading){ 0 };
    code = installation_read_well(invocation, &ret->installation);
    if (code != EXIT_OK)
        return code;
    result = open_reading(invocation, ret, &message);
    if (!failed(result))
        return EXIT_OK;
    complain(invocation, "%.*s", STR_ARG(message));
    return result.error->exit_code;
}

enum exit_code reading_end(const struct invocation *invocation, struct reading *reading,
                           struct result read)
{
    const struct store_fault fault = *store_fault(reading->store);
    struct result met = readers_give_back(instance_readers(reading->instance), reading->store);
    struct str message;

    if (!failed(read))
        read = met;
    /* What is not there is no trouble of the database, which need not be named then. */
    if (failed(read) && read.error->exit_code == EXIT_NO) {
        complain(invocation, "%s", read.error->message);
    } else if (failed(read)) {
        message =
            instance_complaint(invocation->arena, &reading->installation.config, read, &fault);
        complain(invocation, "%.*s", STR_ARG(message));
    }
    instance_close(reading->instance);
    *reading = (struct reading){ 0 };
    return failed(read) ? read.error->exit_code : EXIT_OK;
}
