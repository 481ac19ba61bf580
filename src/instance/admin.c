#include "instance/admin.h"

#include "instance/admin_operations.h"

/* An operation of the writer that runs one of the command line. */
struct run {
    const struct admin_operation *operation;
    struct admin_call call;
    struct value *output;
};

static struct result run(struct store *store, void *context)
{
    struct run *run = context;

    run->call.store = store;
    run->call.message = STR_NONE;
    return run->operation->run(&run->call, &run->output);
}

struct result admin_perform(struct instance *instance, int64_t now, struct arena *arena,
                            struct str operation, const struct value *input,
                            struct value **ret_output, struct str *ret_message)
{
    struct run context = {
        .operation = admin_operation_find(operation),
        .call = {
            .arena = arena,
            .act = { .now = now, .actor = ACTOR_COMMAND, .authority = STR("command line") },
            .config = instance_config(instance),
            .input = input,
        },
    };
    struct store_fault fault = { 0 };
    struct result result;

    if (!context.operation) {
        *ret_message = str_format(arena,
                                  "there is no operation '%.*s': the command and the process that "
                                  "has the installation open are of different versions",
                                  STR_ARG(operation));
        return fail(&ADMIN_UNKNOWN);
    }
    if (!input || input->kind != VALUE_OBJECT) {
        *ret_message = STR("the input is no object");
        return fail(&ERROR_INPUT);
    }
    result = writer_perform(instance_writer(instance), run, &context, arena, &fault);
    if (!failed(result)) {
        instance_tell_command(instance);
        *ret_output = context.output;
        return OK;
    }
    if (context.call.message.p)
        *ret_message = context.call.message;
    else if (fault.message[0])
        *ret_message = instance_complaint(arena, instance_config(instance), result, &fault);
    else
        *ret_message = str_from_c(result.error->message);
    return result;
}
