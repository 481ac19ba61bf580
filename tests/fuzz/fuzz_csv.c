/*
 * The reader of CSV, fed with any text: its cells are slices of the text, in order, its rows are
 * numbered upwards, and reading again from a copy gives the same rows.
 */
#include "register/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define WIDTH 8

static void check_cell(struct arena *arena, struct str text, struct csv_cell cell,
                       const char **last)
{
    struct str resolved = csv_text(arena, cell);

    BUG_IF(cell.text.p < *last || cell.text.p + cell.text.n > text.p + text.n);
    BUG_IF(resolved.n > cell.text.n || (cell.doubled && resolved.n == cell.text.n));
    *last = cell.text.p + cell.text.n;
}

/* Reads to the end; a number that stands for all that was read. */
static uint64_t read_all(struct arena *arena, struct csv *csv, struct faults *faults)
{
    const char *last = csv->text.p;
    uint64_t sum = 0;
    struct csv_row row;
    uint32_t number = 0;

    while (csv_next(csv, faults, &row)) {
        BUG_IF(row.number <= number || row.count > WIDTH);
        BUG_IF(row.surplus != 0 && row.surplus <= WIDTH);
        number = row.number;
        for (size_t i = 0; i < row.count; i++) {
            check_cell(arena, csv->text, row.cells[i], &last);
            sum = sum * 31 + str_hash(row.cells[i].text) + row.cells[i].doubled;
        }
        sum = sum * 31 + row.number + row.surplus + row.faulty;
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct faults faults;
    struct arena arena;
    struct csv again;
    struct csv csv;

    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    if (csv_init(&csv, &arena, text, WIDTH, &faults)) {
        uint64_t sum;

        again = csv;
        sum = read_all(&arena, &csv, &faults);
        BUG_IF(read_all(&arena, &again, NULL) != sum);
    } else {
        BUG_IF(faults.errors != 1);
    }
    arena_release(&arena);
    return 0;
}
