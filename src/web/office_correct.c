/* Correcting an entry of somebody's logbook for them (office.h). */
#include "account/office.h"
#include "register/standing.h"
#include "web/office.h"
#include "web/office_parts.h"
#include "web/record_entry.h"
#include "web/site.h"

static const struct shape_member members[] = {
    { "person", &office_person_shape, false, "Whose entry it is" },
    { "entry", &record_entry_shape, false, "The entry as it is now" },
    { "form", &record_form_shape, true, "The form; null: the vocabulary does not have its kind" },
    { "why", &shape_text, false, "The reason that was typed" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape office_correct_shape = { .kind = IS_OBJECT,
                                            .name = "OfficeCorrect",
                                            .members = members };

struct correcting {
    struct arena *arena;
    struct act act;
    const struct vocabulary *vocabulary;
    struct evidence_id id;
    int64_t version;
    struct evidence says;
    struct str why;
};

static const struct vocabulary *vocabulary_of(const struct call *call)
{
    return spoken_vocabulary(call_scheme(call)->library);
}

static struct str typed_why(const struct call *call)
{
    struct str why = call_field(call, "why");

    return why.p ? why : STR("");
}

struct result office_correct_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct evidence_row row;
    struct evidence_id id;
    struct office office;
    struct value *person;

    TRY(office_part(call, 0, &id.n));
    TRY(office_begin(call, PERMISSION_RECORD_CORRECT, &ABOUT_NOTHING, &office));
    TRY(evidence_load(office.store, office.arena, id, &row));
    TRY(person_value(office.store, office.arena, row.person, &person));
    value_set(call->arena, view, "person", person);
    value_set(call->arena, view, "entry",
              record_entry_value(call->arena, vocabulary_of(call), &row));
    value_set(call->arena, view, "form",
              record_form_value(call, vocabulary_of(call), row.says.kind, &row.says));
    value_set_text(call->arena, view, "why", typed_why(call));
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

static struct result correct(struct store *store, void *context)
{
    struct correcting *c = context;

    return office_evidence_correct(store, c->arena, &c->act, c->vocabulary, c->id, c->version,
                                   &c->says, c->why);
}

struct result office_correct_post(struct call *call, struct value **ret_view)
{
    struct correcting c = { .arena = call->arena,
                            .vocabulary = vocabulary_of(call),
                            .why = typed_why(call) };
    struct evidence_row row;
    struct office office;
    bool told;

    TRY(office_part(call, 0, &c.id.n));
    TRY(office_begin(call, PERMISSION_RECORD_CORRECT, &ABOUT_NOTHING, &office));
    TRY(evidence_load(office.store, office.arena, c.id, &row));
    c.act = office.act;
    (void)!str_to_int(call_field(call, "version"), 1, INT64_MAX, &c.version);
    if (str_trim(c.why).n == 0)
        call_fault(call, "why", &EVIDENCE_WHY);
    if (record_form_read(call, c.vocabulary, &c.says) && !call_is_faulty(call)) {
        TRY(call_told(call, NULL, call_perform(call, correct, &c), &told));
        if (!told)
            call_see_other(
                call,
                str_format(call->arena, "/office/people/%lld/record", (long long)row.person.n),
                "entry-corrected-for");
    }
    return office_correct_answer(call, ret_view);
}
