#include "register/record.h"

#include <string.h>

#include "criteria/limits.h"
#include "register/words.h"

#define MINUTES_A_DAY ((int64_t)24 * 60)

/* ---- cells ---- */

struct str record_cell(const struct record_reader *reader, const struct column *column)
{
    bool number;

    return column ? sheet_cell(&reader->sheet, column->heading, &number) : STR("");
}

static struct fault_place place_of(const struct record_reader *reader, const struct column *column,
                                   struct str cell)
{
    return sheet_place(&reader->sheet, column->heading, cell);
}

static void complain(struct record_reader *reader, const struct column *column, struct str cell,
                     struct complaint complaint)
{
    faults_add(reader->faults, SEVERITY_ERROR, place_of(reader, column, cell),
               str_from_c(complaint.hint), "%s", complaint.says);
}

/* A fault of the row as a whole. */
static void row_fault(struct record_reader *reader, const char *message, struct str hint)
{
    faults_add(reader->faults, SEVERITY_ERROR,
               (struct fault_place){ .row = sheet_row(&reader->sheet) }, hint, "%s", message);
}

/* ---- dates ---- */

/* The day in a cell that is not empty. False when there is a fault, of the cell or its column. */
static bool read_day(struct record_reader *reader, const struct column *column, struct str cell,
                     day *ret)
{
    struct complaint complaint;
    day d;

    if (date_is_undecided(cell, &column->dates))
        return false;
    if (!date_read(cell, &column->dates, &d, &complaint)) {
        complain(reader, column, cell, complaint);
        return false;
    }
    if (reader->today != DAY_NONE && d > reader->today) {
        complain(reader, column, cell,
                 (struct complaint){ "lies in the future", "a logbook holds what has happened" });
        return false;
    }
    *ret = d;
    return true;
}

static bool read_start_and_end(struct record_reader *reader, struct str start, struct str end,
                               struct evidence *evidence)
{
    const struct column *const *one = reader->columns.one;
    bool read;

    if (start.n == 0 || end.n == 0) {
        row_fault(reader,
                  start.n == 0 ? "the record has an end, but no start"
                               : "the record has a start, but no end",
                  STR("give both; a record of one day has the same day twice"));
        return false;
    }
    read = read_day(reader, one[COLUMN_START], start, &evidence->start);
    if (!read_day(reader, one[COLUMN_END], end, &evidence->end) || !read)
        return false;
    if (evidence->start > evidence->end) {
        complain(reader, one[COLUMN_START], start,
                 (struct complaint){ "is after the end of the record", "correct one of the two" });
        return false;
    }
    return true;
}

/* False where the record has no certain dates. */
static bool read_dates(struct record_reader *reader, struct evidence *evidence)
{
    const struct column *const *one = reader->columns.one;
    struct str date = record_cell(reader, one[COLUMN_DATE]);
    struct str start = record_cell(reader, one[COLUMN_START]);
    struct str end = record_cell(reader, one[COLUMN_END]);

    if (date.n > 0 && (start.n > 0 || end.n > 0)) {
        row_fault(reader, "the record has a date, and a start or an end as well",
                  STR("leave one of them empty"));
        return false;
    }
    if (date.n > 0) {
        bool read = read_day(reader, one[COLUMN_DATE], date, &evidence->start);

        evidence->end = evidence->start;
        return read;
    }
    if (start.n > 0 || end.n > 0) {
        /* A column that is missing altogether has been told of. */
        return one[COLUMN_START] && one[COLUMN_END] &&
               read_start_and_end(reader, start, end, evidence);
    }
    if (one[COLUMN_DATE] || (one[COLUMN_START] && one[COLUMN_END]))
        row_fault(reader, "the record has no date", STR("say when it took place"));
    return false;
}

/* ---- hours and days ---- */

/* Minutes in a cell of hours, -1 if it is empty or faulty. */
static int64_t read_hours_cell(struct record_reader *reader, const struct column *column)
{
    struct complaint complaint;
    int64_t minutes;
    bool number;
    struct str cell;

    if (!column)
        return -1;
    cell = sheet_cell(&reader->sheet, column->heading, &number);
    if (cell.n == 0)
        return -1;
    if (hours_read(cell, number, &minutes, &complaint))
        return minutes;
    complain(reader, column, cell, complaint);
    return -1;
}

/* A whole number, -1 if the cell is empty or faulty. */
static int64_t read_whole_cell(struct record_reader *reader, const struct column *column)
{
    struct str cell = record_cell(reader, column);
    struct complaint complaint;
    int64_t number;

    if (cell.n == 0)
        return -1;
    if (whole_read(cell, &number, &complaint))
        return number;
    complain(reader, column, cell, complaint);
    return -1;
}

/* Hours and minutes add up only where they are written as a clock has them: 2.5 hours beside 150
   minutes say one thing twice. */
static void read_hours(struct record_reader *reader, struct evidence *evidence)
{
    const struct column *const *one = reader->columns.one;
    int64_t hours = read_hours_cell(reader, one[COLUMN_HOURS]);
    int64_t minutes = read_whole_cell(reader, one[COLUMN_MINUTES]);

    evidence->hours = -1;
    if (hours >= 0 && minutes >= 0 && (hours % 60 != 0 || minutes > 59))
        complain(reader, one[COLUMN_MINUTES], record_cell(reader, one[COLUMN_MINUTES]),
                 (struct complaint){ "stands beside hours that are not whole, or is over 59",
                                     "where both are given, hours are whole and minutes are the "
                                     "rest; else leave one of them empty" });
    else if (hours >= 0 || minutes >= 0)
        evidence->hours = (hours >= 0 ? hours : 0) + (minutes >= 0 ? minutes : 0);
}

static void read_days(struct record_reader *reader, struct evidence *evidence, bool dated)
{
    const struct column *column = reader->columns.one[COLUMN_DAYS];
    struct str cell = record_cell(reader, column);

    evidence->days = read_whole_cell(reader, column);
    if (evidence->days == 0 || (dated && evidence->days > evidence->end - evidence->start + 1)) {
        complain(reader, column, cell,
                 (struct complaint){ "is not a number of days between the start and the end",
                                     "a record has at least one day, and no more than the "
                                     "calendar has from its start to its end" });
        evidence->days = -1;
    }
}

/* Whether so many minutes fit into the days of a record; tells if they do not. */
static void check_fits(struct record_reader *reader, const struct column *column,
                       const struct evidence *evidence, int64_t minutes)
{
    int64_t days = evidence->days > 0 ? evidence->days : evidence->end - evidence->start + 1;

    if (minutes <= days * MINUTES_A_DAY)
        return;
    faults_add(reader->faults, SEVERITY_ERROR,
               place_of(reader, column, record_cell(reader, column)),
               STR("give the start and the end of the record, or correct the hours"),
               "is more than 24 hours a day: the record has %lld day%s", (long long)days,
               days == 1 ? "" : "s");
}

static void check_hours(struct record_reader *reader, const struct evidence *evidence)
{
    const struct column *const *one = reader->columns.one;
    bool in_hours = record_cell(reader, one[COLUMN_HOURS]).n > 0;

    if (evidence->hours > 0)
        check_fits(reader, in_hours ? one[COLUMN_HOURS] : one[COLUMN_MINUTES], evidence,
                   evidence->hours);
}

/* ---- ids ---- */

/* The id in a cell, copied; STR_NONE if the cell is empty or faulty. */
static struct str read_id(struct record_reader *reader, const struct column *column, size_t most)
{
    struct str cell = record_cell(reader, column);
    struct complaint complaint;

    if (cell.n == 0)
        return STR_NONE;
    if (!id_check(cell, &complaint)) {
        complain(reader, column, cell, complaint);
        return STR_NONE;
    }
    if (str_code_points(cell) > most) {
        faults_add(reader->faults, SEVERITY_ERROR, place_of(reader, column, cell),
                   STR("write a short reference that names nobody"),
                   "is longer than %zu characters", most);
        return STR_NONE;
    }
    return str_copy(reader->arena, cell);
}

static void read_programme(struct record_reader *reader, struct evidence *evidence)
{
    const struct column *column = reader->columns.one[COLUMN_PROGRAMME];

    evidence->programme = read_id(reader, column, CRITERIA_WORD_MAX);
    if (!evidence->programme.p || reader->programmes.count == 0 ||
        str_list_has(reader->programmes, evidence->programme))
        return;
    faults_add(reader->faults, SEVERITY_WARNING, place_of(reader, column, evidence->programme),
               faults_hint(reader->faults, evidence->programme, reader->programmes, STR_NONE),
               "is no programme of the register, so it counts as not accredited");
}

/* ---- standing ---- */

static const struct str standing_names[] = {
    [STANDING_VERIFIED] = STR("verified"),   [STANDING_CLAIMED] = STR("claimed"),
    [STANDING_REJECTED] = STR("rejected"),   [STANDING_WITHDRAWN] = STR("withdrawn"),
    [STANDING_DUPLICATE] = STR("duplicate"),
};

static enum standing standing_of(struct record_reader *reader, struct str cell)
{
    const struct column *column = reader->columns.one[COLUMN_STANDING];
    struct str_list names = { standing_names, ARRAY_LEN(standing_names) };
    struct str meaning;

    if (cell.n == 0)
        return STANDING_CLAIMED;
    meaning = word_meaning(WORD_STANDING, STR_NONE, cell);
    for (size_t i = 0; i < names.count; i++)
        if (str_eq(meaning, names.at[i]))
            return (enum standing)i;
    faults_add(reader->faults, SEVERITY_ERROR, place_of(reader, column, cell),
               faults_one_of(reader->faults, cell, names), "is no standing");
    return STANDING_CLAIMED;
}

static void read_standing(struct record_reader *reader, struct evidence *evidence, bool dated)
{
    const struct column *const *one = reader->columns.one;
    struct str standing = record_cell(reader, one[COLUMN_STANDING]);
    struct str on = record_cell(reader, one[COLUMN_VERIFIED_ON]);
    size_t errors = reader->faults->errors;

    evidence->standing = standing_of(reader, standing);
    evidence->verified_on = DAY_NONE;
    if (on.n == 0 || reader->faults->errors > errors)
        return;
    if (evidence->standing != STANDING_VERIFIED)
        complain(reader, one[COLUMN_VERIFIED_ON], on,
                 (struct complaint){ "is a day of verification, but the record is not verified",
                                     "write verified as its standing, or leave the day empty" });
    else if (read_day(reader, one[COLUMN_VERIFIED_ON], on, &evidence->verified_on) && dated &&
             evidence->verified_on < evidence->end)
        complain(reader, one[COLUMN_VERIFIED_ON], on,
                 (struct complaint){ "is before the record ends", "correct one of the dates" });
}

/* ---- fields ---- */

/* The value of a field with listed values; STR_NONE if the cell names none. */
static struct str read_value(struct record_reader *reader, const struct column *column,
                             const struct kind *kind, const struct field *field, struct str cell)
{
    struct str value = column_value(column, kind, field, cell);

    if (!value.p)
        faults_add(reader->faults, SEVERITY_ERROR, place_of(reader, column, cell),
                   faults_one_of(reader->faults, cell, field->values),
                   "is no value that '%.*s' has", STR_ARG(field->name));
    return value;
}

static struct str read_minutes(struct record_reader *reader, const struct column *column,
                               const struct evidence *evidence, bool dated)
{
    int64_t minutes = read_hours_cell(reader, column);

    if (minutes < 0)
        return STR_NONE;
    if (dated)
        check_fits(reader, column, evidence, minutes);
    return str_format(reader->arena, "%lld:%02lld", (long long)(minutes / 60),
                      (long long)(minutes % 60));
}

static struct str read_field(struct record_reader *reader, const struct column *column,
                             const struct kind *kind, const struct field *field,
                             const struct evidence *evidence, bool dated)
{
    int64_t number;

    switch (field->type) {
    case FIELD_OF:
    case FIELD_ORDERED:
        return read_value(reader, column, kind, field, record_cell(reader, column));
    case FIELD_ID:
        return read_id(reader, column, LOGBOOK_ID_MAX);
    case FIELD_INTEGER:
        number = read_whole_cell(reader, column);
        return number < 0 ? STR_NONE : str_format(reader->arena, "%lld", (long long)number);
    case FIELD_MINUTES:
        return read_minutes(reader, column, evidence, dated);
    }
    return STR_NONE;
}

static void misplaced(struct record_reader *reader, const struct column *column,
                      const struct kind *kind, struct str cell)
{
    faults_add(reader->faults, SEVERITY_ERROR, place_of(reader, column, cell),
               STR("leave the cell empty, or correct the kind"),
               "has no place here: a record of the kind '%.*s' has no '%.*s'", STR_ARG(kind->name),
               STR_ARG(column->field));
}

static void read_fields(struct record_reader *reader, const struct kind *kind,
                        struct evidence *evidence, bool dated)
{
    const struct columns *columns = &reader->columns;
    struct fact *facts = reader->facts;
    size_t count = 0;

    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->at[i];
        struct str cell = column->of == COLUMN_FIELD ? record_cell(reader, column) : STR("");
        const struct field *field = cell.n > 0 ? kind_field(kind, column->field) : NULL;
        struct str value;

        if (cell.n == 0)
            continue;
        if (!field) {
            misplaced(reader, column, kind, cell);
            continue;
        }
        value = read_field(reader, column, kind, field, evidence, dated);
        if (value.p && count < kind->field_count)
            facts[count++] = (struct fact){ field->name, value };
    }
    evidence->facts =
        memcpy(ARENA_ARRAY(reader->arena, count, struct fact), facts, count * sizeof(*facts));
    evidence->fact_count = count;
}

/* ---- rows ---- */

/* NULL, with a fault, where it is not certain what the record is. */
static const struct kind *read_kind(struct record_reader *reader)
{
    const struct column *column = reader->columns.one[COLUMN_KIND];
    struct str cell = record_cell(reader, column);
    const struct kind *kind;

    if (!column)
        return reader->vocabulary->kind_count == 1 ? &reader->vocabulary->kinds[0] : NULL;
    if (cell.n == 0) {
        row_fault(reader, "the record has no kind",
                  faults_one_of(reader->faults, STR_NONE, reader->kinds));
        return NULL;
    }
    kind = columns_kind(reader->vocabulary, cell);
    if (!kind)
        faults_add(reader->faults, SEVERITY_ERROR, place_of(reader, column, cell),
                   faults_one_of(reader->faults, cell, reader->kinds), "is no kind of record");
    return kind;
}

/* A column without a heading must be empty. */
static void check_unnamed(struct record_reader *reader)
{
    for (size_t i = 0; i < reader->columns.count; i++) {
        const struct column *column = &reader->columns.at[i];
        struct str cell = column->of == COLUMN_EMPTY ? record_cell(reader, column) : STR("");

        if (cell.n > 0)
            complain(reader, column, cell,
                     (struct complaint){ "stands in a column without a heading",
                                         "name the column in the first row" });
    }
}

void record_read(struct record_reader *reader, struct evidence *ret)
{
    const struct kind *kind = read_kind(reader);
    struct evidence evidence = { .line = sheet_row(&reader->sheet) };
    bool dated = read_dates(reader, &evidence);

    evidence.matter = read_id(reader, reader->columns.one[COLUMN_MATTER], LOGBOOK_ID_MAX);
    read_programme(reader, &evidence);
    read_hours(reader, &evidence);
    read_days(reader, &evidence, dated);
    if (dated)
        check_hours(reader, &evidence);
    read_standing(reader, &evidence, dated);
    if (kind) {
        evidence.kind = kind->name;
        read_fields(reader, kind, &evidence, dated);
    }
    check_unnamed(reader);
    *ret = evidence;
}
