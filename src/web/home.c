#include "web/scheme_pages.h"

#include "criteria/govern.h"
#include "criteria/library.h"
#include "register/standing.h"

/* ---- the first page ---- */

static const struct shape_member brief_members[] = {
    { "name", &shape_text, false, "The name of the certification, as in its address" },
    { "title", &shape_text, false, "Its title" },
    { "audience", &shape_text, true, "Who it is for" },
    { "open", &shape_bool, false, "Whether it takes applications today" },
    { 0 },
};
static const struct shape brief_shape = { .kind = IS_OBJECT,
                                          .name = "CertificationInBrief",
                                          .members = brief_members };
static const struct shape briefs_shape = { .kind = IS_LIST, .item = &brief_shape };

static const struct shape_member group_members[] = {
    { "id", &shape_text, true, "The word of the group; null: those in no group" },
    { "title", &shape_text, true, "Its title; null likewise" },
    { "introduction", &shape_text, true, "What the group is" },
    { "certifications", &briefs_shape, false, "Its certifications in brief, in order" },
    { 0 },
};
static const struct shape group_shape = { .kind = IS_OBJECT,
                                          .name = "GroupInBrief",
                                          .members = group_members };
static const struct shape groups_shape = { .kind = IS_LIST, .item = &group_shape };

static const struct shape_member home_members[] = {
    { "title", &shape_text, false, "The title of the scheme" },
    { "organisation", &shape_text, false, "The name of the body that runs it" },
    { "short_name", &shape_text, false, "Its abbreviation" },
    { "about", &whole_text_shape, true, "The scheme's text called about" },
    { "groups", &groups_shape, false, "The certifications by group, in brief" },
    { "pathway", &shape_text, true, "The title of the pathway; null: the scheme shows none" },
    { "has_benefits", &shape_bool, false,
      "Whether the scheme says what certification is good for" },
    { "has_bodies", &shape_bool, false, "Whether the scheme describes its bodies" },
    { "texts", &text_list_shape, false, "The longer texts, but the one shown here" },
    { 0 },
};
const struct shape home_shape = { .kind = IS_OBJECT, .name = "Home", .members = home_members };

static struct value *brief_value(const struct scheme_view *v, struct str name)
{
    struct value *object = certification_value(v, name);
    const struct edition *governing = edition_in_force(v->scheme->library, name, v->today);

    set_text(v, object, "audience", shown_edition(v, name)->audience);
    value_set_bool(v->arena, object, "open",
                   governing && v->today >= governing->open_from &&
                       v->today <= governing->open_until);
    return object;
}

static struct value *group_value(const struct scheme_view *v, struct str id, struct str title,
                                 struct str introduction, struct value *certifications)
{
    struct value *object = value_object(v->arena);

    set_text(v, object, "id", id);
    set_text(v, object, "title", title);
    set_text(v, object, "introduction", introduction);
    value_set(v->arena, object, "certifications", certifications);
    return object;
}

static struct value *groups_value(const struct scheme_view *v)
{
    const struct scheme_groups *groups = &v->scheme->groups;
    struct value *list = value_array(v->arena);
    struct str_list others = ungrouped_names(v);
    struct value *briefs;

    for (size_t i = 0; i < groups->count; i++) {
        const struct scheme_group *group = &groups->at[i];

        briefs = value_array(v->arena);
        for (size_t k = 0; k < group->certifications.count; k++)
            value_push(v->arena, briefs, brief_value(v, group->certifications.at[k].text));
        value_push(v->arena, list,
                   group_value(v, group->id.text, group->title, group->introduction, briefs));
    }
    if (others.count == 0)
        return list;
    briefs = value_array(v->arena);
    for (size_t i = 0; i < others.count; i++)
        value_push(v->arena, briefs, brief_value(v, others.at[i]));
    value_push(v->arena, list, group_value(v, STR_NONE, STR_NONE, STR_NONE, briefs));
    return list;
}

static struct value *texts_value(const struct scheme_view *v, const struct scheme_text *but)
{
    const struct scheme_texts *texts = &v->scheme->texts;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < texts->count; i++)
        if (&texts->at[i] != but)
            value_push(v->arena, list, text_value(v, &texts->at[i]));
    return list;
}

struct value *home_view(const struct scheme_view *v)
{
    const struct scheme *scheme = v->scheme;
    const struct scheme_text *about = scheme_text(scheme, STR("about"));
    struct value *view = value_object(v->arena);

    value_set_text(v->arena, view, "title", scheme->title);
    value_set_text(v->arena, view, "organisation", scheme->organisation.name);
    value_set_text(v->arena, view, "short_name", scheme->organisation.short_name);
    set_value(v, view, "about", about ? whole_text_value(v, about, 2) : NULL);
    value_set(v->arena, view, "groups", groups_value(v));
    set_text(v, view, "pathway", scheme->pathway.title);
    value_set_bool(v->arena, view, "has_benefits", scheme->benefits.count > 0);
    value_set_bool(v->arena, view, "has_bodies", scheme->bodies.count > 0);
    value_set(v->arena, view, "texts", texts_value(v, about));
    return view;
}

/* ---- a longer text on a page of its own ---- */

static const struct shape_member text_page_members[] = {
    { "id", &shape_text, false, "The name of the text, as in its address" },
    { "title", &shape_text, false, "Its title" },
    { "html", &shape_html, false, "The text without its title, as HTML that is safe to show" },
    { "texts", &text_list_shape, false, "The other longer texts" },
    { 0 },
};
const struct shape text_page_shape = { .kind = IS_OBJECT,
                                       .name = "TextPage",
                                       .members = text_page_members };

struct value *text_view(const struct scheme_view *v, struct str id)
{
    const struct scheme_text *text = scheme_text(v->scheme, id);
    struct value *view;

    if (!text)
        return NULL;
    view = whole_text_value(v, text, 1);
    value_set(v->arena, view, "texts", texts_value(v, text));
    return view;
}
