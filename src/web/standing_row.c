#include "web/standing_row.h"

#include "register/cell.h"
#include "register/record.h"
#include "web/standing_facts.h"

#define MINUTES_A_DAY ((int64_t)24 * 60)

struct typed_row {
    struct row_reader *reader;
    const struct asked_kind *kind;
    struct str prefix; /* of the names of its fields: "plan.mediation.2." */
    int64_t count;
    day from;
    day to;
    int64_t minutes; /* of all its records together; -1: not said */
    struct evidence record;
};

static struct str name_of(const struct typed_row *row, struct str key)
{
    return str_format(row->reader->arena, "%.*s%.*s", STR_ARG(row->prefix), STR_ARG(key));
}

static struct str text_of(const struct typed_row *row, struct str key)
{
    return sent_text(row->reader->sent, name_of(row, key));
}

static void complain(const struct typed_row *row, struct str key, struct str hint,
                     const char *message)
{
    struct str text = text_of(row, key);

    faults_add(
        row->reader->faults, SEVERITY_ERROR,
        (struct fault_place){ .heading = name_of(row, key), .value = text.n > 0 ? text : STR_NONE },
        hint, "%s", message);
}

bool row_read_day(struct arena *arena, struct faults *faults, struct str name, struct str text,
                  day *ret)
{
    const struct date_column alone = { 0 };
    struct complaint complaint = { "may be two days: the day or the month may stand first",
                                   "write the date as YYYY-MM-DD, as in 2024-05-31" };

    (void)arena;
    if (text.n == 0)
        return false;
    if (!date_is_undecided(text, &alone) && date_read(text, &alone, ret, &complaint))
        return true;
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .heading = name, .value = text },
               str_from_c(complaint.hint), "%s", complaint.says);
    return false;
}

/* ---- what the row says ---- */

static bool read_count(struct typed_row *row)
{
    struct str text = text_of(row, STR("count"));
    struct complaint complaint;

    row->count = 1;
    if (text.n == 0)
        return true;
    if (!whole_read(text, &row->count, &complaint)) {
        complain(row, STR("count"), str_from_c(complaint.hint), complaint.says);
        return false;
    }
    if (row->count >= 1 && row->count <= FACTS_COUNT_MAX)
        return true;
    complain(row, STR("count"), STR("write a number from 1 to 1000, or use several rows"),
             "is not a number of records that a row can stand for");
    return false;
}

static bool read_from_and_to(struct typed_row *row)
{
    struct row_reader *reader = row->reader;
    struct str to = text_of(row, STR("to"));

    if (text_of(row, STR("from")).n == 0) {
        complain(row, STR("from"), STR("write the day, or the first of several"),
                 "the row has no date");
        return false;
    }
    if (!row_read_day(reader->arena, reader->faults, name_of(row, STR("from")),
                      text_of(row, STR("from")), &row->from))
        return false;
    row->to = row->from;
    if (to.n > 0 &&
        !row_read_day(reader->arena, reader->faults, name_of(row, STR("to")), to, &row->to))
        return false;
    if (to.n == 0 && row->count > 1 && row->from < reader->on)
        row->to = reader->on < reader->last ? reader->on : reader->last;
    if (row->from > row->to) {
        complain(row, STR("from"), STR("correct one of the two"), "is after the last day");
        return false;
    }
    if (row->to > reader->last) {
        complain(row, to.n > 0 ? STR("to") : STR("from"), STR_NONE, reader->too_late);
        return false;
    }
    return true;
}

static bool read_hours(struct typed_row *row)
{
    struct str text = text_of(row, STR("hours"));
    struct complaint complaint;
    int64_t days = row->count > 1 ? row->count : row->to - row->from + 1;

    row->minutes = -1;
    if (text.n == 0)
        return true;
    if (!hours_read(text, false, &row->minutes, &complaint)) {
        complain(row, STR("hours"), str_from_c(complaint.hint), complaint.says);
        return false;
    }
    if (row->minutes <= days * MINUTES_A_DAY)
        return true;
    complain(row, STR("hours"), STR("give more days, or correct the hours"),
             "is more than 24 hours a day");
    return false;
}

static bool read_type(struct typed_row *row)
{
    struct row_reader *reader = row->reader;
    struct dossier *dossier = reader->dossier;
    struct str_list known = { row->kind->types.at, row->kind->types.count };
    struct str text = text_of(row, STR("at"));
    struct accreditation always = { .type = text, .from = DAY_FIRST, .to = DAY_LAST };

    row->record.programme = STR_NONE;
    if (text.n == 0)
        return true;
    if (!str_list_has(known, text)) {
        complain(row, STR("at"), faults_one_of(reader->faults, text, known),
                 "is no type of programme that a standard asks for here");
        return false;
    }
    always.programme = str_format(reader->arena, "any-%.*s", STR_ARG(text));
    row->record.programme = always.programme;
    for (size_t i = 0; i < dossier->accreditation_count; i++)
        if (str_eq(dossier->accreditations[i].programme, always.programme))
            return true;
    *ARENA_PUSH(reader->arena, dossier->accreditations, dossier->accreditation_count,
                dossier->accreditation_room) = always;
    return true;
}

/* The text as a fact has it; STR_NONE, with a fault, where it is none. */
static struct str read_value(struct typed_row *row, const struct field *field, struct str text)
{
    struct complaint complaint;
    int64_t number;

    switch (field->type) {
    case FIELD_OF:
    case FIELD_ORDERED:
        if (str_list_has(field->values, text))
            return text;
        complain(row, field->name, faults_one_of(row->reader->faults, text, field->values),
                 "is no value that can be chosen here");
        return STR_NONE;
    case FIELD_ID:
        if (id_check(text, &complaint) && str_code_points(text) <= LOGBOOK_ID_MAX)
            return text;
        complain(row, field->name, STR("write it in one piece, of at most 20 characters"),
                 "is no reference");
        return STR_NONE;
    case FIELD_INTEGER:
    case FIELD_MINUTES:
        if (field->type == FIELD_INTEGER ? whole_read(text, &number, &complaint)
                                         : hours_read(text, false, &number, &complaint))
            return field->type == FIELD_INTEGER
                       ? text
                       : str_format(row->reader->arena, "%lld:%02lld", (long long)(number / 60),
                                    (long long)(number % 60));
        complain(row, field->name, str_from_c(complaint.hint), complaint.says);
        return STR_NONE;
    }
    return STR_NONE;
}

static bool read_fields(struct typed_row *row)
{
    const struct kind *kind = row->kind->kind;
    struct fact *facts = ARENA_ARRAY(row->reader->arena, kind->field_count, struct fact);
    size_t count = 0;
    bool good = true;

    for (size_t i = FIELD_FIRST_OWN; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        struct str text = row->kind->fields[i] ? text_of(row, field->name) : STR("");
        struct str value;

        if (text.n == 0)
            continue;
        value = read_value(row, field, text);
        good = good && value.p;
        facts[count++] = (struct fact){ field->name, value };
    }
    row->record.facts = facts;
    row->record.fact_count = count;
    return good;
}

/* ---- its records ---- */

static void add_records(struct typed_row *row)
{
    struct row_reader *reader = row->reader;
    struct dossier *dossier = reader->dossier;
    int64_t span = row->to - row->from;

    for (int64_t i = 0; i < row->count; i++) {
        struct evidence *record = ARENA_PUSH(reader->arena, dossier->evidence,
                                             dossier->evidence_count, dossier->evidence_room);

        *record = row->record;
        record->id = str_format(reader->arena, "e%zu", dossier->evidence_count);
        if (row->count > 1) {
            record->start = row->from + (day)(span * i / (row->count - 1));
            record->end = record->start;
        }
        if (row->minutes >= 0)
            record->hours = row->minutes / row->count + (i < row->minutes % row->count ? 1 : 0);
        reader->added++;
    }
}

static bool is_empty(const struct typed_row *row)
{
    const struct kind *kind = row->kind->kind;

    if (text_of(row, STR("count")).n > 0 || text_of(row, STR("from")).n > 0 ||
        text_of(row, STR("to")).n > 0 || text_of(row, STR("hours")).n > 0 ||
        text_of(row, STR("at")).n > 0)
        return false;
    for (size_t i = FIELD_FIRST_OWN; i < kind->field_count; i++)
        if (row->kind->fields[i] && text_of(row, kind->fields[i].name).n > 0)
            return false;
    return true;
}

void row_read(struct row_reader *reader, const struct asked_kind *kind, bool planned, int number)
{
    struct typed_row row = {
        .reader = reader,
        .kind = kind,
        .prefix = str_format(reader->arena, "%s%.*s.%d.", planned ? "plan." : "",
                             STR_ARG(kind->kind->name), number),
        .record = { .kind = kind->kind->name,
                    .matter = STR_NONE,
                    .hours = -1,
                    .days = -1,
                    .standing = reader->standing,
                    .verified_on = DAY_NONE },
    };
    bool good;

    if (is_empty(&row))
        return;
    good = read_count(&row);
    good = read_from_and_to(&row) && good;
    good = good && read_hours(&row);
    good = read_type(&row) && good;
    good = read_fields(&row) && good;
    if (!good)
        return;
    if (reader->added + (size_t)row.count > reader->most) {
        complain(&row, STR("count"), STR("put so many into a logbook"),
                 "brings the rows to more records than can be typed");
        return;
    }
    row.record.start = row.from;
    row.record.end = row.to;
    add_records(&row);
}
