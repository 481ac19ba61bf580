/*
 * bench/check.c - one person against a whole scheme, as the page answers it.
 *
 * Makes logbooks of 300, 3,000 and 20,000 rows, reads each as CSV and as JSON, and finds where the
 * person stands in every certification of schemes/mediation, with the summary that pages are made
 * from. Beside it stands the time that the logbook takes to be read alone: the ratio says what the
 * answer costs. Times are the best of several rounds; memory is what the arenas hold at their most.
 * The last line on standard output is JSON.
 *
 *     check [SCHEME]    by default schemes/mediation
 */
#include <stdio.h>
#include <time.h>

#include "register/logbook.h"
#include "register/standing.h"

#define TEXT_MAX ((size_t)8 * 1000 * 1000)
#define RECORDS_NAMED 5

static const char *const columns[] = {
    "kind", "reference", "date",      "hours",  "role",  "mode",     "scale",
    "paid", "completed", "programme", "result", "giver", "standing",
};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

struct subject {
    struct scheme *scheme;
    const struct vocabulary *vocabulary;
    struct dossier registers; /* programmes and a credential, without a record */
    day on;
};

struct timing {
    double read;
    double check; /* and the summary */
    size_t kilobytes;
};

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- logbooks ---- */

static uint32_t next_number(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

static const char *one_of(uint64_t *state, const char *const *words, uint32_t count)
{
    return words[next_number(state, count)];
}
#define ONE_OF(state, ...)                                                                         \
    one_of((state), (const char *const[]){ __VA_ARGS__ },                                          \
           sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* The cells of a row, in the order of the columns; an empty one says nothing. */
static void make_row(struct arena *arena, uint64_t *state, size_t number, day on,
                     struct str cells[COLUMNS])
{
    const char *kind =
        ONE_OF(state, "mediation", "mediation", "mediation", "training", "assessment", "feedback");
    bool mediation = kind[0] == 'm';
    char date[DAY_TEXT_SIZE];
    struct str empty = STR("");

    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = empty;
    cells[0] = str_from_c(kind);
    cells[1] = str_format(arena, "S-%zu", number);
    cells[2] = str_format(arena, "%s", day_text(on - (day)next_number(state, 3650), date));
    cells[12] = str_from_c(ONE_OF(state, "verified", "verified", "verified", "claimed"));
    if (mediation) {
        cells[3] =
            str_format(arena, "%u:%02u", 1 + next_number(state, 8), 15 * next_number(state, 4));
        cells[4] = str_from_c(ONE_OF(state, "mediator", "mediator", "adviser", "observer"));
        cells[5] = str_from_c(ONE_OF(state, "online", "in-person", "hybrid"));
        cells[6] = str_from_c(ONE_OF(state, "full", "partial", ""));
        cells[7] = STR("yes");
        cells[8] = STR("yes");
    } else if (kind[0] == 't') {
        cells[3] = STR("8");
        cells[8] = STR("yes");
        cells[9] = STR("sample-training");
    } else if (kind[0] == 'a') {
        cells[9] = str_from_c(ONE_OF(state, "sample-assessment", "sample-online"));
        cells[10] = STR("pass");
    } else {
        cells[11] = STR("party");
    }
}

static struct str make_csv(struct arena *arena, size_t rows, day on)
{
    uint64_t state = rows;
    struct buf text;

    buf_init(&text, TEXT_MAX);
    for (size_t i = 0; i < COLUMNS; i++)
        buf_format(&text, "%s%s", i > 0 ? "," : "", columns[i]);
    buf_byte(&text, '\n');
    for (size_t row = 0; row < rows; row++) {
        struct str cells[COLUMNS];

        make_row(arena, &state, row, on, cells);
        for (size_t i = 0; i < COLUMNS; i++)
            buf_format(&text, "%s%.*s", i > 0 ? "," : "", STR_ARG(cells[i]));
        buf_byte(&text, '\n');
    }
    BUG_IF(text.overflow);
    return buf_take(&text, arena);
}

static struct str make_json(struct arena *arena, size_t rows, day on)
{
    uint64_t state = rows;
    struct buf text;

    buf_init(&text, TEXT_MAX);
    buf_byte(&text, '[');
    for (size_t row = 0; row < rows; row++) {
        struct str cells[COLUMNS];
        bool first = true;

        make_row(arena, &state, row, on, cells);
        buf_add_c(&text, row > 0 ? ",\n{" : "{");
        for (size_t i = 0; i < COLUMNS; i++) {
            if (cells[i].n == 0)
                continue;
            buf_format(&text, "%s\"%s\":\"%.*s\"", first ? "" : ",", columns[i], STR_ARG(cells[i]));
            first = false;
        }
        buf_byte(&text, '}');
    }
    buf_byte(&text, ']');
    BUG_IF(text.overflow);
    return buf_take(&text, arena);
}

/* ---- one round ---- */

static void set_up_registers(struct arena *arena, struct dossier *dossier)
{
    static const struct accreditation programmes[] = {
        { STR("sample-training"), STR("cmtp"), DAY_FIRST, DAY_LAST },
        { STR("sample-assessment"), STR("qap"), DAY_FIRST, DAY_LAST },
        { STR("sample-online"), STR("odr-qap"), DAY_FIRST, DAY_LAST },
    };

    dossier_init(dossier);
    for (size_t i = 0; i < sizeof(programmes) / sizeof(programmes[0]); i++)
        *ARENA_PUSH(arena, dossier->accreditations, dossier->accreditation_count,
                    dossier->accreditation_room) = programmes[i];
    *ARENA_PUSH(arena, dossier->credentials, dossier->credential_count, dossier->credential_room) =
        (struct credential){ .name = STR("imi-certified-mediator"),
                             .to = DAY_LAST,
                             .withdrawn = DAY_NONE };
}

/* Exits where something is wrong with a logbook that was made here. */
static void read_logbook(struct arena *arena, const struct subject *subject, struct str text,
                         struct dossier *dossier)
{
    struct faults faults;

    faults_init(&faults, arena);
    *dossier = subject->registers;
    if (failed(logbook_read(arena, text, subject->vocabulary, &logbook_limits, subject->on, &faults,
                            dossier)))
        BUG("the logbook has %zu faults: %.*s", faults.errors, STR_ARG(faults.list[0].message));
}

static struct timing time_round(const struct subject *subject, struct str text)
{
    struct standing_question question = { .scheme = subject->scheme, .on = subject->on };
    struct standing_check answer;
    struct timing timing;
    struct dossier dossier;
    struct value *summary;
    struct arena arena;
    double start = seconds();

    arena_init(&arena, ARENA_UNLIMITED);
    read_logbook(&arena, subject, text, &dossier);
    timing.read = seconds() - start;
    start = seconds();
    question.dossier = &dossier;
    if (failed(standing_check(&arena, &question, &answer)) ||
        failed(standing_summary_value(&arena, &answer, RECORDS_NAMED, &summary)))
        BUG("a check without a bound has met one");
    timing.check = seconds() - start;
    timing.kilobytes = arena.used / 1000;
    arena_release(&arena);
    return timing;
}

static struct timing best_of(const struct subject *subject, struct str text, int rounds)
{
    struct timing best = time_round(subject, text);

    for (int i = 1; i < rounds; i++) {
        struct timing timing = time_round(subject, text);

        best.read = timing.read < best.read ? timing.read : best.read;
        best.check = timing.check < best.check ? timing.check : best.check;
    }
    return best;
}

/* ---- the table ---- */

static double show(const char *format, size_t rows, struct str text, struct timing timing)
{
    double ratio = (timing.read + timing.check) / timing.read;

    printf("%7zu  %-4s  %8.2f  %9.2f  %9.2f  %10.2f  %6.2f  %8.1f\n", rows, format,
           (double)text.n / 1e6, timing.read * 1e3, timing.check * 1e3,
           (timing.read + timing.check) * 1e6 / (double)rows, ratio,
           (double)timing.kilobytes / 1e3);
    return ratio;
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = { 300, 3000, 20000 };
    struct subject subject;
    struct diags diags;
    struct arena arena;
    double ratio = 0;
    double worst = 0;

    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    if (failed(scheme_load(&arena, argc > 1 ? argv[1] : "schemes/mediation", &diags,
                           &subject.scheme))) {
        fprintf(stderr, "check: there is no scheme without faults there\n");
        return 1;
    }
    subject.vocabulary = spoken_vocabulary(subject.scheme->library);
    if (!day_parse(STR("2024-06-30"), &subject.on))
        return 1;
    set_up_registers(&arena, &subject.registers);
    printf("   rows  file  size, MB  read, ms  check, ms  us per row   ratio  memory, MB\n");
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct str csv = make_csv(&arena, sizes[i], subject.on);
        struct str json = make_json(&arena, sizes[i], subject.on);
        int rounds = sizes[i] > 10000 ? 5 : 20;
        struct timing timing = best_of(&subject, csv, rounds);

        ratio = show("CSV", sizes[i], csv, timing);
        worst = timing.read + timing.check;
        timing = best_of(&subject, json, rounds);
        (void)show("JSON", sizes[i], json, timing);
        worst = timing.read + timing.check > worst ? timing.read + timing.check : worst;
    }
    printf("{\"rows\":20000,\"ratio\":%.2f,\"milliseconds\":%.1f}\n", ratio, worst * 1e3);
    arena_release(&arena);
    return 0;
}
