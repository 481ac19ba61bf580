#include "register/person_dossier.h"
#include "register/scheme_texts.h"
#include "register/standing.h"
#include "web/office_record.h"
#include "web/site.h"
#include "web/standing.h"
#include "web/standing_complete.h"

#define THINGS_SHOWN 50 /* of a list */

static const struct error NO_DAY = { "no-day", 422, EXIT_INPUT, "a date is written 2026-11-24" };
static const struct error DAY_TO_COME = { "day-to-come", 422, EXIT_INPUT,
                                          "a record is shown as of today or a day before" };

static const char *const verdict_words[] = { "eligible", "refer",       "not-yet",
                                             "barred",   "unavailable", NULL };
const struct shape compare_verdict_shape = { .kind = IS_WORD, .words = verdict_words };
static const char *const finding_words[] = { "met", "refer", "not-yet", NULL };
const struct shape compare_finding_shape = { .kind = IS_WORD, .words = finding_words };

/* ---- whose, and when ---- */

/* The day of the query; today means now. */
static struct result take_day(const struct office *office, day *ret)
{
    struct str text = form_get(&office->call->query, STR("at"));
    day at;

    *ret = DAY_NONE;
    if (text.n == 0)
        return OK;
    if (!day_parse(text, &at))
        return fail(&NO_DAY);
    if (at > office->today)
        return fail(&DAY_TO_COME);
    if (at < office->today)
        *ret = at;
    return OK;
}

static struct str at_query(struct arena *arena, day at)
{
    char text[DAY_TEXT_SIZE];

    if (at == DAY_NONE)
        return STR("");
    return str_format(arena, "?at=%s", day_text(at, text));
}

struct result looking_begin(struct call *call, struct looking *ret)
{
    struct looking l = { .wish = { .position = POSITION_NOW, .most = THINGS_SHOWN } };
    struct person_group now;
    struct person_row row;
    struct about about;

    TRY(office_part(call, 0, &l.person.n));
    about = about_person(l.person);
    TRY(office_begin(call, PERMISSION_RECORD_SEE, &about, &l.office));
    TRY(person_load(l.office.store, call->arena, l.person, &row));
    TRY(take_day(&l.office, &l.at));
    l.at_query = at_query(call->arena, l.at);
    TRY(person_group(l.office.store, l.person, POSITION_NOW, &now));
    if (now.at[0].n != l.person.n) {
        l.person = now.at[0];
        call_see_other(call,
                       str_format(call->arena, "/office/people/%lld/record%.*s",
                                  (long long)l.person.n, STR_ARG(l.at_query)),
                       "person-merged-into");
    }
    if (l.at != DAY_NONE)
        TRY(position_of_day(l.office.store, l.at, &l.wish.position));
    TRY(person_group(l.office.store, l.person, l.wish.position, &l.group));
    l.wish.person = l.group.at[0];
    *ret = l;
    return OK;
}

struct result looking_set(const struct looking *looking, struct value *view)
{
    struct arena *arena = looking->office.arena;
    struct value *person;

    TRY(person_value(looking->office.store, arena, looking->person, &person));
    value_set(arena, view, "person", person);
    value_set(arena, view, "at",
              looking->at == DAY_NONE ? value_null(arena) : value_day(arena, looking->at));
    value_set(arena, view, "today", value_day(arena, looking->office.today));
    office_set_sees(&looking->office, view);
    return OK;
}

/* ---- where they stand ---- */

struct budget {
    const struct call *call;
    int64_t until;
};

static bool there_is_time(void *context)
{
    const struct budget *budget = context;

    return call_now_ms(budget->call) < budget->until;
}

struct standpoint_of {
    const struct scheme *scheme;
    struct person_id person;
    int64_t position;
    day known; /* DAY_NONE: now */
    day on;
};

static struct result summary_of(const struct office *office, const struct standpoint_of *from,
                                struct str_list names, size_t most, struct value **ret)
{
    struct budget budget = { office->call, call_now_ms(office->call) + STANDING_WORK_MS };
    struct dossier dossier;
    const struct standing_question question = {
        .scheme = from->scheme,
        .dossier = &dossier,
        .on = from->on,
        .names = names,
        .go_on = there_is_time,
        .context = &budget,
    };
    struct standing_check check;

    dossier_init(&dossier);
    TRY(person_dossier(office->store, office->arena, from->person, from->position, from->known,
                       &dossier));
    TRY(standing_check(office->arena, &question, &check));
    TRY(standing_summary_value(office->arena, &check, most, ret));
    return summary_complete(office->arena, &check, there_is_time, &budget, *ret);
}

/* The scheme as it was at a position: that of now where nothing was loaded since, or nothing then.
 */
static struct result scheme_then(const struct office *office, int64_t position,
                                 const struct scheme **ret)
{
    struct scheme_side side;
    struct diags diags;
    int64_t then;
    int64_t now;

    *ret = call_scheme(office->call);
    TRY(scheme_version_at(office->store, position, &then));
    TRY(scheme_version_at(office->store, SCHEME_NOW, &now));
    if (then == 0 || then == now)
        return OK;
    diags_init(&diags, office->arena);
    TRY(scheme_side_at(office->store, office->arena, position, &diags, &side));
    *ret = side.scheme;
    return OK;
}

/* The names that a scheme has; all of them where none was asked for. */
static struct str_list names_in(struct arena *arena, const struct scheme *scheme,
                                struct str_list names)
{
    struct str *known = ARENA_ARRAY(arena, names.count + 1, struct str);
    size_t count = 0;

    for (size_t i = 0; i < names.count; i++) {
        size_t editions;

        (void)library_editions(scheme->library, names.at[i], &editions);
        if (editions > 0)
            known[count++] = names.at[i];
    }
    return (struct str_list){ known, count };
}

/* Nothing, where the scheme has none of the names. */
static struct result summary_if_any(const struct office *office, const struct standpoint_of *from,
                                    struct str_list names, size_t most, struct value **ret)
{
    const struct str_list known = names_in(office->arena, from->scheme, names);

    if (names.count > 0 && known.count == 0) {
        *ret = value_object(office->arena);
        value_set(office->arena, *ret, "groups", value_array(office->arena));
        return OK;
    }
    return summary_of(office, from, known, most, ret);
}

struct result looking_summaries(const struct looking *looking, struct str_list names, size_t most,
                                struct value **ret_then, struct value **ret_now)
{
    const struct office *office = &looking->office;
    const struct standpoint_of now = {
        .scheme = call_scheme(office->call),
        .person = looking->person,
        .position = POSITION_NOW,
        .known = DAY_NONE,
        .on = office->today,
    };
    struct standpoint_of then = {
        .person = looking->wish.person,
        .position = looking->wish.position,
        .known = looking->at,
        .on = looking->at,
    };

    *ret_then = NULL;
    TRY(summary_if_any(office, &now, names, most, ret_now));
    if (looking->at == DAY_NONE)
        return OK;
    TRY(scheme_then(office, looking->wish.position, &then.scheme));
    return summary_if_any(office, &then, names, most, ret_then);
}
