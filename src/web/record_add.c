/* Adding an entry to a logbook (record.h). */
#include "base/attr.h"
#include "web/record_entry.h"

#define PATH "/record/logbook"

/* ---- the shape ---- */

static const struct shape_member kind_members[] = {
    { "name", &shape_text, false, "The kind of record" },
    { "title", &shape_text, false, "Its title" },
    { "chosen", &shape_bool, false, "Whether the form is for it" },
    { 0 },
};
static const struct shape kind_shape = { .kind = IS_OBJECT, .members = kind_members };
static const struct shape kinds_shape = { .kind = IS_LIST, .item = &kind_shape };

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "kinds", &kinds_shape, false, "The kinds of record that there are" },
    { "form", &record_form_shape, true, "The form; null where the scheme has no such kind" },
    { "like", &record_entry_shape, true,
      "The entry that looks like the same, which was not added again; null: none" },
    { "likeness", &shape_text, true, "Why it looks so" },
    { "added", &shape_int, true, "The number of the entry that was added" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_add_shape = { .kind = IS_OBJECT,
                                        .name = "RecordAdding",
                                        .members = members };

const struct route_field record_add_query[] = {
    { "kind", "the kind of record that the form is for", false, false },
    { 0 },
};

const struct route_field record_add_fields[] = {
    { "kind", "a kind of the scheme's vocabulary", true, false },
    { "start", "the day, or the first one", true, false },
    { "end", "the last day, where there are several", false, false },
    { "hours", "how long it took: 2.5 or 2:30", false, false },
    { "days", "days of work, where these are fewer than the calendar has", false, false },
    { "matter",
      "a private reference, at most 20 characters, that tells nobody who the parties were", false,
      false },
    { "programme", "the id of the programme", false, false },
    { "FIELD", "any field of the kind", false, false },
    { "anyway", "yes: also where it looks like an entry that is there", false, false },
    { 0 },
};

/* ---- the view ---- */

/* What was sent or asked for, or the first kind. */
static struct str kind_of(const struct call *call, const struct vocabulary *vocabulary)
{
    struct str kind = str_trim(call_field(call, "kind"));

    if (kind.n == 0)
        kind = str_trim(form_get(&call->query, STR("kind")));
    if (kind.n == 0 && vocabulary && vocabulary->kind_count > 0)
        kind = vocabulary_kind(vocabulary, STR("mediation")) ? STR("mediation")
                                                             : vocabulary->kinds[0].name;
    return kind;
}

static struct value *kinds_value(struct arena *arena, const struct vocabulary *vocabulary,
                                 struct str chosen)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; vocabulary && i < vocabulary->kind_count; i++) {
        struct value *kind = value_object(arena);

        value_set_text(arena, kind, "name", vocabulary->kinds[i].name);
        value_set_text(arena, kind, "title",
                       record_kind_title(arena, vocabulary, vocabulary->kinds[i].name));
        value_set_bool(arena, kind, "chosen", str_eq(vocabulary->kinds[i].name, chosen));
        value_push(arena, list, kind);
    }
    return list;
}

struct adding {
    const struct evidence_row *like; /* NULL: none */
    enum likeness likeness;
    struct evidence_id added;
};

static struct result view_of(struct call *call, const struct adding *adding, struct value **ret)
{
    struct arena *arena = call->arena;
    struct record record;
    struct value *view;
    struct str kind;

    TRY(record_begin(call, &record));
    kind = kind_of(call, record.vocabulary);
    view = record_view(&record, "logbook");
    value_set(arena, view, "kinds", kinds_value(arena, record.vocabulary, kind));
    value_set(arena, view, "form", record_form_value(call, record.vocabulary, kind, NULL));
    value_set(arena, view, "like",
              adding->like ? record_entry_value(arena, record.vocabulary, adding->like)
                           : value_null(arena));
    value_set(arena, view, "likeness",
              adding->like ? value_text(arena, str_from_c(likeness_text(adding->likeness)))
                           : value_null(arena));
    value_set(arena, view, "added",
              adding->added.n ? value_int(arena, adding->added.n) : value_null(arena));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct result record_add_answer(struct call *call, struct value **ret)
{
    const struct adding nothing = { .like = NULL };

    return view_of(call, &nothing, ret);
}

/* ---- adding ---- */

/* The entry that the new one is most like, if it seems to be the same event. */
static struct result find_like(struct call *call, const struct evidence *says,
                               struct adding *adding)
{
    const struct evidence **records;
    struct evidence_rows rows;
    struct record record;
    struct alike *alike;

    TRY(record_begin(call, &record));
    TRY(evidence_of(record.store, call->arena, record.person, POSITION_NOW, &rows));
    records = ARENA_ARRAY(call->arena, rows.count + 1, const struct evidence *);
    alike = ARENA_ARRAY(call->arena, rows.count + 1, struct alike);
    for (size_t i = 0; i < rows.count; i++)
        records[i] = &rows.at[i].says;
    records[rows.count] = says;
    likeness_find(call->arena, records, rows.count + 1, alike);
    if (is_duplicate(alike[rows.count].likeness)) {
        adding->like = &rows.at[alike[rows.count].other];
        adding->likeness = alike[rows.count].likeness;
    }
    return OK;
}

struct add {
    struct record_change change;
    const struct evidence *says;
    struct evidence_id id;
};

static struct result add(struct store *store, void *context)
{
    struct add *a = context;

    return evidence_add(store, a->change.call->arena, &a->change.act, a->change.vocabulary,
                        a->change.person, a->says, &a->id);
}

struct result record_add_change(struct call *call, struct value **ret)
{
    struct adding adding = { .like = NULL };
    struct evidence says;
    struct add work = { .says = &says };
    bool told;

    TRY(record_change_begin(call, PERMISSION_RECORD_CHANGE, &work.change));
    if (!record_form_read(call, work.change.vocabulary, &says))
        return view_of(call, &adding, ret);
    says.standing = STANDING_CLAIMED;
    if (!str_eq_c(call_field(call, "anyway"), "yes"))
        TRY(find_like(call, &says, &adding));
    if (!adding.like) {
        TRY(call_told(call, NULL, call_perform(call, add, &work), &told));
        if (!told) {
            adding.added = work.id;
            call_see_other(call, str_format(call->arena, PATH "/%lld", (long long)work.id.n),
                           "entry-added");
        }
    } else {
        call->status = 409;
    }
    return view_of(call, &adding, ret);
}
