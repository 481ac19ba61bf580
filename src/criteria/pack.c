#include "criteria/pack.h"

#include <stdlib.h>
#include <string.h>

enum standing evidence_standing(const struct evidence *evidence, day known)
{
    bool not_yet = evidence->standing == STANDING_VERIFIED && evidence->verified_on != DAY_NONE &&
                   known != DAY_NONE && known < evidence->verified_on;
    return not_yet ? STANDING_CLAIMED : evidence->standing;
}

/* ---- acts ---- */

static bool known_by(day on, day known)
{
    return known == DAY_NONE || on <= known;
}

static void see_credentials(struct arena *arena, const struct dossier *dossier,
                            struct dossier *seen)
{
    day known = dossier->known;
    seen->credentials = ARENA_ARRAY(arena, dossier->credential_count, struct credential);
    for (size_t i = 0; i < dossier->credential_count; i++) {
        struct credential credential = dossier->credentials[i];
        bool annulled = credential.annulled && (credential.annulled_on == DAY_NONE ||
                                                known_by(credential.annulled_on, known));
        if (annulled || !known_by(credential.from, known))
            continue;
        struct suspension *suspensions =
            ARENA_ARRAY(arena, credential.suspension_count, struct suspension);
        size_t count = 0;
        for (size_t k = 0; k < credential.suspension_count; k++)
            if (known_by(credential.suspensions[k].from, known))
                suspensions[count++] = credential.suspensions[k];
        credential.suspensions = suspensions;
        credential.suspension_count = count;
        if (credential.withdrawn != DAY_NONE && !known_by(credential.withdrawn, known))
            credential.withdrawn = DAY_NONE;
        seen->credentials[seen->credential_count++] = credential;
    }
}

/* Copies the entries of one list that were known at T; `on` is the member with their day. */
#define SEE(list, type, on)                                                                        \
    do {                                                                                           \
        seen->list##s = ARENA_ARRAY(arena, dossier->list##_count, type);                           \
        for (size_t see_i = 0; see_i < dossier->list##_count; see_i++)                             \
            if (known_by(dossier->list##s[see_i].on, dossier->known))                              \
                seen->list##s[seen->list##_count++] = dossier->list##s[see_i];                     \
    } while (0)

static int by_programme_and_day(const void *a, const void *b)
{
    const struct accreditation *x = a, *y = b;
    int order = str_cmp(x->programme, y->programme);
    return order ? order : (x->from > y->from) - (x->from < y->from);
}

static void index_programmes(struct arena *arena, struct acts *acts)
{
    struct dossier *seen = &acts->seen;
    size_t count = seen->accreditation_count;
    if (count)
        qsort(seen->accreditations, count, sizeof(*seen->accreditations), by_programme_and_day);
    struct str *names = ARENA_ARRAY(arena, count, struct str);
    size_t *first = ARENA_ARRAY(arena, count + 1, size_t);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        struct str name = seen->accreditations[i].programme;
        if (n && str_eq(names[n - 1], name))
            continue;
        names[n] = name;
        first[n++] = i;
    }
    first[n] = count;
    acts->programmes = names;
    acts->first = first;
    acts->programme_count = n;
}

void acts_build(struct arena *arena, const struct dossier *dossier, struct acts *ret)
{
    *ret = (struct acts){ .known = dossier->known };
    struct dossier *seen = &ret->seen;
    dossier_init(seen);
    seen->known = dossier->known;
    /* Facts of the person, not recorded acts: T does not select them (section 9). */
    seen->born = dossier->born;
    seen->anchors = dossier->anchors;
    seen->anchor_count = dossier->anchor_count;
    SEE(accreditation, struct accreditation, from);
    SEE(declaration, struct declaration, on);
    SEE(current, struct current_edition, from);
    SEE(decision, struct decision, on);
    SEE(judgement, struct judgement, on);
    see_credentials(arena, dossier, seen);
    index_programmes(arena, ret);
}

#define NOT_REGISTERED ((int64_t)-1)

static int64_t programme_number(const struct acts *acts, struct str name)
{
    size_t low = 0, high = acts->programme_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(acts->programmes[middle], name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < acts->programme_count && str_eq(acts->programmes[low], name);
    return found ? (int64_t)low : NOT_REGISTERED;
}

bool programme_accredited(const struct acts *acts, int64_t programme, struct str_list types,
                          day from, day to)
{
    if (programme < 0 || (size_t)programme >= acts->programme_count)
        return false;
    day covered = from; /* every day before it, from `from` on, is accredited */
    for (size_t i = acts->first[programme]; i < acts->first[programme + 1]; i++) {
        const struct accreditation *period = &acts->seen.accreditations[i];
        if (period->from > covered)
            break;
        if (period->to < covered || !str_list_has(types, period->type))
            continue;
        if (period->to >= to)
            return true;
        covered = period->to + 1;
    }
    return false;
}

bool body_speaks(const struct acts *acts, struct str body, struct str by, day on)
{
    if (str_eq(body, by))
        return true;
    struct str_list type = { &body, 1 };
    return programme_accredited(acts, programme_number(acts, by), type, on, on);
}

/* ---- rows ---- */

struct named {
    struct str name;
    size_t at;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = str_cmp(x->name, y->name);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* Numbers equal names equally, from 0 on: names[i].at gets its number in numbers[]. Returns how
   many numbers were used. Sorting keeps hostile names from costing more than honest ones. */
static uint32_t number_names(struct named *names, size_t count, int64_t *numbers)
{
    if (count)
        qsort(names, count, sizeof(*names), by_name);
    uint32_t next = 0;
    for (size_t i = 0; i < count; i++) {
        if (i && !str_eq(names[i].name, names[i - 1].name))
            next++;
        numbers[names[i].at] = next;
    }
    return count ? next + 1 : 0;
}

struct sorting {
    struct row row;
    uint32_t kind;
    uint32_t evidence;
};

static int by_kind_matter_day(const void *a, const void *b)
{
    const struct sorting *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->row.matter != y->row.matter)
        return x->row.matter < y->row.matter ? -1 : 1;
    if (x->row.end != y->row.end)
        return x->row.end < y->row.end ? -1 : 1;
    return (x->evidence > y->evidence) - (x->evidence < y->evidence);
}

static uint64_t row_bits(const struct evidence *evidence, const struct kind *kind, bool claimed)
{
    uint64_t bits = claimed ? ROW_CLAIMED : 0;
    for (size_t f = FIELD_FIRST_OWN; f < kind->field_count; f++) {
        unsigned first, unknown, other;
        if (!kind_field_bits(kind, f, &first, &unknown, &other))
            continue;
        struct str value = evidence_fact(evidence, kind->fields[f].name);
        unsigned bit = value.p ? other : unknown;
        for (unsigned i = 0; value.p && i < kind->fields[f].values.count; i++)
            if (str_eq(kind->fields[f].values.at[i], value))
                bit = first + i;
        bits |= (uint64_t)1 << bit;
    }
    return bits;
}

static int64_t value_number(const struct field *field, struct str value)
{
    if (!value.p)
        return COLUMN_UNKNOWN;
    for (size_t i = 0; i < field->values.count; i++)
        if (str_eq(field->values.at[i], value))
            return (int64_t)i;
    return COLUMN_OTHER;
}

/* Programmes of the register have its numbers, the others the numbers behind those: what is not
   registered is accredited for nothing, and still is one programme and not another. */
static const int64_t *make_programmes(struct arena *arena, const struct dossier *dossier,
                                      const struct acts *acts, const uint32_t *evidence,
                                      size_t count)
{
    int64_t *column = ARENA_ARRAY(arena, count, int64_t);
    struct named *names = ARENA_ARRAY(arena, count, struct named);
    size_t named = 0;
    for (size_t i = 0; i < count; i++) {
        struct str programme = dossier->evidence[evidence[i]].programme;
        column[i] = programme.p ? programme_number(acts, programme) : COLUMN_UNKNOWN;
        if (programme.p && column[i] == NOT_REGISTERED)
            names[named++] = (struct named){ programme, i };
    }
    number_names(names, named, column);
    for (size_t i = 0; i < named; i++)
        column[names[i].at] += (int64_t)acts->programme_count;
    return column;
}

static const int64_t *make_column(struct arena *arena, const struct dossier *dossier,
                                  const struct field *field, const uint32_t *evidence, size_t count)
{
    int64_t *column = ARENA_ARRAY(arena, count, int64_t);
    struct named *names = ARENA_ARRAY(arena, count, struct named);
    size_t named = 0;
    for (size_t i = 0; i < count; i++) {
        const struct evidence *e = &dossier->evidence[evidence[i]];
        if (field_is_measure(field)) {
            column[i] = evidence_measure(e, field);
        } else if (field->type == FIELD_ID) {
            struct str id = evidence_fact(e, field->name);
            column[i] = COLUMN_UNKNOWN;
            if (id.p)
                names[named++] = (struct named){ id, i };
        } else {
            column[i] = value_number(field, evidence_fact(e, field->name));
        }
    }
    number_names(names, named, column);
    return column;
}

/* Gives every record its matter: those that name one share it, the others have their own. */
static uint32_t number_matters(struct arena *arena, const struct dossier *dossier,
                               struct sorting *rows, size_t count)
{
    struct named *names = ARENA_ARRAY(arena, count, struct named);
    int64_t *numbers = ARENA_ARRAY(arena, count, int64_t);
    size_t named = 0;
    for (size_t i = 0; i < count; i++) {
        struct str matter = dossier->evidence[rows[i].evidence].matter;
        numbers[i] = -1;
        if (matter.p)
            names[named++] = (struct named){ matter, i };
    }
    uint32_t next = number_names(names, named, numbers);
    for (size_t i = 0; i < count; i++)
        rows[i].row.matter = numbers[i] < 0 ? next++ : (uint32_t)numbers[i];
    return next;
}

static size_t collect_rows(const struct dossier *dossier, const struct vocabulary *vocabulary,
                           struct sorting *rows)
{
    size_t count = 0;
    for (size_t i = 0; i < dossier->evidence_count; i++) {
        const struct evidence *e = &dossier->evidence[i];
        enum standing standing = evidence_standing(e, dossier->known);
        const struct kind *kind = vocabulary_kind(vocabulary, e->kind);
        if (!kind || standing > STANDING_CLAIMED || !known_by(e->start, dossier->known))
            continue;
        rows[count++] = (struct sorting){
            .row = { .start = e->start,
                     .end = e->end,
                     .hours = e->hours < 0 ? -1 : (int32_t)e->hours,
                     .bits = row_bits(e, kind, standing == STANDING_CLAIMED) },
            .kind = (uint32_t)(kind - vocabulary->kinds),
            .evidence = (uint32_t)i,
        };
    }
    return count;
}

/* The rows of one kind, of which `sorted` holds `count`. */
static void pack_kind(struct arena *arena, const struct sorting *sorted, size_t count,
                      struct rows *ret)
{
    struct row *at = ARENA_ARRAY(arena, count, struct row);
    uint32_t *evidence = ARENA_ARRAY(arena, count, uint32_t);
    ret->own_matters = true;
    for (size_t i = 0; i < count; i++) {
        at[i] = sorted[i].row;
        evidence[i] = sorted[i].evidence;
        if (i && at[i].matter == at[i - 1].matter)
            ret->own_matters = false;
    }
    ret->at = at;
    ret->evidence = evidence;
    ret->count = count;
}

/* A row by the id of its record. */
struct identified {
    struct str id;
    uint16_t kind;
    uint32_t row;
};

static int by_id(const void *a, const void *b)
{
    const struct identified *x = a, *y = b;
    return str_cmp(x->id, y->id);
}

static const struct identified *rows_by_id(struct arena *arena, const struct bundle *bundle,
                                           size_t *ret_count)
{
    size_t room = bundle->dossier->evidence_count, count = 0;
    struct identified *list = ARENA_ARRAY(arena, room, struct identified);
    for (size_t k = 0; k < bundle->vocabulary->kind_count; k++)
        for (size_t r = 0; r < bundle->kinds[k].count; r++)
            list[count++] =
                (struct identified){ bundle->dossier->evidence[bundle->kinds[k].evidence[r]].id,
                                     (uint16_t)k, (uint32_t)r };
    if (count)
        qsort(list, count, sizeof(*list), by_id);
    *ret_count = count;
    return list;
}

/* Ids are unique in a dossier. */
static void find_admitted(struct arena *arena, struct bundle *bundle)
{
    const struct dossier *seen = &bundle->acts->seen;
    const struct identified *rows = NULL;
    struct admitted *list = NULL;
    size_t row_count = 0, count = 0, room = 0;
    for (size_t i = 0; i < seen->decision_count; i++) {
        const struct decision *decision = &seen->decisions[i];
        if (decision->kind != DECISION_ADMIT)
            continue;
        if (!rows)
            rows = rows_by_id(arena, bundle, &row_count);
        struct identified sought = { .id = decision->record };
        const struct identified *found =
            row_count ? bsearch(&sought, rows, row_count, sizeof(*rows), by_id) : NULL;
        if (found)
            *ARENA_PUSH(arena, list, count, room) =
                (struct admitted){ decision, found->kind, found->row };
    }
    bundle->admitted = list;
    bundle->admitted_count = count;
}

void dossier_pack(struct arena *arena, const struct dossier *dossier,
                  const struct vocabulary *vocabulary, const uint64_t *columns, struct bundle *ret)
{
    struct acts *acts = ARENA_NEW(arena, struct acts);
    acts_build(arena, dossier, acts);

    struct sorting *sorted = ARENA_ARRAY(arena, dossier->evidence_count, struct sorting);
    size_t count = collect_rows(dossier, vocabulary, sorted);
    uint32_t matters = number_matters(arena, dossier, sorted, count);
    if (count)
        qsort(sorted, count, sizeof(*sorted), by_kind_matter_day);

    struct rows *kinds = ARENA_ARRAY(arena, vocabulary->kind_count, struct rows);
    size_t done = 0;
    for (size_t k = 0; k < vocabulary->kind_count; k++) {
        const struct kind *kind = &vocabulary->kinds[k];
        size_t end = done;
        while (end < count && sorted[end].kind == k)
            end++;
        pack_kind(arena, sorted + done, end - done, &kinds[k]);
        const int64_t **made = ARENA_ARRAY(arena, kind->field_count, const int64_t *);
        for (size_t f = 0; f < kind->field_count; f++)
            if (columns && columns[k] >> f & 1)
                made[f] = f == FIELD_PROGRAMME ? make_programmes(arena, dossier, acts,
                                                                 kinds[k].evidence, kinds[k].count)
                                               : make_column(arena, dossier, &kind->fields[f],
                                                             kinds[k].evidence, kinds[k].count);
        kinds[k].columns = made;
        done = end;
    }
    *ret = (struct bundle){ .vocabulary = vocabulary,
                            .kinds = kinds,
                            .matter_count = matters,
                            .acts = acts,
                            .dossier = dossier };
    find_admitted(arena, ret);
}
