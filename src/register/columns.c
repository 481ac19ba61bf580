#include "register/columns.h"

#include "register/words.h"

#define UNREAD_HINT "a column that is not to be read has a heading that begins with \"note\""

/* What each is called, in the order of enum column_of. */
static const struct str names[COLUMN_FIELD] = {
    STR("kind"),      STR("matter"),   STR("date"),        STR("start"),
    STR("end"),       STR("hours"),    STR("minutes"),     STR("days"),
    STR("programme"), STR("standing"), STR("verified-on"),
};

static bool is_note(struct str heading)
{
    struct folded folded;

    if (str_eq(word_meaning(WORD_COLUMN, STR_NONE, heading), STR("note")))
        return true;
    /* A long remark may stand in the heading: only how it begins counts. */
    return word_fold(str_take(heading, FOLDED_MAX / 4), &folded) &&
           str_starts((struct str){ folded.at, folded.n }, STR("note"));
}

static bool vocabulary_has_field(const struct vocabulary *vocabulary, struct str name)
{
    for (size_t i = 0; i < vocabulary->kind_count; i++)
        if (kind_field(&vocabulary->kinds[i], name))
            return true;
    return false;
}

/* The field whose name a heading spells, in any kind; STR_NONE if there is none. */
static struct str find_field(const struct vocabulary *vocabulary, struct str heading)
{
    for (size_t i = 0; i < vocabulary->kind_count; i++) {
        const struct kind *kind = &vocabulary->kinds[i];

        for (size_t j = FIELD_FIRST_OWN; j < kind->field_count; j++)
            if (word_alike(kind->fields[j].name, heading))
                return kind->fields[j].name;
    }
    return STR_NONE;
}

/* The column that a name or another word of the table stands for. */
static bool find_common(struct str word, enum column_of *ret)
{
    for (size_t i = 0; i < COLUMN_FIELD; i++) {
        if (word_alike(names[i], word)) {
            *ret = (enum column_of)i;
            return true;
        }
    }
    return false;
}

/* Names first, then fields of the vocabulary, then the table's words for either. */
static void understand(struct column *column, const struct vocabulary *vocabulary,
                       struct str heading)
{
    struct str meaning;

    column->of = COLUMN_UNKNOWN;
    if (heading.n == 0) {
        column->of = COLUMN_EMPTY;
        return;
    }
    if (find_common(heading, &column->of))
        return;
    column->field = find_field(vocabulary, heading);
    if (column->field.p) {
        column->of = COLUMN_FIELD;
        return;
    }
    if (is_note(heading)) {
        column->of = COLUMN_NOTE;
        return;
    }
    if (find_common(word_meaning(WORD_COLUMN, STR_NONE, heading), &column->of))
        return;
    meaning = word_meaning(WORD_FIELD, STR_NONE, heading);
    if (meaning.p && vocabulary_has_field(vocabulary, meaning)) {
        column->of = COLUMN_FIELD;
        column->field = meaning;
    }
}

static struct fault_place heading_place(const struct sheet *sheet, size_t heading)
{
    return (struct fault_place){
        .column = sheet->json ? 0 : (uint32_t)heading + 1,
        .value = sheet->headings.at[heading],
    };
}

/* The names of all columns that a logbook may have. */
static struct str_list known_names(struct arena *arena, const struct vocabulary *vocabulary)
{
    struct str *list = NULL;
    size_t count = 0;
    size_t room = 0;

    for (size_t i = 0; i < COLUMN_FIELD; i++)
        *ARENA_PUSH(arena, list, count, room) = names[i];
    for (size_t i = 0; i < vocabulary->kind_count; i++) {
        const struct kind *kind = &vocabulary->kinds[i];

        for (size_t j = FIELD_FIRST_OWN; j < kind->field_count; j++)
            *ARENA_PUSH(arena, list, count, room) = kind->fields[j].name;
    }
    return (struct str_list){ list, count };
}

static bool same_column(const struct column *a, const struct column *b)
{
    if (a->of != b->of || a->of > COLUMN_FIELD)
        return false;
    return a->of != COLUMN_FIELD || str_eq(a->field, b->field);
}

/* Tells of a heading that is unknown, or means the same as one before it. */
static void check_heading(const struct columns *columns, size_t i, const struct sheet *sheet,
                          struct str_list known, struct faults *faults)
{
    const struct column *column = &columns->at[i];
    struct str heading = sheet->headings.at[i];

    if (column->of == COLUMN_UNKNOWN)
        faults_add(faults, SEVERITY_ERROR, heading_place(sheet, i),
                   faults_hint(faults, heading, known, STR(UNREAD_HINT)),
                   "is the heading of no column that a logbook has");
    for (size_t j = 0; j < i; j++) {
        if (!same_column(column, &columns->at[j]))
            continue;
        faults_add(faults, SEVERITY_ERROR, heading_place(sheet, i), STR(UNREAD_HINT),
                   "means the same column as '%.*s'",
                   STR_ARG(fault_shown(faults->arena, sheet->headings.at[j])));
        return;
    }
}

static void missing(struct faults *faults, const char *message, struct str hint)
{
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ 0 }, hint, "%s", message);
}

/* What a logbook cannot do without. */
static void check_complete(const struct columns *columns, struct faults *faults)
{
    const struct column *const *one = columns->one;

    if (!one[COLUMN_KIND] && columns->vocabulary->kind_count != 1)
        missing(faults, "there is no column `kind`, which says what each record is",
                STR("add it; each cell names a kind of record"));
    if (one[COLUMN_START] && !one[COLUMN_END])
        missing(faults, "there is a column `start`, but no column `end`",
                STR("add it, or call the only date of a record `date`"));
    else if (one[COLUMN_END] && !one[COLUMN_START])
        missing(faults, "there is a column `end`, but no column `start`",
                STR("add it, or call the only date of a record `date`"));
    else if (!one[COLUMN_DATE] && !one[COLUMN_START])
        missing(faults, "there is no column `date`, nor columns `start` and `end`",
                STR("add a column with the date of each record"));
}

/* ---- values ---- */

struct choices {
    struct arena *arena;
    struct choice *list;
    size_t count, room;
};

/* The choice that the word makes for records of that kind, or NULL. */
static struct choice *find_choice(const struct choice *list, size_t count, const struct kind *kind,
                                  struct str folded)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].kind == kind && str_eq(list[i].folded, folded))
            return (struct choice *)&list[i];
    return NULL;
}

static struct choice *add_choice(struct choices *choices, const struct kind *kind, struct str word,
                                 struct str value)
{
    struct choice *choice;
    struct folded folded;
    struct str text;

    if (!word_fold(word, &folded) || folded.n == 0)
        return NULL;
    text = (struct str){ folded.at, folded.n };
    choice = find_choice(choices->list, choices->count, kind, text);
    if (choice)
        return choice;
    text = str_copy(choices->arena, text);
    choice = ARENA_PUSH(choices->arena, choices->list, choices->count, choices->room);
    *choice = (struct choice){ kind, text, value };
    return choice;
}

/* Whether a row of the table has words for values of that field. */
static bool row_serves(const struct word_row *row, const struct field *field)
{
    struct str value = str_from_c(row->means);

    if (!str_list_has(field->values, value))
        return false;
    if (row->of == WORD_YES_NO)
        return field->values.count == 2 && str_list_has(field->values, STR("yes")) &&
               str_list_has(field->values, STR("no"));
    return row->of == WORD_VALUE && str_eq_c(field->name, row->field);
}

/* A field's own values, then the table's words for them. */
static void add_choices(struct choices *choices, const struct kind *kind, const struct field *field)
{
    for (size_t i = 0; i < field->values.count; i++) {
        struct str value = field->values.at[i];
        struct choice *choice = add_choice(choices, kind, value, value);

        if (choice && !str_eq(choice->value, value))
            choice->value = STR_NONE;
    }
    for (size_t i = 0; i < word_row_count; i++) {
        struct str words = str_from_c(word_rows[i].words);

        if (!row_serves(&word_rows[i], field))
            continue;
        while (words.p)
            (void)add_choice(choices, kind, word_next(&words), str_from_c(word_rows[i].means));
    }
}

static void list_choices(struct column *column, struct arena *arena,
                         const struct vocabulary *vocabulary)
{
    struct choices choices = { .arena = arena };

    for (size_t i = 0; i < vocabulary->kind_count; i++) {
        const struct field *field = kind_field(&vocabulary->kinds[i], column->field);

        if (field && (field->type == FIELD_OF || field->type == FIELD_ORDERED))
            add_choices(&choices, &vocabulary->kinds[i], field);
    }
    column->choices = choices.list;
    column->choice_count = choices.count;
}

struct str column_value(const struct column *column, const struct kind *kind,
                        const struct field *field, struct str cell)
{
    const struct choice *choice;
    struct folded folded;

    for (size_t i = 0; i < field->values.count; i++)
        if (str_eq(field->values.at[i], cell))
            return field->values.at[i];
    if (!word_fold(cell, &folded))
        return STR_NONE;
    choice = find_choice(column->choices, column->choice_count, kind,
                         (struct str){ folded.at, folded.n });
    return choice ? choice->value : STR_NONE;
}

const struct kind *columns_kind(const struct vocabulary *vocabulary, struct str cell)
{
    const struct kind *kind = vocabulary_kind(vocabulary, cell);
    struct str meaning;

    if (kind)
        return kind;
    for (size_t i = 0; i < vocabulary->kind_count; i++) {
        kind = &vocabulary->kinds[i];
        if (word_alike(kind->name, cell) || word_alike(kind->label, cell))
            return kind;
    }
    meaning = word_meaning(WORD_KIND, STR_NONE, cell);
    return meaning.p ? vocabulary_kind(vocabulary, meaning) : NULL;
}

void columns_read(struct columns *columns, struct arena *arena, const struct sheet *sheet,
                  const struct vocabulary *vocabulary, struct faults *faults)
{
    struct str_list known = known_names(arena, vocabulary);

    *columns = (struct columns){ .vocabulary = vocabulary, .count = sheet->headings.count };
    columns->at = ARENA_ARRAY(arena, columns->count, struct column);
    for (size_t i = 0; i < columns->count; i++) {
        struct column *column = &columns->at[i];

        column->heading = i;
        understand(column, vocabulary, sheet->headings.at[i]);
        if (column->of == COLUMN_FIELD)
            list_choices(column, arena, vocabulary);
        else if (column->of < COLUMN_FIELD && !columns->one[column->of])
            columns->one[column->of] = column;
        check_heading(columns, i, sheet, known, faults);
    }
    check_complete(columns, faults);
}
