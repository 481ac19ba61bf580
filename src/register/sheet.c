#include "register/sheet.h"

#include "register/encoding.h"
#include "json/read.h"

#define JSON_DEPTH 4 /* of what may be read; a logbook needs three */
#define NESTED_SPARE                                                                               \
    1000 /* arrays and objects beside the records: too many rows are told first                    \
          */

static void file_fault(struct faults *faults, const char *message, struct str hint)
{
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ 0 }, hint, "%s", message);
}

/* The file has too much of something. */
static void limit_fault(struct faults *faults, const char *what, size_t most)
{
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ 0 },
               STR("split the file, or leave out what need not be read"),
               "the file has more than %zu %s", most, what);
}

/* ---- CSV ---- */

static bool read_headings(struct sheet *sheet, size_t columns, struct faults *faults)
{
    struct str *headings;
    struct csv_row row;

    if (!csv_next(&sheet->csv, faults, &row)) {
        file_fault(faults, "the file is empty", STR("the first row names the columns"));
        return false;
    }
    if (row.faulty)
        return false;
    if (row.surplus > 0) {
        limit_fault(faults, "columns", columns);
        return false;
    }
    headings = ARENA_ARRAY(sheet->arena, row.count, struct str);
    for (size_t i = 0; i < row.count; i++)
        headings[i] = csv_trim(csv_text(sheet->arena, row.cells[i]));
    sheet->headings = (struct str_list){ headings, row.count };
    sheet->csv.width = row.count;
    sheet->first = sheet->csv;
    return true;
}

static bool open_csv(struct sheet *sheet, struct str text, const struct logbook_limits *limits,
                     struct faults *faults)
{
    struct csv_row row;

    if (!csv_init(&sheet->csv, sheet->arena, text, limits->columns, faults) ||
        !read_headings(sheet, limits->columns, faults))
        return false;
    while (csv_next(&sheet->csv, NULL, &row)) {
        if (sheet->row_count == limits->rows) {
            limit_fault(faults, "rows", limits->rows);
            return false;
        }
        sheet->row_count++;
    }
    return true;
}

/* ---- JSON ---- */

static struct str json_cell(struct arena *arena, const struct value *value)
{
    if (!value)
        return STR("");
    switch (value->kind) {
    case VALUE_TEXT:
        return csv_trim(value->text);
    case VALUE_INT:
        return str_format(arena, "%lld", (long long)value->integer);
    case VALUE_REAL:
        return str_format(arena, "%.15g", value->real);
    case VALUE_BOOL:
        return value->boolean ? STR("yes") : STR("no");
    case VALUE_NULL:
    case VALUE_HTML:
    case VALUE_ARRAY:
    case VALUE_OBJECT:
        break;
    }
    return STR("");
}

static bool find_heading(const struct sheet *sheet, struct str key, size_t *ret)
{
    for (size_t i = 0; i < sheet->headings.count; i++) {
        if (str_eq(sheet->headings.at[i], key)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

static bool collect_headings(struct sheet *sheet, size_t columns, struct faults *faults)
{
    struct str *headings = ARENA_ARRAY(sheet->arena, columns, struct str);

    sheet->headings.at = headings;
    for (size_t i = 0; i < sheet->records->count; i++) {
        const struct value *record = sheet->records->items[i];
        size_t at;

        for (size_t j = 0; record->kind == VALUE_OBJECT && j < record->count; j++) {
            if (find_heading(sheet, record->members[j].key, &at))
                continue;
            if (sheet->headings.count == columns) {
                limit_fault(faults, "different keys", columns);
                return false;
            }
            headings[sheet->headings.count++] = record->members[j].key;
        }
    }
    return true;
}

/* The array of records, wherever it stands; NULL, with faults, if there is none. */
static const struct value *find_records(const struct value *root, struct faults *faults)
{
    const struct value *records = root;
    size_t errors = faults->errors;

    for (size_t i = 0; root->kind == VALUE_OBJECT && i < root->count; i++) {
        struct str key = root->members[i].key;

        if (!str_eq(key, STR("records")) && !str_starts(key, STR("note")))
            faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .value = key },
                       STR("a logbook is an array of records, or an object with the keys "
                           "records and, for remarks, note"),
                       "is no key of a logbook");
    }
    if (root->kind == VALUE_OBJECT)
        records = value_get(root, "records");
    if (!records || records->kind != VALUE_ARRAY)
        file_fault(faults, "the file holds no array of records",
                   STR("write [{…}, {…}] or {\"records\": [{…}, {…}]}"));
    return faults->errors == errors ? records : NULL;
}

static bool open_json(struct sheet *sheet, struct str text, const struct logbook_limits *limits,
                      struct faults *faults)
{
    struct json_limits bounds = {
        .bytes = limits->bytes,
        .depth = JSON_DEPTH,
        .values = limits->values,
        .nested = limits->rows + NESTED_SPARE,
    };
    struct json_fault fault;
    struct value *root;

    sheet->json = true;
    faults->row_name = "record";
    if (failed(json_read(sheet->arena, text, &bounds, &fault, &root))) {
        faults_add_json(faults, &fault);
        return false;
    }
    sheet->records = find_records(root, faults);
    if (!sheet->records)
        return false;
    sheet->row_count = sheet->records->count;
    if (sheet->row_count > limits->rows) {
        limit_fault(faults, "records", limits->rows);
        return false;
    }
    if (!collect_headings(sheet, limits->columns, faults))
        return false;
    sheet->cells = ARENA_ARRAY(sheet->arena, sheet->headings.count, const struct value *);
    return true;
}

/* Puts the values of the record at hand under their headings. */
static void place_values(struct sheet *sheet, const struct value *record, struct faults *faults)
{
    size_t at;

    for (size_t i = 0; i < sheet->headings.count; i++)
        sheet->cells[i] = NULL;
    for (size_t i = 0; i < record->count; i++) {
        const struct value *value = record->members[i].value;

        if (!find_heading(sheet, record->members[i].key, &at))
            BUG("a key that was not collected");
        if (value->kind != VALUE_ARRAY && value->kind != VALUE_OBJECT) {
            sheet->cells[at] = value;
            continue;
        }
        sheet->certain = false;
        if (faults)
            faults_add(faults, SEVERITY_ERROR, sheet_place(sheet, at, STR_NONE),
                       STR("write a text, a number, true, false or null"),
                       "an array or an object stands here instead of one value");
    }
}

static bool next_record(struct sheet *sheet, struct faults *faults)
{
    static const struct value nothing = { .kind = VALUE_OBJECT };
    const struct value *record;

    if (sheet->next == sheet->records->count)
        return false;
    record = sheet->records->items[sheet->next++];
    sheet->certain = record->kind == VALUE_OBJECT;
    if (record->kind != VALUE_OBJECT) {
        if (faults)
            faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .row = sheet_row(sheet) },
                       STR_NONE, "this record is no object");
        record = &nothing;
    }
    place_values(sheet, record, faults);
    return true;
}

/* ---- both ---- */

static bool is_json(struct str text)
{
    struct str begin = csv_trim(text);

    return str_starts(begin, STR("{")) || str_starts(begin, STR("["));
}

bool sheet_open(struct sheet *sheet, struct arena *arena, struct str bytes,
                const struct logbook_limits *limits, struct faults *faults)
{
    struct str text = encoding_unmarked(bytes);
    bool opened;

    *sheet = (struct sheet){ .arena = arena };
    if (bytes.n > limits->bytes) {
        limit_fault(faults, "bytes", limits->bytes);
        return false;
    }
    if (is_json(text)) {
        opened = open_json(sheet, text, limits, faults);
    } else if (!encoding_decode(arena, bytes, faults, &text)) {
        return false;
    } else if (is_json(text)) {
        file_fault(faults, "a logbook in JSON must be saved as UTF-8", STR_NONE);
        return false;
    } else {
        opened = open_csv(sheet, text, limits, faults);
    }
    if (opened && sheet->row_count == 0) {
        file_fault(faults, "the file holds no records",
                   sheet->json ? STR_NONE : STR("each row below the headings is a record"));
        return false;
    }
    sheet_rewind(sheet);
    return opened;
}

void sheet_rewind(struct sheet *sheet)
{
    sheet->next = 0;
    sheet->csv = sheet->first;
}

bool sheet_next(struct sheet *sheet, struct faults *faults)
{
    if (sheet->json)
        return next_record(sheet, faults);
    if (!csv_next(&sheet->csv, faults, &sheet->at))
        return false;
    sheet->certain = !sheet->at.faulty && sheet->at.surplus == 0;
    if (sheet->at.surplus > 0 && faults)
        faults_add(
            faults, SEVERITY_ERROR,
            (struct fault_place){ .row = sheet->at.number, .column = (uint32_t)sheet->at.surplus },
            STR("put a text that holds a separator in double quotes, or name the column"),
            "the row has a cell here, but the first row names only %zu columns",
            sheet->headings.count);
    return true;
}

uint32_t sheet_row(const struct sheet *sheet)
{
    return sheet->json ? (uint32_t)sheet->next : sheet->at.number;
}

struct str sheet_cell(const struct sheet *sheet, size_t heading, bool *ret_number)
{
    const struct value *value;

    *ret_number = false;
    if (!sheet->json) {
        if (heading >= sheet->at.count)
            return STR("");
        return csv_trim(csv_text(sheet->arena, sheet->at.cells[heading]));
    }
    value = sheet->cells[heading];
    *ret_number = value && (value->kind == VALUE_INT || value->kind == VALUE_REAL);
    return json_cell(sheet->arena, value);
}

struct fault_place sheet_place(const struct sheet *sheet, size_t heading, struct str value)
{
    return (struct fault_place){
        .row = sheet_row(sheet),
        .column = sheet->json ? 0 : (uint32_t)heading + 1,
        .heading = sheet->headings.at[heading],
        .value = value,
    };
}
