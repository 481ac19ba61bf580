#include "web/certification_parts.h"

#include "criteria/reading.h"
#include "criteria/rule.h"
#include "register/standpoint.h"

/* ---- shapes ---- */

static const struct shape_member exemption_members[] = {
    { "id", &shape_text, false, "The word of the exemption" },
    { "title", &shape_text, false, "Its label, or its word where it has none" },
    { "reading", &shape_text, false, "Whom it is for, made from the rule" },
    { 0 },
};
static const struct shape exemption_shape = { .kind = IS_OBJECT,
                                              .name = "Exemption",
                                              .members = exemption_members };
static const struct shape exemptions_shape = { .kind = IS_LIST, .item = &exemption_shape };

static const struct shape_member power_members[] = {
    { "body", &body_shape, false, "Who looks or decides" },
    { "reading", &shape_text, false, "What it decides on, made from the rule" },
    { 0 },
};
static const struct shape power_shape = { .kind = IS_OBJECT,
                                          .name = "DecisionOfBody",
                                          .members = power_members };
static const struct shape powers_shape = { .kind = IS_LIST, .item = &power_shape };

static const struct shape_member requirement_members[] = {
    { "id", &shape_text, false, "The word of the requirement" },
    { "title", &shape_text, false, "Its label, or its word where it has none" },
    { "wordings", &wording_list_shape, false,
      "The committee's wording in each language, the authoritative one first" },
    { "notes", &shape_texts, false, "Remarks that belong to it" },
    { "reading", &shape_text, false, "How it is checked, made from the rule" },
    { "exemptions", &exemptions_shape, false, "Who need not meet it" },
    { "referrals", &powers_shape, false, "Where a body looks before anything is decided" },
    { "discretions", &powers_shape, false, "What a body may allow" },
    { "rule_hash", &shape_text, false, "SHA-256 of what it asks, in hexadecimal" },
    { 0 },
};
static const struct shape requirement_shape = { .kind = IS_OBJECT,
                                                .name = "Requirement",
                                                .members = requirement_members };
const struct shape requirement_list_shape = { .kind = IS_LIST, .item = &requirement_shape };

static const char *const effect_words[] = { "refuse", "refer", NULL };
static const struct shape effect_shape = { .kind = IS_WORD, .words = effect_words };
static const struct shape_member bar_members[] = {
    { "id", &shape_text, false, "The word of the bar" },
    { "title", &shape_text, false, "Its label" },
    { "reading", &shape_text, false, "Who is barred, made from the rule" },
    { "effect", &effect_shape, false, "Whether the person is refused, or a body has to look" },
    { 0 },
};
static const struct shape bar_shape = { .kind = IS_OBJECT, .name = "Bar", .members = bar_members };
const struct shape bar_list_shape = { .kind = IS_LIST, .item = &bar_shape };

static const struct shape_member definition_members[] = {
    { "term", &shape_text, false, "The word that the document uses" },
    { "reading", &shape_text, false, "What it stands for, made from the rule" },
    { 0 },
};
static const struct shape definition_shape = { .kind = IS_OBJECT,
                                               .name = "Definition",
                                               .members = definition_members };
const struct shape definition_list_shape = { .kind = IS_LIST, .item = &definition_shape };

/* ---- requirements ---- */

static struct value *requirement_notes(const struct scheme_view *v, const struct edition *edition,
                                       const struct requirement *requirement)
{
    const struct part_list *parts = &requirement->source->parts;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < parts->count; i++)
        if (parts->at[i].kind == PART_NOTE && is_own_language(edition, parts->at[i].text))
            value_push(v->arena, list, value_text(v->arena, parts->at[i].text.text));
    return list;
}

static struct value *exemptions_value(const struct scheme_view *v, const struct edition *edition,
                                      const struct requirement *requirement)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];
        struct value *object = value_object(v->arena);

        value_set_text(v->arena, object, "id", exemption->id);
        value_set_text(v->arena, object, "title",
                       exemption->label.p ? exemption->label : exemption->id);
        value_set_text(v->arena, object, "reading",
                       reading_of_exemption(v->arena, edition, exemption));
        value_push(v->arena, list, object);
    }
    return list;
}

static void push_power(const struct scheme_view *v, struct value *list, struct str body,
                       struct str reading)
{
    struct value *object = value_object(v->arena);

    value_set(v->arena, object, "body", body_value(v, body));
    value_set_text(v->arena, object, "reading", reading);
    value_push(v->arena, list, object);
}

static struct value *referrals_value(const struct scheme_view *v, const struct edition *edition,
                                     const struct requirement *requirement)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < requirement->referral_count; i++)
        push_power(v, list, requirement->referrals[i].body,
                   reading_of_referral(v->arena, edition, &requirement->referrals[i]));
    return list;
}

static struct value *discretions_value(const struct scheme_view *v, const struct edition *edition,
                                       const struct requirement *requirement)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < requirement->discretion_count; i++)
        push_power(v, list, requirement->discretions[i].body,
                   reading_of_discretion(v->arena, edition, &requirement->discretions[i]));
    return list;
}

static struct value *requirement_value(const struct scheme_view *v, const struct edition *edition,
                                       const struct requirement *requirement)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "id", requirement->id);
    value_set_text(v->arena, object, "title", requirement_title(requirement));
    value_set(v->arena, object, "wordings", wordings_value(v, edition, requirement));
    value_set(v->arena, object, "notes", requirement_notes(v, edition, requirement));
    value_set_text(v->arena, object, "reading",
                   reading_of_requirement(v->arena, edition, requirement));
    value_set(v->arena, object, "exemptions", exemptions_value(v, edition, requirement));
    value_set(v->arena, object, "referrals", referrals_value(v, edition, requirement));
    value_set(v->arena, object, "discretions", discretions_value(v, edition, requirement));
    value_set_text(v->arena, object, "rule_hash",
                   requirement_hashes(v->arena, edition, requirement).rule);
    return object;
}

struct value *requirements_value(const struct scheme_view *v, const struct edition *edition)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < edition->requirement_count; i++)
        value_push(v->arena, list, requirement_value(v, edition, &edition->requirements[i]));
    return list;
}

/* ---- bars and definitions ---- */

struct value *bars_value(const struct scheme_view *v, const struct edition *edition)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < edition->bar_count; i++) {
        const struct bar *bar = &edition->bars[i];
        struct value *object = value_object(v->arena);

        value_set_text(v->arena, object, "id", bar->id);
        value_set_text(v->arena, object, "title", bar->label.p ? bar->label : bar->id);
        value_set_text(v->arena, object, "reading", reading_of_node(v->arena, edition, bar->rule));
        value_set_text(v->arena, object, "effect", str_from_c(effect_words[!bar->refuse]));
        value_push(v->arena, list, object);
    }
    return list;
}

struct value *definitions_value(const struct scheme_view *v, const struct edition *edition)
{
    const struct item_list *items = &edition->document->items;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < items->count; i++) {
        struct selection selection;
        struct value *object;

        if (items->at[i].kind != ITEM_TERM ||
            !edition_term(v->arena, edition, &items->at[i], &selection))
            continue;
        object = value_object(v->arena);
        value_set_text(v->arena, object, "term", items->at[i].word.text);
        value_set_text(v->arena, object, "reading",
                       reading_of_selection(v->arena, edition, &selection));
        value_push(v->arena, list, object);
    }
    return list;
}
