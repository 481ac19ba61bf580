#include "register/standing.h"

#include <setjmp.h>

#include "criteria/explain.h"
#include "register/standpoint.h"

const struct vocabulary *spoken_vocabulary(const struct library *library)
{
    const struct vocabulary *best = NULL;
    size_t best_count = 0;

    for (size_t i = 0; i < library_vocabulary_count(library); i++) {
        const struct vocabulary *vocabulary = library_vocabulary_at(library, i);
        size_t count = 0;

        for (size_t j = 0; j < library_count(library); j++)
            count += library_at(library, j)->vocabulary == vocabulary ? 1 : 0;
        if (!best || count >= best_count) {
            best = vocabulary;
            best_count = count;
        }
    }
    return best;
}

/* ---- what is shown ---- */

bool is_certification(const struct library *library, struct str name)
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

static bool has_held(const struct dossier *dossier, struct str name)
{
    for (size_t i = 0; i < dossier->credential_count; i++)
        if (belongs_to(name, dossier->credentials[i].name))
            return true;
    return false;
}

/* A renewal is asked of holders alone; any other NAME.x is another way to NAME. */
static bool is_shown(const struct dossier *dossier, struct str name, bool beside)
{
    return !beside || !str_ends(name, STR(".renewal")) || has_held(dossier, name);
}

/* One check under way. */
struct checking {
    struct arena *arena;
    const struct standing_question *question;
    struct packed *packed;
    struct standing_check check;
};

static void add_entry(struct checking *checking, const struct scheme_group *group, struct str name,
                      bool beside)
{
    const struct standing_question *question = checking->question;
    const struct library *library = question->scheme->library;
    struct standing_check *check = &checking->check;
    struct edition_number any = { .parts = 0 };
    struct standing_entry *entry;

    entry = ARENA_PUSH(checking->arena, check->entries, check->count, check->room);
    entry->group = group;
    entry->name = name;
    entry->title = certification_title(library, name);
    entry->beside = beside;
    entry->shown = is_shown(question->dossier, name, beside);
    if (!assess_packed(checking->arena, checking->packed, name, any, question->on, &entry->result))
        BUG("'%.*s' was in the library", STR_ARG(name));
}

/* The names of the library stand sorted, each with all its editions. */
static bool is_first_edition(const struct library *library, size_t index)
{
    return index == 0 ||
           !str_eq(library_at(library, index)->name, library_at(library, index - 1)->name);
}

static void add_certification(struct checking *checking, const struct scheme_group *group,
                              struct str name)
{
    const struct standing_question *question = checking->question;
    const struct library *library = question->scheme->library;

    if (question->names.count > 0 && !str_list_has(question->names, name))
        return;
    add_entry(checking, group, name, false);
    for (size_t i = 0; i < library_count(library); i++)
        if (is_first_edition(library, i) && belongs_to(library_at(library, i)->name, name))
            add_entry(checking, group, library_at(library, i)->name, true);
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

static void check_all(struct checking *checking)
{
    const struct scheme *scheme = checking->question->scheme;

    for (size_t i = 0; i < scheme->groups.count; i++) {
        const struct scheme_group *group = &scheme->groups.at[i];

        for (size_t j = 0; j < group->certifications.count; j++)
            add_certification(checking, group, group->certifications.at[j].text);
    }
    for (size_t i = 0; i < library_count(scheme->library); i++) {
        struct str name = library_at(scheme->library, i)->name;

        if (is_first_edition(scheme->library, i) && is_certification(scheme->library, name) &&
            !stands_in_group(scheme, name))
            add_certification(checking, NULL, name);
    }
}

struct result standing_check(struct arena *arena, const struct standing_question *question,
                             struct standing_check *ret)
{
    struct watch *watch = ARENA_NEW(arena, struct watch); /* survives the jump, as locals may not */
    struct checking checking = {
        .arena = arena,
        .question = question,
        .check = {
            .scheme = question->scheme,
            .dossier = question->dossier,
            .on = question->on,
            .go_on = question->go_on,
            .context = question->context,
        },
    };
    jmp_buf *outer = arena->full;
    jmp_buf full;

    *watch = (struct watch){ .go_on = question->go_on, .context = question->context };
    if (setjmp(full)) {
        arena_on_full(arena, outer);
        if (watch->stopped)
            return fail(&ERROR_LIMIT);
        arena_exit_full(arena);
    }
    arena_on_full(arena, &full);
    checking.packed = packed_new(arena, question->scheme->library, question->dossier,
                                 question->go_on ? watch : NULL);
    check_all(&checking);
    arena_on_full(arena, outer);
    *ret = checking.check;
    return OK;
}

/* ---- everything as data ---- */

void count_standings(const struct dossier *dossier, size_t ret_counts[STANDINGS])
{
    for (int i = 0; i < STANDINGS; i++)
        ret_counts[i] = 0;
    for (size_t i = 0; i < dossier->evidence_count; i++)
        ret_counts[evidence_standing(&dossier->evidence[i], dossier->known)]++;
}

static struct value *entry_value(struct arena *arena, const struct standing_entry *entry)
{
    struct value *object = value_object(arena);

    value_set_text(arena, object, "name", entry->name);
    value_set_text(arena, object, "title", entry->title);
    value_set(arena, object, "group",
              entry->group ? value_text(arena, entry->group->id.text) : value_null(arena));
    value_set(arena, object, "result", explain_result(arena, &entry->result));
    return object;
}

/* Those beside a certification follow it and stand in it. */
static struct value *entries_value(struct arena *arena, const struct standing_check *check)
{
    struct value *list = value_array(arena);
    struct value *beside = NULL;

    for (size_t i = 0; i < check->count; i++) {
        struct value *object = entry_value(arena, &check->entries[i]);

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

static struct value *records_value(struct arena *arena, const struct dossier *dossier)
{
    struct value *object = value_object(arena);
    size_t counts[STANDINGS];

    count_standings(dossier, counts);
    for (int i = 0; i < STANDINGS; i++)
        value_set_int(arena, object, standing_name((enum standing)i), (int64_t)counts[i]);
    return object;
}

struct value *standing_check_value(struct arena *arena, const struct standing_check *check)
{
    day known = check->dossier->known;
    struct value *object = value_object(arena);

    value_set_text(arena, object, "scheme", check->scheme->id.text);
    value_set(arena, object, "on", value_day(arena, check->on));
    value_set(arena, object, "known",
              known == DAY_NONE ? value_null(arena) : value_day(arena, known));
    value_set(arena, object, "records", records_value(arena, check->dossier));
    value_set(arena, object, "certifications", entries_value(arena, check));
    return object;
}
