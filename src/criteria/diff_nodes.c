#include "criteria/diff_parts.h"

#include <stdarg.h>

#include "criteria/reading.h"

#define STEPS_MAX 2000000 /* about a second; real documents take some hundreds */

/* ---- notes ---- */

enum change change_of(unsigned proved)
{
    switch (proved) {
    case SAME:
        return CHANGE_EQUAL;
    case NOT_WORSE:
        return CHANGE_LOOSER;
    case NOT_BETTER:
        return CHANGE_TIGHTER;
    default:
        return CHANGE_MIXED;
    }
}

static unsigned swapped(unsigned proved)
{
    return (proved & NOT_WORSE ? NOT_BETTER : 0u) | (proved & NOT_BETTER ? NOT_WORSE : 0u);
}

void note_change(const struct differ *d, struct notes *notes, struct str where, unsigned proved,
                 const char *fmt, ...)
{
    if (!notes || proved == SAME)
        return;
    va_list args;
    va_start(args, fmt);
    struct str what = str_format_args(d->arena, fmt, args);
    va_end(args);
    struct change_detail *detail = ARENA_PUSH(d->arena, notes->at, notes->count, notes->room);
    detail->where = where;
    detail->what = what;
    detail->change = change_of(d->in_bar ? swapped(proved) : proved);
}

void differ_init(struct differ *differ, struct arena *arena, const struct edition *old,
                 const struct edition *new)
{
    *differ = (struct differ){
        .arena = arena,
        .old = old,
        .new = new,
        .steps = STEPS_MAX,
        .same_cycle = old->cycle_months == new->cycle_months &&str_eq(old->anchor, new->anchor) &&
                      old->anchor_month == new->anchor_month &&
                      old->anchor_mday == new->anchor_mday,
    };
}

/* ---- pairs ---- */

static size_t *no_pairs(struct arena *arena, size_t count)
{
    size_t *pairs = ARENA_ARRAY(arena, count, size_t);
    for (size_t i = 0; i < count; i++)
        pairs[i] = NO_PAIR;
    return pairs;
}

void pairs_init(struct arena *arena, size_t old_count, size_t new_count, struct pairs *ret)
{
    ret->old_count = old_count;
    ret->new_count = new_count;
    ret->proved = ARENA_ARRAY(arena, old_count * new_count, unsigned char);
    ret->alike = ARENA_ARRAY(arena, old_count * new_count, unsigned char);
    ret->of_old = no_pairs(arena, old_count);
    ret->of_new = no_pairs(arena, new_count);
}

bool pairs_are_compared(const struct pairs *pairs, size_t i, size_t j)
{
    return i == j || pairs->old_count * pairs->new_count <= PAIRS_MAX;
}

static unsigned proved_at(const struct pairs *pairs, size_t i, size_t j)
{
    return pairs->proved[i * pairs->new_count + j];
}

static void pair_up(struct pairs *pairs, size_t i, size_t j)
{
    pairs->of_old[i] = j;
    pairs->of_new[j] = i;
}

static void unpair(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->old_count; i++)
        pairs->of_old[i] = NO_PAIR;
    for (size_t j = 0; j < pairs->new_count; j++)
        pairs->of_new[j] = NO_PAIR;
}

/* Pairs, in order, what is not paired yet and of which at least `wanted` is proved, or which is at
   least that much alike. */
static void pair_in_order(struct pairs *pairs, unsigned wanted, unsigned alike)
{
    for (size_t i = 0; i < pairs->old_count; i++) {
        for (size_t j = 0; j < pairs->new_count && pairs->of_old[i] == NO_PAIR; j++) {
            size_t at = i * pairs->new_count + j;
            if (pairs->of_new[j] == NO_PAIR && (pairs->proved[at] & wanted) == wanted &&
                pairs->alike[at] >= alike)
                pair_up(pairs, i, j);
        }
    }
}

/* Finds the old item a new partner of which `wanted` is proved, by moving other pairs apart where
   they have another partner to go to. */
static bool find_partner(struct pairs *pairs, size_t i, unsigned wanted, bool *tried)
{
    for (size_t j = 0; j < pairs->new_count; j++) {
        if (tried[j] || !(proved_at(pairs, i, j) & wanted))
            continue;
        tried[j] = true;
        if (pairs->of_new[j] == NO_PAIR || find_partner(pairs, pairs->of_new[j], wanted, tried)) {
            pair_up(pairs, i, j);
            return true;
        }
    }
    return false;
}

/* Pairs as many as can be of which `wanted` is proved. */
static void pair_proved(struct arena *arena, struct pairs *pairs, unsigned wanted)
{
    unpair(pairs);
    pair_in_order(pairs, SAME, 0);
    for (size_t i = 0; i < pairs->old_count; i++)
        if (pairs->of_old[i] == NO_PAIR)
            find_partner(pairs, i, wanted, ARENA_ARRAY(arena, pairs->new_count, bool));
}

static bool all_paired(const size_t *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i] == NO_PAIR)
            return false;
    return true;
}

/* The least of all is no worse where each new item has an old one of its own that it is no worse
   than; for the greatest it is each old item that needs a new one. Not better: the reverse. */
static bool prove_side(struct arena *arena, struct pairs *pairs, unsigned wanted,
                       enum joined joined)
{
    bool old_side = (wanted == NOT_WORSE) == (joined == JOINED_ANY);
    pair_proved(arena, pairs, wanted);
    return old_side ? all_paired(pairs->of_old, pairs->old_count)
                    : all_paired(pairs->of_new, pairs->new_count);
}

unsigned pairs_prove(struct arena *arena, struct pairs *pairs, enum joined joined)
{
    bool not_worse = prove_side(arena, pairs, NOT_WORSE, joined);
    bool not_better = prove_side(arena, pairs, NOT_BETTER, joined);
    if (not_worse && not_better)
        return SAME;
    if (not_better)
        return NOT_BETTER;
    if (not_worse) {
        pair_proved(arena, pairs, NOT_WORSE);
        return NOT_WORSE;
    }
    unpair(pairs);
    pair_in_order(pairs, SAME, 0);
    pair_in_order(pairs, NOT_WORSE, 0);
    pair_in_order(pairs, NOT_BETTER, 0);
    pair_in_order(pairs, NOTHING_PROVED, 2);
    pair_in_order(pairs, NOTHING_PROVED, 1);
    return NOTHING_PROVED;
}

/* ---- combinations ---- */

/* All or any of one thing is that thing. */
static const struct edition_node *without_shell(const struct edition_node *node)
{
    while ((node->kind == NODE_ALL || node->kind == NODE_ANY) && node->child_count == 1)
        node = &node->children[0];
    return node;
}

struct branches {
    const struct edition_node **at;
    size_t count, room;
};

/* The branches of a combination of this kind, those of one within another of the same kind too:
   all of all, and any of any, make no difference. Any other node is a branch by itself. */
static void gather(struct differ *d, const struct edition_node *node, enum node_kind kind,
                   struct branches *ret)
{
    bool nests = kind == NODE_ALL || kind == NODE_ANY;
    if (node->kind != kind) {
        *ARENA_PUSH(d->arena, ret->at, ret->count, ret->room) = node;
        return;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        const struct edition_node *child = without_shell(&node->children[i]);
        if (nests)
            gather(d, child, kind, ret);
        else
            *ARENA_PUSH(d->arena, ret->at, ret->count, ret->room) = child;
    }
}

static unsigned char likeness(const struct edition_node *old, const struct edition_node *new)
{
    if (old->kind != new->kind)
        return 0;
    if (node_reads_records(old->kind))
        return str_eq(old->selection.kind->name, new->selection.kind->name) ? 2 : 1;
    return 1;
}

struct sides {
    struct branches old, new;
    struct pairs pairs;
};

static void compare_branches(struct differ *d, const struct edition_node *old,
                             enum node_kind old_kind, const struct edition_node *new,
                             enum node_kind new_kind, struct sides *ret)
{
    *ret = (struct sides){ 0 };
    gather(d, old, old_kind, &ret->old);
    gather(d, new, new_kind, &ret->new);
    pairs_init(d->arena, ret->old.count, ret->new.count, &ret->pairs);
    for (size_t i = 0; i < ret->old.count; i++) {
        for (size_t j = 0; j < ret->new.count; j++) {
            if (!pairs_are_compared(&ret->pairs, i, j))
                continue;
            size_t at = i * ret->new.count + j;
            ret->pairs.proved[at] =
                (unsigned char)prove_nodes(d, ret->old.at[i], ret->new.at[j], NULL);
            ret->pairs.alike[at] = likeness(ret->old.at[i], ret->new.at[j]);
        }
    }
}

static struct str branch_text(struct differ *d, const struct edition *edition,
                              const struct edition_node *node)
{
    return reading_of_node(d->arena, edition, node);
}

/* What the pairs show; a branch that stands alone is one `removed` or `added`. */
static void note_branches(struct differ *d, const struct sides *sides, unsigned removed,
                          unsigned added, struct notes *notes)
{
    if (!notes)
        return;
    for (size_t i = 0; i < sides->old.count; i++) {
        const struct edition_node *old = sides->old.at[i];
        size_t j = sides->pairs.of_old[i];
        if (j != NO_PAIR)
            prove_nodes(d, old, sides->new.at[j], notes);
        else
            note_change(d, notes, old->id, removed, "removed: %.*s",
                        STR_ARG(branch_text(d, d->old, old)));
    }
    for (size_t j = 0; j < sides->new.count; j++)
        if (sides->pairs.of_new[j] == NO_PAIR)
            note_change(d, notes, sides->new.at[j]->id, added, "added: %.*s",
                        STR_ARG(branch_text(d, d->new, sides->new.at[j])));
}

/* Both as combinations of this kind; a node of another kind is the only branch of one. */
static unsigned prove_as(struct differ *d, enum node_kind kind, const struct edition_node *old,
                         const struct edition_node *new, struct notes *notes)
{
    struct sides sides;
    enum joined joined = kind == NODE_ANY || kind == NODE_AT_LEAST ? JOINED_ANY : JOINED_ALL;
    compare_branches(d, old, kind, new, kind, &sides);
    unsigned proved = pairs_prove(d->arena, &sides.pairs, joined);
    unsigned one_less = joined == JOINED_ALL ? NOT_WORSE : NOT_BETTER;
    if (proved != SAME)
        note_branches(d, &sides, one_less, swapped(one_less), notes);
    return proved;
}

static bool some_proved(const struct pairs *pairs, unsigned wanted)
{
    for (size_t at = 0; at < pairs->old_count * pairs->new_count; at++)
        if (pairs->proved[at] & wanted)
            return true;
    return false;
}

static const char *kind_text(enum node_kind kind)
{
    return kind == NODE_ALL ? "all" : kind == NODE_ANY ? "any" : "separately";
}

/*
 * Only all -> any and separately -> all, and their reverses, prove anything. Any is no worse than
 * all where one branch of it is no worse than an old one: the other old ones may go before, and
 * the other new ones come after. All is no worse than separately where each of its branches is no
 * worse than one that was counted separately.
 */
static unsigned prove_kinds(struct differ *d, const struct edition_node *old,
                            const struct edition_node *new, struct notes *notes)
{
    bool separately = old->kind == NODE_SEPARATELY || new->kind == NODE_SEPARATELY;
    bool looser = (old->kind == NODE_ALL && new->kind == NODE_ANY) ||
                  (old->kind == NODE_SEPARATELY && new->kind == NODE_ALL);
    bool tighter = (old->kind == NODE_ANY && new->kind == NODE_ALL) ||
                   (old->kind == NODE_ALL && new->kind == NODE_SEPARATELY);
    unsigned wanted = looser ? NOT_WORSE : NOT_BETTER;
    struct sides sides;
    if (!looser && !tighter)
        return NOTHING_PROVED;
    compare_branches(d, old, old->kind, new, new->kind, &sides);
    bool proved = separately ? prove_side(d->arena, &sides.pairs, wanted, JOINED_ALL)
                             : some_proved(&sides.pairs, wanted);
    if (!proved)
        return NOTHING_PROVED;
    pair_proved(d->arena, &sides.pairs, wanted);
    note_change(d, notes, new->id, wanted, "%s -> %s", kind_text(old->kind), kind_text(new->kind));
    note_branches(d, &sides, wanted, wanted, notes);
    return wanted;
}

static unsigned prove_each(struct differ *d, const struct edition_node *old,
                           const struct edition_node *new, struct notes *notes)
{
    bool of_cycle = !old->last_months && !new->last_months;
    bool comparable = old->slice_months == new->slice_months &&
                      (of_cycle ? d->same_cycle : old->last_months && new->last_months);
    if (!comparable) {
        note_change(d, notes, new->id, NOTHING_PROVED, "slices changed");
        return NOTHING_PROVED;
    }
    unsigned proved = prove_less(old->last_months, new->last_months);
    if (notes && proved != SAME)
        note_change(d, notes, new->id, proved, "last %.*s -> %.*s",
                    STR_ARG(reading_of_months(d->arena, old->last_months)),
                    STR_ARG(reading_of_months(d->arena, new->last_months)));
    return proved & prove_as(d, NODE_EACH, old, new, notes);
}

/* ---- credentials, declarations, questions ---- */

static bool names_within(struct str_list narrow, struct str_list wide)
{
    for (size_t i = 0; i < narrow.count; i++)
        if (!str_list_has(wide, narrow.at[i]))
            return false;
    return true;
}

static int64_t before_or_never(day d)
{
    return d == DAY_NONE ? (int64_t)DAY_LAST + 1 : d;
}

static unsigned prove_holds(struct differ *d, const struct edition_node *old,
                            const struct edition_node *new, struct notes *notes)
{
    if (old->on != new->on) {
        note_change(d, notes, new->id, NOTHING_PROVED, "the day on which it is held changed");
        return NOTHING_PROVED;
    }
    unsigned names = (names_within(old->names, new->names) ? NOT_WORSE : 0u) |
                     (names_within(new->names, old->names) ? NOT_BETTER : 0u);
    unsigned ever = prove_more(old->ever, new->ever);
    unsigned length = prove_less(old->months, new->months);
    unsigned issued =
        prove_more(before_or_never(old->issued_before), before_or_never(new->issued_before));
    note_change(d, notes, new->id, names, "names of credentials %s",
                names == NOT_WORSE    ? "added"
                : names == NOT_BETTER ? "removed"
                                      : "changed");
    note_change(d, notes, new->id, ever, "ever: %s", new->ever ? "added" : "removed");
    if (notes && length != SAME)
        note_change(d, notes, new->id, length, "for: %.*s -> %.*s",
                    STR_ARG(reading_of_months(d->arena, old->months)),
                    STR_ARG(reading_of_months(d->arena, new->months)));
    note_change(d, notes, new->id, issued, "issued before: %s",
                old->issued_before == DAY_NONE   ? "added"
                : new->issued_before == DAY_NONE ? "removed"
                                                 : "another day");
    return names & ever & length & issued;
}

static unsigned prove_declared(struct differ *d, const struct edition_node *old,
                               const struct edition_node *new, struct notes *notes)
{
    if (!str_eq(old->statement, new->statement)) {
        note_change(d, notes, new->id, NOTHING_PROVED, "declaration: %.*s -> %.*s",
                    STR_ARG(old->statement), STR_ARG(new->statement));
        return NOTHING_PROVED;
    }
    bool was_asked = old->edition_current || old->edition.parts;
    bool is_asked = new->edition_current || new->edition.parts;
    unsigned edition = prove_less(was_asked, is_asked);
    if (was_asked && is_asked &&
        (old->edition_current != new->edition_current ||
         !edition_number_eq(old->edition, new->edition)))
        edition = NOTHING_PROVED;
    unsigned within =
        prove_more(old->months ? old->months : INT64_MAX, new->months ? new->months : INT64_MAX);
    note_change(d, notes, new->id, edition, "edition of the statement: condition %s",
                !was_asked  ? "added"
                : !is_asked ? "removed"
                            : "changed");
    if (notes && within != SAME)
        note_change(d, notes, new->id, within, "within: %.*s -> %.*s",
                    STR_ARG(old->months ? reading_of_months(d->arena, old->months) : STR("any")),
                    STR_ARG(new->months ? reading_of_months(d->arena, new->months) : STR("any")));
    return edition & within;
}

static unsigned prove_judged(struct differ *d, const struct edition_node *old,
                             const struct edition_node *new, struct notes *notes)
{
    unsigned question = str_eq(old->question, new->question) ? SAME : NOTHING_PROVED;
    unsigned body = str_eq(old->body, new->body) ? SAME : NOTHING_PROVED;
    note_change(d, notes, new->id, question, "question changed");
    note_change(d, notes, new->id, body, "body: %.*s -> %.*s", STR_ARG(old->body),
                STR_ARG(new->body));
    return question & body;
}

/* ---- nodes ---- */

static unsigned prove_same_kind(struct differ *d, const struct edition_node *old,
                                const struct edition_node *new, struct notes *notes)
{
    unsigned need = prove_less(old->need, new->need);
    switch (new->kind) {
    case NODE_ALL:
    case NODE_ANY:
    case NODE_SEPARATELY:
        return prove_as(d, new->kind, old, new, notes);
    case NODE_AGE:
    case NODE_AT_LEAST:
        note_change(d, notes, new->id, need, "need %lld -> %lld", (long long)old->need,
                    (long long)new->need);
        return new->kind == NODE_AGE ? need : need &prove_as(d, new->kind, old, new, notes);
    case NODE_EACH:
        return prove_each(d, old, new, notes);
    case NODE_COUNT:
    case NODE_DISTINCT:
    case NODE_SUM:
    case NODE_COVERED:
    case NODE_SINCE:
        return prove_aggregates(d, old, new, notes);
    case NODE_HOLDS:
        return prove_holds(d, old, new, notes);
    case NODE_DECLARED:
        return prove_declared(d, old, new, notes);
    case NODE_JUDGED:
        return prove_judged(d, old, new, notes);
    }
    BUG("no such kind of node: %d", (int)new->kind);
}

/* A node is the only branch of all of it, and of any of it: so a branch beside it is one that was
   added. What either proof shows holds; the notes are those of the proof that shows the most. */
static unsigned prove_in_shell(struct differ *d, const struct edition_node *old,
                               const struct edition_node *new, struct notes *notes)
{
    static const enum node_kind shells[] = { NODE_ALL, NODE_ANY };
    unsigned proved = NOTHING_PROVED;
    d->in_shell = true;
    for (size_t i = 0; i < ARRAY_LEN(shells); i++) {
        if (old->kind != shells[i] && new->kind != shells[i])
            continue;
        unsigned shown = prove_as(d, shells[i], old, new, NULL);
        if (shown & ~proved)
            prove_as(d, shells[i], old, new, notes);
        proved |= shown;
    }
    d->in_shell = false;
    return proved;
}

static unsigned prove_other_kind(struct differ *d, const struct edition_node *old,
                                 const struct edition_node *new, struct notes *notes)
{
    unsigned proved = prove_kinds(d, old, new, notes);
    if (proved == NOTHING_PROVED && !d->in_shell)
        proved = prove_in_shell(d, old, new, notes);
    if (notes && proved == NOTHING_PROVED)
        note_change(d, notes, new->id, proved, "%.*s -> %.*s", STR_ARG(branch_text(d, d->old, old)),
                    STR_ARG(branch_text(d, d->new, new)));
    return proved;
}

unsigned prove_nodes(struct differ *d, const struct edition_node *old,
                     const struct edition_node *new, struct notes *notes)
{
    if (d->steps == 0)
        return NOTHING_PROVED;
    d->steps--;
    old = without_shell(old);
    new = without_shell(new);
    struct arena_mark mark = arena_mark(d->arena);
    bool in_shell = d->in_shell;
    unsigned proved;
    if (old->kind == new->kind) {
        d->in_shell = false;
        proved = prove_same_kind(d, old, new, notes);
        d->in_shell = in_shell;
    } else {
        proved = prove_other_kind(d, old, new, notes);
    }
    if (!notes)
        arena_rewind(d->arena, mark);
    return proved;
}
