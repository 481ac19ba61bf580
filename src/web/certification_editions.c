#include "web/certification_parts.h"

#include "criteria/govern.h"
#include "criteria/library.h"
#include "criteria/reading.h"
#include "register/standpoint.h"

/* ---- editions and what each changed ---- */

static const char *const subject_words[] = { "requirement", "bar", NULL };
static const struct shape subject_shape = { .kind = IS_WORD, .words = subject_words };
static const char *const presence_words[] = {
    [PRESENT_IN_BOTH] = "both", [ADDED] = "added", [REMOVED] = "removed", NULL
};
static const struct shape presence_shape = { .kind = IS_WORD, .words = presence_words };

static const struct shape_member changed_members[] = {
    { "subject", &subject_shape, false, "Whether this is a requirement or a bar" },
    { "id", &shape_text, false, "Its word" },
    { "title", &shape_text, false, "Its label, or its word where it has none" },
    { "presence", &presence_shape, false, "Whether both editions have it" },
    { "change", &change_shape, false, "What that means for people" },
    { "details", &detail_list_shape, false, "What differs in it" },
    { 0 },
};
static const struct shape changed_shape = { .kind = IS_OBJECT,
                                            .name = "ChangedPart",
                                            .members = changed_members };
static const struct shape changed_list_shape = { .kind = IS_LIST, .item = &changed_shape };

static const struct shape_member since_members[] = {
    { "edition", &shape_text, false, "The edition before" },
    { "to", &shape_text, false, "The edition that differs from it" },
    { "change", &change_shape, false, "What the whole difference means for people" },
    { "changes", &changed_list_shape, false, "The requirements and bars that differ" },
    { "details", &detail_list_shape, false, "What differs in the document besides" },
    { 0 },
};
static const struct shape since_shape = { .kind = IS_OBJECT,
                                          .name = "DifferenceToEditionBefore",
                                          .members = since_members };

static const struct shape_member edition_list_members[] = {
    { "edition", &edition_shape, false, "Its number, dates and state" },
    { "shown", &shape_bool, false, "Whether it is the one that this page shows" },
    { "before", &since_shape, true, "How it differs from the edition before; null: the first" },
    { 0 },
};
static const struct shape listed_edition_shape = { .kind = IS_OBJECT,
                                                   .name = "EditionWithDifference",
                                                   .members = edition_list_members };
const struct shape edition_list_shape = { .kind = IS_LIST, .item = &listed_edition_shape };

static struct str changed_title(const struct requirement_change *change)
{
    const struct requirement *requirement = change->new ? change->new : change->old;

    return requirement ? requirement_title(requirement) : change->id;
}

static void push_changes(const struct scheme_view *v, const char *subject,
                         const struct requirement_change *changes, size_t count, struct value *list)
{
    for (size_t i = 0; i < count; i++) {
        const struct requirement_change *change = &changes[i];
        struct value *object;

        if (change->change == CHANGE_EQUAL)
            continue;
        object = value_object(v->arena);
        value_set_text(v->arena, object, "subject", str_from_c(subject));
        value_set_text(v->arena, object, "id", change->id);
        value_set_text(v->arena, object, "title", changed_title(change));
        value_set_text(v->arena, object, "presence", str_from_c(presence_words[change->presence]));
        value_set_text(v->arena, object, "change", change_word(change->change));
        value_set(v->arena, object, "details",
                  details_value(v, change->details, change->detail_count));
        value_push(v->arena, list, object);
    }
}

static struct value *since_value(const struct scheme_view *v, const struct edition *old,
                                 const struct edition *new)
{
    struct value *object = value_object(v->arena);
    struct value *changes = value_array(v->arena);
    struct edition_change diff;

    edition_diff(v->arena, old, new, &diff);
    push_changes(v, subject_words[0], diff.requirements, diff.requirement_count, changes);
    push_changes(v, subject_words[1], diff.bars, diff.bar_count, changes);
    value_set_text(v->arena, object, "edition", edition_number_text(v->arena, old->number));
    value_set_text(v->arena, object, "to", edition_number_text(v->arena, new->number));
    value_set_text(v->arena, object, "change", change_word(diff.change));
    value_set(v->arena, object, "changes", changes);
    value_set(v->arena, object, "details", details_value(v, diff.details, diff.detail_count));
    return object;
}

/* Newest first: most people look for what applies now. */
struct value *editions_value(const struct scheme_view *v, const struct edition *shown)
{
    size_t count;
    const struct edition *const *editions =
        library_editions(v->scheme->library, shown->name, &count);
    struct value *list = value_array(v->arena);

    for (size_t i = count; i-- > 0;) {
        struct value *object = value_object(v->arena);

        value_set(v->arena, object, "edition", edition_value(v, editions[i]));
        value_set_bool(v->arena, object, "shown", editions[i] == shown);
        set_value(v, object, "before", i > 0 ? since_value(v, editions[i - 1], editions[i]) : NULL);
        value_push(v->arena, list, object);
    }
    return list;
}

/* ---- transitions ---- */

static const char *const rule_words[] = {
    [RULE_ACCEPT_APPLICATIONS] = "accept-applications",
    [RULE_REQUIRE_APPLICATIONS] = "require-applications",
    [RULE_ACCEPT_STARTED] = "accept-started",
    [RULE_HOLDERS_RENEWAL] = "holders-until-renewal",
    [RULE_HOLDERS_DATE] = "holders-until-date",
    NULL,
};
static const struct shape rule_word_shape = { .kind = IS_WORD, .words = rule_words };
static const struct shape_member rule_members[] = {
    { "kind", &rule_word_shape, false,
      "Applications may or must be decided by the old criteria, or holders keep what they have" },
    { "from", &shape_date, true, "The first day of applications it speaks of" },
    { "until", &shape_date, true, "The last day of applications, or on which holders keep it" },
    { "records", &shape_text, true, "Of accept-started: what must have been started" },
    { "started_before", &shape_date, true, "Of accept-started: before which day" },
    { "months", &shape_int, true, "Of accept-started: for how many months after that start" },
    { 0 },
};
static const struct shape rule_shape = { .kind = IS_OBJECT,
                                         .name = "TransitionRule",
                                         .members = rule_members };
static const struct shape rules_shape = { .kind = IS_LIST, .item = &rule_shape };

static const struct shape_member transition_members[] = {
    { "name", &shape_text, false, "The name of the old criteria" },
    { "title", &shape_text, false, "Their title" },
    { "edition", &shape_text, false, "Their edition" },
    { "here", &shape_bool, false, "Whether this scheme has that edition" },
    { "rules", &rules_shape, false, "What holds for applications and holders" },
    { 0 },
};
static const struct shape transition_shape = { .kind = IS_OBJECT,
                                               .name = "Transition",
                                               .members = transition_members };
const struct shape transition_list_shape = { .kind = IS_LIST, .item = &transition_shape };

static struct value *rule_value(const struct scheme_view *v, const struct edition *edition,
                                const struct transition_rule *rule)
{
    bool applications = rule->kind == RULE_ACCEPT_APPLICATIONS ||
                        rule->kind == RULE_REQUIRE_APPLICATIONS;
    bool started = rule->kind == RULE_ACCEPT_STARTED;
    bool dated = applications || rule->kind == RULE_HOLDERS_DATE;
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "kind", str_from_c(rule_words[rule->kind]));
    set_day(v, object, "from", applications ? rule->from : DAY_FIRST, DAY_FIRST);
    set_day(v, object, "until", dated ? rule->until : DAY_LAST, DAY_LAST);
    set_text(v, object, "records",
             started ? reading_of_selection(v->arena, edition, &rule->started.selection)
                     : STR_NONE);
    set_day(v, object, "started_before", started ? rule->started.started_before : DAY_NONE,
            DAY_NONE);
    set_value(v, object, "months", started ? value_int(v->arena, rule->started.months) : NULL);
    return object;
}

struct value *transitions_value(const struct scheme_view *v, const struct edition *edition)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < edition->transition_count; i++) {
        const struct transition *transition = &edition->transitions[i];
        struct value *object = certification_value(v, transition->name);
        struct value *rules = value_array(v->arena);

        for (size_t k = 0; k < transition->rule_count; k++)
            value_push(v->arena, rules, rule_value(v, edition, &transition->rules[k]));
        value_set_text(v->arena, object, "edition",
                       edition_number_text(v->arena, transition->edition));
        value_set_bool(v->arena, object, "here",
                       library_find(v->scheme->library, transition->name, transition->edition) !=
                           NULL);
        value_set(v->arena, object, "rules", rules);
        value_push(v->arena, list, object);
    }
    return list;
}

/* ---- open or closed, and for how long it is valid ---- */

static const char *const applications_words[] = { "open", "closed", "not-yet-open", "none", NULL };
static const struct shape applications_word_shape = { .kind = IS_WORD,
                                                      .words = applications_words };
static const struct shape_member applications_members[] = {
    { "state", &applications_word_shape, false,
      "Whether applications are taken today; none: no edition is in force today" },
    { "from", &shape_date, true, "The first day on which they are taken" },
    { "until", &shape_date, true, "The last day on which they are taken" },
    { 0 },
};
const struct shape applications_shape = { .kind = IS_OBJECT,
                                          .name = "Applications",
                                          .members = applications_members };

struct value *applications_value(const struct scheme_view *v, struct str name)
{
    const struct edition *edition = edition_in_force(v->scheme->library, name, v->today);
    struct value *object = value_object(v->arena);
    struct str state = STR("open");

    if (!edition)
        state = STR("none");
    else if (v->today > edition->open_until)
        state = STR("closed");
    else if (v->today < edition->open_from)
        state = STR("not-yet-open");
    value_set_text(v->arena, object, "state", state);
    set_day(v, object, "from", edition ? edition->open_from : DAY_FIRST, DAY_FIRST);
    set_day(v, object, "until", edition ? edition->open_until : DAY_LAST, DAY_LAST);
    return object;
}

static const struct shape_member validity_members[] = {
    { "months", &shape_int, true, "For how many months it is valid; null: without end" },
    { "grace_months", &shape_int, false, "For how many months after that it may still be renewed" },
    { "renew_months", &shape_int, false,
      "How many months before its end renewal opens; 0: no rule" },
    { 0 },
};
const struct shape validity_shape = { .kind = IS_OBJECT,
                                      .name = "Validity",
                                      .members = validity_members };

struct value *validity_value(const struct scheme_view *v, const struct edition *edition)
{
    struct value *object;

    if (!edition->valid)
        return NULL;
    object = value_object(v->arena);
    set_value(v, object, "months",
              edition->valid_months ? value_int(v->arena, edition->valid_months) : NULL);
    value_set_int(v->arena, object, "grace_months", edition->grace_months);
    value_set_int(v->arena, object, "renew_months", edition->renew_months);
    return object;
}

static const struct shape_member cycle_members[] = {
    { "months", &shape_int, false, "How many months a cycle lasts" },
    { "anchor", &shape_text, true, "The recorded day from which cycles are counted" },
    { "month", &shape_int, true, "Without an anchor: the month of the year a cycle begins in" },
    { "day", &shape_int, true, "Without an anchor: the day of that month" },
    { 0 },
};
const struct shape cycle_shape = { .kind = IS_OBJECT, .name = "Cycle", .members = cycle_members };

struct value *cycle_value(const struct scheme_view *v, const struct edition *edition)
{
    bool anchored = edition->anchor.p != NULL;
    struct value *object;

    if (edition->cycle_months == 0)
        return NULL;
    object = value_object(v->arena);
    value_set_int(v->arena, object, "months", edition->cycle_months);
    set_text(v, object, "anchor", edition->anchor);
    set_value(v, object, "month", anchored ? NULL : value_int(v->arena, edition->anchor_month));
    set_value(v, object, "day", anchored ? NULL : value_int(v->arena, edition->anchor_mday));
    return object;
}
