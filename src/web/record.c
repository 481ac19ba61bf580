#include "web/record.h"

#include "register/person_dossier.h"
#include "register/standing.h"
#include "web/site.h"

const struct error RECORD_NONE = { "no-record", 404, EXIT_NO,
                                   "this account is nobody's in the register yet: begin a record, "
                                   "or say who you are, at /record" };

static const char *const parts[] = { "standing", "logbook", "imports", "asked",
                                     "data",     "profile", NULL };
const struct shape record_part_shape = { .kind = IS_WORD, .words = parts };

struct result record_begin(struct call *call, struct record *ret)
{
    const struct about about = call_about_self(call);
    const struct scheme *scheme = call_scheme(call);
    struct record record = {
        .call = call,
        .arena = call->arena,
        .scheme = scheme,
        .vocabulary = spoken_vocabulary(scheme->library),
        .person = call_who(call)->person,
    };
    struct act act;

    /* A program that may change may see what it has changed. */
    TRY(call_permit(call, (enum permission)call->route->permission, &about, &act));
    if (record.person.n == 0)
        return fail(&RECORD_NONE);
    TRY(call_store(call, &record.store));
    *ret = record;
    return OK;
}

struct value *record_view(const struct record *record, const char *part)
{
    struct value *view = value_object(record->arena);

    value_set_text(record->arena, view, "at", str_from_c(part));
    return view;
}

struct result record_dossier(const struct record *record, struct dossier *ret)
{
    dossier_init(ret);
    return person_dossier(record->store, record->arena, record->person, POSITION_NOW, DAY_NONE,
                          ret);
}

struct verify_rules record_verify_rules(const struct call *call)
{
    return (struct verify_rules){ .pairs = call_scheme(call)->record.pairs == PAIRS_ALLOWED };
}

struct result record_change_begin(struct call *call, enum permission permission,
                                  struct record_change *ret)
{
    const struct about about = call_about_self(call);
    struct record_change change = {
        .call = call,
        .person = call_who(call)->person,
        .vocabulary = spoken_vocabulary(call_scheme(call)->library),
    };

    TRY(call_permit(call, permission, &about, &change.act));
    if (change.person.n == 0)
        return fail(&RECORD_NONE);
    *ret = change;
    return OK;
}
