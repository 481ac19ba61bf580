#include "register/opinion.h"

#include "register/erase.h"
#include "register/outbox.h"
#include "register/verify_part.h"

#define NAME_BYTES 200

const struct error OPINION_LINK = { "opinion-link", 410, EXIT_NO,
                                    "this link was used or called back, or its time has passed" };
const struct error OPINION_OPEN = {
    "opinion-open", 409, EXIT_NO,
    "this address is asked already, or 50 requests are open; wait, or call one back"
};
const struct error OPINION_TEXT = { "opinion-text", 422, EXIT_INPUT,
                                    "write 1 to 5,000 bytes of text" };

static struct str digest_text(const struct sha256_digest *digest)
{
    return (struct str){ (const char *)digest->bytes, sizeof(digest->bytes) };
}

/* ---- asking ---- */

static struct result check_open(struct store *store, const struct act *act,
                                const struct opinion_wish *wish)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t all = 0;
    int64_t same = 0;

    TRY(query_begin(
        store,
        "SELECT count(*), CAST(coalesce(sum(CASE WHEN address = $2 THEN 1 ELSE 0 END),"
        " 0) AS BIGINT) FROM opinion WHERE person = $1 AND until > $3"
        " AND given_position IS NULL AND cancelled_position IS NULL",
        PARAMS(datum_int(wish->person.n), datum_text(wish->address), datum_int(act->now)), &query));
    if (query_next(&query)) {
        all = query_int(&query, 0);
        same = query_int(&query, 1);
    }
    TRY(query_end(&query));
    return all >= OPINIONS_OPEN_MAX || same > 0 ? fail(&OPINION_OPEN) : OK;
}

/* The entry as it will be if it is given on that day. */
static struct evidence entry_on(const struct evidence *says, day on)
{
    struct evidence entry = *says;

    entry.start = on;
    entry.end = on;
    entry.hours = -1;
    entry.days = -1;
    return entry;
}

static struct result check_wish(struct store *store, struct arena *arena, const struct act *act,
                                const struct vocabulary *vocabulary,
                                const struct verify_rules *rules, const struct opinion_wish *wish)
{
    struct evidence entry = entry_on(&wish->says, act_day(act));

    if (str_trim(wish->name).n == 0 || wish->name.n > NAME_BYTES ||
        !str_is_utf8(wish->name, NULL) || !mail_address_is_valid(wish->address))
        return fail(&VERIFY_NAME);
    TRY(evidence_check(vocabulary, &entry, act_day(act)));
    TRY(person_has_record(store, arena, wish->person));
    TRY(verify_apart(store, rules, wish->giver, wish->person));
    return check_open(store, act, wish);
}

struct result opinion_ask(struct store *store, struct arena *arena, const struct act *act,
                          const struct vocabulary *vocabulary, const struct verify_rules *rules,
                          const struct opinion_wish *wish, struct opinion_id *ret)
{
    struct value *payload = value_object(arena);
    struct opinion_id id;
    int64_t position;

    TRY(check_wish(store, arena, act, vocabulary, rules, wish));
    value_set_text(arena, payload, "kind", wish->says.kind);
    value_set_text(arena, payload, "name", wish->name);
    value_set_text(arena, payload, "address", wish->address);
    value_set_bool(arena, payload, "confidential", wish->confidential);
    TRY(journal_append(store, arena, act, "opinion-asked", person_subject(wish->person), payload,
                       &position));
    TRY(store_insert(store,
                     "INSERT INTO opinion (person, kind, facts, matter, name, address, giver,"
                     " confidential, digest, asked_at, until, asked_position)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
                     PARAMS(datum_int(wish->person.n), datum_text(wish->says.kind),
                            datum_text(evidence_facts_write(arena, &wish->says)),
                            datum_text(wish->says.matter), datum_text(wish->name),
                            datum_text(wish->address),
                            wish->giver.n ? datum_int(wish->giver.n) : datum_null(),
                            datum_int(wish->confidential), datum_bytes(digest_text(&wish->digest)),
                            datum_int(act->now), datum_int(wish->until), datum_int(position)),
                     &id.n));
    *ret = id;
    return OK;
}

struct result opinion_cancel(struct store *store, struct arena *arena, const struct act *act,
                             struct opinion_id id)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *payload = value_object(arena);
    struct person_id person = { 0 };
    int64_t position;

    TRY(query_begin(store,
                    "SELECT person FROM opinion WHERE id = $1 AND given_position IS NULL"
                    " AND cancelled_position IS NULL",
                    PARAMS(datum_int(id.n)), &query));
    if (query_next(&query))
        person.n = query_int(&query, 0);
    TRY(query_end(&query));
    if (person.n == 0)
        return fail(&OPINION_LINK);
    value_set_int(arena, payload, "opinion", id.n);
    TRY(journal_append(store, arena, act, "opinion-cancelled", person_subject(person), payload,
                       &position));
    return store_run(store, "UPDATE opinion SET cancelled_position = $2 WHERE id = $1",
                     PARAMS(datum_int(id.n), datum_int(position)));
}

/* ---- answering ---- */

struct asked {
    struct opinion_asked shown;
    struct person_id giver;
    struct evidence says;
};

static struct result read_link(struct store *store, struct arena *arena, int64_t now,
                               const struct sha256_digest *digest, struct asked *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct asked asked = { .says = { .standing = STANDING_CLAIMED, .verified_on = DAY_NONE } };
    bool usable = false;

    TRY(query_begin(store,
                    "SELECT o.id, o.person, p.name, o.name, o.kind, o.confidential, o.until,"
                    " o.giver, o.facts, o.matter FROM opinion AS o"
                    " JOIN person AS p ON p.id = o.person WHERE o.digest = $1"
                    " AND o.given_position IS NULL AND o.cancelled_position IS NULL",
                    PARAMS(datum_bytes(digest_text(digest))), &query));
    if (query_next(&query)) {
        asked.shown = (struct opinion_asked){
            .id = { query_int(&query, 0) },
            .person = { query_int(&query, 1) },
            .person_name = str_copy(arena, query_text(&query, 2)),
            .name = str_copy(arena, query_text(&query, 3)),
            .kind = str_copy(arena, query_text(&query, 4)),
            .confidential = query_int(&query, 5) == 1,
            .until = query_int(&query, 6),
        };
        asked.giver.n = query_int_or(&query, 7, 0);
        asked.says.kind = asked.shown.kind;
        evidence_facts_read(arena, str_copy(arena, query_text(&query, 8)), &asked.says);
        if (query_kind(&query, 9) == DATUM_TEXT)
            asked.says.matter = str_copy(arena, query_text(&query, 9));
        usable = now < asked.shown.until;
    }
    TRY(query_end(&query));
    if (!usable)
        return fail(&OPINION_LINK);
    *ret = asked;
    return OK;
}

struct result opinion_look(struct store *store, struct arena *arena, int64_t now,
                           const struct sha256_digest *digest, struct opinion_asked *ret)
{
    struct asked asked;

    TRY(read_link(store, arena, now, digest, &asked));
    *ret = asked.shown;
    return OK;
}

/* The entry and its standing. Of what is confidential the standing does not say who gave it: the
   row of the opinion does. */
static struct result write_entry(struct store *store, struct arena *arena, const struct act *act,
                                 const struct asked *asked, struct person_id giver,
                                 int64_t position, struct evidence_id *ret)
{
    const struct evidence_source source = { .person = asked->shown.person };
    struct evidence entry = entry_on(&asked->says, act_day(act));
    const struct standing_change verified = {
        .change = 1,
        .standing = STANDING_VERIFIED,
        .verified_on = act_day(act),
        .how = HOW_LINK,
        .by = asked->shown.confidential ? (struct person_id){ 0 } : giver,
        .by_name = asked->shown.confidential ? STR_NONE : asked->shown.name,
        .recorded = position,
    };

    TRY(evidence_has_room(store, source.person, 1));
    TRY(evidence_insert(store, arena, &source, &entry, position, ret));
    return standing_insert(store, *ret, source.person, &verified);
}

/* A person reads their own history with those who acted in it: what is confidential is not there.
 */
static struct journal_subject subject_of(const struct opinion_asked *asked)
{
    if (asked->confidential)
        return (struct journal_subject){ "opinion", asked->id.n };
    return person_subject(asked->person);
}

struct result opinion_give(struct store *store, struct arena *arena, const struct act *act,
                           const struct verify_rules *rules, const struct sha256_digest *digest,
                           struct str text, struct evidence_id *ret)
{
    struct value *payload = value_object(arena);
    struct person_id giver;
    struct evidence_id id;
    struct asked asked;
    int64_t position;

    if (str_trim(text).n == 0 || text.n > OPINION_TEXT_MAX || !str_is_utf8(text, NULL))
        return fail(&OPINION_TEXT);
    TRY(read_link(store, arena, act->now, digest, &asked));
    giver = act->actor == ACTOR_PERSON && act->actor_id ? (struct person_id){ act->actor_id }
                                                        : asked.giver;
    TRY(verify_apart(store, rules, giver, asked.shown.person));
    value_set_text(arena, payload, "kind", asked.shown.kind);
    TRY(journal_append(store, arena, act, "opinion-given", subject_of(&asked.shown), payload,
                       &position));
    TRY(write_entry(store, arena, act, &asked, giver, position, &id));
    TRY(store_run(store,
                  "UPDATE opinion SET text = $2, evidence = $3, giver = $4, given_position = $5"
                  " WHERE id = $1",
                  PARAMS(datum_int(asked.shown.id.n), datum_text(text), datum_int(id.n),
                         giver.n ? datum_int(giver.n) : datum_null(), datum_int(position))));
    *ret = id;
    return OK;
}

/* ---- reading ---- */

struct result opinions_asked(struct store *store, struct arena *arena, struct person_id person,
                             enum opinion_viewer viewer, size_t max, struct opinion_request **ret,
                             size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct opinion_request *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT id, kind, name, address, confidential, asked_at, until,"
                    " cancelled_position, given_position FROM opinion WHERE person = $1"
                    " ORDER BY id DESC LIMIT $2",
                    PARAMS(datum_int(person.n), datum_int((int64_t)max)), &query));
    while (query_next(&query)) {
        struct opinion_request request = {
            .id = { query_int(&query, 0) },
            .kind = str_copy(arena, query_text(&query, 1)),
            .name = str_copy(arena, query_text(&query, 2)),
            .address = str_copy(arena, query_text(&query, 3)),
            .confidential = query_int(&query, 4) == 1,
            .asked = query_int(&query, 5),
            .until = query_int(&query, 6),
            .cancelled = query_kind(&query, 7) != DATUM_NULL,
        };

        request.told = viewer == OPINION_OFFICE || !request.confidential;
        request.given = request.told && query_kind(&query, 8) != DATUM_NULL;
        *ARENA_PUSH(arena, list, count, room) = request;
    }
    TRY(query_end(&query));
    *ret = list;
    *ret_count = count;
    return OK;
}

struct result opinions_given(struct store *store, struct arena *arena, struct person_id person,
                             enum opinion_viewer viewer, size_t max, struct opinion **ret,
                             size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct opinion *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT id, kind, name, confidential, text, evidence FROM opinion"
                    " WHERE person = $1 AND given_position IS NOT NULL ORDER BY evidence LIMIT $2",
                    PARAMS(datum_int(person.n), datum_int((int64_t)max)), &query));
    while (query_next(&query)) {
        struct opinion opinion = {
            .kind = str_copy(arena, query_text(&query, 1)),
            .confidential = query_int(&query, 3) == 1,
            .text = str_copy(arena, query_text(&query, 4)),
            .evidence = { query_int_or(&query, 5, 0) },
        };

        if (viewer == OPINION_OFFICE || !opinion.confidential) {
            opinion.id.n = query_int(&query, 0);
            opinion.name = str_copy(arena, query_text(&query, 2));
        }
        *ARENA_PUSH(arena, list, count, room) = opinion;
    }
    TRY(query_end(&query));
    *ret = list;
    *ret_count = count;
    return OK;
}
