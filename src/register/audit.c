#include "register/audit.h"

#include <string.h>

#include "register/evidence_part.h"

#define SEED_BYTES 200
#define PAGE 2000 /* entries that are read at once */

const struct error AUDIT_UNKNOWN = { "audit-unknown", 404, EXIT_NO,
                                     "there is no such audit, or no such place in it" };
const struct error AUDIT_SEED = { "audit-seed", 422, EXIT_INPUT,
                                  "a seed has 1 to 200 bytes on one line" };
const struct error AUDIT_SIZE = { "audit-size", 422, EXIT_INPUT,
                                  "draw 1 to 1,000 entries of a population that is not empty" };
const struct error AUDIT_RESULT = { "audit-result", 409, EXIT_NO,
                                    "this place of the sample has a result already" };

static const char *const result_words[] = {
    [AUDIT_WAITING] = NULL,
    [AUDIT_IN_ORDER] = "in-order",
    [AUDIT_NOT_IN_ORDER] = "not-in-order",
    [AUDIT_NO_ANSWER] = "no-answer",
};

const char *audit_result_word(enum audit_result result)
{
    return result_words[result];
}

/* ---- drawing ---- */

struct sha256_digest audit_lot(struct str seed, struct evidence_id id)
{
    CLEANUP(sha256_release) struct sha256 hash;
    struct buf number;
    struct sha256_digest lot;

    sha256_init(&hash);
    buf_init(&number, 30);
    buf_int(&number, id.n);
    sha256_add(&hash, STR("assay audit 1\n"));
    sha256_add(&hash, seed);
    sha256_add(&hash, STR("\n"));
    sha256_add(&hash, buf_str(&number));
    lot = sha256_end(&hash);
    buf_release(&number);
    return lot;
}

struct drawn {
    struct evidence_id id;
    struct sha256_digest lot;
};

static int compare_lots(const struct drawn *a, const struct drawn *b)
{
    int order = memcmp(a->lot.bytes, b->lot.bytes, sizeof(a->lot.bytes));

    return order ? order : (a->id.n > b->id.n) - (a->id.n < b->id.n);
}

/* Keeps the smallest lots in order. */
static void keep(struct drawn *drawn, size_t *count, size_t wanted, struct drawn next)
{
    size_t at = *count;

    if (at == wanted && compare_lots(&next, &drawn[at - 1]) > 0)
        return;
    if (at < wanted)
        (*count)++;
    else
        at--;
    for (; at > 0 && compare_lots(&next, &drawn[at - 1]) < 0; at--)
        drawn[at] = drawn[at - 1];
    drawn[at] = next;
}

/* One page of the population, by the numbers of the entries. */
static struct result read_page(struct store *store, const struct audit_wish *wish, int64_t after,
                               struct evidence_id *ids, size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct datum standing =
        wish->any_standing ? datum_null() : datum_text(str_from_c(standing_name(wish->standing)));
    size_t count = 0;

    TRY(query_begin(
        store,
        "SELECT v.evidence FROM evidence_version AS v JOIN evidence_standing AS s"
        " ON s.evidence = v.evidence AND" KNOWN_AT("s", "$2") " WHERE v.evidence > $1 AND" KNOWN_AT(
            "v", "$2") " AND v.end_day >= $3 AND v.end_day <= $4"
                       " AND (CAST($5 AS TEXT) IS NULL OR v.kind = $5)"
                       " AND (CAST($6 AS TEXT) IS NULL OR s.standing = $6)"
                       " ORDER BY v.evidence LIMIT $7",
        PARAMS(datum_int(after), datum_int(wish->position), datum_int(wish->from),
               datum_int(wish->until), datum_text(wish->kind), standing, datum_int(PAGE)),
        &query));
    while (query_next(&query) && count < PAGE)
        ids[count++].n = query_int(&query, 0);
    TRY(query_end(&query));
    *ret_count = count;
    return OK;
}

static bool is_seed(struct str seed)
{
    if (str_trim(seed).n == 0 || seed.n > SEED_BYTES || !str_is_utf8(seed, NULL))
        return false;
    for (size_t i = 0; i < seed.n; i++)
        if ((unsigned char)seed.p[i] < ' ' || seed.p[i] == 0x7f)
            return false;
    return true;
}

struct result audit_draw(struct store *store, struct arena *arena, const struct audit_wish *wish,
                         struct audit_sample *ret)
{
    struct audit_sample sample = { .population = 0 };
    struct evidence_id *page = ARENA_ARRAY(arena, PAGE, struct evidence_id);
    struct drawn *drawn;
    int64_t after = 0;
    size_t count = PAGE;

    if (!is_seed(wish->seed))
        return fail(&AUDIT_SEED);
    if (wish->wanted == 0 || wish->wanted > AUDIT_MAX)
        return fail(&AUDIT_SIZE);
    drawn = ARENA_ARRAY(arena, wish->wanted, struct drawn);
    while (count == PAGE) {
        TRY(read_page(store, wish, after, page, &count));
        for (size_t i = 0; i < count; i++)
            keep(drawn, &sample.count, wish->wanted,
                 (struct drawn){ page[i], audit_lot(wish->seed, page[i]) });
        sample.population += (int64_t)count;
        after = count > 0 ? page[count - 1].n : after;
    }
    if (sample.count == 0)
        return fail(&AUDIT_SIZE);
    sample.at = ARENA_ARRAY(arena, sample.count, struct evidence_id);
    for (size_t i = 0; i < sample.count; i++)
        sample.at[i] = drawn[i].id;
    *ret = sample;
    return OK;
}

/* ---- recording ---- */

static struct value *wish_payload(struct arena *arena, const struct audit_wish *wish,
                                  const struct audit_sample *sample)
{
    struct value *payload = value_object(arena);
    struct value *entries = value_array(arena);

    value_set_text(arena, payload, "seed", wish->seed);
    if (wish->kind.p)
        value_set_text(arena, payload, "kind", wish->kind);
    if (!wish->any_standing)
        value_set_text(arena, payload, "standing", str_from_c(standing_name(wish->standing)));
    value_set(arena, payload, "from", value_day(arena, wish->from));
    value_set(arena, payload, "until", value_day(arena, wish->until));
    value_set_int(arena, payload, "wanted", (int64_t)wish->wanted);
    value_set_int(arena, payload, "population", sample->population);
    for (size_t i = 0; i < sample->count; i++)
        value_push(arena, entries, value_int(arena, sample->at[i].n));
    value_set(arena, payload, "entries", entries);
    return payload;
}

struct result audit_open(struct store *store, struct arena *arena, const struct act *act,
                         const struct audit_wish *wish, const struct audit_sample *sample,
                         struct audit_id *ret)
{
    struct datum standing =
        wish->any_standing ? datum_null() : datum_text(str_from_c(standing_name(wish->standing)));
    struct audit_id id;
    int64_t position;

    if (!is_seed(wish->seed))
        return fail(&AUDIT_SEED);
    if (sample->count == 0 || sample->count > AUDIT_MAX || sample->count > wish->wanted)
        return fail(&AUDIT_SIZE);
    TRY(journal_append(store, arena, act, "audit-drawn", (struct journal_subject){ NULL, 0 },
                       wish_payload(arena, wish, sample), &position));
    TRY(store_insert(store,
                     "INSERT INTO audit (seed, kind, standing, from_day, until_day, wanted,"
                     " population, known_position, drawn_position)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
                     PARAMS(datum_text(wish->seed), datum_text(wish->kind), standing,
                            datum_int(wish->from), datum_int(wish->until),
                            datum_int((int64_t)wish->wanted), datum_int(sample->population),
                            datum_int(wish->position < position ? wish->position : position - 1),
                            datum_int(position)),
                     &id.n));
    for (size_t i = 0; i < sample->count; i++)
        TRY(store_run(
            store, "INSERT INTO audit_entry (audit, place, evidence) VALUES ($1, $2, $3)",
            PARAMS(datum_int(id.n), datum_int((int64_t)i + 1), datum_int(sample->at[i].n))));
    *ret = id;
    return OK;
}

static enum audit_result result_parse(struct str word)
{
    for (size_t i = AUDIT_IN_ORDER; i <= AUDIT_NO_ANSWER; i++)
        if (str_eq_c(word, result_words[i]))
            return (enum audit_result)i;
    return AUDIT_WAITING;
}

static struct result read_entries(struct store *store, struct arena *arena, struct audit *audit)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct audit_entry *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT a.place, a.evidence, e.person, a.result, a.note FROM audit_entry AS a"
                    " JOIN evidence AS e ON e.id = a.evidence WHERE a.audit = $1 ORDER BY a.place",
                    PARAMS(datum_int(audit->id.n)), &query));
    while (query_next(&query)) {
        struct audit_entry entry = {
            .place = query_int(&query, 0),
            .evidence = { query_int(&query, 1) },
            .person = { query_int(&query, 2) },
        };

        if (query_kind(&query, 3) == DATUM_TEXT)
            entry.result = result_parse(query_text(&query, 3));
        if (query_kind(&query, 4) == DATUM_TEXT)
            entry.note = str_copy(arena, query_text(&query, 4));
        *ARENA_PUSH(arena, list, count, room) = entry;
    }
    TRY(query_end(&query));
    audit->entries = list;
    audit->entry_count = count;
    return OK;
}

struct result audit_load(struct store *store, struct arena *arena, struct audit_id id,
                         struct audit *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct audit audit = { .id = id, .wish.any_standing = true };
    bool found;

    TRY(query_begin(store,
                    "SELECT seed, kind, standing, from_day, until_day, wanted, population,"
                    " known_position, drawn_position FROM audit WHERE id = $1",
                    PARAMS(datum_int(id.n)), &query));
    found = query_next(&query);
    if (found) {
        audit.wish.seed = str_copy(arena, query_text(&query, 0));
        if (query_kind(&query, 1) == DATUM_TEXT)
            audit.wish.kind = str_copy(arena, query_text(&query, 1));
        if (query_kind(&query, 2) == DATUM_TEXT)
            audit.wish.any_standing = !standing_parse(query_text(&query, 2), &audit.wish.standing);
        audit.wish.from = (day)query_int(&query, 3);
        audit.wish.until = (day)query_int(&query, 4);
        audit.wish.wanted = (size_t)query_int(&query, 5);
        audit.population = query_int(&query, 6);
        audit.wish.position = query_int(&query, 7);
        audit.drawn = query_int(&query, 8);
    }
    TRY(query_end(&query));
    if (!found)
        return fail(&AUDIT_UNKNOWN);
    TRY(read_entries(store, arena, &audit));
    *ret = audit;
    return OK;
}

struct result audit_close(struct store *store, struct arena *arena, const struct act *act,
                          struct audit_id id, int64_t place, enum audit_result result,
                          struct str note)
{
    struct value *payload = value_object(arena);
    const struct audit_entry *entry = NULL;
    struct audit audit;
    int64_t position;

    BUG_IF(result == AUDIT_WAITING);
    TRY(why_check(note, false));
    TRY(audit_load(store, arena, id, &audit));
    for (size_t i = 0; i < audit.entry_count; i++)
        if (audit.entries[i].place == place)
            entry = &audit.entries[i];
    if (!entry)
        return fail(&AUDIT_UNKNOWN);
    if (entry->result != AUDIT_WAITING)
        return fail(&AUDIT_RESULT);
    value_set_int(arena, payload, "audit", id.n);
    value_set_int(arena, payload, "evidence", entry->evidence.n);
    value_set_text(arena, payload, "result", str_from_c(result_words[result]));
    if (note.n > 0)
        value_set_text(arena, payload, "note", note);
    TRY(journal_append(store, arena, act, "audit-result", person_subject(entry->person), payload,
                       &position));
    return store_run(store,
                     "UPDATE audit_entry SET result = $3, note = $4, closed_position = $5"
                     " WHERE audit = $1 AND place = $2",
                     PARAMS(datum_int(id.n), datum_int(place),
                            datum_text(str_from_c(result_words[result])),
                            datum_text(note.n > 0 ? note : STR_NONE), datum_int(position)));
}
