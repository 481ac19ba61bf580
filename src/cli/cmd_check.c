#include "cli/applicant.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/phrases.h"
#include "cli/scratch.h"
#include "cli/standing.h"
#include "criteria/explain.h"

#define STANDINGS (STANDING_DUPLICATE + 1)
#define STEP 2

/* One document that is shown: a certification, or one that is shown with it, as NAME.x is. */
struct listed {
    const struct scheme_group *group; /* NULL: in no group */
    struct str name;
    bool beside;
    struct standing_result result;
};

/* One run: the person, the day, and what is shown, in the order of the scheme's groups. */
struct check {
    const struct invocation *invocation;
    struct standing_setting setting;
    day on;
    struct listed *entries;
    size_t entry_count, entry_room;
};

/* ---- what is shown ---- */

static bool is_asked_for(const struct check *check, struct str name)
{
    const struct invocation *invocation = check->invocation;

    for (size_t i = 0; i < invocation->operand_count; i++)
        if (str_eq_c(name, invocation->operands[i]))
            return true;
    return invocation->operand_count == 0;
}

/* NAME.x is shown with NAME, unless nobody wrote a NAME. */
static bool is_certification(const struct library *library, struct str name)
{
    struct str rest = name;
    size_t at;

    while (str_find(rest, '.', &at)) {
        size_t count;

        rest = str_drop(rest, at + 1);
        (void)library_editions(library, str_take(name, name.n - rest.n - 1), &count);
        if (count > 0)
            return false;
    }
    return true;
}

static bool belongs_to(struct str name, struct str certification)
{
    return name.n > certification.n && str_starts(name, certification) &&
           name.p[certification.n] == '.';
}

static void add_entry(struct check *check, const struct scheme_group *group, struct str name,
                      bool beside)
{
    struct listed *entry =
        ARENA_PUSH(check->setting.arena, check->entries, check->entry_count, check->entry_room);
    struct edition_number any = { .parts = 0 };

    entry->group = group;
    entry->name = name;
    entry->beside = beside;
    if (!assess(check->setting.arena, check->setting.scheme->library, name, any,
                check->setting.dossier, check->on, &entry->result))
        BUG("'%.*s' was in the library", STR_ARG(name));
}

/* The names of the library stand sorted, each with all its editions. */
static bool is_first_edition(const struct library *library, size_t index)
{
    return index == 0 ||
           !str_eq(library_at(library, index)->name, library_at(library, index - 1)->name);
}

static void add_certification(struct check *check, const struct scheme_group *group,
                              struct str name)
{
    const struct library *library = check->setting.scheme->library;

    if (!is_asked_for(check, name))
        return;
    add_entry(check, group, name, false);
    for (size_t i = 0; i < library_count(library); i++)
        if (is_first_edition(library, i) && belongs_to(library_at(library, i)->name, name))
            add_entry(check, group, library_at(library, i)->name, true);
}

static bool stands_in_group(const struct scheme *scheme, struct str name)
{
    for (size_t i = 0; i < scheme->groups.count; i++) {
        const struct word_list *list = &scheme->groups.at[i].certifications;

        for (size_t j = 0; j < list->count; j++)
            if (str_eq(list->at[j].text, name))
                return true;
    }
    return false;
}

static void add_entries(struct check *check)
{
    const struct scheme *scheme = check->setting.scheme;

    for (size_t i = 0; i < scheme->groups.count; i++) {
        const struct scheme_group *group = &scheme->groups.at[i];

        for (size_t j = 0; j < group->certifications.count; j++)
            add_certification(check, group, group->certifications.at[j].text);
    }
    for (size_t i = 0; i < library_count(scheme->library); i++) {
        struct str name = library_at(scheme->library, i)->name;

        if (is_first_edition(scheme->library, i) && is_certification(scheme->library, name) &&
            !stands_in_group(scheme, name))
            add_certification(check, NULL, name);
    }
}

static enum exit_code names_exist(const struct invocation *invocation,
                                  const struct library *library)
{
    struct edition_number any = { .parts = 0 };

    for (size_t i = 0; i < invocation->operand_count; i++) {
        struct str name = str_from_c(invocation->operands[i]);
        size_t count;

        (void)library_editions(library, name, &count);
        if (count == 0)
            return complain_no_document(invocation, library, name, any);
        if (!is_certification(library, name))
            return complain_usage(invocation,
                                  "'%s' is shown with its certification; "
                                  "'assay explain' shows it alone",
                                  invocation->operands[i]);
    }
    return EXIT_OK;
}

static struct str title_of(const struct check *check, struct str name)
{
    struct view view = { .arena = check->setting.arena, .scheme = check->setting.scheme };

    return view_certification(&view, name);
}

static void count_standings(const struct dossier *dossier, size_t counts[STANDINGS])
{
    for (int i = 0; i < STANDINGS; i++)
        counts[i] = 0;
    for (size_t i = 0; i < dossier->evidence_count; i++)
        counts[evidence_standing(&dossier->evidence[i], dossier->known)]++;
}

/* ---- as text ---- */

static struct str records_text(const struct check *check)
{
    struct arena *arena = check->setting.arena;
    size_t records = check->setting.dossier->evidence_count;
    struct str parts[STANDINGS];
    size_t counts[STANDINGS];
    size_t part_count = 0;

    count_standings(check->setting.dossier, counts);
    for (int i = 0; i < STANDINGS; i++)
        if (counts[i] > 0)
            parts[part_count++] =
                str_format(arena, "%zu %s", counts[i], standing_name((enum standing)i));
    if (part_count == 0)
        return STR("No records.");
    return str_format(arena, "%.*s: %.*s.", STR_ARG(phrase_count(arena, records, "record")),
                      STR_ARG(phrase_list(arena, parts, part_count, ", ", " and ")));
}

static void print_head(const struct check *check)
{
    struct arena *arena = check->setting.arena;
    struct output *out = check->setting.out;
    day known = check->setting.dossier->known;

    output_ends(out, 0, check->setting.scheme->title, TONE_STRONG, phrase_date(arena, check->on),
                TONE_STRONG);
    output_paragraph(out, 0, STR_NONE, TONE_PLAIN, records_text(check));
    if (known != DAY_NONE)
        output_paragraph(out, 0, STR("As known on"), TONE_PLAIN, phrase_date(arena, known));
}

/* All results at a glance. */
static void print_overview(const struct check *check)
{
    static const bool right[] = { false, false, false };
    struct arena *arena = check->setting.arena;
    struct table table;

    table_init(&table, arena, ARRAY_LEN(right), right);
    for (size_t i = 0; i < check->entry_count; i++) {
        const struct listed *entry = &check->entries[i];
        enum verdict verdict = entry->result.verdict[DECIDE];

        if (entry->beside)
            continue;
        table_cell(&table, TONE_PLAIN, title_of(check, entry->name));
        table_cell(&table, phrase_verdict_tone(verdict), str_from_c(phrase_verdict(verdict)));
        table_cell(&table, TONE_PLAIN, standing_preview_note(arena, &entry->result));
    }
    output_line(check->setting.out);
    table_print(&table, check->setting.out, STEP);
}

static bool has_held(const struct dossier *dossier, struct str name)
{
    for (size_t i = 0; i < dossier->credential_count; i++)
        if (belongs_to(name, dossier->credentials[i].name))
            return true;
    return false;
}

/* A renewal is asked of holders alone; any other NAME.x is another way to NAME. */
static bool is_shown(const struct check *check, const struct listed *entry)
{
    return !entry->beside || !str_ends(entry->name, STR(".renewal")) ||
           has_held(check->setting.dossier, entry->name);
}

static void print_group_title(const struct check *check, const struct scheme_group *group)
{
    struct output *out = check->setting.out;

    output_line(out);
    output_tone(out, TONE_STRONG, group ? group->title : STR("Other certifications"));
    output_line(out);
    for (int i = 0; i < out->width; i++)
        output_raw(out, out->utf8 ? STR("\u2500") : STR("-"));
    output_line(out);
}

static void print_all(const struct check *check)
{
    print_head(check);
    print_overview(check);
    for (size_t i = 0; i < check->entry_count; i++) {
        const struct listed *entry = &check->entries[i];

        if (!is_shown(check, entry))
            continue;
        if (i == 0 || entry->group != check->entries[i - 1].group)
            print_group_title(check, entry->group);
        else
            output_line(check->setting.out);
        standing_print(&check->setting, title_of(check, entry->name), &entry->result,
                       entry->beside ? STEP : 0);
    }
    output_line(check->setting.out);
    output_paragraph(check->setting.out, 0, STR_NONE, TONE_FAINT,
                     STR("These are findings, not decisions: a named body issues a credential."));
}

/* ---- as JSON ---- */

static struct value *entry_value(const struct check *check, const struct listed *entry)
{
    struct arena *arena = check->setting.arena;
    struct value *object = value_object(arena);

    value_set_text(arena, object, "name", entry->name);
    value_set_text(arena, object, "title", title_of(check, entry->name));
    value_set(arena, object, "group",
              entry->group ? value_text(arena, entry->group->id.text) : value_null(arena));
    value_set(arena, object, "result", explain_result(arena, &entry->result));
    return object;
}

/* Those beside a certification follow it and stand in it. */
static struct value *entries_value(const struct check *check)
{
    struct arena *arena = check->setting.arena;
    struct value *list = value_array(arena);
    struct value *beside = NULL;

    for (size_t i = 0; i < check->entry_count; i++) {
        struct value *object = entry_value(check, &check->entries[i]);

        if (check->entries[i].beside) {
            value_push(arena, beside, object);
            continue;
        }
        beside = value_array(arena);
        value_set(arena, object, "beside", beside);
        value_push(arena, list, object);
    }
    return list;
}

static struct value *records_value(const struct check *check)
{
    struct arena *arena = check->setting.arena;
    struct value *object = value_object(arena);
    size_t counts[STANDINGS];

    count_standings(check->setting.dossier, counts);
    for (int i = 0; i < STANDINGS; i++)
        value_set_int(arena, object, standing_name((enum standing)i), (int64_t)counts[i]);
    return object;
}

static struct value *check_value(const struct check *check)
{
    struct arena *arena = check->setting.arena;
    day known = check->setting.dossier->known;
    struct value *object = value_object(arena);

    value_set_text(arena, object, "scheme", check->setting.scheme->id.text);
    value_set(arena, object, "on", value_day(arena, check->on));
    value_set(arena, object, "known",
              known == DAY_NONE ? value_null(arena) : value_day(arena, known));
    value_set(arena, object, "records", records_value(check));
    value_set(arena, object, "certifications", entries_value(check));
    return object;
}

enum exit_code cmd_check(struct invocation *invocation)
{
    CLEANUP(arena_release) struct arena scratch = scratch_arena(invocation);
    struct check check = { .invocation = invocation };
    const struct scheme *scheme;
    struct dossier dossier;
    enum exit_code code = option_date(invocation, "on", invocation->around->today, &check.on);

    if (code == EXIT_OK)
        code = load_scheme(invocation, &scheme);
    if (code == EXIT_OK)
        code = names_exist(invocation, scheme->library);
    if (code == EXIT_OK)
        code = applicant_load(invocation, scheme, &dossier);
    if (code != EXIT_OK)
        return code;
    check.setting = (struct standing_setting){
        .arena = invocation->arena,
        .scratch = &scratch,
        .out = &invocation->around->out,
        .scheme = scheme,
        .dossier = &dossier,
    };
    add_entries(&check);
    if (option_given(invocation, "json"))
        output_json(check.setting.out, check_value(&check));
    else
        print_all(&check);
    return EXIT_OK;
}
