#include "criteria/diff_parts.h"

#include "criteria/reading.h"
#include "criteria/rule.h"

/* ---- facts that bear on nobody's value ---- */

static void note_fact(struct differ *d, struct notes *notes, const char *where, enum change change,
                      struct str old, struct str new)
{
    struct change_detail *detail = ARENA_PUSH(d->arena, notes->at, notes->count, notes->room);
    detail->where = str_from_c(where);
    detail->what = str_format(d->arena, "%.*s -> %.*s", STR_ARG(old.p ? old : STR("none")),
                              STR_ARG(new.p ? new : STR("none")));
    detail->change = change;
}

static struct str day_or_none(struct arena *arena, day d, day none)
{
    char text[DAY_TEXT_SIZE];
    return d == none ? STR("none") : str_copy(arena, str_from_c(day_text(d, text)));
}

static struct str vocabulary_text(struct arena *arena, const struct vocabulary *vocabulary)
{
    if (vocabulary->inferred)
        return STR("inferred");
    return str_format(arena, "%.*s %.*s", STR_ARG(vocabulary->name),
                      STR_ARG(edition_number_text(arena, vocabulary->edition)));
}

static void note_facts(struct differ *d, struct notes *notes)
{
    struct str was = vocabulary_text(d->arena, d->old->vocabulary);
    struct str is = vocabulary_text(d->arena, d->new->vocabulary);
    if (!str_eq(was, is))
        note_fact(d, notes, "vocabulary", CHANGE_EQUAL, was, is);
    if (d->old->in_force_from != d->new->in_force_from)
        note_fact(d, notes, "in force", CHANGE_EQUAL,
                  day_or_none(d->arena, d->old->in_force_from, DAY_FIRST),
                  day_or_none(d->arena, d->new->in_force_from, DAY_FIRST));
}

/* ---- owner and cycle ---- */

static bool may_lack_facts(const struct edition_node *node)
{
    if (!node)
        return false;
    switch (node->kind) {
    case NODE_COUNT:
    case NODE_DISTINCT:
    case NODE_SUM:
    case NODE_COVERED:
    case NODE_SINCE:
    case NODE_EACH:
    case NODE_AGE:
        return true;
    case NODE_DECLARED:
        return node->edition_current || node->edition.parts > 0;
    case NODE_ALL:
    case NODE_ANY:
    case NODE_SEPARATELY:
    case NODE_AT_LEAST:
    case NODE_HOLDS:
    case NODE_JUDGED:
        break;
    }
    for (size_t i = 0; i < node->child_count; i++)
        if (may_lack_facts(&node->children[i]))
            return true;
    return false;
}

/* Whether the owner may have to settle what missing facts leave open (S16). */
static bool owner_settles(const struct edition *edition)
{
    for (size_t i = 0; i < edition->requirement_count; i++) {
        const struct requirement *requirement = &edition->requirements[i];
        if (requirement->judged)
            continue;
        if (may_lack_facts(requirement->rule))
            return true;
        for (size_t k = 0; k < requirement->exemption_count; k++)
            if (may_lack_facts(requirement->exemptions[k].when) ||
                may_lack_facts(requirement->exemptions[k].instead))
                return true;
    }
    return false;
}

static unsigned prove_owner(struct differ *d, struct notes *notes)
{
    if (str_eq(d->old->owner, d->new->owner))
        return SAME;
    unsigned proved = owner_settles(d->old) || owner_settles(d->new) ? NOTHING_PROVED : SAME;
    note_fact(d, notes, "owner", change_of(proved), d->old->owner, d->new->owner);
    return proved;
}

static bool edition_in_cycle(const struct edition *edition)
{
    for (size_t i = 0; i < edition->requirement_count; i++)
        if (requirement_in_cycle(&edition->requirements[i]))
            return true;
    for (size_t i = 0; i < edition->bar_count; i++)
        if (node_in_cycle(edition->bars[i].rule))
            return true;
    return false;
}

static struct str cycle_text(struct arena *arena, const struct edition *edition)
{
    if (edition->cycle_months == 0)
        return STR_NONE;
    if (edition->anchor.p)
        return str_format(arena, "%d months from %.*s", (int)edition->cycle_months,
                          STR_ARG(edition->anchor));
    return str_format(arena, "%d months from year %02d-%02d", (int)edition->cycle_months,
                      (int)edition->anchor_month, (int)edition->anchor_mday);
}

static unsigned prove_cycle(struct differ *d, struct notes *notes)
{
    if (d->same_cycle)
        return SAME;
    unsigned proved = edition_in_cycle(d->old) && edition_in_cycle(d->new) ? NOTHING_PROVED : SAME;
    note_fact(d, notes, "cycle", change_of(proved), cycle_text(d->arena, d->old),
              cycle_text(d->arena, d->new));
    return proved;
}

static struct str tightens_text(struct arena *arena, const struct edition *edition)
{
    if (!edition->tightens.p)
        return STR_NONE;
    return str_format(arena, "%.*s %.*s", STR_ARG(edition->tightens),
                      STR_ARG(edition_number_text(arena, edition->tightens_edition)));
}

static unsigned prove_tightens(struct differ *d, struct notes *notes)
{
    struct str was = tightens_text(d->arena, d->old), is = tightens_text(d->arena, d->new);
    if (str_eq(was, is))
        return SAME;
    note_fact(d, notes, "tightens", CHANGE_MIXED, was, is);
    return NOTHING_PROVED;
}

/* ---- open and valid ---- */

static unsigned prove_open(struct differ *d, struct notes *notes)
{
    unsigned from = prove_less(d->old->open_from, d->new->open_from);
    unsigned until = prove_more(d->old->open_until, d->new->open_until);
    if (from != SAME)
        note_change(d, notes, STR("open"), from, "from: %.*s -> %.*s",
                    STR_ARG(day_or_none(d->arena, d->old->open_from, DAY_FIRST)),
                    STR_ARG(day_or_none(d->arena, d->new->open_from, DAY_FIRST)));
    if (until != SAME)
        note_change(d, notes, STR("open"), until, "until: %.*s -> %.*s",
                    STR_ARG(day_or_none(d->arena, d->old->open_until, DAY_LAST)),
                    STR_ARG(day_or_none(d->arena, d->new->open_until, DAY_LAST)));
    return from & until;
}

static struct str months_or_none(struct arena *arena, int32_t months, const char *none)
{
    return months ? reading_of_months(arena, months) : str_from_c(none);
}

static int64_t length_of(const struct edition *edition)
{
    return edition->valid_months ? edition->valid_months : INT64_MAX;
}

/* Grace and renewal mean something only where both editions let a credential end. */
static unsigned prove_valid(struct differ *d, struct notes *notes)
{
    const struct edition *old = d->old, *new = d->new;
    unsigned length = prove_more(length_of(old), length_of(new));
    if (length != SAME)
        note_change(d, notes, STR("valid"), length, "%.*s -> %.*s",
                    STR_ARG(months_or_none(d->arena, old->valid_months, "without end")),
                    STR_ARG(months_or_none(d->arena, new->valid_months, "without end")));
    if (!old->valid_months || !new->valid_months)
        return length;
    unsigned grace = prove_more(old->grace_months, new->grace_months);
    unsigned renew = prove_more(old->renew_months, new->renew_months);
    if (renew != SAME && (!old->renew_months || !new->renew_months))
        renew = NOTHING_PROVED; /* without the words, the register's own rule holds */
    if (grace != SAME)
        note_change(d, notes, STR("valid"), grace, "grace: %.*s -> %.*s",
                    STR_ARG(months_or_none(d->arena, old->grace_months, "none")),
                    STR_ARG(months_or_none(d->arena, new->grace_months, "none")));
    if (renew != SAME)
        note_change(d, notes, STR("valid"), renew, "renewal before the end: %.*s -> %.*s",
                    STR_ARG(months_or_none(d->arena, old->renew_months, "not said")),
                    STR_ARG(months_or_none(d->arena, new->renew_months, "not said")));
    return length & grace & renew;
}

/* ---- transitions ---- */

/* A clause with the document it speaks of; an edition of the document's own name has no name. */
struct passage {
    struct str name;
    struct edition_number edition;
    const struct transition_rule *rule;
};

struct passages {
    struct passage *at;
    size_t count, room;
};

static void gather_passages(struct differ *d, const struct edition *edition, struct passages *ret)
{
    for (size_t i = 0; i < edition->transition_count; i++) {
        const struct transition *transition = &edition->transitions[i];
        bool own = str_eq(transition->name, edition->name);
        for (size_t k = 0; k < transition->rule_count; k++)
            *ARENA_PUSH(d->arena, ret->at, ret->count, ret->room) =
                (struct passage){ own ? STR_NONE : transition->name, transition->edition,
                                  &transition->rules[k] };
    }
}

static bool same_old(const struct passage *a, const struct passage *b)
{
    return str_eq(a->name, b->name) && edition_number_eq(a->edition, b->edition);
}

static unsigned prove_passage(struct differ *d, const struct passage *old,
                              const struct passage *new)
{
    const struct transition_rule *a = old->rule, *b = new->rule;
    if (a->kind != b->kind || !same_old(old, new))
        return NOTHING_PROVED;
    switch (a->kind) {
    case RULE_ACCEPT_APPLICATIONS:
        return prove_less(a->from, b->from) & prove_more(a->until, b->until);
    case RULE_REQUIRE_APPLICATIONS:
        return a->from == b->from && a->until == b->until ? SAME : NOTHING_PROVED;
    case RULE_ACCEPT_STARTED:
        return prove_more(a->started.started_before, b->started.started_before) &
               prove_more(a->started.months, b->started.months) &
               prove_selections(d, &a->started.selection, &b->started.selection, STR_NONE, NULL);
    case RULE_HOLDERS_RENEWAL:
        return SAME;
    case RULE_HOLDERS_DATE:
        return prove_more(a->until, b->until);
    }
    BUG("no such clause: %d", (int)a->kind);
}

static const char *passage_text(const struct passage *passage)
{
    switch (passage->rule->kind) {
    case RULE_ACCEPT_APPLICATIONS:
        return "accept old for applications";
    case RULE_REQUIRE_APPLICATIONS:
        return "require old for applications";
    case RULE_ACCEPT_STARTED:
        return "accept old for what was started before";
    case RULE_HOLDERS_RENEWAL:
    case RULE_HOLDERS_DATE:
        return "holders keep";
    }
    BUG("no such clause: %d", (int)passage->rule->kind);
}

/* What is proved where this clause is only in one of the two. */
static unsigned proved_alone(const struct passage *passage, unsigned with_it)
{
    return passage->rule->kind == RULE_REQUIRE_APPLICATIONS ? NOTHING_PROVED : with_it;
}

/* Only one clause of a transition says how long holders keep, so a date for a renewal is a change
   of that clause. */
static bool holders_changed(const struct passage *old, const struct passage *new)
{
    bool was = old->rule->kind == RULE_HOLDERS_RENEWAL || old->rule->kind == RULE_HOLDERS_DATE;
    bool is = new->rule->kind == RULE_HOLDERS_RENEWAL || new->rule->kind == RULE_HOLDERS_DATE;
    return was && is && same_old(old, new);
}

static void compare_passages(struct differ *d, const struct passages *old,
                             const struct passages *new, struct pairs *pairs)
{
    for (size_t i = 0; i < old->count; i++) {
        for (size_t j = 0; j < new->count; j++) {
            const struct passage *was = &old->at[i], *is = &new->at[j];
            size_t at = i * new->count + j;
            bool alike = was->rule->kind == is->rule->kind && same_old(was, is);
            if (!pairs_are_compared(pairs, i, j))
                continue;
            pairs->proved[at] = (unsigned char)prove_passage(d, was, is);
            pairs->alike[at] = alike || holders_changed(was, is);
        }
    }
}

static unsigned prove_transitions(struct differ *d, struct notes *notes)
{
    struct passages old = { 0 }, new = { 0 };
    struct pairs pairs;
    gather_passages(d, d->old, &old);
    gather_passages(d, d->new, &new);
    pairs_init(d->arena, old.count, new.count, &pairs);
    compare_passages(d, &old, &new, &pairs);
    pairs_prove(d->arena, &pairs, JOINED_ANY);

    unsigned proved = SAME;
    for (size_t i = 0; i < old.count; i++) {
        size_t j = pairs.of_old[i];
        unsigned line = j == NO_PAIR ? proved_alone(&old.at[i], NOT_BETTER)
                                     : pairs.proved[i * new.count + j];
        note_change(d, notes, STR("transition"), line, "%s: %s", passage_text(&old.at[i]),
                    j == NO_PAIR ? "removed" : "changed");
        proved &= line;
    }
    for (size_t j = 0; j < new.count; j++) {
        if (pairs.of_new[j] != NO_PAIR)
            continue;
        unsigned line = proved_alone(&new.at[j], NOT_WORSE);
        note_change(d, notes, STR("transition"), line, "%s: added", passage_text(&new.at[j]));
        proved &= line;
    }
    return proved;
}

/* ---- texts ---- */

static const struct {
    enum item_kind kind;
    const char *name;
} text_items[] = {
    { ITEM_TITLE, "title" },     { ITEM_AUDIENCE, "audience" }, { ITEM_ROUTE, "route" },
    { ITEM_NOTE, "note" },       { ITEM_LANGUAGE, "language" }, { ITEM_GROUP, "group" },
    { ITEM_TERM, "term" },       { ITEM_LABEL, "label" },       { ITEM_QUESTION, "question" },
    { ITEM_EXAMPLE, "example" },
};

#define TEXTS_MAX ((size_t)256 * 1024 * 1024)

/* The print of all items of one kind. */
static struct str texts_of(struct arena *arena, const struct edition *edition, enum item_kind kind)
{
    const struct item_list *items = &edition->document->items;
    struct buf print;
    buf_init(&print, TEXTS_MAX);
    for (size_t i = 0; i < items->count; i++)
        if (items->at[i].kind == kind)
            criteria_print_item(&items->at[i], 0, &print);
    return buf_take(&print, arena);
}

static void note_texts(struct differ *d, struct notes *notes)
{
    for (size_t i = 0; i < ARRAY_LEN(text_items); i++) {
        struct arena_mark mark = arena_mark(d->arena);
        struct str was = texts_of(d->arena, d->old, text_items[i].kind);
        struct str is = texts_of(d->arena, d->new, text_items[i].kind);
        const char *what = was.n == 0 ? "added" : is.n == 0 ? "removed" : "changed";
        bool same = str_eq(was, is);
        arena_rewind(d->arena, mark);
        if (same)
            continue;
        struct change_detail *detail = ARENA_PUSH(d->arena, notes->at, notes->count, notes->room);
        *detail = (struct change_detail){ str_from_c(text_items[i].name), str_from_c(what),
                                          CHANGE_WORDING };
    }
}

unsigned prove_items(struct differ *d, bool overlay, struct notes *notes)
{
    unsigned proved = prove_cycle(d, notes);
    proved &= prove_open(d, notes);
    proved &= prove_valid(d, notes);
    proved &= prove_transitions(d, notes);
    if (!overlay) {
        proved &= prove_owner(d, notes);
        proved &= prove_tightens(d, notes);
    }
    note_facts(d, notes);
    note_texts(d, notes);
    return proved;
}
