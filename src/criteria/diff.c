#include "criteria/diff.h"

#include "criteria/diff_parts.h"

const char *change_name(enum change change)
{
    switch (change) {
    case CHANGE_EQUAL:
        return "equal";
    case CHANGE_WORDING:
        return "wording only";
    case CHANGE_LOOSER:
        return "looser";
    case CHANGE_TIGHTER:
        return "tighter";
    case CHANGE_MIXED:
        return "mixed";
    }
    BUG("no such change: %d", (int)change);
}

static unsigned proved_by(enum presence presence)
{
    return presence == ADDED ? NOT_BETTER : presence == REMOVED ? NOT_WORSE : SAME;
}

/* ---- requirements ---- */

static const struct exemption *find_exemption(const struct requirement *requirement, struct str id)
{
    for (size_t i = 0; i < requirement->exemption_count; i++)
        if (str_eq(requirement->exemptions[i].id, id))
            return &requirement->exemptions[i];
    return NULL;
}

static unsigned prove_exemption(struct differ *d, struct str where, const struct exemption *old,
                                const struct exemption *new, struct notes *notes)
{
    unsigned proved = prove_nodes(d, old->when, new->when, notes);
    if (old->instead && new->instead)
        return proved & prove_nodes(d, old->instead, new->instead, notes);
    if (!old->instead && !new->instead)
        return proved;
    unsigned instead = old->instead ? NOT_WORSE : NOT_BETTER;
    note_change(d, notes, where, instead, "instead: %s", old->instead ? "removed" : "added");
    return proved & instead;
}

static struct str place(struct differ *d, struct str requirement, const char *what, struct str name)
{
    return str_format(d->arena, "%.*s.%s%.*s", STR_ARG(requirement), what, STR_ARG(name));
}

static unsigned prove_exemptions(struct differ *d, const struct requirement *old,
                                 const struct requirement *new, struct notes *notes)
{
    unsigned proved = SAME;
    for (size_t i = 0; i < new->exemption_count; i++) {
        const struct exemption *is = &new->exemptions[i];
        const struct exemption *was = find_exemption(old, is->id);
        struct str where = place(d, new->id, "", is->id);
        proved &= was ? prove_exemption(d, where, was, is, notes) : NOT_WORSE;
        if (!was)
            note_change(d, notes, where, NOT_WORSE, "exemption added");
    }
    for (size_t i = 0; i < old->exemption_count; i++) {
        if (find_exemption(new, old->exemptions[i].id))
            continue;
        proved &= NOT_BETTER;
        note_change(d, notes, place(d, old->id, "", old->exemptions[i].id), NOT_BETTER,
                    "exemption removed");
    }
    return proved;
}

static const struct referral *find_referral(const struct requirement *requirement, struct str body)
{
    for (size_t i = 0; i < requirement->referral_count; i++)
        if (str_eq(requirement->referrals[i].body, body))
            return &requirement->referrals[i];
    return NULL;
}

static unsigned prove_referrals(struct differ *d, const struct requirement *old,
                                const struct requirement *new, struct notes *notes)
{
    unsigned proved = SAME;
    for (size_t i = 0; i < new->referral_count; i++) {
        const struct referral *is = &new->referrals[i];
        const struct referral *was = find_referral(old, is->body);
        proved &= was ? prove_nodes(d, was->when, is->when, notes) : NOT_WORSE;
        if (!was)
            note_change(d, notes, place(d, new->id, "refer-", is->body), NOT_WORSE,
                        "referral added");
    }
    for (size_t i = 0; i < old->referral_count; i++) {
        if (find_referral(new, old->referrals[i].body))
            continue;
        proved &= NOT_BETTER;
        note_change(d, notes, place(d, old->id, "refer-", old->referrals[i].body), NOT_BETTER,
                    "referral removed");
    }
    return proved;
}

static const struct discretion *find_discretion(const struct requirement *requirement,
                                                struct str body)
{
    for (size_t i = 0; i < requirement->discretion_count; i++)
        if (str_eq(requirement->discretions[i].body, body))
            return &requirement->discretions[i];
    return NULL;
}

static bool reasons_within(struct str_list narrow, struct str_list wide)
{
    if (wide.count == 0)
        return true;
    for (size_t i = 0; i < narrow.count; i++)
        if (!str_list_has(wide, narrow.at[i]))
            return false;
    return narrow.count > 0;
}

static unsigned prove_floor(struct differ *d, struct str where, const struct discretion *old,
                            const struct discretion *new, struct notes *notes)
{
    if (old->floor && new->floor)
        return prove_nodes(d, old->floor, new->floor, notes);
    unsigned proved = prove_less(old->floor != NULL, new->floor != NULL);
    note_change(d, notes, where, proved, "floor: %s", new->floor ? "added" : "removed");
    return proved;
}

static unsigned prove_discretion(struct differ *d, struct str where, const struct discretion *old,
                                 const struct discretion *new, struct notes *notes)
{
    unsigned waive = prove_more(old->waive, new->waive);
    unsigned admit = prove_more(old->admit, new->admit);
    unsigned extend = prove_more(old->extend_until, new->extend_until); /* DAY_NONE is the least */
    bool both_waive = old->waive && new->waive; /* reasons and the floor bear on nothing else */
    unsigned reasons = SAME;
    if (both_waive)
        reasons = (reasons_within(old->reasons, new->reasons) ? NOT_WORSE : 0u) |
                  (reasons_within(new->reasons, old->reasons) ? NOT_BETTER : 0u);
    note_change(d, notes, where, waive, "waive: %s", new->waive ? "granted" : "withdrawn");
    note_change(d, notes, where, reasons, "reasons for a waiver changed");
    note_change(d, notes, where, admit, "admit: %s", new->admit ? "granted" : "withdrawn");
    note_change(d, notes, where, extend, "extend: %s",
                old->extend_until == DAY_NONE   ? "granted"
                : new->extend_until == DAY_NONE ? "withdrawn"
                                                : "another day");
    unsigned floor = both_waive ? prove_floor(d, where, old, new, notes) : SAME;
    return waive & reasons & admit & extend & floor;
}

static unsigned prove_discretions(struct differ *d, const struct requirement *old,
                                  const struct requirement *new, struct notes *notes)
{
    unsigned proved = SAME;
    for (size_t i = 0; i < new->discretion_count; i++) {
        const struct discretion *is = &new->discretions[i];
        const struct discretion *was = find_discretion(old, is->body);
        struct str where = place(d, new->id, "discretion-", is->body);
        proved &= was ? prove_discretion(d, where, was, is, notes) : NOT_WORSE;
        if (!was)
            note_change(d, notes, where, NOT_WORSE, "discretion added");
    }
    for (size_t i = 0; i < old->discretion_count; i++) {
        if (find_discretion(new, old->discretions[i].body))
            continue;
        proved &= NOT_BETTER;
        note_change(d, notes, place(d, old->id, "discretion-", old->discretions[i].body),
                    NOT_BETTER, "discretion removed");
    }
    return proved;
}

static unsigned prove_requirements(struct differ *d, const struct requirement *old,
                                   const struct requirement *new, struct notes *notes)
{
    unsigned rule = prove_nodes(d, old->rule, new->rule, notes);
    unsigned exemptions = prove_exemptions(d, old, new, notes);
    unsigned referrals = prove_referrals(d, old, new, notes);
    return rule & exemptions & referrals & prove_discretions(d, old, new, notes);
}

/* ---- texts ---- */

static struct str item_text(struct arena *arena, const struct item *item)
{
    struct buf print;
    buf_init(&print, (size_t)64 * 1024 * 1024);
    criteria_print_item(item, 0, &print);
    return buf_take(&print, arena);
}

static bool same_print(struct arena *arena, const struct item *old, const struct item *new)
{
    struct arena_mark mark = arena_mark(arena);
    bool same = str_eq(item_text(arena, old), item_text(arena, new));
    arena_rewind(arena, mark);
    return same;
}

static void note_wording(struct differ *d, struct notes *notes, struct str where, const char *what)
{
    struct change_detail *detail = ARENA_PUSH(d->arena, notes->at, notes->count, notes->room);
    *detail = (struct change_detail){ where, str_from_c(what), CHANGE_WORDING };
}

static bool is_text(const struct part *part)
{
    return part->kind == PART_WORDING || part->kind == PART_NOTE;
}

static const struct part *next_text(const struct part_list *parts, size_t *at)
{
    while (*at < parts->count && !is_text(&parts->at[*at]))
        ++*at;
    return *at < parts->count ? &parts->at[(*at)++] : NULL;
}

/* Whether wordings, notes and the label are as they were, whatever became of the rule. */
static bool same_wording(const struct item *old, const struct item *new)
{
    size_t i = 0, j = 0;
    for (;;) {
        const struct part *was = next_text(&old->parts, &i);
        const struct part *is = next_text(&new->parts, &j);
        if (!was || !is)
            return !was && !is && str_eq(old->text.text, new->text.text);
        if (was->kind != is->kind || !str_eq(was->text.lang, is->text.lang) ||
            !str_eq(was->text.text, is->text.text))
            return false;
    }
}

/* The label of what is in both editions: proved the same, it may still read otherwise. */
static enum change label_of(struct arena *arena, unsigned proved, const struct item *old,
                            const struct item *new)
{
    if (proved == SAME && !same_print(arena, old, new))
        return CHANGE_WORDING;
    return change_of(proved);
}

static void take_notes(const struct notes *notes, struct requirement_change *change)
{
    change->details = notes->at;
    change->detail_count = notes->count;
    change->detail_room = notes->room;
}

static unsigned diff_requirement(struct differ *d, const struct requirement *old,
                                 const struct requirement *new, struct requirement_change *ret)
{
    const struct requirement *any = new ? new : old;
    *ret = (struct requirement_change){ .id = any->id, .old = old, .new = new };
    ret->presence = !old ? ADDED : !new ? REMOVED : PRESENT_IN_BOTH;
    unsigned proved = proved_by(ret->presence);
    ret->change = change_of(proved);
    if (old && new) {
        struct notes notes = { 0 };
        proved = prove_requirements(d, old, new, &notes);
        ret->change = label_of(d->arena, proved, old->source, new->source);
        if (!same_wording(old->source, new->source))
            note_wording(d, &notes, new->id, "wording changed");
        else if (ret->change == CHANGE_WORDING)
            note_wording(d, &notes, new->id, "the same is written otherwise");
        take_notes(&notes, ret);
    }
    return proved;
}

static unsigned diff_requirements(struct differ *d, struct edition_change *ret)
{
    const struct edition *old = d->old, *new = d->new;
    unsigned proved = SAME;
    ret->requirements = ARENA_ARRAY(d->arena, old->requirement_count + new->requirement_count,
                                    struct requirement_change);
    for (size_t i = 0; i < new->requirement_count; i++) {
        const struct requirement *is = &new->requirements[i];
        proved &= diff_requirement(d, edition_requirement(old, is->id), is,
                                   &ret->requirements[ret->requirement_count++]);
    }
    for (size_t i = 0; i < old->requirement_count; i++) {
        const struct requirement *was = &old->requirements[i];
        if (!edition_requirement(new, was->id))
            proved &= diff_requirement(d, was, NULL, &ret->requirements[ret->requirement_count++]);
    }
    return proved;
}

/* ---- bars ---- */

static const struct bar *find_bar(const struct edition *edition, struct str id)
{
    for (size_t i = 0; i < edition->bar_count; i++)
        if (str_eq(edition->bars[i].id, id))
            return &edition->bars[i];
    return NULL;
}

/* Whoever is barred by a looser rule fares worse, so what is proved of the rule is swapped. */
static unsigned prove_bars(struct differ *d, const struct bar *old, const struct bar *new,
                           struct notes *notes)
{
    d->in_bar = true;
    unsigned rule = prove_nodes(d, old->rule, new->rule, notes);
    d->in_bar = false;
    unsigned barred = (rule & NOT_WORSE ? NOT_BETTER : 0u) | (rule & NOT_BETTER ? NOT_WORSE : 0u);
    unsigned effect = prove_less(old->refuse, new->refuse);
    note_change(d, notes, new->id, effect, "%s",
                new->refuse ? "refer -> refuse" : "refuse -> refer");
    return barred & effect;
}

static unsigned diff_bar(struct differ *d, const struct bar *old, const struct bar *new,
                         struct requirement_change *ret)
{
    const struct bar *either = new ? new : old;
    BUG_IF(!either);
    *ret = (struct requirement_change){ .id = either->id };
    ret->presence = !old ? ADDED : !new ? REMOVED : PRESENT_IN_BOTH;
    unsigned proved = proved_by(ret->presence);
    ret->change = change_of(proved);
    if (old && new) {
        struct notes notes = { 0 };
        proved = prove_bars(d, old, new, &notes);
        ret->change = label_of(d->arena, proved, old->source, new->source);
        if (!str_eq(old->label, new->label))
            note_wording(d, &notes, new->id, "wording changed");
        take_notes(&notes, ret);
    }
    return proved;
}

static unsigned diff_bars(struct differ *d, struct edition_change *ret)
{
    const struct edition *old = d->old, *new = d->new;
    unsigned proved = SAME;
    ret->bars = ARENA_ARRAY(d->arena, old->bar_count + new->bar_count, struct requirement_change);
    for (size_t i = 0; i < new->bar_count; i++)
        proved &= diff_bar(d, find_bar(old, new->bars[i].id), &new->bars[i],
                           &ret->bars[ret->bar_count++]);
    for (size_t i = 0; i < old->bar_count; i++)
        if (!find_bar(new, old->bars[i].id))
            proved &= diff_bar(d, &old->bars[i], NULL, &ret->bars[ret->bar_count++]);
    return proved;
}

/* ---- the whole ---- */

static enum change document_label(const struct edition_change *change, unsigned proved)
{
    if (proved != SAME)
        return change_of(proved);
    for (size_t i = 0; i < change->requirement_count; i++)
        if (change->requirements[i].change == CHANGE_WORDING)
            return CHANGE_WORDING;
    for (size_t i = 0; i < change->bar_count; i++)
        if (change->bars[i].change == CHANGE_WORDING)
            return CHANGE_WORDING;
    for (size_t i = 0; i < change->detail_count; i++)
        if (change->details[i].change == CHANGE_WORDING)
            return CHANGE_WORDING;
    return CHANGE_EQUAL;
}

static void diff_documents(struct arena *arena, const struct edition *old,
                           const struct edition *new, bool overlay, struct edition_change *ret)
{
    struct differ d;
    struct notes notes = { 0 };
    differ_init(&d, arena, old, new);
    *ret = (struct edition_change){ .old = old, .new = new };
    unsigned proved = diff_requirements(&d, ret);
    proved &= diff_bars(&d, ret);
    proved &= prove_items(&d, overlay, &notes);
    ret->details = notes.at;
    ret->detail_count = notes.count;
    ret->detail_room = notes.room;
    ret->change = document_label(ret, proved);
}

void edition_diff(struct arena *arena, const struct edition *old, const struct edition *new,
                  struct edition_change *ret)
{
    diff_documents(arena, old, new, false, ret);
}

static bool is_no_looser(enum change change)
{
    return change == CHANGE_EQUAL || change == CHANGE_WORDING || change == CHANGE_TIGHTER;
}

bool edition_tightens(struct arena *arena, const struct edition *base,
                      const struct edition *overlay)
{
    struct edition_change change;
    diff_documents(arena, base, overlay, true, &change);
    for (size_t i = 0; i < change.requirement_count; i++)
        if (!is_no_looser(change.requirements[i].change))
            return false;
    return is_no_looser(change.change);
}

/* ---- for programs and for people ---- */

static struct value *details_value(struct arena *arena, const struct change_detail *details,
                                   size_t count)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < count; i++) {
        struct value *object = value_object(arena);
        value_set_text(arena, object, "where", details[i].where);
        value_set_text(arena, object, "what", details[i].what);
        value_set_text(arena, object, "change", str_from_c(change_name(details[i].change)));
        value_push(arena, array, object);
    }
    return array;
}

static const char *presence_name(enum presence presence)
{
    return presence == ADDED ? "added" : presence == REMOVED ? "removed" : "both";
}

static struct value *changes_value(struct arena *arena, const struct requirement_change *changes,
                                   size_t count)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < count; i++) {
        struct value *object = value_object(arena);
        value_set_text(arena, object, "id", changes[i].id);
        value_set_text(arena, object, "presence", str_from_c(presence_name(changes[i].presence)));
        value_set_text(arena, object, "change", str_from_c(change_name(changes[i].change)));
        value_set(arena, object, "details",
                  details_value(arena, changes[i].details, changes[i].detail_count));
        value_push(arena, array, object);
    }
    return array;
}

static struct value *edition_value(struct arena *arena, const struct edition *edition)
{
    struct value *object = value_object(arena);
    value_set_text(arena, object, "name", edition->name);
    value_set_text(arena, object, "edition", edition_number_text(arena, edition->number));
    return object;
}

struct value *edition_change_value(struct arena *arena, const struct edition_change *change)
{
    struct value *object = value_object(arena);
    value_set(arena, object, "old", edition_value(arena, change->old));
    value_set(arena, object, "new", edition_value(arena, change->new));
    value_set_text(arena, object, "change", str_from_c(change_name(change->change)));
    value_set(arena, object, "requirements",
              changes_value(arena, change->requirements, change->requirement_count));
    value_set(arena, object, "bars", changes_value(arena, change->bars, change->bar_count));
    value_set(arena, object, "details",
              details_value(arena, change->details, change->detail_count));
    return object;
}

#define LINE_MAX_BYTES ((size_t)1024 * 1024)

static void add_changes(struct buf *out, const char *before,
                        const struct requirement_change *changes, size_t count, bool removed)
{
    for (size_t i = 0; i < count; i++) {
        const struct requirement_change *change = &changes[i];
        const char *name = change_name(change->change);
        if (change->change == CHANGE_EQUAL || (change->presence == REMOVED) != removed)
            continue;
        if (change->presence == PRESENT_IN_BOTH)
            buf_format(out, "%s%.*s %s; ", before, STR_ARG(change->id), name);
        else
            buf_format(out, "%s%.*s %s (%s); ", before, STR_ARG(change->id),
                       presence_name(change->presence), name);
    }
}

struct str edition_change_line(struct arena *arena, const struct edition_change *change)
{
    struct buf out;
    buf_init(&out, LINE_MAX_BYTES);
    for (int removed = 1; removed >= 0; removed--) {
        add_changes(&out, "", change->requirements, change->requirement_count, removed);
        add_changes(&out, "bar ", change->bars, change->bar_count, removed);
    }
    buf_format(&out, "document %s", change_name(change->change));
    return buf_take(&out, arena);
}
