/* Adding an item to one's profile, changing and removing one (record.h). */
#include "base/attr.h"
#include "http/error.h"
#include "register/people.h"
#include "web/record_profile.h"
#include "web/site.h"

#define PATH "/record/profile"

/* ---- the shape ---- */

static const struct shape_member kind_members[] = {
    { "kind", &profile_kind_shape, false, "A kind of item" },
    { 0 },
};
static const struct shape kind_shape = { .kind = IS_OBJECT, .members = kind_members };
static const struct shape kinds_shape = { .kind = IS_LIST, .item = &kind_shape };
static const struct shape ids_shape = { .kind = IS_LIST, .item = &shape_int };

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "register_name", &shape_text, false, "The name that the register shows" },
    { "kinds", &kinds_shape, false, "The kinds of items that there are" },
    { "item", &profile_item_shape, true, "The item as it stands; null: a new one, or removed" },
    { "form", &profile_form_shape, true, "The form; null where no kind was chosen, or it is gone" },
    { "set", &ids_shape, false, "The numbers of the items that were set" },
    { "removed", &shape_bool, false, "Whether it was removed" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_profile_item_page_shape = { .kind = IS_OBJECT,
                                                      .name = "RecordProfileItem",
                                                      .members = members };

const struct route_field record_profile_add_query[] = {
    { "kind", "the kind of item that the form is for", false, false },
    { 0 },
};

#define ITEM_FIELDS                                                                                \
    { "name",                                                                                      \
      "the code of a language or country, a place, or the id of an area, a style or a statement; " \
      "of areas and styles several can be added at once, in JSON as an array",                     \
      false, false },                                                                              \
        { "given, family, family_first, latin, post_nominals", "of a name", false, false },        \
        { "level", "of a language: basic, working, fluent or native", false, false },              \
        { "country", "of a place: a code such as NL", false, false },                              \
        { "title, at", "of education", false, false },                                             \
        { "body, number", "of a membership", false, false },                                       \
        { "insurer, sum, currency", "of an insurance; the sum in whole units", false, false },     \
        { "edition", "of a declaration", false, false },                                           \
        { "body, address", "who hears complaints: https://... or an address of mail", false,       \
          false },                                                                                 \
        { "from", "the first day, or the day of birth or of a declaration", false, false },        \
        { "until", "the last day", false, false },                                                 \
    {                                                                                              \
        "visible", "public, members or private", false, false                                      \
    }

const struct route_field record_profile_add_fields[] = {
    { "kind", "a kind of item", true, false },
    ITEM_FIELDS,
    { 0 },
};

const struct route_field record_profile_item_fields[] = {
    { "do", "change, show or remove; show changes who sees it alone", true, false },
    ITEM_FIELDS,
    { 0 },
};

/* ---- the view ---- */

struct deed {
    struct record_change change;
    struct profile_terms terms;
    struct profile_wish wish;
    const struct person_fact *fact; /* that is changed or removed; NULL: none */
    enum visible visible;
    struct fact_id *set;
    size_t set_count;
    bool removed;
};

static struct value *kinds_value(struct arena *arena)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < PROFILE_KINDS; i++) {
        struct value *kind = value_object(arena);

        value_set_text(arena, kind, "kind", str_from_c(profile_kind_word((enum profile_kind)i)));
        value_push(arena, list, kind);
    }
    return list;
}

static const struct person_fact *find(const struct fact_list *facts, int64_t id)
{
    for (size_t i = 0; i < facts->count; i++)
        if (facts->at[i].id.n == id)
            return &facts->at[i];
    return NULL;
}

/* Of the only one that a kind has, or NULL. */
static const struct person_fact *single(const struct fact_list *facts, enum profile_kind kind)
{
    for (size_t i = 0; profile_is_single(kind) && i < facts->count; i++)
        if (str_eq_c(facts->at[i].kind, profile_kind_word(kind)))
            return &facts->at[i];
    return NULL;
}

static struct value *ids_value(struct arena *arena, const struct deed *deed)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < deed->set_count; i++)
        value_push(arena, list, value_int(arena, deed->set[i].n));
    return list;
}

/* Of a kind, which is PROFILE_KINDS where none was chosen; of an item, which may be NULL. */
static struct result view_of(const struct record *record, enum profile_kind kind,
                             const struct person_fact *fact, const struct fact_list *has,
                             const struct deed *deed, struct value **ret)
{
    struct call *call = record->call;
    struct arena *arena = call->arena;
    struct value *view = record_view(record, "profile");
    struct person_row row;

    TRY(person_load(record->store, arena, record->person, &row));
    value_set_text(arena, view, "register_name", row.name);
    value_set(arena, view, "kinds", kinds_value(arena));
    value_set(arena, view, "item",
              fact ? profile_item_value(arena, record->scheme, fact) : value_null(arena));
    value_set(arena, view, "form",
              kind != PROFILE_KINDS ? profile_form_value(record, kind, fact, has)
                                    : value_null(arena));
    value_set(arena, view, "set", ids_value(arena, deed));
    value_set_bool(arena, view, "removed", deed->removed);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- adding ---- */

static enum profile_kind kind_of(const struct call *call)
{
    struct str word = own_text(call, "kind");
    enum profile_kind kind;

    if (word.n == 0)
        word = str_trim(form_get(&call->query, STR("kind")));
    return profile_kind_parse(word, &kind) ? kind : PROFILE_KINDS;
}

static struct result add_answer(struct call *call, const struct deed *deed, struct value **ret)
{
    enum profile_kind kind = kind_of(call);
    struct fact_list has;
    struct record record;

    TRY(record_begin(call, &record));
    TRY(profile_view(record.store, call->arena, record.person, VIEWER_SELF, POSITION_NOW, &has));
    return view_of(&record, kind, kind == PROFILE_KINDS ? NULL : single(&has, kind), &has, deed,
                   ret);
}

struct result record_profile_add_answer(struct call *call, struct value **ret)
{
    const struct deed nothing = { .fact = NULL };

    return add_answer(call, &nothing, ret);
}

/* What is said of a person who was merged stays with them; of what there is one alone, that of the
   one who was kept counts. */
static struct result set(struct store *store, void *context)
{
    struct deed *d = context;
    struct record_change *change = &d->change;
    bool in_place = d->fact && (!profile_is_single(d->wish.at[0].kind) ||
                                d->fact->person.n == change->person.n);
    struct person_id person = in_place ? d->fact->person : change->person;
    struct fact_id instead = in_place ? d->fact->id : (struct fact_id){ 0 };

    for (size_t i = 0; i < d->wish.count; i++)
        TRY(profile_set(store, change->call->arena, &change->act, &d->terms, person, &d->wish.at[i],
                        instead, &d->set[i]));
    return OK;
}

static struct result begin(struct call *call, struct deed *ret)
{
    struct deed deed = { .terms = profile_terms_of(call_scheme(call)) };

    TRY(record_change_begin(call, PERMISSION_RECORD_CHANGE, &deed.change));
    *ret = deed;
    return OK;
}

/* Sets what was read; a browser is sent on. */
static struct result perform_set(struct deed *deed, const char *notice)
{
    struct call *call = deed->change.call;
    bool told;

    deed->set = ARENA_ARRAY(call->arena, deed->wish.count, struct fact_id);
    TRY(call_told(call, NULL, call_perform(call, set, deed), &told));
    if (told)
        return OK;
    deed->set_count = deed->wish.count;
    call_see_other(call, STR(PATH), notice);
    return OK;
}

struct result record_profile_add_change(struct call *call, struct value **ret)
{
    enum profile_kind kind = kind_of(call);
    struct deed deed;

    TRY(begin(call, &deed));
    if (kind == PROFILE_KINDS)
        call_fault(call, "kind", &PROFILE_KIND);
    else if (profile_form_read(call, kind, NULL, &deed.wish))
        TRY(perform_set(&deed, "profile-added"));
    return add_answer(call, &deed, ret);
}

/* ---- one item ---- */

static struct result find_item(const struct record *record, struct fact_list *ret_has,
                               const struct person_fact **ret)
{
    const struct person_fact *fact;
    int64_t id;

    TRY(profile_view(record->store, record->arena, record->person, VIEWER_SELF, POSITION_NOW,
                     ret_has));
    if (!str_to_int(record->call->parts[0], 1, INT64_MAX, &id))
        return fail(&HTTP_NOT_FOUND);
    fact = find(ret_has, id);
    if (!fact)
        return fail(&HTTP_NOT_FOUND);
    *ret = fact;
    return OK;
}

static enum profile_kind kind_of_fact(const struct person_fact *fact)
{
    enum profile_kind kind;

    return profile_kind_parse(fact->kind, &kind) ? kind : PROFILE_KINDS;
}

struct result record_profile_item_answer(struct call *call, struct value **ret)
{
    const struct deed nothing = { .fact = NULL };
    const struct person_fact *fact;
    struct fact_list has;
    struct record record;

    TRY(record_begin(call, &record));
    TRY(find_item(&record, &has, &fact));
    return view_of(&record, kind_of_fact(fact), fact, &has, &nothing, ret);
}

static struct result show(struct store *store, void *context)
{
    struct deed *d = context;

    return profile_show(store, d->change.call->arena, &d->change.act, d->fact->person, d->fact->id,
                        d->visible, &d->set[0]);
}

static struct result remove_item(struct store *store, void *context)
{
    struct deed *d = context;

    return profile_remove(store, d->change.call->arena, &d->change.act, d->fact->person,
                          d->fact->id);
}

static struct result perform_show(struct deed *deed)
{
    struct call *call = deed->change.call;
    struct str visible = own_text(call, "visible");
    bool told;

    if (!visible_parse(visible, &deed->visible)) {
        call_fault(call, "visible", &PROFILE_NO_VISIBLE);
        return OK;
    }
    deed->set = ARENA_ARRAY(call->arena, 1, struct fact_id);
    TRY(call_told(call, NULL, call_perform(call, show, deed), &told));
    if (told)
        return OK;
    deed->set_count = 1;
    call_see_other(call, STR(PATH), "profile-shown");
    return OK;
}

static struct result perform_remove(struct deed *deed)
{
    struct call *call = deed->change.call;
    bool told;

    TRY(call_told(call, NULL, call_perform(call, remove_item, deed), &told));
    if (!told)
        call_see_other(call, STR(PATH), "profile-removed");
    deed->removed = !told;
    return OK;
}

/* The item after it was changed, which has another number then, or as it stands. */
static struct result changed_answer(struct call *call, const struct deed *deed, struct value **ret)
{
    const struct person_fact *fact = NULL;
    struct fact_list has;
    struct record record;

    TRY(record_begin(call, &record));
    TRY(profile_view(record.store, call->arena, record.person, VIEWER_SELF, POSITION_NOW, &has));
    if (!deed->removed)
        fact = find(&has, deed->set_count > 0 ? deed->set[0].n : deed->fact->id.n);
    return view_of(&record, fact ? kind_of_fact(fact) : PROFILE_KINDS, fact, &has, deed, ret);
}

struct result record_profile_item_change(struct call *call, struct value **ret)
{
    struct record record;
    struct fact_list has;
    struct deed deed;

    TRY(begin(call, &deed));
    TRY(record_begin(call, &record));
    TRY(find_item(&record, &has, &deed.fact));
    if (own_does(call, "remove")) {
        TRY(perform_remove(&deed));
    } else if (own_does(call, "show")) {
        TRY(perform_show(&deed));
    } else if (!own_does(call, "change")) {
        call_fault(call, NULL, &OWN_DO);
    } else if (profile_form_read(call, kind_of_fact(deed.fact), deed.fact, &deed.wish)) {
        TRY(perform_set(&deed, "profile-changed"));
    }
    return changed_answer(call, &deed, ret);
}
