/*
 * samples - makes the logbooks of examples/, or checks that they are as it would make them.
 *
 *     samples write SEED DIR
 *     samples check SEED DIR
 *
 * The same seed gives the same bytes on every machine: only integers are computed, and nothing is
 * asked of clock, locale or surroundings. The logbooks are of nobody: every row says that it is
 * sample data.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/files.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"

#define FILE_BYTES_MAX ((size_t)4 * 1000 * 1000)

/* ---- chance ---- */

/* SplitMix64: a counter in steps of an odd constant, well mixed. */
struct chance {
    uint64_t state;
};

static uint64_t chance_next(struct chance *chance)
{
    uint64_t z = chance->state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* A number from `least` to `most`, both included. */
static int32_t between(struct chance *chance, int32_t least, int32_t most)
{
    return least + (int32_t)(chance_next(chance) % (uint64_t)(most - least + 1));
}

struct share {
    const char *word;
    int32_t percent;
};

/* One of the words, as often as its share says; the shares are 100 together. */
static const char *pick(struct chance *chance, const struct share *shares)
{
    int32_t left = between(chance, 1, 100);

    while (left > shares->percent)
        left -= shares++->percent;
    return shares->word;
}

/* ---- records ---- */

enum column {
    REFERENCE,
    KIND,
    START,
    END,
    HOURS,
    ROLE,
    CAPACITY,
    MODE,
    SCALE,
    COMPLETED,
    OUTCOME,
    INTERCULTURAL,
    PAID,
    PROGRAMME,
    RESULT_OF, /* `result` is a type */
    COURSE,
    CATEGORY,
    ACTIVITY,
    POINTS,
    GIVER,
    STANDING,
    VERIFIED_ON,
    NOTE,
    COLUMNS,
};

static const char *const column_names[COLUMNS] = {
    "reference", "kind",      "start",    "end",         "hours",    "role",
    "capacity",  "mode",      "scale",    "completed",   "outcome",  "intercultural",
    "paid",      "programme", "result",   "course",      "category", "activity",
    "points",    "giver",     "standing", "verified-on", "note",
};

struct record {
    const char *words[COLUMNS]; /* NULL: empty. Of the columns that are not below */
    char reference[8];
    day start;
    day end;
    int32_t minutes; /* 0: not stated */
    int32_t points;  /* 0: not stated */
    day verified_on; /* DAY_NONE: not said */
    size_t number;   /* in the order in which they were made, to sort by in the end */
};

/* The days between which a sample person practises. */
struct span_of_days {
    day first;
    day last;
};

static day date_of(const char *text)
{
    day d;

    if (!day_parse(str_from_c(text), &d))
        BUG("%s is no date", text);
    return d;
}

static struct record new_record(const char *kind, day start, int32_t days, int32_t minutes)
{
    struct record record = {
        .start = start,
        .end = start + days - 1,
        .minutes = minutes,
        .verified_on = DAY_NONE,
    };

    record.words[KIND] = kind;
    record.words[STANDING] = "claimed";
    return record;
}

/* Most records are verified some weeks after they ended, if that is over by the last day. */
static void judge(struct chance *chance, struct record *record, day last)
{
    static const struct share standings[] = {
        { "verified", 88 }, { "claimed", 10 }, { "rejected", 1 }, { "duplicate", 1 }
    };
    day on = record->end + between(chance, 3, 45);

    if (on > last)
        return;
    record->words[STANDING] = pick(chance, standings);
    if (strcmp(record->words[STANDING], "verified") == 0)
        record->verified_on = on;
}

static const char *yes(struct chance *chance, int32_t percent)
{
    return between(chance, 1, 100) <= percent ? "yes" : "no";
}

static struct record mediation(struct chance *chance, struct span_of_days span)
{
    static const struct share roles[] = {
        { "mediator", 88 }, { "adviser", 4 }, { "observer", 5 }, { "trainee", 3 }
    };
    static const struct share capacities[] = { { "sole", 60 }, { "co", 30 }, { "lead", 10 } };
    static const struct share modes[] = { { "in-person", 48 }, { "online", 42 }, { "hybrid", 10 } };
    static const struct share scales[] = { { "full", 90 }, { "partial", 10 } };
    static const struct share outcomes[] = { { "agreement", 62 },
                                             { "partial", 15 },
                                             { "none", 23 } };
    int32_t days = between(chance, 1, 100) <= 8 ? 2 : 1;
    int32_t quarters = days == 2 ? between(chance, 32, 56) : between(chance, 6, 34);
    day start = between(chance, span.first, span.last - days);
    struct record record = new_record("mediation", start, days, quarters * 15);

    record.words[ROLE] = pick(chance, roles);
    if (strcmp(record.words[ROLE], "mediator") == 0)
        record.words[CAPACITY] = pick(chance, capacities);
    record.words[MODE] = pick(chance, modes);
    record.words[SCALE] = pick(chance, scales);
    record.words[COMPLETED] = yes(chance, 95);
    record.words[OUTCOME] = pick(chance, outcomes);
    record.words[INTERCULTURAL] = yes(chance, 15);
    record.words[PAID] = yes(chance, 70);
    judge(chance, &record, span.last);
    return record;
}

static struct record cpd(struct chance *chance, struct span_of_days span)
{
    static const struct share categories[] = {
        { "education", 45 },     { "peer-reflection", 20 }, { "supervision", 15 },
        { "self-directed", 10 }, { "providing", 10 },
    };
    static const struct share activities[] = {
        { "seminar", 40 }, { "conference", 20 }, { "intervision", 25 }, { "course", 15 }
    };
    int32_t hours = between(chance, 1, 8);
    struct record record = new_record("cpd", between(chance, span.first, span.last), 1, hours * 60);

    record.words[CATEGORY] = pick(chance, categories);
    record.words[ACTIVITY] = pick(chance, activities);
    record.points = hours;
    judge(chance, &record, span.last);
    return record;
}

static struct record feedback(struct chance *chance, struct span_of_days span)
{
    static const struct share givers[] = { { "party", 75 }, { "adviser", 20 }, { "observer", 5 } };
    struct record record = new_record("feedback", between(chance, span.first, span.last), 1, 0);

    record.words[GIVER] = pick(chance, givers);
    judge(chance, &record, span.last);
    return record;
}

static struct record training(day start)
{
    struct record record = new_record("training", start, 5, 40 * 60);

    record.words[COMPLETED] = "yes";
    record.words[COURSE] = "basic";
    record.words[PROGRAMME] = "sample-training";
    record.words[STANDING] = "verified";
    record.verified_on = record.end + 12;
    return record;
}

static struct record assessment(day on, const char *programme)
{
    struct record record = new_record("assessment", on, 1, 0);

    record.words[RESULT_OF] = "pass";
    record.words[PROGRAMME] = programme;
    record.words[STANDING] = "verified";
    record.verified_on = on + 20;
    return record;
}

static int by_start(const void *a, const void *b)
{
    const struct record *x = a;
    const struct record *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

/* Mediations are numbered as they come; feedback is on the last mediation before it. */
static void set_references(struct record *records, size_t count)
{
    unsigned matter = 0;

    qsort(records, count, sizeof(*records), by_start);
    for (size_t i = 0; i < count; i++) {
        struct record *record = &records[i];

        if (strcmp(record->words[KIND], "mediation") == 0)
            matter++;
        else if (strcmp(record->words[KIND], "feedback") != 0 || matter == 0)
            continue;
        snprintf(record->reference, sizeof(record->reference), "S-%04u", matter % 10000);
    }
}

/* What a logbook of that many rows holds. A beginner's has few of everything. */
static struct record *make_records(struct arena *arena, uint64_t seed, size_t count)
{
    static const struct share kinds[] = { { "mediation", 86 }, { "cpd", 8 }, { "feedback", 6 } };
    bool beginner = count < 100;
    struct chance chance = { .state = seed * 1000003 + count };
    struct record *records = ARENA_ARRAY(arena, count, struct record);
    struct span_of_days span = { date_of(beginner ? "2022-09-01" : "2012-09-01"),
                                 date_of("2024-06-30") };
    size_t n = 0;

    records[n++] = training(date_of(beginner ? "2022-05-16" : "2012-05-14"));
    records[n++] = assessment(date_of("2024-04-19"), "sample-assessment");
    if (!beginner) {
        records[n++] = assessment(date_of("2023-10-20"), "sample-online");
        records[n++] = assessment(date_of("2024-02-16"), "sample-intercultural");
    }
    if (count >= 1000)
        records[n++] = assessment(date_of("2024-03-15"), "sample-advocacy");
    for (; n < count; n++) {
        const char *kind = pick(&chance, kinds);

        if (strcmp(kind, "mediation") == 0)
            records[n] = mediation(&chance, span);
        else if (strcmp(kind, "cpd") == 0)
            records[n] = cpd(&chance, span);
        else
            records[n] = feedback(&chance, span);
    }
    for (size_t i = 0; i < count; i++)
        records[i].number = i;
    set_references(records, count);
    return records;
}

/* ---- how spreadsheets save them ---- */

enum encoding { UTF_8, UTF_8_MARKED, UTF_16, WINDOWS_1252 };
enum dates { YEAR_FIRST, WITH_DOTS, MONTH_FIRST, DAY_FIRST_SLASHES };
enum hours { WITH_POINT, WITH_COMMA, AS_CLOCK };

struct heading {
    enum column column;
    const char *text;
};

struct translation {
    enum column column;
    const char *word;
    const char *text;
};

struct style {
    const char *file;
    size_t rows;
    enum encoding encoding;
    char separator;
    const char *line_end;
    enum dates dates;
    enum hours hours;
    const struct heading *headings;
    size_t heading_count;
    const struct translation *translations; /* others stand as they are */
    size_t translation_count;
    const char *note;
};

#define HEADINGS(list) .headings = (list), .heading_count = ARRAY_LEN(list)
#define TRANSLATIONS(list) .translations = (list), .translation_count = ARRAY_LEN(list)

static const struct heading plain[] = {
    { REFERENCE, "reference" }, { KIND, "kind" },
    { START, "start" },         { END, "end" },
    { HOURS, "hours" },         { ROLE, "role" },
    { CAPACITY, "capacity" },   { MODE, "mode" },
    { SCALE, "scale" },         { COMPLETED, "completed" },
    { OUTCOME, "outcome" },     { PROGRAMME, "programme" },
    { COURSE, "course" },       { RESULT_OF, "result" },
    { CATEGORY, "category" },   { ACTIVITY, "activity" },
    { POINTS, "points" },       { GIVER, "giver" },
    { STANDING, "standing" },   { VERIFIED_ON, "verified-on" },
    { NOTE, "note" },
};

static const struct heading german[] = {
    { KIND, "Art" },           { REFERENCE, "Aktenzeichen" },
    { START, "Beginn" },       { END, "Ende" },
    { HOURS, "Stunden" },      { ROLE, "Rolle" },
    { CAPACITY, "Capacity" },  { MODE, "Modus" },
    { SCALE, "Umfang" },       { COMPLETED, "Abgeschlossen" },
    { OUTCOME, "Ausgang" },    { INTERCULTURAL, "Interkulturell" },
    { PAID, "Vergütet" },      { PROGRAMME, "Programm" },
    { COURSE, "Kurs" },        { RESULT_OF, "Prüfungsergebnis" },
    { CATEGORY, "Kategorie" }, { ACTIVITY, "Aktivität" },
    { POINTS, "Punkte" },      { GIVER, "Giver" },
    { STANDING, "Status" },    { VERIFIED_ON, "Geprüft am" },
    { NOTE, "Bemerkung" },
};

static const struct translation to_german[] = {
    { KIND, "mediation", "Mediation" },
    { KIND, "training", "Ausbildung" },
    { KIND, "assessment", "Prüfung" },
    { KIND, "cpd", "Fortbildung" },
    { KIND, "feedback", "Rückmeldung" },
    { ROLE, "mediator", "Mediatorin" },
    { ROLE, "adviser", "Beraterin" },
    { ROLE, "observer", "Beobachterin" },
    { CAPACITY, "sole", "allein" },
    { CAPACITY, "co", "Co-Mediatorin" },
    { CAPACITY, "lead", "leitend" },
    { MODE, "in-person", "vor Ort" },
    { SCALE, "full", "vollständig" },
    { SCALE, "partial", "teilweise" },
    { OUTCOME, "agreement", "Einigung" },
    { OUTCOME, "partial", "Teileinigung" },
    { OUTCOME, "none", "keine Einigung" },
    { COMPLETED, "yes", "ja" },
    { COMPLETED, "no", "nein" },
    { INTERCULTURAL, "yes", "ja" },
    { INTERCULTURAL, "no", "nein" },
    { PAID, "yes", "ja" },
    { PAID, "no", "nein" },
    { RESULT_OF, "pass", "bestanden" },
    { STANDING, "verified", "geprüft" },
    { STANDING, "claimed", "angegeben" },
    { STANDING, "rejected", "abgelehnt" },
    { STANDING, "duplicate", "Dublette" },
};

static const struct heading american[] = {
    { REFERENCE, "Case ID" }, { KIND, "Type" },
    { START, "Start Date" },  { END, "End Date" },
    { HOURS, "Hours" },       { ROLE, "Role" },
    { CAPACITY, "Capacity" }, { MODE, "Medium" },
    { SCALE, "Scale" },       { COMPLETED, "Completed" },
    { OUTCOME, "Outcome" },   { INTERCULTURAL, "Cross-cultural" },
    { PAID, "Paid" },         { PROGRAMME, "Program" },
    { COURSE, "Course" },     { RESULT_OF, "Result" },
    { CATEGORY, "Category" }, { ACTIVITY, "Activity" },
    { POINTS, "Points" },     { GIVER, "Giver" },
    { STANDING, "Status" },   { VERIFIED_ON, "Date Verified" },
    { NOTE, "Notes" },
};

static const struct translation to_american[] = {
    { MODE, "in-person", "face to face" },
    { OUTCOME, "agreement", "settled" },
    { OUTCOME, "none", "no agreement" },
    { COMPLETED, "yes", "TRUE" },
    { COMPLETED, "no", "FALSE" },
    { INTERCULTURAL, "yes", "TRUE" },
    { INTERCULTURAL, "no", "FALSE" },
    { PAID, "yes", "TRUE" },
    { PAID, "no", "FALSE" },
};

static const struct heading spanish[] = {
    { REFERENCE, "Expediente" }, { KIND, "Tipo" },
    { START, "Inicio" },         { END, "Fecha de fin" },
    { HOURS, "Horas" },          { ROLE, "Rol" },
    { MODE, "Modalidad" },       { COMPLETED, "Completado" },
    { OUTCOME, "Desenlace" },    { PROGRAMME, "Programa" },
    { RESULT_OF, "Resultado" },  { STANDING, "Estado" },
    { NOTE, "Observaciones" },
};

static const struct translation to_spanish[] = {
    { KIND, "mediation", "Mediación" },
    { KIND, "training", "Formación" },
    { KIND, "assessment", "Evaluación" },
    { KIND, "cpd", "Formación continua" },
    { ROLE, "mediator", "Mediadora" },
    { ROLE, "adviser", "Asesora" },
    { ROLE, "observer", "Observadora" },
    { MODE, "in-person", "presencial" },
    { MODE, "online", "en línea" },
    { MODE, "hybrid", "híbrida" },
    { COMPLETED, "yes", "sí" },
    { OUTCOME, "agreement", "acuerdo" },
    { OUTCOME, "partial", "acuerdo parcial" },
    { OUTCOME, "none", "sin acuerdo" },
    { RESULT_OF, "pass", "aprobado" },
    { STANDING, "verified", "verificado" },
    { STANDING, "claimed", "declarado" },
    { STANDING, "rejected", "rechazado" },
};

static const struct heading french[] = {
    { KIND, "Type" },           { REFERENCE, "Dossier" },
    { START, "Début" },         { END, "Fin" },
    { HOURS, "Heures" },        { ROLE, "Rôle" },
    { MODE, "Modalité" },       { COMPLETED, "Terminé" },
    { PROGRAMME, "Programme" }, { RESULT_OF, "Résultat" },
    { STANDING, "Statut" },     { NOTE, "Remarques" },
};

static const struct translation to_french[] = {
    { KIND, "mediation", "Médiation" },
    { KIND, "training", "Formation" },
    { KIND, "assessment", "Évaluation" },
    { KIND, "cpd", "Formation continue" },
    { KIND, "feedback", "Retour d’expérience" },
    { ROLE, "mediator", "Médiatrice" },
    { ROLE, "adviser", "Conseillère" },
    { ROLE, "observer", "Observatrice" },
    { MODE, "in-person", "présentiel" },
    { MODE, "online", "en ligne" },
    { MODE, "hybrid", "hybride" },
    { COMPLETED, "yes", "oui" },
    { COMPLETED, "no", "non" },
    { RESULT_OF, "pass", "réussi" },
    { STANDING, "verified", "vérifié" },
    { STANDING, "claimed", "déclaré" },
};

static const struct style styles[] = {
    { "logbook-12.csv", 12, UTF_8, ',', "\n", YEAR_FIRST, WITH_POINT, HEADINGS(plain),
      .note = "sample data" },
    { "logbook-300.csv", 300, UTF_8_MARKED, ';', "\r\n", WITH_DOTS, WITH_COMMA, HEADINGS(german),
      TRANSLATIONS(to_german), "sample data" },
    { "logbook-3000.csv", 3000, UTF_8, ',', "\r\n", MONTH_FIRST, AS_CLOCK, HEADINGS(american),
      TRANSLATIONS(to_american), "sample data" },
    { "logbook-40-unicode.txt", 40, UTF_16, '\t', "\r\n", DAY_FIRST_SLASHES, WITH_COMMA,
      HEADINGS(spanish), TRANSLATIONS(to_spanish), "sample data (datos de muestra)" },
    { "logbook-25-windows.csv", 25, WINDOWS_1252, ';', "\r\n", DAY_FIRST_SLASHES, WITH_COMMA,
      HEADINGS(french), TRANSLATIONS(to_french),
      "sample data\nrédigé « à la main »; sur deux lignes" },
};

/* ---- writing ---- */

static void write_date(day d, enum dates dates, struct buf *out)
{
    struct civil civil = civil_from_day(d);
    char text[DAY_TEXT_SIZE];

    switch (dates) {
    case YEAR_FIRST:
        buf_add_c(out, day_text(d, text));
        break;
    case WITH_DOTS:
        buf_format(out, "%02d.%02d.%d", civil.mday, civil.month, civil.year);
        break;
    case MONTH_FIRST:
        buf_format(out, "%d/%d/%d", civil.month, civil.mday, civil.year);
        break;
    case DAY_FIRST_SLASHES:
        buf_format(out, "%02d/%02d/%d", civil.mday, civil.month, civil.year);
        break;
    }
}

static void write_hours(int32_t minutes, enum hours hours, struct buf *out)
{
    static const char *const decimals[] = { "", "25", "5", "75" };
    const char *rest = decimals[minutes % 60 / 15];

    if (hours == AS_CLOCK)
        buf_format(out, "%d:%02d", minutes / 60, minutes % 60);
    else if (*rest)
        buf_format(out, "%d%c%s", minutes / 60, hours == WITH_COMMA ? ',' : '.', rest);
    else
        buf_format(out, "%d", minutes / 60);
}

static const char *translated(const struct style *style, enum column column, const char *word)
{
    for (size_t i = 0; i < style->translation_count; i++)
        if (style->translations[i].column == column &&
            strcmp(style->translations[i].word, word) == 0)
            return style->translations[i].text;
    return word;
}

static void write_cell(const struct style *style, const struct record *record, enum column column,
                       struct buf *out)
{
    if (column == REFERENCE)
        buf_add_c(out, record->reference);
    else if (column == START)
        write_date(record->start, style->dates, out);
    else if (column == END)
        write_date(record->end, style->dates, out);
    else if (column == HOURS && record->minutes > 0)
        write_hours(record->minutes, style->hours, out);
    else if (column == POINTS && record->points > 0)
        buf_int(out, record->points);
    else if (column == VERIFIED_ON && record->verified_on != DAY_NONE)
        write_date(record->verified_on, style->dates, out);
    else if (column == NOTE)
        buf_add_c(out, style->note);
    else if (record->words[column])
        buf_add_c(out, translated(style, column, record->words[column]));
}

/* In quotes only where it must be, as spreadsheets do. */
static void write_quoted(const struct style *style, struct str cell, struct buf *out)
{
    size_t at;
    bool quoted = str_find(cell, style->separator, &at) || str_find(cell, '\n', &at) ||
                  str_find(cell, '"', &at);

    if (quoted)
        buf_byte(out, '"');
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"')
            buf_byte(out, '"');
        buf_byte(out, cell.p[i]);
    }
    if (quoted)
        buf_byte(out, '"');
}

static void write_sheet(const struct style *style, const struct record *records, struct buf *out)
{
    struct buf cell;

    buf_init(&cell, 1000);
    for (size_t i = 0; i <= style->rows; i++) {
        for (size_t j = 0; j < style->heading_count; j++) {
            buf_clear(&cell);
            if (i == 0)
                buf_add_c(&cell, style->headings[j].text);
            else
                write_cell(style, &records[i - 1], style->headings[j].column, &cell);
            if (j > 0)
                buf_byte(out, style->separator);
            write_quoted(style, buf_str(&cell), out);
        }
        buf_add_c(out, style->line_end);
    }
    buf_release(&cell);
}

/* The text in another encoding than UTF-8; all its characters have one place in either. */
static void encode(struct str text, enum encoding encoding, struct buf *out)
{
    if (encoding == UTF_8_MARKED)
        buf_add_c(out, "\xef\xbb\xbf");
    if (encoding == UTF_16)
        buf_add_c(out, "\xff\xfe");
    while (text.n > 0) {
        uint32_t point = 0;
        size_t length = str_code_point(text, &point);

        if (encoding == UTF_16) {
            buf_byte(out, (char)(point & 0xff));
            buf_byte(out, (char)(point >> 8));
        } else if (encoding == WINDOWS_1252) {
            buf_byte(out, point == 0x2019 ? '\x92' : (char)point);
        } else {
            buf_add(out, str_take(text, length));
        }
        text = str_drop(text, length);
    }
}

static struct str make_csv(struct arena *arena, uint64_t seed, const struct style *style)
{
    struct record *records = make_records(arena, seed, style->rows);
    struct buf text;
    struct buf bytes;

    buf_init(&text, FILE_BYTES_MAX);
    buf_init(&bytes, FILE_BYTES_MAX);
    write_sheet(style, records, &text);
    encode(buf_str(&text), style->encoding, &bytes);
    BUG_IF(text.overflow || bytes.overflow);
    buf_release(&text);
    return buf_take(&bytes, arena);
}

/* A record as a program would export it: what is not known is left out. */
static struct value *json_record(struct arena *arena, const struct record *record)
{
    static const struct style iso = { .dates = YEAR_FIRST,
                                      .hours = AS_CLOCK,
                                      .note = "sample data" };
    struct value *object = value_object(arena);

    for (size_t i = 0; i < COLUMNS; i++) {
        struct buf cell;

        buf_init(&cell, 1000);
        write_cell(&iso, record, (enum column)i, &cell);
        if (i == POINTS && cell.n > 0)
            value_set_int(arena, object, column_names[i], record->points);
        else if (cell.n > 0)
            value_set_text(arena, object, column_names[i], str_copy(arena, buf_str(&cell)));
        buf_release(&cell);
    }
    return object;
}

static struct str make_json(struct arena *arena, uint64_t seed, size_t rows)
{
    struct record *records = make_records(arena, seed, rows);
    struct value *root = value_object(arena);
    struct value *array = value_array(arena);
    struct buf out;

    for (size_t i = 0; i < rows; i++)
        value_push(arena, array, json_record(arena, &records[i]));
    value_set_text(arena, root, "note", STR("sample data"));
    value_set(arena, root, "records", array);
    buf_init(&out, FILE_BYTES_MAX);
    value_write_json(root, JSON_PRETTY, &out);
    BUG_IF(out.overflow);
    return buf_take(&out, arena);
}

/* ---- the command ---- */

/* Writes a file, or compares it with what is there. */
static bool settle(struct arena *arena, bool check, const char *folder, const char *file,
                   struct str content)
{
    const char *path = str_to_c(arena, str_format(arena, "%s/%s", folder, file));
    struct str found;

    if (!check) {
        if (!failed(file_write(path, content)))
            return true;
        perror(path);
        return false;
    }
    if (failed(file_read(arena, path, FILE_BYTES_MAX, &found)) || !str_eq(found, content)) {
        fprintf(stderr, "%s is not what samples makes\n", path);
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct arena arena;
    int64_t seed;
    bool check;
    bool good;

    if (argc != 4 || (strcmp(argv[1], "write") != 0 && strcmp(argv[1], "check") != 0) ||
        !str_to_int(str_from_c(argv[2]), 0, INT32_MAX, &seed)) {
        fputs("usage: samples write|check SEED DIR\n", stderr);
        return EXIT_USAGE;
    }
    check = strcmp(argv[1], "check") == 0;
    arena_init(&arena, ARENA_UNLIMITED);
    good =
        settle(&arena, check, argv[3], "logbook-300.json", make_json(&arena, (uint64_t)seed, 300));
    for (size_t i = 0; i < ARRAY_LEN(styles); i++)
        good = settle(&arena, check, argv[3], styles[i].file,
                      make_csv(&arena, (uint64_t)seed, &styles[i])) &&
               good;
    arena_release(&arena);
    return good ? EXIT_OK : EXIT_NO;
}
