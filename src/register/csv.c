#include "register/csv.h"

/* The white space at the beginning of s that word processors add beside that of ASCII: a
   no-break space, narrow or not. The length in bytes, or 0. */
static size_t odd_space(struct str s)
{
    if (str_starts(s, STR("\xc2\xa0")))
        return 2;
    return str_starts(s, STR("\xe2\x80\xaf")) ? 3 : 0;
}

struct str csv_trim(struct str s)
{
    size_t n;

    do {
        s = str_trim(s);
        n = odd_space(s);
        s = str_drop(s, n);
    } while (n > 0);
    do {
        s = str_trim(s);
        n = s.n >= 2 ? odd_space(str_drop(s, s.n - 2)) : 0;
        if (n == 0 && s.n >= 3)
            n = odd_space(str_drop(s, s.n - 3));
        s.n -= n;
    } while (n > 0);
    return s;
}

static bool at_line_end(struct str text, size_t at)
{
    return at >= text.n || text.p[at] == '\n' || text.p[at] == '\r';
}

/* Behind the line end at `at`, which may be the end of the text. */
static size_t skip_line_end(struct str text, size_t at)
{
    if (at == text.n)
        return at;
    return at + (str_starts(str_drop(text, at), STR("\r\n")) ? 2 : 1);
}

/* A first line that only says which separator follows. */
static bool separator_line(struct str text, char *ret_separator, size_t *ret_behind)
{
    struct str line = text;

    line.n = 0;
    while (!at_line_end(text, line.n))
        line.n++;
    *ret_behind = skip_line_end(text, line.n);
    if (line.n > 1 && str_starts(line, STR("\"")) && str_ends(line, STR("\"")))
        line = str_take(str_drop(line, 1), line.n - 2);
    if (!str_starts(line, STR("sep=")) || line.n != 5)
        return false;
    *ret_separator = line.p[4];
    return line.p[4] == ',' || line.p[4] == ';' || line.p[4] == '\t';
}

/* How often each separator stands outside quotes in the first row that holds anything. */
static void count_separators(struct str text, size_t ret_counts[3])
{
    bool quoted = false;
    bool blank = true;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (c == '"')
            quoted = !quoted;
        if (!quoted && at_line_end(text, i)) {
            if (!blank)
                return;
            ret_counts[0] = ret_counts[1] = ret_counts[2] = 0;
        } else if (!quoted && (c == ',' || c == ';' || c == '\t')) {
            ret_counts[c == ',' ? 0 : c == ';' ? 1 : 2]++;
        } else if (c != ' ' && c != '\n' && c != '\r') {
            blank = false;
        }
    }
}

static bool find_separator(struct str text, struct faults *faults, char *ret)
{
    size_t counts[3] = { 0 };
    size_t kinds;

    count_separators(text, counts);
    kinds = (size_t)(counts[0] > 0) + (size_t)(counts[1] > 0) + (size_t)(counts[2] > 0);
    if (kinds > 1) {
        faults_add(faults, SEVERITY_ERROR, (struct fault_place){ 0 },
                   STR("put a heading that holds a comma, a semicolon or a tab in double quotes, "
                       "or put a line such as sep=; first"),
                   "the headings do not show what separates the columns: they hold more than one "
                   "of comma, semicolon and tab");
        return false;
    }
    *ret = ',';
    if (counts[1] > 0)
        *ret = ';';
    else if (counts[2] > 0)
        *ret = '\t';
    return true;
}

bool csv_init(struct csv *csv, struct arena *arena, struct str text, size_t width,
              struct faults *faults)
{
    char separator;
    size_t begin;

    if (!separator_line(text, &separator, &begin)) {
        begin = 0;
        if (!find_separator(text, faults, &separator))
            return false;
    }
    *csv = (struct csv){ .text = text, .width = width, .separator = separator, .at = begin };
    csv->cells = ARENA_ARRAY(arena, width, struct csv_cell);
    return true;
}

/* A row while it is read. */
struct reading {
    struct csv *csv;
    struct faults *faults;
    struct csv_row *row;
    size_t cells; /* finished ones, those past the width included */
    bool blank;
};

static void add_fault(struct reading *reading, const char *message, struct str hint)
{
    struct fault_place place = { .row = reading->row->number,
                                 .column = (uint32_t)reading->cells + 1 };

    reading->row->faulty = true;
    if (reading->faults)
        faults_add(reading->faults, SEVERITY_ERROR, place, hint, "%s", message);
}

static void add_cell(struct reading *reading, struct str text, bool doubled)
{
    bool blank = csv_trim(text).n == 0;

    reading->blank = reading->blank && blank;
    if (reading->cells < reading->csv->width)
        reading->csv->cells[reading->cells] = (struct csv_cell){ text, doubled };
    else if (!blank && reading->row->surplus == 0)
        reading->row->surplus = reading->cells + 1;
    reading->cells++;
}

static bool at_cell_end(const struct csv *csv)
{
    return at_line_end(csv->text, csv->at) || csv->text.p[csv->at] == csv->separator;
}

/* The cell up to the next separator or line end. */
static void read_plain(struct reading *reading)
{
    struct csv *csv = reading->csv;
    struct str text = str_drop(csv->text, csv->at);
    size_t from = csv->at;

    while (!at_cell_end(csv))
        csv->at++;
    add_cell(reading, str_take(text, csv->at - from), false);
}

/* The cell whose opening quote is at hand. */
static void read_quoted(struct reading *reading)
{
    struct csv *csv = reading->csv;
    struct str text = str_drop(csv->text, csv->at + 1);
    bool doubled = false;
    size_t n = 0;

    for (;; n++) {
        if (n == text.n) {
            add_fault(reading, "a double quote opens here and is never closed",
                      STR("close it, or write a quote that belongs to a text twice within quotes"));
            break;
        }
        if (text.p[n] != '"')
            continue;
        if (n + 1 == text.n || text.p[n + 1] != '"')
            break;
        doubled = true;
        n++;
    }
    csv->at += 1 + n + (n < text.n);
    if (!at_cell_end(csv)) {
        add_fault(reading, "something follows the closing double quote of this cell",
                  STR("write a quote that belongs to a text twice within quotes"));
        while (!at_cell_end(csv))
            csv->at++;
    }
    add_cell(reading, str_take(text, n), doubled);
}

static void read_cell(struct reading *reading)
{
    struct csv *csv = reading->csv;
    size_t from = csv->at;

    while (csv->at < csv->text.n && csv->text.p[csv->at] == ' ')
        csv->at++;
    if (csv->at < csv->text.n && csv->text.p[csv->at] == '"') {
        if (csv->at > from)
            add_fault(reading, "there is a space before the opening double quote of this cell",
                      STR("remove the space"));
        read_quoted(reading);
    } else {
        csv->at = from;
        read_plain(reading);
    }
}

bool csv_next(struct csv *csv, struct faults *faults, struct csv_row *ret)
{
    struct csv_row row;
    struct reading reading;

    do {
        if (csv->at >= csv->text.n)
            return false;
        row = (struct csv_row){ .number = ++csv->row, .cells = csv->cells };
        reading = (struct reading){ .csv = csv, .faults = faults, .row = &row, .blank = true };
        read_cell(&reading);
        while (!at_line_end(csv->text, csv->at)) {
            csv->at++;
            read_cell(&reading);
        }
        csv->at = skip_line_end(csv->text, csv->at);
    } while (reading.blank && !row.faulty);
    row.count = reading.cells < csv->width ? reading.cells : csv->width;
    *ret = row;
    return true;
}

struct str csv_text(struct arena *arena, struct csv_cell cell)
{
    char *text;
    size_t n = 0;

    if (!cell.doubled)
        return cell.text;
    text = arena_alloc(arena, cell.text.n);
    for (size_t i = 0; i < cell.text.n; i++) {
        text[n++] = cell.text.p[i];
        if (cell.text.p[i] == '"')
            i++;
    }
    return (struct str){ text, n };
}
