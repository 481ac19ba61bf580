#include <stdlib.h>

#include "register/import.h"

/* ---- what an import takes of a file ---- */

/* A file cannot say that others have confirmed what it holds, unless it is the body's own. */
static void take_standing(enum import_basis basis, struct import_row *row, size_t *confirmed)
{
    if (basis == IMPORT_REGISTER)
        return;
    row->left_out = row->says.standing != STANDING_CLAIMED &&
                    row->says.standing != STANDING_VERIFIED;
    *confirmed += row->says.standing == STANDING_VERIFIED;
    row->says.standing = STANDING_CLAIMED;
    row->says.verified_on = DAY_NONE;
}

static void row_fault(struct faults *faults, uint32_t row, const struct error *error)
{
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .row = row }, STR_NONE, "%s",
               error->message);
}

/* ---- hours beside what is recorded, and beside each other ---- */

/* Everything that takes time, by the day it starts; what is not taken yet is NULL in `taken`. */
struct timeline {
    const struct evidence **all;
    const struct evidence **taken;
    size_t count;
    int64_t longest; /* days from start to end */
};

static int by_start(const void *a, const void *b)
{
    const struct evidence *x = *(const struct evidence *const *)a;
    const struct evidence *y = *(const struct evidence *const *)b;

    return (x->start > y->start) - (x->start < y->start);
}

static void timeline_add(struct timeline *timeline, const struct evidence *evidence)
{
    int64_t length = (int64_t)evidence->end - evidence->start;

    timeline->all[timeline->count++] = evidence;
    timeline->longest = length > timeline->longest ? length : timeline->longest;
}

/* The first that starts on that day or later. */
static size_t timeline_find(const struct timeline *timeline, int64_t start)
{
    size_t low = 0;
    size_t high = timeline->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (timeline->all[middle]->start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void timeline_take(struct timeline *timeline, const struct evidence *evidence)
{
    size_t at = timeline_find(timeline, evidence->start);

    while (at < timeline->count && timeline->all[at] != evidence)
        at++;
    BUG_IF(at == timeline->count);
    timeline->taken[at] = evidence;
}

/* Whatever shares a day with the record, or lies within something that does, starts no further
   away than the longest lasts. */
static bool timeline_has_room(const struct timeline *timeline, const struct evidence *evidence)
{
    size_t low = timeline_find(timeline, evidence->start - timeline->longest);
    size_t high = timeline_find(timeline, evidence->end + timeline->longest + 1);

    return !failed(evidence_fits(evidence, &timeline->taken[low], high - low));
}

static bool is_usable(const struct import_row *row)
{
    return !row->faulty && !row->left_out;
}

static void check_hours(struct arena *arena, struct import_row *rows, size_t count,
                        struct evidence_rows existing, struct faults *faults)
{
    struct timeline timeline = {
        .all = ARENA_ARRAY(arena, count + existing.count, const struct evidence *),
        .taken = ARENA_ARRAY(arena, count + existing.count, const struct evidence *),
    };

    for (size_t i = 0; i < existing.count; i++)
        timeline_add(&timeline, &existing.at[i].says);
    for (size_t i = 0; i < count; i++)
        if (is_usable(&rows[i]))
            timeline_add(&timeline, &rows[i].says);
    if (timeline.count > 1)
        qsort(timeline.all, timeline.count, sizeof(const struct evidence *), by_start);
    for (size_t i = 0; i < existing.count; i++)
        timeline_take(&timeline, &existing.at[i].says);
    for (size_t i = 0; i < count; i++) {
        if (!is_usable(&rows[i]))
            continue;
        if (timeline_has_room(&timeline, &rows[i].says)) {
            timeline_take(&timeline, &rows[i].says);
            continue;
        }
        rows[i].faulty = true;
        row_fault(faults, rows[i].number, &EVIDENCE_DAY_FULL);
    }
}

/* ---- what looks like something else ---- */

static void find_alike(struct arena *arena, struct import_row *rows, size_t count,
                       struct evidence_rows existing)
{
    const struct evidence **all =
        ARENA_ARRAY(arena, count + existing.count, const struct evidence *);
    size_t *row_of = ARENA_ARRAY(arena, count + existing.count, size_t);
    struct alike *alike = ARENA_ARRAY(arena, count + existing.count, struct alike);
    size_t n = 0;

    for (size_t i = 0; i < existing.count; i++)
        all[n++] = &existing.at[i].says;
    for (size_t i = 0; i < count; i++) {
        if (is_usable(&rows[i])) {
            row_of[n] = i;
            all[n++] = &rows[i].says;
        }
    }
    likeness_find(arena, all, n, alike);
    for (size_t i = existing.count; i < n; i++) {
        struct import_row *row = &rows[row_of[i]];

        row->likeness = alike[i].likeness;
        if (row->likeness == LIKE_NOT)
            continue;
        if (alike[i].other < existing.count)
            row->like = existing.at[alike[i].other].id;
        else
            row->like_row = rows[row_of[alike[i].other]].number;
    }
}

/* ---- all of it ---- */

static void count_rows(struct import_preview *preview)
{
    for (size_t i = 0; i < preview->count; i++) {
        const struct import_row *row = &preview->rows[i];

        preview->faulty += row->faulty;
        preview->left_out += !row->faulty && row->left_out;
        preview->good += is_usable(row);
        preview->duplicates += is_usable(row) && is_duplicate(row->likeness);
    }
}

struct result import_preview(struct arena *arena, struct str bytes,
                             const struct vocabulary *vocabulary,
                             const struct logbook_limits *limits, day today,
                             enum import_basis basis, const struct dossier *registers,
                             struct evidence_rows existing, struct faults *faults,
                             struct import_preview *ret)
{
    struct import_preview preview = { .digest = sha256(bytes) };
    struct logbook_rows file;
    struct import_row *rows;

    TRY(logbook_read_rows(arena, bytes, vocabulary, limits, today, faults, registers, &file));
    rows = ARENA_ARRAY(arena, file.count, struct import_row);
    for (size_t i = 0; i < file.count; i++) {
        rows[i] = (struct import_row){
            .number = file.at[i].number,
            .says = file.at[i].says,
            .faulty = file.at[i].faulty,
        };
        if (!rows[i].faulty)
            take_standing(basis, &rows[i], &preview.confirmed);
    }
    check_hours(arena, rows, file.count, existing, faults);
    find_alike(arena, rows, file.count, existing);
    preview.rows = rows;
    preview.count = file.count;
    count_rows(&preview);
    *ret = preview;
    return OK;
}
