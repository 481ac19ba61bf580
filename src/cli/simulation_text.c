#include "cli/simulation_text.h"

#include <string.h>

#include "criteria/reading.h"
#include "register/phrases.h"

#define SMALL_CELL 10
#define STEPS_SHOWN 16 /* of one distribution */
#define BAR 24         /* signs for all people */

struct printing {
    struct arena *arena;
    const struct simulation *simulation;
    bool small_cells;
    struct output *out;
};

static struct str number_text(struct arena *arena, int64_t number)
{
    struct str digits = str_format(arena, "%lld", (long long)(number < 0 ? -number : number));
    struct str text = STR("");

    while (digits.n > 3) {
        text =
            str_format(arena, ",%.*s%.*s", STR_ARG(str_drop(digits, digits.n - 3)), STR_ARG(text));
        digits = str_take(digits, digits.n - 3);
    }
    return str_format(arena, "%s%.*s%.*s", number < 0 ? "-" : "", STR_ARG(digits), STR_ARG(text));
}

static struct str people_text(const struct printing *p, int64_t people)
{
    if (!p->small_cells && people > 0 && people < SMALL_CELL)
        return STR("<10");
    return people == 0 ? STR("-") : number_text(p->arena, people);
}

static struct str edition_text(const struct printing *p, const struct edition *edition)
{
    return str_format(p->arena, "%.*s@%.*s", STR_ARG(edition->name),
                      STR_ARG(edition_number_text(p->arena, edition->number)));
}

static void print_heading(const struct printing *p, int indent, struct str text)
{
    output_spaces(p->out, indent);
    output_tone(p->out, TONE_STRONG, text);
    output_line(p->out);
}

/* ---- matrices ---- */

static bool verdict_occurs(const int64_t matrix[VERDICTS][VERDICTS], int verdict)
{
    for (int i = 0; i < VERDICTS; i++)
        if (matrix[verdict][i] > 0 || matrix[i][verdict] > 0)
            return true;
    return false;
}

/* Who was what stands in a row, who becomes what in a column; what nobody is is left out. */
static void print_matrix(const struct printing *p, const int64_t matrix[VERDICTS][VERDICTS],
                         const char *corner)
{
    static const bool right[VERDICTS + 1] = { false, true, true, true, true, true };
    struct table table;
    size_t columns = 1;

    for (int i = 0; i < VERDICTS; i++)
        columns += verdict_occurs(matrix, i) ? 1 : 0;
    table_init(&table, p->arena, columns, right);
    table_cell(&table, TONE_FAINT, str_from_c(corner));
    for (int new = VERDICTS - 1; new >= 0; new --)
        if (verdict_occurs(matrix, new))
            table_cell(&table, TONE_FAINT, str_from_c(verdict_name((enum verdict) new)));
    for (int old = VERDICTS - 1; old >= 0; old--) {
        if (!verdict_occurs(matrix, old))
            continue;
        table_cell(&table, TONE_FAINT, str_from_c(verdict_name((enum verdict)old)));
        for (int new = VERDICTS - 1; new >= 0; new --)
            if (verdict_occurs(matrix, new))
                table_cell(&table,
                           new > old &&matrix[old][new]   ? TONE_GOOD
                           : new < old &&matrix[old][new] ? TONE_BAD
                                                          : TONE_PLAIN,
                           people_text(p, matrix[old][new]));
    }
    table_print(&table, p->out, 2);
}

/* ---- one day ---- */

static void print_losses(const struct printing *p, const struct simulated_day *on)
{
    static const bool right[] = { false, true };
    struct table table;

    table_init(&table, p->arena, 2, right);
    for (size_t i = 0; i < on->loss_count; i++) {
        if (on->losses[i].people == 0)
            continue;
        table_cell(&table, TONE_PLAIN, on->losses[i].cause);
        table_cell(&table, TONE_BAD, people_text(p, on->losses[i].people));
    }
    if (table.count == 0) {
        output_c(p->out, "  Nobody would lose anything.\n");
        return;
    }
    output_c(p->out, "  Losses, by what they are due to\n");
    table_print(&table, p->out, 4);
}

static void print_day(const struct printing *p, const struct simulated_day *on, const char *when)
{
    int64_t more = on->questions_new - on->questions_old;

    output_line(p->out);
    print_heading(p, 0,
                  str_format(p->arena, "%s, %.*s", when, STR_ARG(phrase_date(p->arena, on->on))));
    print_matrix(p, on->matrix, "before / after");
    print_losses(p, on);
    if (memcmp(on->matrix, on->with_transition, sizeof(on->matrix)) == 0) {
        output_c(p->out, "  The transition changes nothing of this.\n");
    } else {
        output_c(p->out, "  With the transition\n");
        print_matrix(p, on->with_transition, "before / after");
    }
    output_format(p->out, "  Waiting for a person: %.*s before, %.*s after (%s%.*s)\n",
                  STR_ARG(number_text(p->arena, on->questions_old)),
                  STR_ARG(number_text(p->arena, on->questions_new)), more > 0 ? "+" : "",
                  STR_ARG(number_text(p->arena, more)));
}

/* ---- distributions ---- */

/* A run of neighbouring lower bounds. */
struct step {
    int64_t from;
    int64_t people; /* in the run */
    int64_t reach;  /* of all people, those in it or above */
};

/* Joins neighbours until steps are few enough and, in public tables, none is small. */
static size_t make_steps(const struct printing *p, const struct distribution *d, struct step *steps)
{
    int64_t people = p->simulation->people;
    int64_t least = p->small_cells ? 1 : SMALL_CELL;
    int64_t reach = people;
    size_t count = 0;

    if (d->count > STEPS_SHOWN && people / STEPS_SHOWN > least)
        least = people / STEPS_SHOWN;
    for (size_t i = 0; i < d->count; i++) {
        bool needed = d->tallies[i].lo >= d->need && count > 0 && steps[count - 1].from < d->need;
        bool open = count > 0 && steps[count - 1].people < least;
        bool may_begin = p->small_cells || !open;

        if (count == 0 || !open || (needed && may_begin)) {
            steps[count++] = (struct step){ d->tallies[i].lo, 0, reach };
        }
        steps[count - 1].people += d->tallies[i].people;
        reach -= d->tallies[i].people;
    }
    if (count > 1 && !p->small_cells && steps[count - 1].people < SMALL_CELL) {
        steps[count - 2].people += steps[count - 1].people;
        count--;
    }
    return count;
}

static struct str bound_text(const struct printing *p, const struct distribution *d, int64_t lo)
{
    const struct edition_node *node = d->aggregate;
    const struct field *field = &node->selection.kind->fields[node->field];

    if (d->scale == 100)
        return str_format(p->arena, "%lld.%02lld", (long long)(lo / 100), (long long)(lo % 100));
    if (node->kind == NODE_SUM)
        return reading_of_quantity(p->arena, field, lo);
    return number_text(p->arena, lo);
}

static struct str bar_text(const struct printing *p, int64_t people)
{
    int64_t signs = people * BAR / p->simulation->people;
    struct str bar = STR("");

    for (int64_t i = 0; i < signs; i++)
        bar = str_format(p->arena, "%.*s%s", STR_ARG(bar), p->out->utf8 ? "\u2588" : "#");
    return bar;
}

static void print_distribution(const struct printing *p, const struct distribution *d)
{
    static const bool right[] = { true, true, true, false, false };
    static const char *const headings[] = { "from", "people", "reach it", "", "" };
    struct step *steps = ARENA_ARRAY(p->arena, d->count + 1, struct step);
    size_t count = make_steps(p, d, steps);
    struct table table;

    output_paragraph(
        p->out, 2, str_format(p->arena, "%.*s, count %zu:", STR_ARG(d->requirement->id), d->number),
        TONE_STRONG, reading_of_node(p->arena, p->simulation->new, d->aggregate));
    table_init(&table, p->arena, ARRAY_LEN(right), right);
    for (size_t i = 0; i < ARRAY_LEN(headings); i++)
        table_cell(&table, TONE_FAINT, str_from_c(headings[i]));
    for (size_t i = 0; i < count; i++) {
        bool enough = steps[i].from >= d->need;

        table_cell(&table, TONE_PLAIN, bound_text(p, d, steps[i].from));
        table_cell(&table, TONE_PLAIN, people_text(p, steps[i].people));
        table_cell(&table, TONE_PLAIN, people_text(p, steps[i].reach));
        table_cell(&table, TONE_GOOD, enough ? STR("enough") : STR(""));
        table_cell(&table, TONE_PLAIN, bar_text(p, steps[i].people));
    }
    table_print(&table, p->out, 4);
}

static void print_dependents(const struct printing *p)
{
    bool titled = false;

    for (size_t i = 0; i < p->simulation->dependent_count; i++) {
        const struct dependent *dependent = &p->simulation->dependents[i];

        if (dependent->rerun == 0)
            continue;
        if (!titled) {
            output_line(p->out);
            print_heading(p, 0, STR("Other certifications, for those whose eligibility changes"));
        }
        titled = true;
        output_format(p->out, "  %.*s, run again for %.*s\n",
                      STR_ARG(edition_text(p, dependent->edition)),
                      STR_ARG(people_text(p, dependent->rerun)));
        print_matrix(p, dependent->matrix, "before / after");
    }
}

void simulation_print(struct arena *arena, const struct simulation *simulation, bool small_cells,
                      struct output *out)
{
    struct printing p = { arena, simulation, small_cells, out };

    output_ends(out, 0,
                str_format(arena, "%.*s to %.*s", STR_ARG(edition_text(&p, simulation->old)),
                           STR_ARG(edition_text(&p, simulation->new))),
                TONE_STRONG,
                str_format(arena, "%.*s people", STR_ARG(number_text(arena, simulation->people))),
                TONE_STRONG);
    print_day(&p, &simulation->days[0], "On the day");
    print_day(&p, &simulation->days[1], "Twelve months later");
    print_dependents(&p);
    if (simulation->distribution_count > 0) {
        output_line(out);
        print_heading(&p, 0, STR("How many have how much, by verified evidence on the day"));
    }
    for (size_t i = 0; i < simulation->distribution_count; i++)
        print_distribution(&p, &simulation->distributions[i]);
    if (!small_cells)
        output_c(out, "\nFewer than ten people are shown as <10; --staff shows them.\n");
}
