#include "web/standing_asked.h"

#include <stdlib.h>

#include "criteria/edition.h"

struct survey {
    struct arena *arena;
    struct asked *asked;
    struct asked_kind *by_index; /* one per kind of the vocabulary */
};

bool asked_names_have(const struct asked_names *names, struct str name)
{
    return str_list_has((struct str_list){ names->at, names->count }, name);
}

static void add_name(struct arena *arena, struct asked_names *names, struct str name)
{
    if (!asked_names_have(names, name))
        *ARENA_PUSH(arena, names->at, names->count, names->room) = name;
}

static void survey_selection(struct survey *s, const struct selection *selection)
{
    struct asked_kind *kind = &s->by_index[selection->kind_index];

    kind->uses++;
    for (size_t i = 0; i < selection->own_count; i++)
        kind->fields[selection->own[i].field] = true;
    for (size_t i = 0; i < selection->programme_count; i++) {
        const struct str_list *types = &selection->programmes[i].types;

        kind->fields[FIELD_PROGRAMME] = true;
        for (size_t j = 0; j < types->count; j++)
            add_name(s->arena, &kind->types, types->at[j]);
    }
    for (size_t i = 0; i < selection->after_first_count; i++)
        survey_selection(s, &selection->after_first[i]);
}

static void survey_limits(struct survey *s, struct asked_kind *kind, const struct limit *limits,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (limits[i].each)
            kind->fields[limits[i].each_field] = true;
        if (limits[i].filtered)
            kind->fields[limits[i].own.field] = true;
        survey_limits(s, kind, limits[i].inner, limits[i].inner_count);
    }
}

static void survey_records(struct survey *s, const struct edition_node *node)
{
    struct asked_kind *kind = &s->by_index[node->selection.kind_index];

    survey_selection(s, &node->selection);
    if (node->kind == NODE_DISTINCT || node->kind == NODE_SUM)
        kind->fields[node->field] = true;
    for (size_t i = 0; i < node->weight_count; i++)
        kind->fields[node->weights[i].own.field] = true;
    survey_limits(s, kind, node->limits, node->limit_count);
    if (node->also)
        survey_selection(s, &node->also->selection);
}

static void survey_node(struct survey *s, const struct edition_node *node)
{
    struct asked *asked = s->asked;

    if (!node)
        return;
    if (node_reads_records(node->kind))
        survey_records(s, node);
    for (size_t i = 0; node->kind == NODE_HOLDS && i < node->names.count; i++)
        add_name(s->arena, &asked->credentials, node->names.at[i]);
    if (node->kind == NODE_DECLARED)
        add_name(s->arena, &asked->statements, node->statement);
    if (node->kind == NODE_AGE)
        asked->born = true;
    for (size_t i = 0; i < node->child_count; i++)
        survey_node(s, &node->children[i]);
}

static void survey_requirement(struct survey *s, const struct requirement *requirement)
{
    survey_node(s, requirement->rule);
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        survey_node(s, requirement->exemptions[i].when);
        survey_node(s, requirement->exemptions[i].instead);
    }
    for (size_t i = 0; i < requirement->referral_count; i++)
        survey_node(s, requirement->referrals[i].when);
    for (size_t i = 0; i < requirement->discretion_count; i++)
        survey_node(s, requirement->discretions[i].floor);
}

static void survey_edition(struct survey *s, const struct edition *edition)
{
    for (size_t i = 0; i < edition->requirement_count; i++)
        survey_requirement(s, &edition->requirements[i]);
    for (size_t i = 0; i < edition->transition_count; i++) {
        const struct transition *transition = &edition->transitions[i];

        for (size_t j = 0; j < transition->rule_count; j++)
            if (transition->rules[j].started.selection.kind)
                survey_selection(s, &transition->rules[j].started.selection);
    }
    if (edition->cycle_months > 0 && edition->anchor.p)
        add_name(s->arena, &s->asked->anchors, edition->anchor);
}

/* Those that most conditions look at first, by their names among equals. */
static int compare_kinds(const void *a, const void *b)
{
    const struct asked_kind *x = a;
    const struct asked_kind *y = b;

    if (x->uses != y->uses)
        return x->uses < y->uses ? 1 : -1;
    return str_cmp(x->kind->name, y->kind->name);
}

static void keep_used(struct survey *s)
{
    struct asked *asked = s->asked;

    for (size_t i = 0; i < asked->vocabulary->kind_count; i++)
        if (s->by_index[i].uses > 0)
            asked->kinds[asked->kind_count++] = s->by_index[i];
    if (asked->kind_count > 0)
        qsort(asked->kinds, asked->kind_count, sizeof(*asked->kinds), compare_kinds);
}

void asked_of_library(struct arena *arena, const struct library *library,
                      const struct vocabulary *vocabulary, struct asked *ret)
{
    struct survey survey = { .arena = arena, .asked = ret };

    *ret = (struct asked){ .vocabulary = vocabulary };
    if (!vocabulary)
        return;
    ret->kinds = ARENA_ARRAY(arena, vocabulary->kind_count + 1, struct asked_kind);
    survey.by_index = ARENA_ARRAY(arena, vocabulary->kind_count + 1, struct asked_kind);
    for (size_t i = 0; i < vocabulary->kind_count; i++) {
        survey.by_index[i].kind = &vocabulary->kinds[i];
        survey.by_index[i].fields = ARENA_ARRAY(arena, vocabulary->kinds[i].field_count + 1, bool);
    }
    for (size_t i = 0; i < library_count(library); i++)
        if (library_at(library, i)->vocabulary == vocabulary)
            survey_edition(&survey, library_at(library, i));
    keep_used(&survey);
}

const struct asked_kind *asked_kind(const struct asked *asked, struct str name)
{
    for (size_t i = 0; i < asked->kind_count; i++)
        if (str_eq(asked->kinds[i].kind->name, name))
            return &asked->kinds[i];
    return NULL;
}
