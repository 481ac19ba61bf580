/*
 * One answer in three forms: the summary that pages are made from says of generated logbooks, to
 * the letter, what the whole explanation says, and both say what the evaluator does.
 */
#include <stdlib.h>
#include <string.h>

#include "criteria/explain.h"
#include "dice.h"
#include "register/logbook.h"
#include "register/standing.h"
#include "unit.h"

#define LOGBOOKS 500
#define NAMED 3 /* records of each group that the summary names */
#define TEXT_MAX ((size_t)100 * 1000)

struct fixture {
    struct arena arena;
    struct scheme *scheme;
    const struct vocabulary *vocabulary;
    size_t at; /* the logbook at hand, for failures */
    /* What was seen, so that the test cannot pass by seeing nothing. */
    size_t verdicts[VERDICT_ELIGIBLE + 1];
    size_t groups_cut;
    size_t advice;
    size_t untils;
    size_t beside;
};

static struct fixture fixture;

/* ---- logbooks ---- */

/* A word in the spellings that logbooks have. */
struct spelt {
    const char *spellings[4];
};

static const struct spelt kinds[] = {
    { { "mediation", "Mediation", "mediación", "bemiddeling" } },
    { { "training", "Ausbildung", "formation", "opleiding" } },
    { { "assessment", "Prüfung", "évaluation", "beoordeling" } },
    { { "cpd", "Fortbildung", "formation continue", "nascholing" } },
    { { "feedback", "Rückmeldung", "Feedback", "terugkoppeling" } },
};
static const struct spelt roles[] = {
    { { "mediator", "Mediatorin", "médiateur", "bemiddelaar" } },
    { { "mediator", "Mediator", "mediadora", "mediator" } },
    { { "adviser", "Beraterin", "conseil", "adviseur" } },
    { { "", "", "", "" } },
};
static const struct spelt modes[] = {
    { { "online", "online", "en ligne", "online" } },
    { { "in-person", "vor Ort", "présentiel", "fysiek" } },
    { { "", "", "", "" } },
};
static const struct spelt scales[] = {
    { { "full", "vollständig", "complet", "volledig" } },
    { { "partial", "teilweise", "partiel", "gedeeltelijk" } },
    { { "", "", "", "" } },
};
static const struct spelt standings[] = {
    { { "verified", "geprüft", "vérifié", "geverifieerd" } },
    { { "verified", "geprüft", "vérifié", "geverifieerd" } },
    { { "verified", "geprüft", "vérifié", "geverifieerd" } },
    { { "claimed", "angegeben", "déclaré", "opgegeven" } },
    { { "rejected", "abgelehnt", "rejeté", "afgewezen" } },
    { { "duplicate", "Dublette", "doublon", "duplicaat" } },
};
static const char *const answers[][4] = { { "yes", "ja", "oui", "ja" },
                                          { "no", "nein", "non", "" } };

#define PICK(dice, list, language) ((list)[dice_below((dice), ARRAY_LEN(list))].spellings[language])

static void add_day(struct buf *out, day d, uint32_t style)
{
    struct civil civil = civil_from_day(d);

    if (style == 0)
        buf_format(out, "%04d-%02d-%02d", civil.year, civil.month, civil.mday);
    else
        buf_format(out, "%02d.%02d.%04d", civil.mday, civil.month, civil.year);
}

static void add_hours(struct buf *out, uint32_t quarters, uint32_t style)
{
    if (style == 0)
        buf_format(out, "%u:%02u", quarters / 4, quarters % 4 * 15);
    else
        buf_format(out, "%u%c%02u", quarters / 4, style == 1 ? '.' : ',', quarters % 4 * 25);
}

static void add_row(struct buf *out, struct dice *dice, day on, uint32_t style, size_t number)
{
    static const char *const programmes[] = { "sample-assessment", "sample-online",
                                              "sample-training", "nobody", "" };
    uint32_t language = dice_below(dice, 4);
    uint32_t kind = dice_chance(dice, 60) ? 0 : dice_below(dice, ARRAY_LEN(kinds));
    bool mediation = kind == 0;
    bool taught = kind == 1;
    bool assessed = kind == 2;

    buf_format(out, "%s;S-%zu;", kinds[kind].spellings[language],
               dice_chance(dice, 90) ? number : number / 2);
    add_day(out, on - (day)dice_below(dice, dice_chance(dice, 50) ? 700 : 4000), style & 1);
    buf_byte(out, ';');
    if (dice_chance(dice, 90) && (mediation || taught))
        add_hours(out, dice_below(dice, 60), style >> 1);
    buf_format(out, ";%s;%s;%s;", mediation ? PICK(dice, roles, language) : "",
               mediation ? PICK(dice, modes, language) : "",
               mediation ? PICK(dice, scales, language) : "");
    buf_format(out, "%s;", taught || mediation ? answers[dice_chance(dice, 10)][language] : "");
    buf_format(out, "%s;", taught || assessed ? DICE_PICK(dice, programmes) : "");
    buf_format(out, "%s;%s\n", assessed ? "pass" : "", PICK(dice, standings, language));
}

static struct str make_logbook(struct dice *dice, struct arena *arena, day on)
{
    uint32_t style = dice_below(dice, 6);
    size_t rows = 1 + dice_below(dice, 60);
    struct buf out;

    buf_init(&out, TEXT_MAX);
    buf_add_c(&out,
              dice_chance(dice, 50)
                  ? "Art;Aktenzeichen;Datum;Stunden;Rolle;Modus;Umfang;Abgeschlossen;Programm;"
                    "Prüfungsergebnis;Status\n"
                  : "kind;reference;date;hours;role;mode;scale;completed;programme;result;"
                    "standing\n");
    for (size_t i = 0; i < rows; i++)
        add_row(&out, dice, on, style, i);
    return buf_take(&out, arena);
}

static void make_facts(struct dice *dice, struct arena *arena, day on, struct dossier *dossier)
{
    static const struct accreditation programmes[] = {
        { STR("sample-training"), STR("cmtp"), DAY_FIRST, DAY_LAST },
        { STR("sample-assessment"), STR("qap"), DAY_FIRST, DAY_LAST },
        { STR("sample-online"), STR("odr-qap"), DAY_FIRST, DAY_LAST },
    };
    static const char *const credentials[] = { "imi-certified-mediator", "imi-qualified-mediator",
                                               "young-mediator" };

    dossier_init(dossier);
    for (size_t i = 0; i < ARRAY_LEN(programmes); i++)
        *ARENA_PUSH(arena, dossier->accreditations, dossier->accreditation_count,
                    dossier->accreditation_room) = programmes[i];
    for (size_t i = 0; i < ARRAY_LEN(credentials); i++)
        if (dice_chance(dice, 40))
            *ARENA_PUSH(arena, dossier->credentials, dossier->credential_count,
                        dossier->credential_room) =
                (struct credential){ .name = str_from_c(credentials[i]),
                                     .from = on - (day)dice_below(dice, 2000),
                                     .to = on + (day)dice_below(dice, 800) - 100,
                                     .withdrawn = DAY_NONE,
                                     .claimed = dice_chance(dice, 30) };
    if (dice_chance(dice, 60))
        *ARENA_PUSH(arena, dossier->declarations, dossier->declaration_count,
                    dossier->declaration_room) =
            (struct declaration){ .statement = STR("motivation-statement"),
                                  .on = on - (day)dice_below(dice, 900) };
    if (dice_chance(dice, 50))
        dossier->born = on - 8000 - (day)dice_below(dice, 12000);
}

/* ---- comparing ---- */

static void differ(const char *what, struct str where)
{
    fail_msg("logbook %zu: %s differs at %.*s", fixture.at, what, STR_ARG(where));
}

static const struct value *get(const struct value *object, const char *key)
{
    const struct value *value = value_get(object, key);

    if (!value)
        fail_msg("logbook %zu: there is no '%s'", fixture.at, key);
    return value;
}

static struct str text(const struct value *object, const char *key)
{
    const struct value *value = value_get(object, key);

    return value && value->kind == VALUE_TEXT ? value->text : STR_NONE;
}

static bool same_number(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return a->kind == b->kind;
    return a->integer == b->integer;
}

/* Whether a record of the explanation belongs to a group of the summary. */
static bool is_of_group(const struct value *record, const struct value *group)
{
    struct str decide = text(record, "decide");
    struct str preview = text(record, "preview");
    struct str by_claims = text(group, "by_claims");

    return str_eq(decide, text(group, "reason")) &&
           str_eq(preview, by_claims.p ? by_claims : decide) &&
           str_eq(text(record, "field"), text(group, "field"));
}

/* Each record is in one group, which counts it, and names the first of its own. */
static void compare_records(const struct value *records, const struct value *summary,
                            struct str where)
{
    const struct value *groups = get(summary, "groups");
    size_t seen = 0;

    for (size_t g = 0; g < groups->count; g++) {
        const struct value *group = groups->items[g];
        const struct value *named = get(group, "records");
        size_t count = 0;

        for (size_t i = 0; i < records->count; i++) {
            if (!is_of_group(records->items[i], group))
                continue;
            if (count < named->count &&
                !str_eq(text(records->items[i], "id"), text(named->items[count], "id")))
                differ("a record that is named", where);
            count++;
        }
        if ((int64_t)count != get(group, "count")->integer ||
            named->count != (count < NAMED ? count : NAMED) ||
            get(group, "more")->integer != (int64_t)(count - named->count))
            differ("the number of records of a reason", where);
        fixture.groups_cut += count > NAMED ? 1 : 0;
        seen += count;
    }
    if (seen != records->count)
        differ("the number of records", where);
}

static void compare_bounds(const struct value *node, const struct value *count, struct str where)
{
    static const char *const readings[] = { "decide", "preview" };

    if (!same_number(get(node, "need"), get(count, "need")) ||
        !same_number(get(node, "scale"), get(count, "scale")) ||
        !str_eq(text(node, "unit"), text(count, "unit")))
        differ("what is asked for", where);
    for (size_t i = 0; i < ARRAY_LEN(readings); i++)
        if (!same_number(get(get(node, readings[i]), "lo"), get(get(count, readings[i]), "lo")) ||
            !same_number(get(get(node, readings[i]), "hi"), get(get(count, readings[i]), "hi")))
            differ("a bound", where);
}

static void compare_node(const struct value *node, const struct value *summary);

static void compare_children(const struct value *node, const struct value *summary)
{
    const struct value *children = value_get(node, "children");
    const struct value *others = get(summary, "children");

    assert_int_equal(children ? children->count : 0, others->count);
    for (size_t i = 0; i < others->count; i++)
        compare_node(children->items[i], others->items[i]);
}

static void compare_slices(const struct value *node, const struct value *summary)
{
    const struct value *slices = value_get(node, "slices");
    const struct value *others = get(summary, "slices");

    assert_int_equal(slices ? slices->count : 0, others->count);
    for (size_t i = 0; i < others->count; i++) {
        if (!str_eq(text(slices->items[i], "from"), text(others->items[i], "from")) ||
            !str_eq(text(slices->items[i], "to"), text(others->items[i], "to")))
            differ("a slice", text(node, "id"));
        compare_children(slices->items[i], others->items[i]);
    }
}

static void compare_node(const struct value *node, const struct value *summary)
{
    struct str id = text(node, "id");
    const struct value *records = value_get(node, "records");
    const struct value *also = value_get(node, "also");

    if (!str_eq(id, text(summary, "id")) || !str_eq(text(node, "kind"), text(summary, "kind")) ||
        !str_eq(text(node, "text"), text(summary, "text")))
        differ("a node", id);
    if (!str_eq(text(get(node, "decide"), "value"), text(summary, "decide")) ||
        !str_eq(text(get(node, "preview"), "value"), text(summary, "preview")))
        differ("the value of a node", id);
    if (value_get(node, "need"))
        compare_bounds(node, get(summary, "count"), id);
    else
        assert_int_equal(get(summary, "count")->kind, VALUE_NULL);
    if (records)
        compare_records(records, get(summary, "records"), id);
    else
        assert_int_equal(get(summary, "records")->kind, VALUE_NULL);
    if (also)
        compare_records(also, get(summary, "also"), id);
    compare_slices(node, summary);
    compare_children(node, summary);
}

/* "exemption:young" is `by` exemption and `who` young; "-" is nothing. */
static void compare_basis(const struct value *in, const struct value *summary, struct str where)
{
    struct str by;
    struct str who = str_split(text(in, "by"), ':', &by);

    if (str_eq(by, STR("-")))
        by = STR("nothing");
    if (!str_eq(text(in, "value"), text(summary, "value")) || !str_eq(by, text(summary, "by")) ||
        !str_eq(text(in, "at"), text(summary, "on")) ||
        (who.p && !str_eq(who, text(summary, "who"))))
        differ("how a requirement stands", where);
    if (str_eq(text(in, "value"), STR("met")) != (get(summary, "done")->integer == 1000))
        differ("a full ring", where);
}

static void compare_optional_node(const struct value *node, const struct value *summary)
{
    if (node)
        compare_node(node, summary);
    else
        assert_int_equal(summary->kind, VALUE_NULL);
}

static void compare_requirement(const struct value *requirement, const struct value *summary)
{
    static const struct {
        const char *list;
        const char *nodes[2];
    } parts[] = {
        { "exemptions", { "when", "instead" } },
        { "referrals", { "when", NULL } },
        { "discretions", { "floor", NULL } },
    };
    struct str id = text(requirement, "id");

    if (!str_eq(id, text(summary, "id")) ||
        !str_eq(text(requirement, "text"), text(summary, "text")))
        differ("a requirement", id);
    compare_basis(get(requirement, "decide"), get(summary, "decide"), id);
    compare_basis(get(requirement, "preview"), get(summary, "preview"), id);
    compare_node(get(requirement, "rule"), get(summary, "rule"));
    for (size_t p = 0; p < ARRAY_LEN(parts); p++) {
        const struct value *list = get(requirement, parts[p].list);
        const struct value *others = get(summary, parts[p].list);

        assert_int_equal(list->count, others->count);
        for (size_t i = 0; i < list->count; i++)
            for (size_t n = 0; n < 2 && parts[p].nodes[n]; n++)
                compare_optional_node(value_get(list->items[i], parts[p].nodes[n]),
                                      get(others->items[i], parts[p].nodes[n]));
    }
}

static void compare_advice(const struct value *edition, const struct value *summary)
{
    const struct value *advice = get(edition, "advice");
    const struct value *nearest = get(summary, "nearest");
    const struct value *others;

    if (nearest->kind == VALUE_NULL) {
        if (str_eq(text(edition, "decide"), STR("not-yet")))
            differ("the nearest path", text(edition, "name"));
        return;
    }
    others = get(nearest, "advice");
    assert_int_equal(advice->count, others->count);
    fixture.advice += others->count;
    for (size_t i = 0; i < others->count; i++) {
        const struct value *a = advice->items[i];
        const struct value *b = others->items[i];
        const struct value *n = value_get(a, "n");

        if (!str_eq(text(a, "kind"), text(b, "kind")) ||
            !str_eq(text(a, "requirement"), text(b, "requirement")) ||
            !str_eq(text(a, "until"), text(b, "until")) ||
            !str_eq(text(a, "matching"), text(b, "matching")) ||
            (n && n->integer != get(b, "n")->integer))
            differ("advice", text(edition, "name"));
    }
}

static void compare_until(const struct value *edition, const struct value *summary)
{
    const struct value *lasts = get(summary, "lasts");
    bool eligible = str_eq(text(edition, "decide"), STR("eligible"));

    assert_int_equal(eligible, lasts->kind == VALUE_OBJECT);
    if (!eligible)
        return;
    if (!str_eq(text(edition, "until"), text(lasts, "until")))
        differ("the last day", text(edition, "name"));
    fixture.untils += text(lasts, "until").p ? 1 : 0;
    assert_int_equal(text(lasts, "until").p != NULL, get(lasts, "ends")->count > 0);
}

static void compare_edition(const struct value *edition, const struct value *summary)
{
    struct str name = text(edition, "name");
    const struct value *requirements = get(edition, "requirements");
    const struct value *bars = get(edition, "bars");

    if (!str_eq(name, text(summary, "name")) ||
        !str_eq(text(edition, "edition"), text(summary, "edition")) ||
        !str_eq(text(edition, "decide"), text(summary, "decide")) ||
        !str_eq(text(edition, "preview"), text(summary, "preview")) ||
        get(edition, "available")->boolean != get(summary, "open")->boolean)
        differ("an edition", name);
    assert_int_equal(requirements->count, get(summary, "requirements")->count);
    for (size_t i = 0; i < requirements->count; i++)
        compare_requirement(requirements->items[i], get(summary, "requirements")->items[i]);
    assert_int_equal(bars->count, get(summary, "bars")->count);
    for (size_t i = 0; i < bars->count; i++) {
        const struct value *bar = get(summary, "bars")->items[i];

        if (!str_eq(text(bars->items[i], "value"), text(bar, "value")) ||
            !str_eq(text(bars->items[i], "effect"), text(bar, "effect")))
            differ("a bar", name);
        compare_node(get(bars->items[i], "rule"), get(bar, "rule"));
    }
    compare_advice(edition, summary);
    compare_until(edition, summary);
    if (value_get(edition, "tightens"))
        compare_edition(value_get(edition, "tightens"), get(summary, "tightens"));
}

/* The summary's certification of that name; NULL where it shows none. */
static const struct value *shown(const struct value *summary, struct str name)
{
    const struct value *groups = get(summary, "groups");

    for (size_t g = 0; g < groups->count; g++) {
        const struct value *list = get(groups->items[g], "certifications");

        for (size_t i = 0; i < list->count; i++)
            if (str_eq(text(list->items[i], "name"), name))
                return list->items[i];
    }
    return NULL;
}

/* What the evaluator says of the dossier by itself. */
static void compare_with_evaluator(const struct dossier *dossier, day on, const struct value *entry)
{
    struct edition_number any = { .parts = 0 };
    const struct value *requirements;
    struct standing_result result;

    assert_true(assess(&fixture.arena, fixture.scheme->library, text(entry, "name"), any, dossier,
                       on, &result));
    check_str(text(entry, "decide"), verdict_name(result.verdict[DECIDE]));
    check_str(text(entry, "preview"), verdict_name(result.verdict[PREVIEW]));
    fixture.verdicts[result.verdict[DECIDE]]++;
    if (!result.best[DECIDE])
        return;
    requirements = get(get(entry, "result"), "requirements");
    for (size_t i = 0; i < requirements->count; i++) {
        const struct requirement_outcome *outcome = &result.best[DECIDE]->outcome.requirements[i];
        const struct value *requirement = requirements->items[i];

        check_str(text(get(requirement, "decide"), "value"), finding_name(outcome->value[DECIDE]));
        check_str(text(get(requirement, "preview"), "value"),
                  finding_name(outcome->value[PREVIEW]));
    }
}

static void compare_entry(const struct value *entry, const struct value *summary,
                          const struct dossier *dossier, day on)
{
    const struct value *other = shown(summary, text(entry, "name"));
    const struct value *result = get(entry, "result");
    const struct value *edition = value_get(result, "result");

    if (!other) {
        if (!str_ends(text(entry, "name"), STR(".renewal")))
            differ("what is shown", text(entry, "name"));
        return;
    }
    if (!str_eq(text(entry, "title"), text(other, "title")) ||
        !str_eq(text(result, "decide"), text(other, "decide")) ||
        !str_eq(text(result, "preview"), text(other, "preview")))
        differ("a certification", text(entry, "name"));
    compare_with_evaluator(dossier, on, other);
    if (edition)
        compare_edition(edition, get(other, "result"));
    else
        assert_int_equal(get(other, "result")->kind, VALUE_NULL);
}

static void compare_answer(const struct dossier *dossier, day on)
{
    struct standing_question question = { .scheme = fixture.scheme, .dossier = dossier, .on = on };
    struct standing_check answer;
    const struct value *list;
    struct value *summary;

    assert_false(failed(standing_check(&fixture.arena, &question, &answer)));
    assert_false(failed(standing_summary_value(&fixture.arena, &answer, NAMED, &summary)));
    list = get(standing_check_value(&fixture.arena, &answer), "certifications");
    for (size_t i = 0; i < list->count; i++) {
        const struct value *beside = get(list->items[i], "beside");

        compare_entry(list->items[i], summary, dossier, on);
        for (size_t j = 0; j < beside->count; j++) {
            compare_entry(beside->items[j], summary, dossier, on);
            fixture.beside += shown(summary, text(beside->items[j], "name")) ? 1 : 0;
        }
    }
}

/* ---- the test ---- */

static void the_three_forms_of_an_answer_agree(void **state)
{
    struct dice dice = { .state = 20 };
    struct arena_mark mark = arena_mark(&fixture.arena);
    day last;

    (void)state;
    assert_true(day_parse(STR("2024-06-30"), &last));
    for (fixture.at = 0; fixture.at < LOGBOOKS; fixture.at++) {
        day on = last - (day)dice_below(&dice, 1500);
        struct faults faults;
        struct dossier dossier;
        struct str bytes;

        faults_init(&faults, &fixture.arena);
        make_facts(&dice, &fixture.arena, on, &dossier);
        bytes = make_logbook(&dice, &fixture.arena, on);
        if (failed(logbook_read(&fixture.arena, bytes, fixture.vocabulary, &logbook_limits, last,
                                &faults, &dossier)))
            fail_msg("logbook %zu: %.*s", fixture.at, STR_ARG(faults.list[0].message));
        if (dice_chance(&dice, 20))
            dossier.known = on - (day)dice_below(&dice, 200);
        compare_answer(&dossier, on);
        arena_rewind(&fixture.arena, mark);
    }
    assert_in_range(fixture.verdicts[VERDICT_ELIGIBLE], 100, SIZE_MAX);
    assert_in_range(fixture.verdicts[VERDICT_NOT_YET], 100, SIZE_MAX);
    assert_in_range(fixture.verdicts[VERDICT_REFER], 50, SIZE_MAX);
    assert_in_range(fixture.groups_cut, 1000, SIZE_MAX);
    assert_in_range(fixture.advice, 1000, SIZE_MAX);
    assert_in_range(fixture.untils, 20, SIZE_MAX);
    assert_in_range(fixture.beside, 100, SIZE_MAX);
}

static int set_up(void **state)
{
    const char *source = getenv("ASSAY_SOURCE");
    struct diags diags;

    (void)state;
    if (!source)
        return -1;
    arena_init(&fixture.arena, ARENA_UNLIMITED);
    diags_init(&diags, &fixture.arena);
    if (failed(scheme_load(
            &fixture.arena,
            str_to_c(&fixture.arena, str_format(&fixture.arena, "%s/schemes/mediation", source)),
            &diags, &fixture.scheme)))
        return -1;
    fixture.vocabulary = spoken_vocabulary(fixture.scheme->library);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&fixture.arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_forms_of_an_answer_agree),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
