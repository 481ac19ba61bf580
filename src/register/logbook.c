#include "register/logbook.h"

#include <stdlib.h>

#include "register/columns.h"
#include "register/record.h"

const struct logbook_limits logbook_limits = {
    .bytes = 5000000,
    .rows = 20000,
    .columns = 200,
    .values = 300000,
};

/* ---- what only a whole column can say ---- */

static bool holds_dates(const struct column *column)
{
    return column->of == COLUMN_DATE || column->of == COLUMN_START || column->of == COLUMN_END ||
           column->of == COLUMN_VERIFIED_ON;
}

/* "row 3, 7, 12 and 40 more" */
static struct str row_list(struct record_reader *reader, const struct date_column *dates)
{
    struct buf text;

    buf_init(&text, 1000);
    for (size_t i = 0; i < dates->undecided && i < UNDECIDED_ROWS; i++)
        buf_format(&text, "%s%u", i > 0 ? ", " : "", dates->undecided_rows[i]);
    if (dates->undecided > UNDECIDED_ROWS)
        buf_format(&text, " and %zu more", dates->undecided - UNDECIDED_ROWS);
    return buf_take(&text, reader->arena);
}

static void check_date_order(struct record_reader *reader, const struct column *column)
{
    const struct str hint = STR("write the dates of this column as YYYY-MM-DD");
    const struct date_column *dates = &column->dates;
    struct fault_place place = sheet_place(&reader->sheet, column->heading, STR_NONE);

    place.row = 0; /* it is about all of them */
    if (dates->day_first > 0 && dates->month_first > 0)
        faults_add(reader->faults, SEVERITY_ERROR, place, hint,
                   "the dates contradict each other: in %s %u the day must stand first, and in "
                   "%s %u the month",
                   reader->faults->row_name, dates->day_first, reader->faults->row_name,
                   dates->month_first);
    else if (dates->undecided > 0 && dates->day_first == 0 && dates->month_first == 0)
        faults_add(reader->faults, SEVERITY_ERROR, place, hint,
                   "nothing in this column shows whether the day or the month stands first: see "
                   "%s %.*s",
                   reader->faults->row_name, STR_ARG(row_list(reader, dates)));
}

/* Goes through all rows once, for what only a whole column can say. */
static void survey(struct record_reader *reader)
{
    struct columns *columns = &reader->columns;

    while (sheet_next(&reader->sheet, NULL)) {
        for (size_t i = 0; i < columns->count; i++) {
            struct column *column = &columns->at[i];

            if (holds_dates(column))
                date_survey(record_cell(reader, column), sheet_row(&reader->sheet), &column->dates);
        }
    }
    for (size_t i = 0; i < columns->count; i++)
        check_date_order(reader, &columns->at[i]);
    sheet_rewind(&reader->sheet);
}

/* ---- rows ---- */

struct records {
    struct evidence *at;
    size_t count;
};

static struct logbook_rows read_rows(struct record_reader *reader)
{
    struct logbook_row *rows =
        ARENA_ARRAY(reader->arena, reader->sheet.row_count, struct logbook_row);
    size_t count = 0;

    while (sheet_next(&reader->sheet, reader->faults)) {
        struct logbook_row *row = &rows[count++];
        size_t errors = reader->faults->errors;

        row->number = sheet_row(&reader->sheet);
        row->faulty = !reader->sheet.certain;
        if (!row->faulty) {
            record_read(reader, &row->says);
            row->faulty = reader->faults->errors > errors;
        }
    }
    return (struct logbook_rows){ rows, count };
}

/* The records of all rows, none of which is faulty; the first is e`first`. */
static struct records records_of(struct arena *arena, struct logbook_rows rows, size_t first)
{
    struct records records = { .at = ARENA_ARRAY(arena, rows.count, struct evidence) };

    for (size_t i = 0; i < rows.count; i++) {
        records.at[records.count] = rows.at[i].says;
        records.at[records.count].id = str_format(arena, "e%zu", first + records.count);
        records.count++;
    }
    return records;
}

/* ---- the same row twice ---- */

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_facts(const struct evidence *a, const struct evidence *b)
{
    int order = compare_numbers((int64_t)a->fact_count, (int64_t)b->fact_count);

    for (size_t i = 0; i < a->fact_count && order == 0; i++) {
        order = str_cmp(a->facts[i].field, b->facts[i].field);
        if (order == 0)
            order = str_cmp(a->facts[i].value, b->facts[i].value);
    }
    return order;
}

/* 0 for records that differ in nothing that was read. */
static int compare_content(const struct evidence *a, const struct evidence *b)
{
    const int orders[] = {
        compare_numbers(a->start, b->start),
        compare_numbers(a->end, b->end),
        compare_numbers(a->hours, b->hours),
        compare_numbers(a->days, b->days),
        str_cmp(a->kind, b->kind),
        str_cmp(a->matter, b->matter),
        str_cmp(a->programme, b->programme),
        compare_numbers(a->standing, b->standing),
        compare_numbers(a->verified_on, b->verified_on),
    };

    for (size_t i = 0; i < ARRAY_LEN(orders); i++)
        if (orders[i] != 0)
            return orders[i];
    return compare_facts(a, b);
}

static int compare_evidence(const void *a, const void *b)
{
    const struct evidence *x = *(const struct evidence *const *)a;
    const struct evidence *y = *(const struct evidence *const *)b;
    int order = compare_content(x, y);

    return order != 0 ? order : compare_numbers(x->line, y->line);
}

/* Sorting finds them in a time that no choice of rows can spoil. */
static void warn_of_repeats(struct record_reader *reader, struct records records)
{
    const struct evidence **sorted =
        ARENA_ARRAY(reader->arena, records.count, const struct evidence *);
    const struct evidence *first;

    for (size_t i = 0; i < records.count; i++)
        sorted[i] = &records.at[i];
    qsort(sorted, records.count, sizeof(*sorted), compare_evidence);
    first = sorted[0];
    for (size_t i = 1; i < records.count; i++) {
        if (compare_content(first, sorted[i]) != 0) {
            first = sorted[i];
            continue;
        }
        faults_add(reader->faults, SEVERITY_WARNING, (struct fault_place){ .row = sorted[i]->line },
                   STR("remove one of them if both are the same event"),
                   "the same as %s %u in everything that is read", reader->faults->row_name,
                   first->line);
    }
}

/* ---- all of it ---- */

static struct str_list kind_names(struct arena *arena, const struct vocabulary *vocabulary)
{
    struct str *names = ARENA_ARRAY(arena, vocabulary->kind_count, struct str);

    for (size_t i = 0; i < vocabulary->kind_count; i++)
        names[i] = vocabulary->kinds[i].name;
    return (struct str_list){ names, vocabulary->kind_count };
}

static struct fact *room_for_facts(struct arena *arena, const struct vocabulary *vocabulary)
{
    size_t most = 0;

    for (size_t i = 0; i < vocabulary->kind_count; i++)
        if (vocabulary->kinds[i].field_count > most)
            most = vocabulary->kinds[i].field_count;
    return ARENA_ARRAY(arena, most, struct fact);
}

static struct str_list programmes_of(struct arena *arena, const struct dossier *dossier)
{
    struct str *names = ARENA_ARRAY(arena, dossier->accreditation_count, struct str);

    for (size_t i = 0; i < dossier->accreditation_count; i++)
        names[i] = dossier->accreditations[i].programme;
    return (struct str_list){ names, dossier->accreditation_count };
}

static void add_to_dossier(struct arena *arena, struct dossier *dossier, struct records records)
{
    size_t all = dossier->evidence_count + records.count;

    if (dossier->evidence_count == 0) {
        dossier->evidence = records.at;
        dossier->evidence_count = records.count;
        dossier->evidence_room = records.count;
        return;
    }
    if (all > dossier->evidence_room) {
        dossier->evidence = arena_grow(arena, dossier->evidence, dossier->evidence_room, all,
                                       sizeof(*dossier->evidence));
        dossier->evidence_room = all;
    }
    for (size_t i = 0; i < records.count; i++)
        dossier->evidence[dossier->evidence_count++] = records.at[i];
}

static struct record_reader reader_of(struct arena *arena, const struct vocabulary *vocabulary,
                                      day today, struct faults *faults,
                                      const struct dossier *dossier)
{
    return (struct record_reader){
        .arena = arena,
        .faults = faults,
        .vocabulary = vocabulary,
        .today = today,
        .kinds = kind_names(arena, vocabulary),
        .programmes = programmes_of(arena, dossier),
        .facts = room_for_facts(arena, vocabulary),
    };
}

/* False where the file as a whole has errors: of the headings, or of what only a column can say. */
static bool read_sheet(struct record_reader *reader, struct str bytes,
                       const struct logbook_limits *limits, struct logbook_rows *ret)
{
    size_t errors = reader->faults->errors;
    bool usable;

    if (!sheet_open(&reader->sheet, reader->arena, bytes, limits, reader->faults))
        return false;
    columns_read(&reader->columns, reader->arena, &reader->sheet, reader->vocabulary,
                 reader->faults);
    survey(reader);
    usable = reader->faults->errors == errors;
    *ret = read_rows(reader);
    return usable;
}

struct result logbook_read(struct arena *arena, struct str bytes,
                           const struct vocabulary *vocabulary, const struct logbook_limits *limits,
                           day today, struct faults *faults, struct dossier *dossier)
{
    struct record_reader reader = reader_of(arena, vocabulary, today, faults, dossier);
    size_t errors = faults->errors;
    struct logbook_rows rows;
    struct records records;

    if (!read_sheet(&reader, bytes, limits, &rows) || faults->errors > errors)
        return fail(&ERROR_INPUT);
    records = records_of(arena, rows, dossier->evidence_count + 1);
    warn_of_repeats(&reader, records);
    add_to_dossier(arena, dossier, records);
    return OK;
}

struct result logbook_read_rows(struct arena *arena, struct str bytes,
                                const struct vocabulary *vocabulary,
                                const struct logbook_limits *limits, day today,
                                struct faults *faults, const struct dossier *registers,
                                struct logbook_rows *ret)
{
    struct record_reader reader = reader_of(arena, vocabulary, today, faults, registers);
    struct logbook_rows rows;

    if (!read_sheet(&reader, bytes, limits, &rows))
        return fail(&ERROR_INPUT);
    *ret = rows;
    return OK;
}

static bool has_record(const struct dossier *dossier, struct str id)
{
    for (size_t i = 0; i < dossier->evidence_count; i++)
        if (str_eq(dossier->evidence[i].id, id))
            return true;
    return false;
}

void logbook_check_admitted(const struct dossier *dossier, struct faults *faults)
{
    for (size_t i = 0; i < dossier->decision_count; i++) {
        const struct decision *decision = &dossier->decisions[i];

        if (decision->kind == DECISION_ADMIT && !has_record(dossier, decision->record))
            faults_add(faults, SEVERITY_WARNING, (struct fault_place){ .value = decision->record },
                       STR("records are numbered e1, e2, … from the first one below the headings"),
                       "is admitted by a decision, but there is no such record");
    }
}
