#include "web/scheme_pages.h"

#include "web/pathway_picture.h"

/* ---- shape ---- */

static const struct shape_member stage_reference_members[] = {
    { "id", &shape_text, false, "The word of the stage" },
    { "title", &shape_text, false, "Its title" },
    { 0 },
};
static const struct shape stage_reference_shape = { .kind = IS_OBJECT,
                                                    .name = "StageReference",
                                                    .members = stage_reference_members };
static const struct shape stage_references_shape = { .kind = IS_LIST,
                                                     .item = &stage_reference_shape };

#define CARD_MEMBERS                                                                               \
    { "name", &shape_text, false, "The name of the certification, as in its address" },            \
        { "title", &shape_text, false, "Its title on the pathway" },                               \
    {                                                                                              \
        "text", &shape_text, false, "What it says of a person"                                     \
    }

static const struct shape_member card_members[] = { CARD_MEMBERS, { 0 } };
static const struct shape card_shape = { .kind = IS_OBJECT,
                                         .name = "CardOfPathway",
                                         .members = card_members };
static const struct shape cards_shape = { .kind = IS_LIST, .item = &card_shape };

static const struct shape_member specialisation_members[] = {
    CARD_MEMBERS,
    { "from", &stage_references_shape, false, "The stages at which it can be sought" },
    { 0 },
};
static const struct shape specialisation_shape = { .kind = IS_OBJECT,
                                                   .name = "SpecialisationOfPathway",
                                                   .members = specialisation_members };
static const struct shape specialisations_shape = { .kind = IS_LIST,
                                                    .item = &specialisation_shape };

static const struct shape_member stage_members[] = {
    { "id", &shape_text, false, "The word of the stage" },
    { "number", &shape_int, false, "Its number, from 1" },
    { "title", &shape_text, false, "Its title" },
    { "text", &shape_text, false, "What to do at this stage" },
    { "cards", &cards_shape, false, "The certifications that stand at it" },
    { "assisted_by", &certification_list_shape, false,
      "The certifications whose holders find help at it" },
    { "next", &stage_references_shape, false, "The stages that follow" },
    { 0 },
};
static const struct shape stage_shape = { .kind = IS_OBJECT,
                                          .name = "StageOfPathway",
                                          .members = stage_members };
static const struct shape stages_shape = { .kind = IS_LIST, .item = &stage_shape };

static const struct shape_member pathway_members[] = {
    { "title", &shape_text, true, "Its title; null: the scheme shows no pathway" },
    { "text", &shape_text, true, "What it shows; null likewise" },
    { "stages", &stages_shape, false, "The stages in order" },
    { "specialisations", &specialisations_shape, false, "What can be sought beside the stages" },
    { "picture", &picture_shape, true, "The same as a picture; null: there are no stages" },
    { 0 },
};
const struct shape pathway_shape = { .kind = IS_OBJECT,
                                     .name = "Pathway",
                                     .members = pathway_members };

/* ---- view ---- */

static struct value *stage_references(const struct scheme_view *v, struct word_list ids)
{
    const struct scheme_stages *stages = &v->scheme->pathway.stages;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < ids.count; i++)
        for (size_t k = 0; k < stages->count; k++)
            if (str_eq(stages->at[k].id.text, ids.at[i].text)) {
                struct value *object = value_object(v->arena);

                value_set_text(v->arena, object, "id", stages->at[k].id.text);
                value_set_text(v->arena, object, "title", stages->at[k].title);
                value_push(v->arena, list, object);
            }
    return list;
}

static struct value *card_value(const struct scheme_view *v, const struct scheme_card *card)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "name", card->certification.text);
    value_set_text(v->arena, object, "title", card->title);
    value_set_text(v->arena, object, "text", card->text);
    return object;
}

static struct value *stage_value(const struct scheme_view *v, size_t n)
{
    const struct scheme_stage *stage = &v->scheme->pathway.stages.at[n];
    struct value *object = value_object(v->arena);
    struct value *cards = value_array(v->arena);

    for (size_t i = 0; i < stage->cards.count; i++)
        value_push(v->arena, cards, card_value(v, &stage->cards.at[i]));
    value_set_text(v->arena, object, "id", stage->id.text);
    value_set_int(v->arena, object, "number", (int64_t)n + 1);
    value_set_text(v->arena, object, "title", stage->title);
    value_set_text(v->arena, object, "text", stage->text);
    value_set(v->arena, object, "cards", cards);
    value_set(v->arena, object, "assisted_by", certifications_value(v, stage->assisted_by));
    value_set(v->arena, object, "next", stage_references(v, stage->next));
    return object;
}

struct value *pathway_view(const struct scheme_view *v)
{
    const struct scheme_pathway *pathway = &v->scheme->pathway;
    struct value *view = value_object(v->arena);
    struct value *stages = value_array(v->arena);
    struct value *specialisations = value_array(v->arena);

    for (size_t i = 0; i < pathway->stages.count; i++)
        value_push(v->arena, stages, stage_value(v, i));
    for (size_t i = 0; i < pathway->specialisations.count; i++) {
        const struct scheme_card *card = &pathway->specialisations.at[i];
        struct value *object = card_value(v, card);

        value_set(v->arena, object, "from", stage_references(v, card->from));
        value_push(v->arena, specialisations, object);
    }
    set_text(v, view, "title", pathway->title);
    set_text(v, view, "text", pathway->text);
    value_set(v->arena, view, "stages", stages);
    value_set(v->arena, view, "specialisations", specialisations);
    set_value(v, view, "picture", pathway_picture(v));
    return view;
}
