/* What would be if a plan came true, beside the record; nothing is stored (record.h). */
#include "register/standing_compare.h"
#include "web/record_look.h"
#include "web/standing.h"
#include "web/standing_answer.h"
#include "web/standing_form.h"
#include "web/standing_shape.h"

#define FAULTS_SHOWN 200
#define STATUS_FAULTS 422

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "faulty", &shape_bool, false, "Whether something stands in the way of an answer" },
    { "faulty_files", &shape_bool, false, "Never: there are no files" },
    { "fault_count", &shape_int, false, "How many faults there are" },
    { "faults", &standing_faults_shape, false, "What stands in the way of an answer" },
    { "form", &standing_plan_form_shape, false, "The plan as it was filled in" },
    { "on", &shape_date, true, "The day of the plan; null where there is none yet" },
    { "planned", &shape_int, false, "How many records are planned" },
    { "compared", &standing_compared_list_shape, false,
      "Where the person stands today (`then`), and would stand (`now`)" },
    { "standing", &record_glance_shape, true, "Where the person would stand then" },
    { 0 },
};
const struct shape record_what_if_shape = { .kind = IS_OBJECT,
                                            .name = "RecordWhatIf",
                                            .members = members };

const struct route_field record_what_if_fields[] = {
    { "then", "The day to look on, YYYY-MM-DD; the last day of the plan where it is empty", false,
      false },
    { "plan.KIND.N.KEY",
      "In the N-th planned row of that kind of record: count, from, to, hours, at, or a field of "
      "the kind",
      false, false },
    { "action", "check; or add.plan.KIND, which asks for one row more", false, false },
    { 0 },
};

static const struct shape_member question_members[] = {
    { "then", &shape_date, true,
      "The day to look on; the last day of the plan where it is left out" },
    { "planned", &standing_rows_shape, true, "What is planned" },
    { 0 },
};
const struct shape record_what_if_question_shape = { .kind = IS_OBJECT,
                                                     .name = "RecordPlan",
                                                     .members = question_members };

struct planning {
    struct record record;
    struct asked asked;
    struct sent sent;
    struct standing_facts facts;
};

static struct value *page(const struct planning *p, bool sent)
{
    struct arena *arena = p->record.arena;
    struct value *view = record_view(&p->record, "standing");
    const struct standing_facts *facts = sent ? &p->facts : NULL;
    const size_t errors = p->facts.form.errors;

    value_set_bool(arena, view, "faulty", errors > 0);
    value_set_bool(arena, view, "faulty_files", false);
    value_set_int(arena, view, "fault_count", (int64_t)errors);
    value_set(arena, view, "faults",
              standing_faults_value(arena, &p->facts, SEVERITY_ERROR, FAULTS_SHOWN));
    value_set(arena, view, "form",
              standing_plan_form_value(arena, p->record.scheme, &p->asked, sent ? &p->sent : NULL,
                                       facts, p->record.call->today));
    return view;
}

static RESULT begin(struct call *call, struct planning *p)
{
    *p = (struct planning){ 0 };
    faults_init(&p->facts.form, call->arena);
    faults_init(&p->facts.log, call->arena);
    faults_init(&p->facts.person, call->arena);
    TRY(record_begin(call, &p->record));
    asked_of_library(call->arena, p->record.scheme->library, p->record.vocabulary, &p->asked);
    return OK;
}

/* What comes of it: nothing yet, where there is no glance. */
static void set_answer(const struct planning *p, struct value *view, struct value *compared,
                       struct value *glance)
{
    struct arena *arena = p->record.arena;

    value_set(arena, view, "on", glance ? value_day(arena, p->facts.then) : value_null(arena));
    value_set_int(arena, view, "planned", (int64_t)p->facts.planned);
    value_set(arena, view, "compared", glance ? compared : value_array(arena));
    value_set(arena, view, "standing", glance ? glance : value_null(arena));
}

struct result record_what_if_answer(struct call *call, struct value **ret)
{
    struct planning planning;
    struct value *view;

    TRY(begin(call, &planning));
    view = page(&planning, false);
    set_answer(&planning, view, NULL, NULL);
    *ret = view;
    return OK;
}

static void tell(struct planning *p, struct str field, struct str hint, const char *message)
{
    faults_add(&p->facts.form, SEVERITY_ERROR, (struct fault_place){ .heading = field }, hint, "%s",
               message);
}

/* Looks twice: at the record today, and with the plan on its day. */
static RESULT look(const struct planning *p, struct value **ret_compared, struct value **ret_glance)
{
    const struct record *record = &p->record;
    struct budget budget = budget_of(record->call, 2);
    const struct str_list all = { 0 };
    struct standing_check before;
    struct standing_check after;
    struct value *now;
    struct value *then;

    TRY(record_check(record, &p->facts.now, p->facts.on, all, &budget, &before));
    TRY(record_check(record, &p->facts.then_dossier, p->facts.then, all, &budget, &after));
    TRY(budget_summary(&budget, &before, 0, &now));
    TRY(budget_summary(&budget, &after, 0, &then));
    *ret_compared = standing_compare_value(record->arena, now, then);
    *ret_glance = record_glance(record->arena, then);
    return OK;
}

struct result record_what_if_look(struct call *call, struct value **ret)
{
    struct planning p;
    struct value *compared = NULL;
    struct value *glance = NULL;
    struct value *view;

    TRY(begin(call, &p));
    TRY(record_dossier(&p.record, &p.facts.now));
    TRY(sent_read(call->arena, call->request, &p.facts.form, &p.sent));
    facts_read_plan(call->arena, p.record.scheme, &p.asked, &p.sent, call->today, &p.facts);
    if (str_starts(sent_text(&p.sent, STR("action")), STR("add."))) {
        faults_init(&p.facts.form, call->arena); /* nobody is done yet */
    } else {
        if (!facts_are_faulty(&p.facts) && !p.facts.plans)
            tell(&p, STR("then"), STR("say what you plan, or another day"),
                 "there is no plan to look at yet");
        if (!facts_are_faulty(&p.facts) && failed(look(&p, &compared, &glance)))
            tell(&p, STR_NONE, STR("plan less at once"),
                 "this takes longer than two seconds, which is all that a check may take");
        if (facts_are_faulty(&p.facts))
            call->status = STATUS_FAULTS;
    }
    view = page(&p, true);
    set_answer(&p, view, compared, glance);
    *ret = view;
    return OK;
}
