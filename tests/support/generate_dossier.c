#include "generate.h"
#include "sample.h"

struct writer {
    struct dice *dice;
    struct buf out; /* the line at hand */
    struct arena *arena;
    struct lines *lines;
    day on;
    bool favour; /* only what is verified and does good */
};

static bool chance(struct writer *w, uint32_t percent)
{
    return dice_chance(w->dice, percent);
}

static int below(struct writer *w, int n)
{
    return (int)dice_below(w->dice, (uint32_t)n);
}

static struct str take_line(struct writer *w)
{
    struct str line = str_copy(w->arena, buf_str(&w->out));

    buf_clear(&w->out);
    return line;
}

static void end_line(struct writer *w)
{
    lines_add(w->arena, w->lines, take_line(w));
}

/* From four years before the reference date to some months behind it. */
static day around(struct writer *w)
{
    struct civil civil = civil_from_day(w->on);
    day d = sample_date(w->dice, civil.year - 4, civil.year);

    if (d > w->on + 100)
        d = day_add_months(d, -12);
    return chance(w, 8) ? day_add_months(w->on, -6 * below(w, 7)) + below(w, 3) - 1 : d;
}

static void add_range(struct writer *w, day from, bool open)
{
    sample_add_day(&w->out, from);
    buf_add_c(&w->out, "..");
    if (!open || chance(w, 60))
        sample_add_day(&w->out, from + below(w, chance(w, 30) ? 60 : 1000));
}

/* ---- records ---- */

static void add_field(struct writer *w, const struct sample_field *field)
{
    static const char *const clients[] = { "a", "b", "c", "d" };
    static const char *const times[] = { "0:15", "0:30", "1", "1.5", "3" };

    buf_format(&w->out, " %s=", field->name);
    switch (field->sort) {
    case SORT_VALUES:
    case SORT_LEVELS:
        buf_add_c(&w->out,
                  chance(w, 3) ? "strange" : field->values[below(w, (int)field->value_count)]);
        break;
    case SORT_ID:
        buf_add_c(&w->out, DICE_PICK(w->dice, clients));
        break;
    case SORT_NUMBER:
        buf_int(&w->out, below(w, 6));
        break;
    case SORT_TIME:
        buf_add_c(&w->out, DICE_PICK(w->dice, times));
        break;
    }
}

static void add_implicit_fields(struct writer *w)
{
    static const char *const hours[] = { "0", "0:30", "1", "2", "2:30", "4", "8" };
    static const char *const programmes[] = { "p1", "p1",      "p1",         "p2",
                                              "p2", "nowhere", "always-qap", "always-cmtp" };

    if (chance(w, 75))
        buf_format(&w->out, " hours=%s", DICE_PICK(w->dice, hours));
    if (chance(w, 10))
        buf_format(&w->out, " days=%d", 1 + below(w, 4));
    if (chance(w, 30))
        buf_format(&w->out, " matter=m%d", 1 + below(w, 4));
    if (chance(w, 60))
        buf_format(&w->out, " programme=%s", DICE_PICK(w->dice, programmes));
}

static void add_standing(struct writer *w)
{
    static const char *const unused[] = { "rejected", "withdrawn", "duplicate" };
    int sort = below(w, 20);

    if (w->favour || sort < 13)
        return;
    if (sort < 17) {
        buf_add_c(&w->out, " claimed");
    } else if (sort < 18) {
        buf_format(&w->out, " %s", DICE_PICK(w->dice, unused));
    } else {
        buf_add_c(&w->out, " verified@");
        sample_add_day(&w->out, w->on + below(w, 400) - 200);
    }
}

/* A number of 0 gives it no id. */
static void write_record(struct writer *w, int number)
{
    const struct sample_kind *kind =
        &sample_kinds[chance(w, w->favour ? 0 : 8) ? SAMPLE_RULE_KINDS
                                                   : below(w, SAMPLE_RULE_KINDS)];
    day start = around(w);

    if (number == 0 && chance(w, 30))
        buf_format(&w->out, "%d x ", 1 + below(w, 4));
    buf_format(&w->out, "%s ", kind->name);
    sample_add_day(&w->out, start);
    if (chance(w, 40)) {
        buf_add_c(&w->out, "..");
        sample_add_day(&w->out, start + below(w, chance(w, 60) ? 20 : 300));
    }
    if (number > 0)
        buf_format(&w->out, " id=i%d", number);
    for (size_t i = 0; i < kind->field_count; i++)
        if (chance(w, 75))
            add_field(w, &kind->fields[i]);
    add_implicit_fields(w);
    add_standing(w);
}

/* ---- registers ---- */

static void write_programmes(struct writer *w)
{
    for (size_t i = 0; i < ARRAY_LEN(sample_types); i++) {
        buf_format(&w->out, "programme always-%s %s 1990-01-01..", sample_types[i],
                   sample_types[i]);
        end_line(w);
    }
    for (int i = 1 + below(w, 4); i > 0; i--) {
        buf_format(&w->out, "programme p%d %s ", 1 + below(w, 2), DICE_PICK(w->dice, sample_types));
        add_range(w, around(w), true);
        end_line(w);
    }
}

static void write_credential(struct writer *w)
{
    day from = around(w);

    buf_format(&w->out, "credential %s ", DICE_PICK(w->dice, sample_credentials));
    add_range(w, from, true);
    if (w->favour)
        return;
    while (chance(w, 20)) {
        buf_add_c(&w->out, " suspended=");
        add_range(w, from + below(w, 500), true);
    }
    if (chance(w, 15)) {
        buf_add_c(&w->out, " withdrawn=");
        sample_add_day(&w->out, from + below(w, 900));
    }
    if (chance(w, 10)) {
        buf_add_c(&w->out, " annulled");
        if (chance(w, 50)) {
            buf_byte(&w->out, '@');
            sample_add_day(&w->out, around(w));
        }
    }
    if (chance(w, 15))
        buf_add_c(&w->out, " claimed");
}

static void write_declaration(struct writer *w)
{
    buf_format(&w->out, "declared %s ", DICE_PICK(w->dice, sample_statements));
    sample_add_day(&w->out, around(w));
    if (chance(w, 75))
        buf_format(&w->out, " edition=%d", 1 + below(w, 3));
}

static void write_current(struct writer *w)
{
    buf_format(&w->out, "current %s %d", DICE_PICK(w->dice, sample_statements), 1 + below(w, 3));
    if (chance(w, 60)) {
        buf_byte(&w->out, ' ');
        sample_add_day(&w->out, around(w));
    }
}

static void write_personal(struct writer *w)
{
    if (chance(w, 70)) {
        buf_add_c(&w->out, "born ");
        sample_add_day(&w->out, sample_date(w->dice, 1985, 2008));
        end_line(w);
    }
    if (chance(w, 80)) {
        buf_add_c(&w->out, "anchor join ");
        sample_add_day(&w->out, around(w));
        end_line(w);
    }
}

/* ---- acts ---- */

static void write_decision(struct writer *w)
{
    static const char *const by[] = { "board", "board", "panel", "council" };
    static const char *const reasons[] = { "", " reason=health", " reason=access",
                                           " reason=holiday" };
    int sort = below(w, 3);

    buf_format(&w->out, "decision %s r%d by=%s on=",
               sort == 0   ? "waive"
               : sort == 1 ? "admit"
                           : "extend",
               1 + below(w, 3), DICE_PICK(w->dice, by));
    sample_add_day(&w->out, w->on + below(w, 200) - 100);
    if (sort == 0) {
        buf_add_c(&w->out, DICE_PICK(w->dice, reasons));
    } else if (sort == 1) {
        buf_format(&w->out, " record=i%d", 1 + below(w, 12));
    } else {
        buf_add_c(&w->out, " until=");
        sample_add_day(&w->out, w->on + below(w, 400) - 50);
    }
}

static void write_judgement(struct writer *w)
{
    static const char *const by[] = { "board", "board", "panel", "council", "always-qap", "p1" };
    /* A favour is the last word. */
    day at = w->on + (w->favour ? 1000 : below(w, 200) - 100);

    buf_format(&w->out, "judgement r%d %s by=%s on=", 1 + below(w, 3),
               w->favour || chance(w, 60) ? "satisfied" : "not-satisfied", DICE_PICK(w->dice, by));
    sample_add_day(&w->out, at);
}

/* ---- the whole ---- */

day generate_day(struct dice *dice)
{
    return sample_date(dice, 2023, 2025);
}

void generate_dossier(struct dice *dice, struct arena *arena, day on,
                      struct dossier_options options, struct lines *ret)
{
    struct lines lines = { .count = 0 };
    struct writer w = { .dice = dice, .arena = arena, .lines = &lines, .on = on };
    int records;

    buf_init(&w.out, 10000);
    write_programmes(&w);
    write_personal(&w);
    for (int i = below(&w, 4); i > 0; i--, end_line(&w))
        write_credential(&w);
    for (int i = below(&w, 3); i > 0; i--, end_line(&w))
        write_declaration(&w);
    for (int i = below(&w, 3); i > 0; i--, end_line(&w))
        write_current(&w);
    records = below(&w, chance(&w, 50) ? 6 : 25);
    for (int i = 1; i <= records; i++, end_line(&w))
        write_record(&w, chance(&w, 60) ? i : 0);
    for (int i = below(&w, 4); options.acts && i > 0; i--, end_line(&w)) {
        if (chance(&w, 50))
            write_decision(&w);
        else
            write_judgement(&w);
    }
    if (options.knowledge && chance(&w, 30)) {
        buf_add_c(&w.out, "known ");
        sample_add_day(&w.out, on + below(&w, 500) - 250);
        end_line(&w);
    }
    buf_release(&w.out);
    *ret = lines;
}

struct str generate_favour(struct dice *dice, struct arena *arena, day on)
{
    struct writer w = { .dice = dice, .arena = arena, .on = on, .favour = true };
    struct str line;
    int sort = dice_below(dice, 10);

    buf_init(&w.out, 10000);
    if (sort < 5)
        write_record(&w, 0);
    else if (sort < 7)
        write_credential(&w);
    else if (sort < 8)
        write_declaration(&w);
    else if (sort < 9)
        write_decision(&w);
    else
        write_judgement(&w);
    line = take_line(&w);
    buf_release(&w.out);
    return line;
}

/* ---- lines ---- */

void lines_add(struct arena *arena, struct lines *lines, struct str line)
{
    *ARENA_PUSH(arena, lines->at, lines->count, lines->room) = line;
}

struct str lines_text(struct arena *arena, const struct lines *lines)
{
    struct buf text;

    buf_init(&text, SIZE_MAX);
    for (size_t i = 0; i < lines->count; i++) {
        buf_add(&text, lines->at[i]);
        buf_byte(&text, '\n');
    }
    return buf_take(&text, arena);
}

struct lines lines_copy(struct arena *arena, const struct lines *lines)
{
    struct lines copy = { .count = 0 };

    for (size_t i = 0; i < lines->count; i++)
        lines_add(arena, &copy, lines->at[i]);
    return copy;
}

static bool is_record(struct str line)
{
    struct str word;

    if (line.n > 0 && line.p[0] >= '0' && line.p[0] <= '9')
        return true;
    (void)str_split(line, ' ', &word);
    for (size_t i = 0; i < SAMPLE_KINDS; i++)
        if (str_eq_c(word, sample_kinds[i].name))
            return true;
    return false;
}

void lines_shuffle_records(struct dice *dice, struct lines *lines)
{
    for (size_t i = lines->count; i > 1; i--) {
        size_t other = dice_below(dice, (uint32_t)i);
        struct str line = lines->at[i - 1];

        if (!is_record(line) || !is_record(lines->at[other]))
            continue;
        lines->at[i - 1] = lines->at[other];
        lines->at[other] = line;
    }
}
