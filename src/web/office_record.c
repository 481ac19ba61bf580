/* Somebody's record as the office sees it, now or as known on an earlier day (office.h). */
#include "web/office_record.h"
#include "register/standing.h"
#include "register/standing_compare.h"
#include "web/office.h"
#include "web/site.h"
#include "web/standing_shape.h"
#include "json/read.h"

#define HISTORY_SHOWN 10
#define FACT_DEPTH 8

/* ---- shapes ---- */

static const struct shape_member counts_members[] = {
    { "count", &shape_int, false, "How many entries there are" },
    { "verified", &shape_int, false, "Of these verified" },
    { "claimed", &shape_int, false, "Of these only claimed" },
    { "rejected", &shape_int, false, "Of these rejected" },
    { "withdrawn", &shape_int, false, "Of these withdrawn" },
    { "duplicate", &shape_int, false, "Of these duplicates" },
    { "from", &shape_date, true, "The first day of the first" },
    { "to", &shape_date, true, "The last day of the last" },
    { 0 },
};
static const struct shape counts_shape = { .kind = IS_OBJECT, .members = counts_members };

static const struct shape_member field_members[] = {
    { "name", &shape_text, false, "The field, as the vocabulary calls it" },
    { "value", &shape_text, false, "Its value" },
    { 0 },
};
static const struct shape field_shape = { .kind = IS_OBJECT,
                                          .name = "RecordField",
                                          .members = field_members };
static const struct shape fields_shape = { .kind = IS_LIST, .item = &field_shape };

static const char *const standing_words[] = { "claimed",   "verified",  "rejected",
                                              "withdrawn", "duplicate", NULL };
static const struct shape standing_word_shape = { .kind = IS_WORD, .words = standing_words };
static const char *const how_words[] = { "self", "import", "register",   "role",
                                         "link", "office", "correction", NULL };
static const struct shape how_shape = { .kind = IS_WORD, .words = how_words };
static const char *const role_words[] = { "programme", "provider", "colleague", "reviewer",
                                          "party",     "office",   NULL };
static const struct shape role_shape = { .kind = IS_WORD, .words = role_words };

static const struct shape_member entry_members[] = {
    { "id", &shape_int, false, "The number of the entry" },
    { "person", &shape_int, false, "Under which number of the person it was recorded" },
    { "kind", &shape_text, false, "The kind, as the vocabulary calls it" },
    { "label", &shape_text, false, "The same for people" },
    { "from", &shape_date, false, "The first day" },
    { "to", &shape_date, false, "The last day" },
    { "minutes", &shape_int, true, "How long it took; null: not stated" },
    { "days", &shape_int, true, "Days of work; null: not stated" },
    { "reference", &shape_text, true, "The private reference" },
    { "programme", &shape_text, true, "The programme that it states" },
    { "fields", &fields_shape, false, "What else it says" },
    { "version", &shape_int, false, "How often it was said: 1, and 1 more for each correction" },
    { "standing", &standing_word_shape, false, "How it stands" },
    { "verified", &shape_date, true, "The day since which it counts as verified" },
    { "how", &how_shape, false, "How that came about" },
    { "role", &role_shape, true, "In which role somebody confirmed or rejected it" },
    { "by", &office_person_shape, true, "Who did so; null: nobody of the register" },
    { "by_name", &shape_text, true, "The name of somebody who was asked by mail" },
    { "why", &shape_text, true, "The reason that was given" },
    { "since", &shape_instant, false, "Since when it stands so" },
    { "added", &shape_instant, false, "When it was recorded" },
    { "import", &shape_int, true, "The file that it came in" },
    { "same_as", &shape_int, true, "The entry that it duplicates" },
    { "papers", &shape_int, false, "How many papers there are beside it" },
    { "hours", &shape_text, true, "How long it took, for people: 2:30" },
    { "corrected", &shape_bool, false, "Whether it was said otherwise before" },
    { "has_papers", &shape_bool, false, "Whether there are papers" },
    { "may_correct", &shape_bool, false, "Whether whoever asks may correct it as it is now" },
    { 0 },
};
static const struct shape entry_shape = { .kind = IS_OBJECT,
                                          .name = "OfficeRecordEntry",
                                          .members = entry_members };
static const struct shape entries_shape = { .kind = IS_LIST, .item = &entry_shape };

static const char *const fact_words[] = { "name",       "former-name", "born",      "language",
                                          "country",    "place",       "area",      "style",
                                          "education",  "membership",  "insurance", "declaration",
                                          "complaints", "anchor",      "something", NULL };
static const struct shape fact_word_shape = { .kind = IS_WORD, .words = fact_words };
static const char *const visible_words[] = { "private", "members", "public", NULL };
static const struct shape visible_shape = { .kind = IS_WORD, .words = visible_words };

static const struct shape_member fact_members[] = {
    { "id", &shape_int, false, "The number of the fact" },
    { "person", &shape_int, false, "Under which number of the person it was recorded" },
    { "kind", &shape_text, false, "The kind" },
    { "known_as", &fact_word_shape, false, "The same, something for what pages have no word for" },
    { "name", &shape_text, false, "Which of the kind; may be empty" },
    { "value", &shape_text, false, "What it says, as JSON; may be empty" },
    { "details", &fields_shape, false, "The same, member by member" },
    { "from", &shape_date, true, "The first day; null: no such bound" },
    { "until", &shape_date, true, "The last day; null likewise" },
    { "visible", &visible_shape, false, "Who sees it" },
    { "recorded", &shape_instant, false, "When it was recorded" },
    { 0 },
};
static const struct shape fact_shape = { .kind = IS_OBJECT,
                                         .name = "OfficeRecordFact",
                                         .members = fact_members };
static const struct shape facts_shape = { .kind = IS_LIST, .item = &fact_shape };

static const struct shape_member paper_members[] = {
    { "id", &shape_int, false, "The number of the paper" },
    { "entry", &shape_int, false, "The entry that it stands beside" },
    { "name", &shape_text, false, "Its name" },
    { "type", &shape_text, false, "What it is, by what is in it" },
    { "bytes", &shape_int, false, "Its size" },
    { "sha256", &shape_text, false, "The SHA-256 of what is in it" },
    { "added", &shape_instant, false, "When it was added" },
    { 0 },
};
static const struct shape paper_shape = { .kind = IS_OBJECT,
                                          .name = "OfficeRecordPaper",
                                          .members = paper_members };
static const struct shape papers_shape = { .kind = IS_LIST, .item = &paper_shape };

static const char *const asked_words[] = { "open", "answered", "cancelled", NULL };
static const struct shape asked_state_shape = { .kind = IS_WORD, .words = asked_words };
static const struct shape_member asked_members[] = {
    { "id", &shape_int, false, "The number of the request" },
    { "role", &role_shape, false, "In which role" },
    { "name", &shape_text, false, "Who was asked" },
    { "address", &shape_text, false, "At which address" },
    { "asked", &shape_instant, false, "When" },
    { "until", &shape_instant, false, "Until when the link works" },
    { "state", &asked_state_shape, false, "What became of it" },
    { "entries", &shape_int, false, "About how many entries" },
    { "verified", &shape_int, false, "How many were verified" },
    { "rejected", &shape_int, false, "How many were rejected" },
    { 0 },
};
static const struct shape a_request_shape = { .kind = IS_OBJECT,
                                              .name = "OfficeRecordAsked",
                                              .members = asked_members };
static const struct shape asked_shape = { .kind = IS_LIST, .item = &a_request_shape };

static const char *const opinion_words[] = { "open", "given", "cancelled", NULL };
static const struct shape opinion_state_shape = { .kind = IS_WORD, .words = opinion_words };
static const struct shape_member opinion_members[] = {
    { "id", &shape_int, false, "The number of the request" },
    { "kind", &shape_text, false, "The kind, as the vocabulary calls it" },
    { "label", &shape_text, false, "The same for people" },
    { "name", &shape_text, false, "Who was asked" },
    { "address", &shape_text, false, "At which address" },
    { "confidential", &shape_bool, false, "Whether the person does not learn who said it" },
    { "asked", &shape_instant, false, "When" },
    { "state", &opinion_state_shape, false, "What became of it" },
    { "text", &shape_text, true, "What was said" },
    { "entry", &shape_int, true, "The entry that it became" },
    { 0 },
};
static const struct shape opinion_shape = { .kind = IS_OBJECT,
                                            .name = "OfficeRecordOpinion",
                                            .members = opinion_members };
static const struct shape opinions_shape = { .kind = IS_LIST, .item = &opinion_shape };

static const char *const result_words[] = { "in-order", "not-in-order", "no-answer", NULL };
static const struct shape result_shape = { .kind = IS_WORD, .words = result_words };
static const struct shape_member audit_members[] = {
    { "audit", &shape_int, false, "The number of the audit" },
    { "place", &shape_int, false, "The place in its sample" },
    { "entry", &shape_int, false, "The entry that was drawn" },
    { "drawn", &shape_instant, false, "When" },
    { "result", &result_shape, true, "What was found; null: it waits" },
    { "note", &shape_text, true, "What was noted" },
    { 0 },
};
static const struct shape audit_shape = { .kind = IS_OBJECT,
                                          .name = "OfficeRecordAudit",
                                          .members = audit_members };
static const struct shape audits_shape = { .kind = IS_LIST, .item = &audit_shape };

static const char *const basis_words[] = { "own", "register", NULL };
static const struct shape basis_shape = { .kind = IS_WORD, .words = basis_words };
static const char *const import_words[] = { "open", "done", "undone", NULL };
static const struct shape import_state_shape = { .kind = IS_WORD, .words = import_words };
static const struct shape_member import_members[] = {
    { "id", &shape_int, false, "The number of the import" },
    { "name", &shape_text, false, "The name of the file" },
    { "basis", &basis_shape, false, "Whose word its standings are" },
    { "rows", &shape_int, false, "How many rows were chosen" },
    { "begun", &shape_instant, false, "When" },
    { "state", &import_state_shape, false, "What became of it" },
    { 0 },
};
static const struct shape import_shape = { .kind = IS_OBJECT,
                                           .name = "OfficeRecordImport",
                                           .members = import_members };
static const struct shape imports_shape = { .kind = IS_LIST, .item = &import_shape };

static const struct shape_member members[] = {
    LOOKING_MEMBERS,
    { "numbers", &office_people_shape, false,
      "Under which numbers they stood in the register then, the one that is kept first" },
    { "merged", &shape_bool, false, "Whether there are several" },
    { "standing_on", &shape_date, false, "The day of the standings" },
    { "compared", &shape_bool, false, "Whether an earlier day is shown beside now" },
    { "standings", &standing_compared_list_shape, false, "Every certification, then and now" },
    { "counts", &counts_shape, false, "The entries of the logbook" },
    { "has_entries", &shape_bool, false, "Whether there are any of those that follow" },
    { "entries", &entries_shape, false, "The latest of them" },
    { "further", &shape_text, true, "The address of those before; null: there are none" },
    { "has_facts", &shape_bool, false, "Whether there are any of those that follow" },
    { "facts", &facts_shape, false,
      "What they say of themselves, and days that cycles count from" },
    { "has_papers", &shape_bool, false, "Whether there are any of those that follow" },
    { "papers", &papers_shape, false, "Papers beside entries, the latest first" },
    { "has_asked", &shape_bool, false, "Whether there are any of those that follow" },
    { "asked", &asked_shape, false, "Who was asked to confirm entries" },
    { "has_opinions", &shape_bool, false, "Whether there are any of those that follow" },
    { "opinions", &opinions_shape, false, "References and feedback" },
    { "has_audits", &shape_bool, false, "Whether there are any of those that follow" },
    { "audits", &audits_shape, false, "Entries that were drawn for an audit" },
    { "has_imports", &shape_bool, false, "Whether there are any of those that follow" },
    { "imports", &imports_shape, false, "Files that were brought in" },
    { "history", &office_history_shape, false, "What had been done by then, the latest first" },
    { "earlier", &shape_text, false, "The address of the whole history" },
    { 0 },
};
const struct shape office_record_shape = { .kind = IS_OBJECT,
                                           .name = "OfficeRecord",
                                           .members = members };
const struct route_field office_record_fields[] = {
    { "at", "a day: the record as it was known at its end, and where they stood; now if not given",
      false, false },
    { "end", "with entry: the last day of the entry after which the logbook goes on", false,
      false },
    { "entry", "the number of that entry", false, false },
    { 0 },
};

/* ---- words of the scheme ---- */

/* The label of each item's kind, or its word. */
static void set_labels(const struct looking *looking, struct value *list)
{
    const struct vocabulary *vocabulary =
        spoken_vocabulary(call_scheme(looking->office.call)->library);

    for (size_t i = 0; i < list->count; i++) {
        struct str word = value_get(list->items[i], "kind")->text;
        const struct kind *kind = vocabulary ? vocabulary_kind(vocabulary, word) : NULL;

        value_set_text(looking->office.arena, list->items[i], "label",
                       kind && kind->label.p ? kind->label : word);
    }
}

static struct value *details_value(struct arena *arena, struct str json)
{
    const struct json_limits limits = { .bytes = (size_t)64 * 1024, .depth = FACT_DEPTH };
    struct value *list = value_array(arena);
    struct json_fault fault;
    struct value *value;

    if (json.n == 0 || failed(json_read(arena, json, &limits, &fault, &value)))
        return list;
    if (value->kind == VALUE_OBJECT)
        return office_details_value(arena, value);
    return list;
}

static void set_details(struct arena *arena, struct value *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        struct value *fact = facts->items[i];
        struct str kind = value_get(fact, "kind")->text;
        const char *word = "something";

        for (size_t k = 0; fact_words[k]; k++)
            if (str_eq_c(kind, fact_words[k]))
                word = fact_words[k];
        value_set_text(arena, fact, "known_as", str_from_c(word));
        value_set(arena, fact, "details", details_value(arena, value_get(fact, "value")->text));
    }
}

/* Only as it is now, and not what was withdrawn or is a duplicate. */
static bool may_correct(const struct looking *looking, const struct value *entry)
{
    struct str standing = value_get(entry, "standing")->text;

    return looking->at == DAY_NONE && !str_eq_c(standing, "withdrawn") &&
           !str_eq_c(standing, "duplicate") &&
           office_may(looking->office.call, PERMISSION_RECORD_CORRECT, &ABOUT_NOTHING);
}

/* What templates cannot ask of an entry. */
static void set_entry_words(const struct looking *looking, struct value *entries)
{
    struct arena *arena = looking->office.arena;

    for (size_t i = 0; i < entries->count; i++) {
        struct value *entry = entries->items[i];
        const struct value *minutes = value_get(entry, "minutes");

        value_set(arena, entry, "hours",
                  minutes->kind == VALUE_INT
                      ? value_text(arena, str_format(arena, "%lld:%02lld",
                                                     (long long)(minutes->integer / 60),
                                                     (long long)(minutes->integer % 60)))
                      : value_null(arena));
        value_set_bool(arena, entry, "corrected", value_get(entry, "version")->integer > 1);
        value_set_bool(arena, entry, "has_papers", value_get(entry, "papers")->integer > 0);
        value_set_bool(arena, entry, "may_correct", may_correct(looking, entry));
    }
}

/* A list, and whether it holds anything. */
static void set_list(struct arena *arena, struct value *view, const char *has, const char *key,
                     struct value *list)
{
    value_set_bool(arena, view, has, list->count > 0);
    value_set(arena, view, key, list);
}

/* ---- the parts ---- */

static struct result set_numbers(const struct looking *looking, struct value *view)
{
    struct arena *arena = looking->office.arena;
    struct value *numbers = value_array(arena);

    for (size_t i = 0; i < looking->group.count; i++) {
        struct value *person;

        TRY(person_value(looking->office.store, arena, looking->group.at[i], &person));
        value_push(arena, numbers, person);
    }
    value_set(arena, view, "numbers", numbers);
    value_set_bool(arena, view, "merged", looking->group.count > 1);
    return OK;
}

static struct result set_standings(const struct looking *looking, struct value *view)
{
    struct arena *arena = looking->office.arena;
    struct value *then;
    struct value *now;

    TRY(looking_summaries(looking, (struct str_list){ 0 }, 0, &then, &now));
    value_set(arena, view, "standing_on",
              value_day(arena, then ? looking->at : looking->office.today));
    value_set_bool(arena, view, "compared", then != NULL);
    value_set(arena, view, "standings", standing_compare_value(arena, then ? then : now, now));
    return OK;
}

static struct value *further_value(const struct looking *looking, struct logbook_place next)
{
    struct arena *arena = looking->office.arena;
    char end[DAY_TEXT_SIZE];

    if (!next.entry)
        return value_null(arena);
    return value_text(arena, str_format(arena, "/office/people/%lld/record%.*s%send=%s&entry=%lld",
                                        (long long)looking->person.n, STR_ARG(looking->at_query),
                                        looking->at_query.n > 0 ? "&" : "?",
                                        day_text(next.end, end), (long long)next.entry));
}

static struct result set_logbook(const struct looking *looking, struct value *view)
{
    const struct office *office = &looking->office;
    struct logbook_place after = { .entry = office_query(office->call, "entry") };
    struct logbook_place next;
    struct value *entries;
    struct value *counts;

    if (!day_parse(form_get(&office->call->query, STR("end")), &after.end))
        after.entry = 0;
    TRY(shown_counts(office->store, office->arena, &looking->wish, &counts));
    TRY(shown_entries(office->store, office->arena, &looking->wish, after, &entries, &next));
    set_labels(looking, entries);
    set_entry_words(looking, entries);
    value_set(office->arena, view, "counts", counts);
    set_list(office->arena, view, "has_entries", "entries", entries);
    value_set(office->arena, view, "further", further_value(looking, next));
    return OK;
}

static struct result set_rest(const struct looking *looking, struct value *view)
{
    const struct record_wish *wish = &looking->wish;
    struct arena *arena = looking->office.arena;
    struct store *store = looking->office.store;
    struct value *list;

    TRY(shown_facts(store, arena, wish, &list));
    set_details(arena, list);
    set_list(arena, view, "has_facts", "facts", list);
    TRY(shown_papers(store, arena, wish, &list));
    set_list(arena, view, "has_papers", "papers", list);
    TRY(shown_asked(store, arena, wish, &list));
    set_list(arena, view, "has_asked", "asked", list);
    TRY(shown_opinions(store, arena, wish, &list));
    set_labels(looking, list);
    set_list(arena, view, "has_opinions", "opinions", list);
    TRY(shown_audits(store, arena, wish, &list));
    set_list(arena, view, "has_audits", "audits", list);
    TRY(shown_imports(store, arena, wish, &list));
    set_list(arena, view, "has_imports", "imports", list);
    return OK;
}

static struct result set_history(const struct looking *looking, struct value *view)
{
    const struct office *office = &looking->office;
    int64_t before = looking->at == DAY_NONE ? 0 : looking->wish.position + 1;
    struct history_list list;
    struct value *history;

    TRY(history_of_person(office->store, office->arena, looking->person, before, HISTORY_SHOWN,
                          &list));
    TRY(office_history_value(office, &list, &history));
    value_set(office->arena, view, "history", history);
    value_set_text(office->arena, view, "earlier",
                   before ? str_format(office->arena, "/office/people/%lld/history?before=%lld",
                                       (long long)looking->person.n, (long long)before)
                          : str_format(office->arena, "/office/people/%lld/history",
                                       (long long)looking->person.n));
    return OK;
}

struct result office_record_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct looking looking;

    TRY(looking_begin(call, &looking));
    TRY(looking_set(&looking, view));
    TRY(set_numbers(&looking, view));
    TRY(set_standings(&looking, view));
    TRY(set_logbook(&looking, view));
    TRY(set_rest(&looking, view));
    TRY(set_history(&looking, view));
    *ret_view = view;
    return OK;
}
