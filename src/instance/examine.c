#include "instance/examine.h"

#include "store/copy.h"
#include "store/installation.h"
#include "store/tables.h"

const struct error EXAMINE_DAMAGED = { "damaged", 500, EXIT_NO, "the database is not whole" };

struct examination {
    struct store *store;
    struct arena *arena;
    struct told told;
    struct str *message;
};

static void tell_journal(void *context, int64_t done, int64_t all)
{
    const struct examination *examination = context;

    tell(examination->told, "entries of the journal", done, done, all);
}

static struct result look_for_damage(struct examination *examination)
{
    char damage[300];

    TRY(store_examine(examination->store, damage, sizeof(damage)));
    if (!damage[0])
        return OK;
    *examination->message = str_format(examination->arena, "the database is damaged: %s", damage);
    return fail(&EXAMINE_DAMAGED);
}

static struct result verify(struct examination *examination, struct journal_head *ret)
{
    struct journal_report report;

    TRY(journal_verify(examination->store, examination->arena, (struct journal_heads){ 0 },
                       tell_journal, examination, &report));
    if (report.faults == 0)
        return journal_end(examination->store, ret);
    *examination->message = str_format(examination->arena,
                                       "the journal does not hold: %s at position %lld (faults: "
                                       "%lld)",
                                       journal_fault_text(report.kind),
                                       (long long)report.first_fault, (long long)report.faults);
    return fail(&EXAMINE_DAMAGED);
}

static struct result count(struct examination *examination, struct examined *examined)
{
    struct examined_table *counted;
    struct tables tables;

    TRY(tables_read(examination->store, examination->arena, &tables));
    counted = ARENA_ARRAY(examination->arena, tables.count, struct examined_table);
    for (size_t i = 0; i < tables.count; i++) {
        counted[i].name = tables.at[i].name;
        TRY(table_count(examination->store, &tables.at[i], &counted[i].rows));
    }
    examined->tables = counted;
    examined->table_count = tables.count;
    return OK;
}

static struct result examine_all(struct examination *examination, struct examined *examined)
{
    char id[INSTALLATION_ID_SIZE];

    TRY(look_for_damage(examination));
    TRY(installation_id(examination->store, id));
    examined->installation = str_copy(examination->arena, str_from_c(id));
    if (!id[0]) {
        *examination->message = STR("the database is of no installation");
        return fail(&EXAMINE_DAMAGED);
    }
    TRY(verify(examination, &examined->head));
    return count(examination, examined);
}

struct result examine(struct store *store, struct arena *arena, struct told told,
                      struct examined *ret, struct str *ret_message)
{
    struct str message = STR_NONE;
    struct examination examination = { store, arena, told, &message };
    struct examined examined = { 0 };
    struct result result = examine_all(&examination, &examined);

    if (!failed(result))
        *ret = examined;
    else
        *ret_message = message.p ? message
                                 : str_format(arena, "%s (%s)", result.error->message,
                                              store_fault(store)->message);
    return result;
}
