#include "web/scheme_pages.h"

#include "criteria/library.h"
#include "criteria/reading.h"
#include "register/standpoint.h"

/* ---- shapes ---- */

static const char *const kind_words[] = { "board",  "committee",  "taskforce", "panel",
                                          "office", "initiative", NULL };
static const struct shape kind_shape = { .kind = IS_WORD, .words = kind_words };
static const char *const state_words[] = { "active", "dissolved", NULL };
static const struct shape state_shape = { .kind = IS_WORD, .words = state_words };

#define BODY_MEMBERS                                                                               \
    { "id", &shape_text, false, "The word of the body, as in its address" },                       \
        { "title", &shape_text, false, "Its title" },                                              \
        { "kind", &kind_shape, false, "What kind of body it is" },                                 \
        { "mandate", &shape_text, false, "What it does" },                                         \
        { "from", &shape_text, true,                                                               \
          "When it began, as exactly as known: 2007, 2010-04 or a day" },                          \
        { "until", &shape_text, true, "When it ended, likewise" },                                 \
        { "state", &state_shape, false, "Whether it is at work" },                                 \
    {                                                                                              \
        "successor", &body_shape, true, "The body that took over"                                  \
    }

static const struct shape_member listed_members[] = { BODY_MEMBERS, { 0 } };
static const struct shape listed_shape = { .kind = IS_OBJECT,
                                           .name = "BodyInBrief",
                                           .members = listed_members };
static const struct shape listed_list_shape = { .kind = IS_LIST, .item = &listed_shape };

static const struct shape_member bodies_members[] = {
    { "bodies", &listed_list_shape, false, "The bodies of the scheme in order" },
    { 0 },
};
const struct shape bodies_shape = { .kind = IS_OBJECT,
                                    .name = "Bodies",
                                    .members = bodies_members };

static const char *const task_words[] = { "judgement", "referral", "discretion", NULL };
static const struct shape task_word_shape = { .kind = IS_WORD, .words = task_words };
static const struct shape_member task_members[] = {
    { "name", &shape_text, false, "The name of the certification" },
    { "title", &shape_text, false, "Its title" },
    { "requirement", &shape_text, false, "The label of the requirement" },
    { "task", &task_word_shape, false,
      "Whether it judges, is asked where the rule alone does not settle it, or may allow "
      "something" },
    { "reading", &shape_text, false, "What about, made from the rule" },
    { 0 },
};
static const struct shape task_shape = { .kind = IS_OBJECT,
                                         .name = "TaskOfBody",
                                         .members = task_members };
static const struct shape tasks_shape = { .kind = IS_LIST, .item = &task_shape };

static const struct shape_member body_page_members[] = {
    BODY_MEMBERS,
    { "predecessors", &body_list_shape, false, "The bodies whose work it took over" },
    { "owns", &certification_list_shape, false, "The documents that it answers for" },
    { "drafts", &certification_list_shape, false, "The certifications whose text it writes" },
    { "sections", &programme_list_shape, false, "Its sections: one for each of these types" },
    { "tasks", &tasks_shape, false, "What standards put to it, in the editions shown today" },
    { 0 },
};
const struct shape body_page_shape = { .kind = IS_OBJECT,
                                       .name = "Body",
                                       .members = body_page_members };

/* ---- a body in brief ---- */

static struct value *brief_value(const struct scheme_view *v, const struct scheme_body *body)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "id", body->id.text);
    value_set_text(v->arena, object, "title", body->title);
    value_set_text(v->arena, object, "kind", str_from_c(scheme_body_kind_name(body->kind)));
    value_set_text(v->arena, object, "mandate", body->mandate);
    set_text(v, object, "from", body->from.text);
    set_text(v, object, "until", body->until.text);
    value_set_text(v->arena, object, "state",
                   str_from_c(state_words[body->state == BODY_DISSOLVED]));
    set_value(v, object, "successor",
              body->successor.text.p ? body_value(v, body->successor.text) : NULL);
    return object;
}

struct value *bodies_view(const struct scheme_view *v)
{
    const struct scheme_bodies *bodies = &v->scheme->bodies;
    struct value *view = value_object(v->arena);
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < bodies->count; i++)
        value_push(v->arena, list, brief_value(v, &bodies->at[i]));
    value_set(v->arena, view, "bodies", list);
    return view;
}

/* ---- what standards put to a body ---- */

struct tasks {
    const struct scheme_view *v;
    struct str body;
    const struct edition *edition;
    const struct requirement *requirement;
    struct value *list;
};

static void push_task(struct tasks *tasks, const char *task, struct str reading)
{
    const struct scheme_view *v = tasks->v;
    struct value *object = certification_value(v, tasks->edition->name);

    value_set_text(v->arena, object, "requirement", requirement_title(tasks->requirement));
    value_set_text(v->arena, object, "task", str_from_c(task));
    value_set_text(v->arena, object, "reading", reading);
    value_push(v->arena, tasks->list, object);
}

static void push_judgements(struct tasks *tasks, const struct edition_node *node)
{
    if (!node)
        return;
    if (node->kind == NODE_JUDGED && str_eq(node->body, tasks->body))
        push_task(tasks, task_words[0], reading_of_node(tasks->v->arena, tasks->edition, node));
    for (size_t i = 0; i < node->child_count; i++)
        push_judgements(tasks, &node->children[i]);
}

static void push_tasks(struct tasks *tasks)
{
    const struct requirement *requirement = tasks->requirement;
    struct arena *arena = tasks->v->arena;

    push_judgements(tasks, requirement->rule);
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        push_judgements(tasks, requirement->exemptions[i].when);
        push_judgements(tasks, requirement->exemptions[i].instead);
    }
    for (size_t i = 0; i < requirement->referral_count; i++)
        if (str_eq(requirement->referrals[i].body, tasks->body))
            push_task(tasks, task_words[1],
                      reading_of_referral(arena, tasks->edition, &requirement->referrals[i]));
    for (size_t i = 0; i < requirement->discretion_count; i++)
        if (str_eq(requirement->discretions[i].body, tasks->body))
            push_task(tasks, task_words[2],
                      reading_of_discretion(arena, tasks->edition, &requirement->discretions[i]));
}

static struct value *tasks_value(const struct scheme_view *v, struct str body)
{
    const struct library *library = v->scheme->library;
    struct tasks tasks = { .v = v, .body = body, .list = value_array(v->arena) };

    for (size_t i = 0; i < library_count(library); i++) {
        tasks.edition = library_at(library, i);
        if (tasks.edition != shown_edition(v, tasks.edition->name))
            continue;
        for (size_t k = 0; k < tasks.edition->requirement_count; k++) {
            tasks.requirement = &tasks.edition->requirements[k];
            push_tasks(&tasks);
        }
    }
    return tasks.list;
}

/* ---- the page of a body ---- */

static struct value *predecessors_value(const struct scheme_view *v, struct str id)
{
    const struct scheme_bodies *bodies = &v->scheme->bodies;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < bodies->count; i++)
        if (str_eq(bodies->at[i].successor.text, id))
            value_push(v->arena, list, body_value(v, bodies->at[i].id.text));
    return list;
}

static struct value *sections_value(const struct scheme_view *v, const struct scheme_body *body)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < body->sections.count; i++) {
        const struct scheme_programme *programme =
            scheme_programme(v->scheme, body->sections.at[i].text);

        value_push(v->arena, list, programme_value(v, programme));
    }
    return list;
}

struct value *body_view(const struct scheme_view *v, struct str id)
{
    const struct scheme_body *body = scheme_body(v->scheme, id);
    struct value *owns = value_array(v->arena);
    struct value *view;

    if (!body)
        return NULL;
    view = brief_value(v, body);
    for (size_t i = 0; i < body->owns.count; i++)
        value_push(v->arena, owns, certification_value(v, body->owns.at[i]));
    value_set(v->arena, view, "predecessors", predecessors_value(v, id));
    value_set(v->arena, view, "owns", owns);
    value_set(v->arena, view, "drafts", certifications_value(v, body->drafts));
    value_set(v->arena, view, "sections", sections_value(v, body));
    value_set(v->arena, view, "tasks", tasks_value(v, id));
    return view;
}
