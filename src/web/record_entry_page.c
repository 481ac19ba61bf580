/* One entry: what it says, how it stands, how that came about, and what can be done about it
   (record.h). */
#include "base/attr.h"
#include "http/error.h"
#include "web/record_entry.h"

#define PATH "/record/logbook"

/* ---- the shapes ---- */

static const char *const standing_words[] = { "verified",  "claimed",   "rejected",
                                              "withdrawn", "duplicate", NULL };
static const struct shape standing_shape = { .kind = IS_WORD, .words = standing_words };
static const char *const how_words[] = { "self", "import", "register",   "role",
                                         "link", "office", "correction", NULL };
static const struct shape how_shape = { .kind = IS_WORD, .words = how_words };

static const struct shape_member change_members[] = {
    { "at", &shape_instant, false, "When" },
    { "standing", &standing_shape, false, "How it stood from then on" },
    { "how", &how_shape, false, "How that came about" },
    { "role", &shape_text, true, "In which role somebody confirmed or rejected it" },
    { "by", &shape_text, true, "Who did" },
    { "same_as", &shape_int, true, "Of a duplicate: the entry that counts" },
    { "why", &shape_text, true, "Why" },
    { 0 },
};
static const struct shape change_shape = { .kind = IS_OBJECT,
                                           .name = "RecordStandingChange",
                                           .members = change_members };
static const struct shape changes_shape = { .kind = IS_LIST, .item = &change_shape };

static const struct shape_member version_members[] = {
    { "version", &shape_int, false, "From 1" },
    { "at", &shape_instant, false, "When it was recorded" },
    { "why", &shape_text, true, "Why it was corrected" },
    { "says", &record_says_shape, false, "What the entry said from then on" },
    { 0 },
};
static const struct shape version_shape = { .kind = IS_OBJECT,
                                            .name = "RecordVersion",
                                            .members = version_members };
static const struct shape versions_shape = { .kind = IS_LIST, .item = &version_shape };

static const struct shape_member like_members[] = {
    { "id", &shape_int, false, "The other entry" },
    { "start", &shape_date, false, "Its first day" },
    { "title", &shape_text, false, "Its kind" },
    { "text", &shape_text, false, "Why somebody should look" },
    { "same", &shape_bool, false, "Whether that speaks for one event rather than two" },
    { 0 },
};
static const struct shape like_shape = { .kind = IS_OBJECT, .members = like_members };

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "entry", &record_entry_shape, false, "The entry" },
    { "like", &like_shape, true, "The earlier entry that it is most like; null: none" },
    { "changes", &changes_shape, false, "How it stood, the latest first" },
    { "versions", &versions_shape, false, "What it said, the latest first" },
    { "corrected", &shape_bool, false, "Whether it was corrected" },
    { "counts", &shape_bool, false, "Whether it is a claim or verified" },
    { "open", &shape_bool, false, "Whether anything else can be done about it" },
    { "why", &shape_text, false, "The reason in the form" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_entry_page_shape = { .kind = IS_OBJECT,
                                               .name = "RecordEntryPage",
                                               .members = members };

const struct route_field record_entry_fields[] = {
    { "do", "withdraw, duplicate or not-duplicate", true, false },
    { "why", "why", false, false },
    { "same_as", "of a duplicate: the number of the entry that counts", false, false },
    { 0 },
};

static const struct shape_member correct_members[] = {
    RECORD_MEMBERS,
    { "entry", &record_entry_shape, false, "The entry" },
    { "form", &record_form_shape, true, "The form" },
    { "why", &shape_text, false, "The reason in the form" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_correct_shape = { .kind = IS_OBJECT,
                                            .name = "RecordCorrecting",
                                            .members = correct_members };

const struct route_field record_correct_fields[] = {
    { "version", "the version that is corrected", true, false },
    { "why", "why", true, false },
    { "kind", "a kind of the scheme's vocabulary", true, false },
    { "start", "the day, or the first one", true, false },
    { "FIELD", "and whatever else the entry says, whole", false, false },
    { 0 },
};

/* ---- finding it ---- */

/* Of the person, whichever of those they were merged from. */
static struct result find(const struct record *record, struct evidence_row *ret)
{
    struct evidence_id id;
    struct person_group group;
    struct evidence_row row;
    struct result found;

    if (!str_to_int(record->call->parts[0], 1, INT64_MAX, &id.n))
        return fail(&HTTP_NOT_FOUND);
    found = evidence_load(record->store, record->arena, id, &row);
    if (found.error == &EVIDENCE_UNKNOWN)
        return fail(&HTTP_NOT_FOUND);
    TRY(found);
    TRY(person_group(record->store, record->person, POSITION_NOW, &group));
    if (!person_group_has(&group, row.person))
        return fail(&HTTP_NOT_FOUND);
    *ret = row;
    return OK;
}

/* ---- its history ---- */

static struct value *text_or_null(struct arena *arena, struct str text)
{
    return text.n > 0 ? value_text(arena, text) : value_null(arena);
}

static struct value *change_value(struct arena *arena, const struct standing_change *change)
{
    struct value *value = value_object(arena);

    value_set(arena, value, "at", value_instant(arena, change->at));
    value_set_text(arena, value, "standing", str_from_c(standing_name(change->standing)));
    value_set_text(arena, value, "how", str_from_c(evidence_how_word(change->how)));
    value_set(arena, value, "role", text_or_null(arena, change->role));
    value_set(arena, value, "by", text_or_null(arena, change->by_name));
    value_set(arena, value, "same_as",
              change->same_as.n ? value_int(arena, change->same_as.n) : value_null(arena));
    value_set(arena, value, "why", text_or_null(arena, change->why));
    return value;
}

static struct value *version_value(const struct record *record,
                                   const struct evidence_version *version)
{
    struct arena *arena = record->arena;
    struct value *value = value_object(arena);

    value_set_int(arena, value, "version", version->version);
    value_set(arena, value, "at", value_instant(arena, version->at));
    value_set(arena, value, "why", text_or_null(arena, version->why));
    value_set(arena, value, "says", record_says_value(arena, record->vocabulary, &version->says));
    return value;
}

static struct result set_history(const struct record *record, struct evidence_id id,
                                 struct value *view)
{
    struct arena *arena = record->arena;
    struct value *changes = value_array(arena);
    struct value *versions = value_array(arena);
    struct evidence_history history;

    TRY(evidence_history(record->store, arena, id, &history));
    for (size_t i = history.change_count; i-- > 0;)
        value_push(arena, changes, change_value(arena, &history.changes[i]));
    for (size_t i = history.version_count; i-- > 0;)
        value_push(arena, versions, version_value(record, &history.versions[i]));
    value_set(arena, view, "changes", changes);
    value_set(arena, view, "versions", versions);
    value_set_bool(arena, view, "corrected", history.version_count > 1);
    return OK;
}

/* ---- what it looks like ---- */

static struct value *like_value(const struct record *record, const struct evidence_row *other,
                                enum likeness likeness)
{
    struct arena *arena = record->arena;
    struct value *value = value_object(arena);

    value_set_int(arena, value, "id", other->id.n);
    value_set(arena, value, "start", value_day(arena, other->says.start));
    value_set_text(arena, value, "title",
                   record_kind_title(arena, record->vocabulary, other->says.kind));
    value_set_text(arena, value, "text", str_from_c(likeness_text(likeness)));
    value_set_bool(arena, value, "same", is_duplicate(likeness));
    return value;
}

static struct result set_like(const struct record *record, struct evidence_id id,
                              struct value *view)
{
    struct value *like = value_null(record->arena);
    const struct evidence **records;
    struct evidence_rows rows;
    struct alike *alike;

    TRY(evidence_of(record->store, record->arena, record->person, POSITION_NOW, &rows));
    records = ARENA_ARRAY(record->arena, rows.count + 1, const struct evidence *);
    alike = ARENA_ARRAY(record->arena, rows.count + 1, struct alike);
    for (size_t i = 0; i < rows.count; i++)
        records[i] = &rows.at[i].says;
    likeness_find(record->arena, records, rows.count, alike);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.at[i].id.n == id.n && alike[i].likeness != LIKE_NOT)
            like = like_value(record, &rows.at[alike[i].other], alike[i].likeness);
    value_set(record->arena, view, "like", like);
    return OK;
}

/* ---- the page ---- */

static struct str typed(const struct call *call, const char *name)
{
    return call_is_faulty(call) ? own_text(call, name) : STR("");
}

struct result record_entry_answer(struct call *call, struct value **ret)
{
    struct evidence_row row;
    struct record record;
    struct value *view;
    bool counts;

    TRY(record_begin(call, &record));
    TRY(find(&record, &row));
    counts = row.says.standing == STANDING_CLAIMED || row.says.standing == STANDING_VERIFIED;
    view = record_view(&record, "logbook");
    value_set(call->arena, view, "entry", record_entry_value(call->arena, record.vocabulary, &row));
    TRY(set_like(&record, row.id, view));
    TRY(set_history(&record, row.id, view));
    value_set_bool(call->arena, view, "counts", counts);
    value_set_bool(call->arena, view, "open", counts || row.says.standing == STANDING_DUPLICATE);
    value_set_text(call->arena, view, "why", typed(call, "why"));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct deed {
    struct record_change change;
    struct evidence_id id;
    int64_t version;
    const struct evidence *says;
};

static struct result withdraw(struct store *store, void *context)
{
    struct deed *d = context;

    return evidence_withdraw(store, d->change.call->arena, &d->change.act, d->id,
                             own_text(d->change.call, "why"));
}

static struct result mark(struct store *store, void *context)
{
    struct deed *d = context;

    return evidence_mark_duplicate(store, d->change.call->arena, &d->change.act, d->id,
                                   (struct evidence_id){ own_number(d->change.call, "same_as") },
                                   own_text(d->change.call, "why"));
}

static struct result unmark(struct store *store, void *context)
{
    struct deed *d = context;

    return evidence_unmark_duplicate(store, d->change.call->arena, &d->change.act, d->id,
                                     own_text(d->change.call, "why"));
}

/* The change, if the entry is of the person. */
static struct result begin(struct call *call, struct deed *deed, struct evidence_row *ret)
{
    struct record record;

    TRY(record_change_begin(call, PERMISSION_RECORD_CHANGE, &deed->change));
    TRY(record_begin(call, &record));
    TRY(find(&record, ret));
    deed->id = ret->id;
    return OK;
}

struct result record_entry_change(struct call *call, struct value **ret)
{
    static const struct {
        const char *what;
        struct result (*run)(struct store *store, void *context);
        const char *notice;
    } deeds[] = {
        { "withdraw", withdraw, "entry-withdrawn" },
        { "duplicate", mark, "entry-duplicate" },
        { "not-duplicate", unmark, "entry-not-duplicate" },
    };
    struct deed deed = { .id = { 0 } };
    struct evidence_row row;
    bool told = false;
    bool found = false;

    TRY(begin(call, &deed, &row));
    for (size_t i = 0; i < ARRAY_LEN(deeds); i++) {
        if (!own_does(call, deeds[i].what))
            continue;
        found = true;
        TRY(call_told(call, "why", call_perform(call, deeds[i].run, &deed), &told));
        if (!told)
            call_see_other(call, str_format(call->arena, PATH "/%lld", (long long)deed.id.n),
                           deeds[i].notice);
    }
    if (!found)
        call_fault(call, NULL, &OWN_DO);
    return record_entry_answer(call, ret);
}

/* ---- correcting ---- */

struct result record_correct_answer(struct call *call, struct value **ret)
{
    struct evidence_row row;
    struct record record;
    struct value *view;

    TRY(record_begin(call, &record));
    TRY(find(&record, &row));
    view = record_view(&record, "logbook");
    value_set(call->arena, view, "entry", record_entry_value(call->arena, record.vocabulary, &row));
    value_set(call->arena, view, "form",
              record_form_value(call, record.vocabulary, row.says.kind, &row.says));
    value_set_text(call->arena, view, "why", typed(call, "why"));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

static struct result correct(struct store *store, void *context)
{
    struct deed *d = context;

    return evidence_correct(store, d->change.call->arena, &d->change.act, d->change.vocabulary,
                            d->id, d->version, d->says, own_text(d->change.call, "why"));
}

struct result record_correct_change(struct call *call, struct value **ret)
{
    struct deed deed = { .id = { 0 } };
    struct evidence_row row;
    struct evidence says;
    bool told;

    TRY(begin(call, &deed, &row));
    deed.says = &says;
    deed.version = own_number(call, "version");
    if (own_text(call, "why").n == 0)
        call_fault(call, "why", &EVIDENCE_WHY);
    if (record_form_read(call, deed.change.vocabulary, &says) && !call_is_faulty(call)) {
        TRY(call_told(call, NULL, call_perform(call, correct, &deed), &told));
        if (!told)
            call_see_other(call, str_format(call->arena, PATH "/%lld", (long long)deed.id.n),
                           "entry-corrected");
    }
    return record_correct_answer(call, ret);
}
