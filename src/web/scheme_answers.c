#include "web/scheme_answers.h"

#include "criteria/library.h"
#include "http/error.h"
#include "register/standpoint.h"
#include "web/scheme_pages.h"
#include "web/site_parts.h"

static struct scheme_view view_of(const struct call *call)
{
    return (struct scheme_view){ call->arena, call_scheme(call), call->today };
}

/* ---- what does not exist ---- */

static const struct error SAME_EDITION = {
    "same-edition", 400, EXIT_USAGE, "an edition cannot be compared with itself: choose two"
};

/* Names what was probably meant on the page of the error. */
static void name_near(struct call *call, struct str path, struct str title)
{
    struct value *object = value_object(call->arena);

    value_set_text(call->arena, object, "path", path);
    value_set_text(call->arena, object, "title", title);
    if (!call->near)
        call->near = value_array(call->arena);
    value_push(call->arena, call->near, object);
}

static struct result no_certification(struct call *call, struct str name)
{
    const struct library *library = call_scheme(call)->library;
    struct str *names = ARENA_ARRAY(call->arena, library_count(library), struct str);
    struct str_list list = { names, library_count(library) };
    struct str near;

    for (size_t i = 0; i < list.count; i++)
        names[i] = library_at(library, i)->name;
    near = str_nearest(name, list);
    if (near.p)
        name_near(call, str_format(call->arena, "/certifications/%.*s", STR_ARG(near)),
                  certification_title(library, near));
    return fail(&HTTP_NOT_FOUND);
}

static struct result no_edition(struct call *call, struct str name)
{
    const struct scheme_view v = view_of(call);

    if (!shown_edition(&v, name))
        return no_certification(call, name);
    name_near(call, str_format(call->arena, "/certifications/%.*s", STR_ARG(name)),
              certification_title(v.scheme->library, name));
    return fail(&HTTP_NOT_FOUND);
}

static struct result no_body(struct call *call, struct str id)
{
    const struct scheme_bodies *bodies = &call_scheme(call)->bodies;
    struct str *ids = ARENA_ARRAY(call->arena, bodies->count, struct str);
    struct str near;

    for (size_t i = 0; i < bodies->count; i++)
        ids[i] = bodies->at[i].id.text;
    near = str_nearest(id, (struct str_list){ ids, bodies->count });
    if (near.p)
        name_near(call, str_format(call->arena, "/bodies/%.*s", STR_ARG(near)),
                  body_title(call_scheme(call), near));
    return fail(&HTTP_NOT_FOUND);
}

/* ---- pages ---- */

struct result home_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);

    *ret_view = home_view(&v);
    return OK;
}

struct result text_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);
    struct value *view = text_view(&v, call->parts[0]);

    if (!view)
        return fail(&HTTP_NOT_FOUND);
    *ret_view = view;
    return OK;
}

struct result certifications_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);

    *ret_view = certifications_view(&v);
    return OK;
}

struct result certification_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);
    struct value *view = certification_view(&v, call->parts[0], STR_NONE);

    if (!view)
        return no_certification(call, call->parts[0]);
    *ret_view = view;
    return OK;
}

struct result edition_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);
    struct value *view = certification_view(&v, call->parts[0], call->parts[1]);

    if (!view)
        return no_edition(call, call->parts[0]);
    *ret_view = view;
    return OK;
}

struct result cases_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);
    struct value *view = cases_view(&v, call->parts[0]);

    if (!view)
        return no_certification(call, call->parts[0]);
    *ret_view = view;
    return OK;
}

const struct route_field compare_fields[] = {
    { "from", "The one edition; without it, the one before the newest", false, false },
    { "to", "The other edition; without it, the newest", false, false },
    { NULL, NULL, false, false },
};

/* The edition that the query names, or else the one of those of the name that counts from the end;
   NULL where there is no such edition. */
static const struct edition *asked_edition(const struct call *call, const char *field,
                                           size_t from_end)
{
    const struct scheme_view v = view_of(call);
    struct str number = form_get(&call->query, str_from_c(field));
    size_t count;
    const struct edition *const *editions =
        library_editions(v.scheme->library, call->parts[0], &count);

    if (number.n > 0)
        return edition_of(&v, call->parts[0], number);
    return count >= from_end ? editions[count - from_end] : NULL;
}

struct result compare_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);
    struct str name = call->parts[0];
    const struct edition *from = asked_edition(call, "from", 2);
    const struct edition *to = asked_edition(call, "to", 1);
    bool asked = form_get(&call->query, STR("from")).n + form_get(&call->query, STR("to")).n > 0;

    if (!shown_edition(&v, name))
        return no_certification(call, name);
    if (asked && (!from || !to))
        return no_edition(call, name);
    if (from == to) {
        name_near(call, str_format(call->arena, "/certifications/%.*s/compare", STR_ARG(name)),
                  certification_title(v.scheme->library, name));
        return fail(&SAME_EDITION);
    }
    *ret_view = compare_view(&v, name, from, to);
    return OK;
}

struct result pathway_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);

    *ret_view = pathway_view(&v);
    return OK;
}

struct result benefits_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);

    *ret_view = benefits_view(&v);
    return OK;
}

struct result bodies_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);

    *ret_view = bodies_view(&v);
    return OK;
}

struct result body_answer(struct call *call, struct value **ret_view)
{
    const struct scheme_view v = view_of(call);
    struct value *view = body_view(&v, call->parts[0]);

    if (!view)
        return no_body(call, call->parts[0]);
    *ret_view = view;
    return OK;
}

/* ---- texts to be hashed ---- */

/* An adopted edition never changes, but where people try things out an installation may be begun
   anew at the same address: it is asked for again. */
static struct result send_text(struct call *call, struct response *response, struct str type,
                               struct str (*make)(struct arena *, const struct edition *))
{
    const struct scheme_view v = view_of(call);
    const struct edition *edition = edition_of(&v, call->parts[0], call->parts[1]);

    if (!edition)
        return no_edition(call, call->parts[0]);
    response_header(response, STR("Cache-Control"), STR("no-cache"));
    response_body(response, type, make(call->arena, edition));
    return OK;
}

struct result edition_text_answer(struct call *call, struct response *response)
{
    return send_text(call, response, TYPE_TEXT, edition_text);
}

struct result edition_rule_answer(struct call *call, struct response *response)
{
    return send_text(call, response, TYPE_JSON, edition_rule);
}
