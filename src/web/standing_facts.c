#include "web/standing_facts.h"

#include <string.h>

#include "criteria/pack.h"
#include "register/logbook.h"
#include "register/person.h"
#include "register/standing.h"
#include "web/standing_row.h"

struct facts_reader {
    struct arena *arena;
    const struct scheme *scheme;
    const struct asked *asked;
    const struct sent *sent;
    day today;
    struct standing_facts *facts;
};

static void tell(struct facts_reader *r, struct str field, struct str value, struct str hint,
                 const char *text)
{
    faults_add(&r->facts->form, SEVERITY_ERROR,
               (struct fault_place){ .heading = field, .value = value }, hint, "%s", text);
}

/* The logbook, wherever it came from. */
static struct str log_bytes(const struct facts_reader *r)
{
    if (r->sent->log.name.p)
        return r->sent->log.bytes;
    if (r->sent->records.p)
        return r->sent->records;
    if (sent_text(r->sent, STR("text")).n > 0)
        return form_get(&r->sent->fields, STR("text"));
    return STR_NONE;
}

/* ---- the question ---- */

/* The day in a field, or `otherwise` where it is empty or faulty. */
static day read_day(struct facts_reader *r, struct str name, day otherwise)
{
    struct str text = sent_text(r->sent, name);
    day d = otherwise;

    if (!row_read_day(r->arena, &r->facts->form, name, text, &d))
        return otherwise;
    if (d <= day_add_months(r->today, FACTS_AHEAD_MONTHS))
        return d;
    tell(r, name, text, STR_NONE, "lies more than 20 years ahead");
    return otherwise;
}

static void read_question(struct facts_reader *r)
{
    static const struct str choices[] = {
        [MARKS_STAND] = STR("stand"), [MARKS_CLAIMS] = STR("claims"), [MARKS_ASSUME] = STR("assume")
    };
    const struct str_list all = { choices, ARRAY_LEN(choices) };
    const struct library *library = r->scheme->library;
    struct str marks = sent_text(r->sent, STR("marks"));
    struct str only = sent_text(r->sent, STR("only"));
    size_t count = 0;

    r->facts->on = read_day(r, STR("on"), r->today);
    r->facts->then = read_day(r, STR("then"), DAY_NONE);
    for (size_t i = 0; i < all.count; i++)
        if (str_eq(marks, choices[i]))
            r->facts->marks = (enum marks)i;
    if (marks.n > 0 && !str_list_has(all, marks))
        tell(r, STR("marks"), marks, faults_one_of(&r->facts->form, marks, all), "is no choice");
    if (str_eq(sent_text(r->sent, STR("action")), choices[MARKS_ASSUME]) ||
        (r->facts->marks == MARKS_STAND && !log_bytes(r).p))
        r->facts->marks = MARKS_ASSUME;
    if (only.n == 0)
        return;
    (void)library_editions(library, only, &count);
    if (count == 0 || !is_certification(library, only)) {
        tell(r, STR("only"), only, STR("choose one of those that the form lists"),
             "is no certification of this scheme");
        return;
    }
    r->facts->only = (struct str_list){ ARENA_NEW(r->arena, struct str), 1 };
    *(struct str *)r->facts->only.at = only;
}

/* ---- files ---- */

static void read_person_file(struct facts_reader *r)
{
    const struct sent_file *file = &r->sent->person;

    if (file->name.p && file->bytes.n <= PERSON_BYTES_MAX &&
        failed(person_read(r->arena, file->bytes, r->scheme->library, &r->facts->person,
                           &r->facts->now)))
        BUG_IF(r->facts->person.errors == 0);
}

/* What a record is taken for, by what was chosen. */
static enum standing taken_for(const struct standing_facts *facts, enum standing marked)
{
    if (facts->marks == MARKS_CLAIMS && marked == STANDING_VERIFIED)
        return STANDING_CLAIMED;
    if (facts->marks == MARKS_ASSUME && marked == STANDING_CLAIMED)
        return STANDING_VERIFIED;
    return marked;
}

static void take_marks(struct standing_facts *facts)
{
    struct dossier *dossier = &facts->now;

    for (size_t i = 0; i < dossier->evidence_count; i++) {
        struct evidence *record = &dossier->evidence[i];
        enum standing taken = taken_for(facts, record->standing);

        if (taken != record->standing || facts->marks == MARKS_ASSUME)
            record->verified_on = DAY_NONE;
        record->standing = taken;
    }
    for (size_t i = 0; facts->marks == MARKS_ASSUME && i < dossier->credential_count; i++)
        dossier->credentials[i].claimed = false;
}

static void read_log(struct facts_reader *r)
{
    struct standing_facts *facts = r->facts;
    struct str bytes = log_bytes(r);

    if (!bytes.p)
        return;
    if (failed(logbook_read(r->arena, bytes, r->asked->vocabulary, &logbook_limits, r->today,
                            &facts->log, &facts->now)))
        return;
    facts->from_log = facts->now.evidence_count;
    logbook_check_admitted(&facts->now, &facts->person);
}

/* ---- what is typed ---- */

static void read_born(struct facts_reader *r)
{
    struct str born = sent_text(r->sent, STR("born"));
    day d;

    if (!row_read_day(r->arena, &r->facts->form, STR("born"), born, &d))
        return;
    if (d > r->today)
        tell(r, STR("born"), born, STR_NONE, "lies in the future");
    else if (r->facts->now.born != DAY_NONE && r->facts->now.born != d)
        tell(r, STR("born"), born, STR("leave it empty here"),
             "is not the day that the person file says");
    else
        r->facts->now.born = d;
}

static void read_held(struct facts_reader *r, struct str name)
{
    struct dossier *dossier = &r->facts->now;
    struct str from_name = str_format(r->arena, "held.from.%.*s", STR_ARG(name));
    struct str to_name = str_format(r->arena, "held.to.%.*s", STR_ARG(name));
    struct str to = sent_text(r->sent, to_name);
    struct credential credential = {
        .name = name,
        .to = DAY_LAST,
        .withdrawn = DAY_NONE,
        .annulled_on = DAY_NONE,
        .claimed = true,
    };

    if (sent_text(r->sent, from_name).n == 0) {
        if (to.n > 0)
            tell(r, from_name, STR_NONE, STR("write the first day on which you held it"),
                 "the credential has a last day, but no first");
        return;
    }
    if (!row_read_day(r->arena, &r->facts->form, from_name, sent_text(r->sent, from_name),
                      &credential.from))
        return;
    if (to.n > 0 && !row_read_day(r->arena, &r->facts->form, to_name, to, &credential.to))
        return;
    if (credential.from > credential.to) {
        tell(r, from_name, sent_text(r->sent, from_name), STR("correct one of the two"),
             "is after the last day");
        return;
    }
    *ARENA_PUSH(r->arena, dossier->credentials, dossier->credential_count,
                dossier->credential_room) = credential;
}

static void read_declared(struct facts_reader *r, struct str statement)
{
    struct dossier *dossier = &r->facts->now;
    struct str name = str_format(r->arena, "declared.%.*s", STR_ARG(statement));
    struct declaration declaration = { .statement = statement };

    if (row_read_day(r->arena, &r->facts->form, name, sent_text(r->sent, name), &declaration.on))
        *ARENA_PUSH(r->arena, dossier->declarations, dossier->declaration_count,
                    dossier->declaration_room) = declaration;
}

static void read_anchor(struct facts_reader *r, struct str anchor)
{
    struct dossier *dossier = &r->facts->now;
    struct str name = str_format(r->arena, "anchor.%.*s", STR_ARG(anchor));
    day on;

    if (row_read_day(r->arena, &r->facts->form, name, sent_text(r->sent, name), &on))
        *ARENA_PUSH(r->arena, dossier->anchors, dossier->anchor_count, dossier->anchor_room) =
            (struct anchor){ anchor, on };
}

static void read_typed(struct facts_reader *r)
{
    const struct asked *asked = r->asked;

    if (asked->born)
        read_born(r);
    for (size_t i = 0; i < asked->credentials.count; i++)
        read_held(r, asked->credentials.at[i]);
    for (size_t i = 0; i < asked->statements.count; i++)
        read_declared(r, asked->statements.at[i]);
    for (size_t i = 0; i < asked->anchors.count; i++)
        read_anchor(r, asked->anchors.at[i]);
}

/* ---- rows ---- */

static void read_rows(struct facts_reader *r, struct row_reader *reader, bool planned)
{
    int last = 0;

    for (size_t i = 0; i < r->sent->fields.count; i++) {
        struct sent_row_name name;

        if (sent_row_name(r->sent->fields.at[i].name, &name) && name.planned == planned &&
            name.number > last)
            last = (int)name.number;
    }
    for (size_t i = 0; i < r->asked->kind_count; i++)
        for (int number = 1; number <= last; number++)
            row_read(reader, &r->asked->kinds[i], planned, number);
}

static void read_done(struct facts_reader *r)
{
    struct standing_facts *facts = r->facts;
    struct row_reader reader = {
        .arena = r->arena,
        .sent = r->sent,
        .faults = &facts->form,
        .on = facts->on,
        .last = r->today,
        .too_late = "lies in the future: what is to come belongs to the plan",
        .standing = STANDING_CLAIMED,
        .dossier = &facts->now,
        .most = FACTS_RECORDS_MAX,
    };

    read_rows(r, &reader, false);
}

/* The dossier with arrays of its own, for the two that a plan adds to. */
static void copy_dossier(struct arena *arena, const struct dossier *from, struct dossier *ret)
{
    *ret = *from;
    ret->evidence_room = from->evidence_count + 1;
    ret->evidence = ARENA_ARRAY(arena, ret->evidence_room, struct evidence);
    if (from->evidence_count > 0)
        memcpy(ret->evidence, from->evidence, from->evidence_count * sizeof(*from->evidence));
    ret->accreditation_room = from->accreditation_count + 1;
    ret->accreditations = ARENA_ARRAY(arena, ret->accreditation_room, struct accreditation);
    if (from->accreditation_count > 0)
        memcpy(ret->accreditations, from->accreditations,
               from->accreditation_count * sizeof(*from->accreditations));
}

static day latest_planned(const struct standing_facts *facts)
{
    const struct dossier *dossier = &facts->then_dossier;
    day latest = facts->on;

    for (size_t i = dossier->evidence_count - facts->planned; i < dossier->evidence_count; i++)
        if (dossier->evidence[i].end > latest)
            latest = dossier->evidence[i].end;
    return latest;
}

static void read_plan(struct facts_reader *r)
{
    struct standing_facts *facts = r->facts;
    struct row_reader reader = {
        .arena = r->arena,
        .sent = r->sent,
        .faults = &facts->form,
        .on = facts->then != DAY_NONE ? facts->then : facts->on,
        .last = day_add_months(r->today, FACTS_AHEAD_MONTHS),
        .too_late = "lies more than 20 years ahead",
        .standing = STANDING_VERIFIED,
        .dossier = &facts->then_dossier,
        .most = FACTS_RECORDS_MAX,
    };

    copy_dossier(r->arena, &facts->now, &facts->then_dossier);
    read_rows(r, &reader, true);
    facts->planned = reader.added;
    facts->plans = facts->planned > 0 || facts->then != DAY_NONE;
    if (facts->then == DAY_NONE)
        facts->then = latest_planned(facts);
}

/* ---- names that mean nothing ---- */

static bool is_row_key(const struct asked_kind *kind, struct str key)
{
    static const struct str own[] = {
        { "count", 5 }, { "from", 4 }, { "to", 2 }, { "hours", 5 }, { "at", 2 }
    };

    if (str_list_has((struct str_list){ own, ARRAY_LEN(own) }, key))
        return true;
    for (size_t i = FIELD_FIRST_OWN; i < kind->kind->field_count; i++)
        if (kind->fields[i] && str_eq(kind->kind->fields[i].name, key))
            return true;
    return false;
}

static bool is_of(struct str name, struct str prefix, const struct asked_names *names)
{
    return str_starts(name, prefix) && asked_names_have(names, str_drop(name, prefix.n));
}

static bool has_place(const struct asked *asked, struct str name)
{
    static const struct str single[] = {
        { "on", 2 },
        { "then", 4 },
        { "marks", 5 },
        { "only", 4 },
        { "text", 4 },
        { "born", 4 },
        { "action", 6 },
        { "kept.log", 8 },
        { "kept.person", 11 },
        { "kept.log.name", 13 },
        { "kept.person.name", 16 },
        { "drop.log", 8 },
        { "drop.person", 11 },
    };
    struct sent_row_name row;

    if (str_list_has((struct str_list){ single, ARRAY_LEN(single) }, name) ||
        is_of(name, STR("held.from."), &asked->credentials) ||
        is_of(name, STR("held.to."), &asked->credentials) ||
        is_of(name, STR("declared."), &asked->statements) ||
        is_of(name, STR("anchor."), &asked->anchors))
        return true;
    if (!sent_row_name(name, &row))
        return false;
    return asked_kind(asked, row.kind) && is_row_key(asked_kind(asked, row.kind), row.key);
}

static void refuse_unknown(struct facts_reader *r)
{
    const struct form *fields = &r->sent->fields;

    for (size_t i = 0; i < fields->count; i++)
        if (!has_place(r->asked, fields->at[i].name))
            tell(r, STR_NONE, fields->at[i].name,
                 STR("the names are those of the form, and the fields those that a standard asks "
                     "for"),
                 "is a field for which there is no place");
}

/* ---- all of it ---- */

void facts_read(struct arena *arena, const struct scheme *scheme, const struct asked *asked,
                const struct sent *sent, day today, struct standing_facts *ret)
{
    struct facts_reader reader = { arena, scheme, asked, sent, today, ret };

    dossier_init(&ret->now);
    refuse_unknown(&reader);
    read_question(&reader);
    if (!asked->vocabulary) {
        tell(&reader, STR_NONE, STR_NONE, STR_NONE,
             "this scheme has no vocabulary, so nothing can be checked");
        return;
    }
    read_person_file(&reader);
    read_log(&reader);
    read_typed(&reader);
    read_done(&reader);
    take_marks(ret);
    read_plan(&reader);
    faults_sort(&ret->log);
}

static bool has_place_in_plan(const struct asked *asked, struct str name)
{
    static const struct str single[] = { { "then", 4 }, { "action", 6 }, { "token", 5 } };
    struct sent_row_name row;

    if (str_list_has((struct str_list){ single, ARRAY_LEN(single) }, name))
        return true;
    return has_place(asked, name) && sent_row_name(name, &row) && row.planned;
}

static void refuse_all_but_plan(struct facts_reader *r)
{
    const struct form *fields = &r->sent->fields;
    const struct str hint = STR("send what is planned, and the day to look on");

    for (size_t i = 0; i < fields->count; i++)
        if (!has_place_in_plan(r->asked, fields->at[i].name))
            tell(r, STR_NONE, fields->at[i].name, hint, "is a field for which there is no place");
    if (log_bytes(r).p || r->sent->person.name.p)
        tell(r, STR_NONE, STR_NONE, hint,
             "beside a record that is kept there is no place for another");
}

void facts_read_plan(struct arena *arena, const struct scheme *scheme, const struct asked *asked,
                     const struct sent *sent, day today, struct standing_facts *ret)
{
    struct facts_reader reader = { arena, scheme, asked, sent, today, ret };

    ret->on = today;
    refuse_all_but_plan(&reader);
    if (!asked->vocabulary)
        return;
    ret->then = read_day(&reader, STR("then"), DAY_NONE);
    read_plan(&reader);
}

bool facts_are_faulty(const struct standing_facts *facts)
{
    return facts->log.errors + facts->person.errors + facts->form.errors > 0;
}

bool facts_are_given(const struct standing_facts *facts)
{
    const struct dossier *now = &facts->now;

    return now->evidence_count + now->credential_count + now->declaration_count +
                   now->anchor_count + now->decision_count + now->judgement_count >
               0 ||
           now->born != DAY_NONE || facts->plans;
}
