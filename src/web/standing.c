#include "web/standing.h"

#include "register/logbook.h"
#include "register/standing.h"
#include "web/budget.h"
#include "web/standing_answer.h"
#include "web/standing_asked.h"
#include "web/standing_facts.h"
#include "web/standing_form.h"
#include "web/standing_sent.h"

#define FAULTS_SHOWN 200

#define STATUS_FAULTS 422

struct visit {
    struct call *call;
    const struct scheme *scheme;
    struct asked asked;
    struct sent sent;
    struct standing_facts facts;
};

static struct value *limits_value(struct arena *arena)
{
    struct value *limits = value_object(arena);

    value_set_int(arena, limits, "bytes", (int64_t)logbook_limits.bytes);
    value_set_int(arena, limits, "records", (int64_t)logbook_limits.rows);
    return limits;
}

/* A program needs no form to fill in again. */
static struct value *page(struct visit *visit, const struct standing_facts *facts,
                          struct value *answer)
{
    struct arena *arena = visit->call->arena;
    struct value *view = value_object(arena);
    const struct sent *sent = facts ? &visit->sent : NULL;
    bool form = !visit->call->json || !sent;

    int64_t faults =
        facts ? (int64_t)(facts->form.errors + facts->log.errors + facts->person.errors) : 0;

    value_set_bool(arena, view, "faulty", faults > 0);
    value_set_bool(arena, view, "faulty_files",
                   facts && facts->log.errors + facts->person.errors > 0);
    value_set_int(arena, view, "fault_count", faults);
    value_set(arena, view, "faults",
              facts ? standing_faults_value(arena, facts, SEVERITY_ERROR, FAULTS_SHOWN)
                    : value_array(arena));
    value_set(arena, view, "answer", answer ? answer : value_null(arena));
    value_set(arena, view, "limits", limits_value(arena));
    value_set(arena, view, "form",
              form ? standing_form_value(arena, visit->scheme, &visit->asked, sent, facts,
                                         visit->call->today)
                   : value_null(arena));
    return view;
}

static void begin(struct visit *visit, struct call *call)
{
    *visit = (struct visit){ .call = call, .scheme = call_scheme(call) };
    asked_of_library(call->arena, visit->scheme->library, spoken_vocabulary(visit->scheme->library),
                     &visit->asked);
}

struct result answer_standing_form(struct call *call, struct value **ret)
{
    struct visit visit;

    begin(&visit, call);
    *ret = page(&visit, NULL, NULL);
    return OK;
}

static void tell(struct visit *visit, struct str field, struct str hint, const char *message)
{
    faults_add(&visit->facts.form, SEVERITY_ERROR, (struct fault_place){ .heading = field }, hint,
               "%s", message);
}

static RESULT look(struct visit *visit, struct value **ret)
{
    struct call *call = visit->call;
    struct budget budget = budget_of(call, 1);
    const struct answer_question question = {
        .scheme = visit->scheme,
        .sent = &visit->sent,
        .facts = &visit->facts,
        .today = call->today,
        .go_on = budget_lasts,
        .context = &budget,
    };

    return standing_answer_value(call->arena, &question, ret);
}

struct result answer_standing(struct call *call, struct value **ret)
{
    struct visit visit;
    struct value *answer = NULL;

    begin(&visit, call);
    faults_init(&visit.facts.form, call->arena);
    faults_init(&visit.facts.log, call->arena);
    faults_init(&visit.facts.person, call->arena);
    TRY(sent_read(call->arena, call->request, &visit.facts.form, &visit.sent));
    facts_read(call->arena, visit.scheme, &visit.asked, &visit.sent, call->today, &visit.facts);
    if (str_starts(sent_text(&visit.sent, STR("action")), STR("add."))) {
        faults_init(&visit.facts.form, call->arena); /* nobody is done yet */
        faults_init(&visit.facts.log, call->arena);
        faults_init(&visit.facts.person, call->arena);
        *ret = page(&visit, &visit.facts, NULL);
        return OK;
    }
    if (!facts_are_faulty(&visit.facts) && !facts_are_given(&visit.facts))
        tell(&visit, STR("log"),
             STR("choose a logbook, paste one, or say what you have done in the form"),
             "there is nothing to look at yet");
    if (!facts_are_faulty(&visit.facts) && failed(look(&visit, &answer)))
        tell(&visit, STR("only"), STR("ask about one certification at a time"),
             "this takes longer than a second, which is all that a check may take");
    if (!answer)
        call->status = STATUS_FAULTS;
    *ret = page(&visit, &visit.facts, answer);
    return OK;
}
