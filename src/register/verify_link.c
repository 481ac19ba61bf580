/* Asking somebody by mail, and what they answer by the link (verify.h). */
#include "register/outbox.h"
#include "register/verify_part.h"

#define NAME_BYTES 200

static struct str digest_text(const struct sha256_digest *digest)
{
    return (struct str){ (const char *)digest->bytes, sizeof(digest->bytes) };
}

/* ---- asking ---- */

static struct result check_open(struct store *store, const struct act *act,
                                const struct verification_wish *wish)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t all = 0;
    int64_t same = 0;

    TRY(query_begin(
        store,
        "SELECT count(*), CAST(coalesce(sum(CASE WHEN address = $2 THEN 1 ELSE 0 END),"
        " 0) AS BIGINT) FROM verification WHERE person = $1 AND until > $3"
        " AND answered_position IS NULL AND cancelled_position IS NULL",
        PARAMS(datum_int(wish->person.n), datum_text(wish->address), datum_int(act->now)), &query));
    if (query_next(&query)) {
        all = query_int(&query, 0);
        same = query_int(&query, 1);
    }
    TRY(query_end(&query));
    return all >= VERIFICATIONS_OPEN_MAX || same > 0 ? fail(&VERIFY_OPEN) : OK;
}

/* The entries as they are now: claims of the person, each once. */
static struct result check_entries(struct store *store, struct arena *arena,
                                   const struct verification_wish *wish, struct evidence_row *rows)
{
    struct person_group group;

    if (wish->entry_count == 0 || wish->entry_count > VERIFICATION_ENTRIES_MAX)
        return fail(&VERIFY_ENTRIES);
    TRY(person_group(store, wish->person, POSITION_NOW, &group));
    for (size_t i = 0; i < wish->entry_count; i++) {
        TRY(evidence_load(store, arena, wish->entries[i], &rows[i]));
        if (!person_group_has(&group, rows[i].person) || rows[i].says.standing != STANDING_CLAIMED)
            return fail(&VERIFY_ENTRIES);
        for (size_t k = 0; k < i; k++)
            if (rows[k].id.n == rows[i].id.n)
                return fail(&VERIFY_ENTRIES);
    }
    return OK;
}

static struct result check_wish(struct store *store, struct arena *arena, const struct act *act,
                                const struct verify_rules *rules,
                                const struct verification_wish *wish, struct evidence_row *rows)
{
    struct person_row person;

    if (wish->role >= VERIFIER_ROLES || wish->role == VERIFIER_OFFICE)
        return fail(&VERIFY_ROLE);
    if (str_trim(wish->name).n == 0 || wish->name.n > NAME_BYTES ||
        !str_is_utf8(wish->name, NULL) || !mail_address_is_valid(wish->address))
        return fail(&VERIFY_NAME);
    TRY(person_load(store, arena, wish->person, &person));
    TRY(verify_apart(store, rules, wish->verifier, wish->person));
    TRY(check_open(store, act, wish));
    return check_entries(store, arena, wish, rows);
}

static struct value *asked_payload(struct arena *arena, const struct verification_wish *wish)
{
    struct value *payload = value_object(arena);
    struct value *entries = value_array(arena);

    for (size_t i = 0; i < wish->entry_count; i++)
        value_push(arena, entries, value_int(arena, wish->entries[i].n));
    value_set(arena, payload, "entries", entries);
    value_set_text(arena, payload, "role", str_from_c(verifier_role_word(wish->role)));
    value_set_text(arena, payload, "name", wish->name);
    value_set_text(arena, payload, "address", wish->address);
    return payload;
}

struct result verification_ask(struct store *store, struct arena *arena, const struct act *act,
                               const struct verify_rules *rules,
                               const struct verification_wish *wish, struct verification_id *ret)
{
    struct evidence_row rows[VERIFICATION_ENTRIES_MAX];
    struct verification_id id;
    int64_t position;

    TRY(check_wish(store, arena, act, rules, wish, rows));
    TRY(journal_append(store, arena, act, "verification-asked", person_subject(wish->person),
                       asked_payload(arena, wish), &position));
    TRY(store_insert(store,
                     "INSERT INTO verification (person, role, name, address, verifier, digest,"
                     " asked_at, until, asked_position)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
                     PARAMS(datum_int(wish->person.n),
                            datum_text(str_from_c(verifier_role_word(wish->role))),
                            datum_text(wish->name), datum_text(wish->address),
                            wish->verifier.n ? datum_int(wish->verifier.n) : datum_null(),
                            datum_bytes(digest_text(&wish->digest)), datum_int(act->now),
                            datum_int(wish->until), datum_int(position)),
                     &id.n));
    for (size_t i = 0; i < wish->entry_count; i++)
        TRY(store_run(
            store,
            "INSERT INTO verification_entry (verification, evidence, version)"
            " VALUES ($1, $2, $3)",
            PARAMS(datum_int(id.n), datum_int(rows[i].id.n), datum_int(rows[i].version))));
    *ret = id;
    return OK;
}

struct result verification_cancel(struct store *store, struct arena *arena, const struct act *act,
                                  struct verification_id id)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *payload = value_object(arena);
    struct person_id person = { 0 };
    int64_t position;

    TRY(query_begin(store,
                    "SELECT person FROM verification WHERE id = $1 AND answered_position IS NULL"
                    " AND cancelled_position IS NULL",
                    PARAMS(datum_int(id.n)), &query));
    if (query_next(&query))
        person.n = query_int(&query, 0);
    TRY(query_end(&query));
    if (person.n == 0)
        return fail(&VERIFY_LINK);
    value_set_int(arena, payload, "verification", id.n);
    TRY(journal_append(store, arena, act, "verification-cancelled", person_subject(person), payload,
                       &position));
    return store_run(store, "UPDATE verification SET cancelled_position = $2 WHERE id = $1",
                     PARAMS(datum_int(id.n), datum_int(position)));
}

/* ---- looking ---- */

static struct result read_link(struct store *store, struct arena *arena, int64_t now,
                               const struct sha256_digest *digest, struct verification *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct verification link = { .id = { 0 } };
    bool usable = false;

    TRY(query_begin(store,
                    "SELECT v.id, v.person, p.name, v.role, v.name, v.verifier, v.until"
                    " FROM verification AS v JOIN person AS p ON p.id = v.person"
                    " WHERE v.digest = $1 AND v.answered_position IS NULL"
                    " AND v.cancelled_position IS NULL",
                    PARAMS(datum_bytes(digest_text(digest))), &query));
    if (query_next(&query)) {
        link.id.n = query_int(&query, 0);
        link.person.n = query_int(&query, 1);
        link.person_name = str_copy(arena, query_text(&query, 2));
        link.name = str_copy(arena, query_text(&query, 4));
        link.verifier.n = query_int_or(&query, 5, 0);
        link.until = query_int(&query, 6);
        usable = verifier_role_parse(query_text(&query, 3), &link.role) && now < link.until;
    }
    TRY(query_end(&query));
    if (!usable)
        return fail(&VERIFY_LINK);
    *ret = link;
    return OK;
}

/* The rows of a link's entries with the version that was asked about. */
struct asked_rows {
    struct evidence_row *at;
    int64_t *versions;
    size_t count;
};

static struct result read_rows(struct store *store, struct arena *arena, struct verification_id id,
                               struct asked_rows *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct asked_rows rows = {
        .at = ARENA_ARRAY(arena, VERIFICATION_ENTRIES_MAX, struct evidence_row),
        .versions = ARENA_ARRAY(arena, VERIFICATION_ENTRIES_MAX, int64_t),
    };

    TRY(query_begin(store,
                    "SELECT " EVIDENCE_COLUMNS ", q.version FROM verification_entry AS q"
                    " JOIN evidence_version AS v ON v.evidence = q.evidence"
                    " AND v.superseded_position IS NULL"
                    " JOIN evidence_standing AS s ON s.evidence = q.evidence"
                    " AND s.superseded_position IS NULL"
                    " WHERE q.verification = $1 ORDER BY v.start_day, q.evidence",
                    PARAMS(datum_int(id.n)), &query));
    while (query_next(&query) && rows.count < VERIFICATION_ENTRIES_MAX) {
        if (evidence_from_row(&query, arena, &rows.at[rows.count]))
            rows.versions[rows.count++] = query_int(&query, 14);
    }
    TRY(query_end(&query));
    *ret = rows;
    return OK;
}

static enum asked_state state_of(const struct asked_rows *rows, size_t i)
{
    if (rows->at[i].version != rows->versions[i])
        return ASKED_CHANGED;
    return rows->at[i].says.standing == STANDING_CLAIMED ? ASKED_OPEN : ASKED_SETTLED;
}

struct result verification_look(struct store *store, struct arena *arena, int64_t now,
                                const struct sha256_digest *digest, struct verification *ret)
{
    struct verification link;
    struct asked_entry *entries;
    struct asked_rows rows;

    TRY(read_link(store, arena, now, digest, &link));
    TRY(read_rows(store, arena, link.id, &rows));
    entries = ARENA_ARRAY(arena, rows.count, struct asked_entry);
    for (size_t i = 0; i < rows.count; i++) {
        entries[i] = (struct asked_entry){ rows.at[i].id, state_of(&rows, i), rows.at[i].says };
        entries[i].says.matter = STR_NONE; /* the person's own, and nobody else's */
    }
    link.entries = entries;
    link.entry_count = rows.count;
    *ret = link;
    return OK;
}

/* ---- answering ---- */

static const char *const answer_words[ANSWERS] = {
    [ANSWER_UNKNOWN] = "unknown",
    [ANSWER_VERIFIED] = "verified",
    [ANSWER_REJECTED] = "rejected",
};

/* What was said of an entry; of one that can no longer be answered, nothing. */
static enum answer answer_to(const struct asked_rows *rows, size_t i,
                             const struct entry_answer *answers, size_t count)
{
    if (state_of(rows, i) != ASKED_OPEN)
        return ANSWER_UNKNOWN;
    for (size_t k = 0; k < count; k++)
        if (answers[k].evidence.n == rows->at[i].id.n)
            return answers[k].answer;
    return ANSWER_UNKNOWN;
}

/* Answers to what was not asked would go unheard. */
static struct result check_answers(const struct asked_rows *rows,
                                   const struct entry_answer *answers, size_t count, struct str why)
{
    bool rejects = false;

    for (size_t k = 0; k < count; k++) {
        bool asked = false;

        for (size_t i = 0; i < rows->count; i++)
            asked = asked || rows->at[i].id.n == answers[k].evidence.n;
        if (!asked || answers[k].answer >= ANSWERS)
            return fail(&VERIFY_ENTRIES);
        rejects = rejects || answers[k].answer == ANSWER_REJECTED;
    }
    return failed(why_check(why, rejects)) ? fail(&VERIFY_WHY) : OK;
}

/* Whoever holds the link: the one who is signed in, or the one whose address it was mailed to. */
static struct person_id answering(const struct act *act, const struct verification *link)
{
    if (act->actor == ACTOR_PERSON && act->actor_id != 0)
        return (struct person_id){ act->actor_id };
    return link->verifier;
}

static struct result write_answer(struct store *store, const struct act *act,
                                  const struct verification *link, const struct evidence_row *row,
                                  enum answer answer, struct str why, int64_t position)
{
    const struct standing_change change = {
        .change = row->change + 1,
        .standing = answer == ANSWER_VERIFIED ? STANDING_VERIFIED : STANDING_REJECTED,
        .verified_on = answer == ANSWER_VERIFIED ? act_day(act) : DAY_NONE,
        .how = HOW_LINK,
        .role = str_from_c(verifier_role_word(link->role)),
        .by = answering(act, link),
        .by_name = link->name,
        .verification = link->id.n,
        .why = answer == ANSWER_REJECTED ? why : STR(""),
        .recorded = position,
    };

    TRY(store_run(store,
                  "UPDATE verification_entry SET answer = $3 WHERE verification = $1"
                  " AND evidence = $2",
                  PARAMS(datum_int(link->id.n), datum_int(row->id.n),
                         datum_text(str_from_c(answer_words[answer])))));
    if (answer == ANSWER_UNKNOWN)
        return OK;
    return standing_insert(store, row->id, row->person, &change);
}

static struct value *answers_payload(struct arena *arena, const struct verification *link,
                                     const struct asked_rows *rows,
                                     const struct entry_answer *answers, size_t count,
                                     struct str why)
{
    struct value *payload = value_object(arena);
    struct value *list = value_array(arena);

    for (size_t i = 0; i < rows->count; i++) {
        struct value *said = value_object(arena);

        value_set_int(arena, said, "evidence", rows->at[i].id.n);
        value_set_text(arena, said, "answer",
                       str_from_c(answer_words[answer_to(rows, i, answers, count)]));
        value_push(arena, list, said);
    }
    value_set_int(arena, payload, "verification", link->id.n);
    value_set(arena, payload, "answers", list);
    if (why.n > 0)
        value_set_text(arena, payload, "why", why);
    return payload;
}

struct result verification_answer(struct store *store, struct arena *arena, const struct act *act,
                                  const struct verify_rules *rules,
                                  const struct sha256_digest *digest,
                                  const struct entry_answer *answers, size_t count, struct str why)
{
    struct verification link;
    struct asked_rows rows;
    int64_t position;

    TRY(read_link(store, arena, act->now, digest, &link));
    TRY(verify_apart(store, rules, answering(act, &link), link.person));
    TRY(read_rows(store, arena, link.id, &rows));
    TRY(check_answers(&rows, answers, count, why));
    TRY(journal_append(store, arena, act, "verification-answered", person_subject(link.person),
                       answers_payload(arena, &link, &rows, answers, count, why), &position));
    for (size_t i = 0; i < rows.count; i++)
        TRY(write_answer(store, act, &link, &rows.at[i], answer_to(&rows, i, answers, count), why,
                         position));
    return store_run(store, "UPDATE verification SET answered_position = $2 WHERE id = $1",
                     PARAMS(datum_int(link.id.n), datum_int(position)));
}

/* ---- what was asked ---- */

struct result verifications_of(struct store *store, struct arena *arena, struct person_id person,
                               size_t max, struct verification_row **ret, size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct verification_row *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT v.id, v.role, v.name, v.address, v.asked_at, v.until,"
                    " v.answered_position, v.cancelled_position, count(q.evidence),"
                    " CAST(sum(CASE WHEN q.answer = 'verified' THEN 1 ELSE 0 END) AS BIGINT),"
                    " CAST(sum(CASE WHEN q.answer = 'rejected' THEN 1 ELSE 0 END) AS BIGINT)"
                    " FROM verification AS v JOIN verification_entry AS q ON q.verification = v.id"
                    " WHERE v.person = $1 GROUP BY v.id, v.role, v.name, v.address, v.asked_at,"
                    " v.until, v.answered_position, v.cancelled_position"
                    " ORDER BY v.id DESC LIMIT $2",
                    PARAMS(datum_int(person.n), datum_int((int64_t)max)), &query));
    while (query_next(&query)) {
        struct verification_row row = {
            .id = { query_int(&query, 0) },
            .name = str_copy(arena, query_text(&query, 2)),
            .address = str_copy(arena, query_text(&query, 3)),
            .asked = query_int(&query, 4),
            .until = query_int(&query, 5),
            .answered = query_kind(&query, 6) != DATUM_NULL,
            .cancelled = query_kind(&query, 7) != DATUM_NULL,
            .entries = query_int(&query, 8),
            .verified = query_int(&query, 9),
            .rejected = query_int(&query, 10),
        };

        if (verifier_role_parse(query_text(&query, 1), &row.role))
            *ARENA_PUSH(arena, list, count, room) = row;
    }
    TRY(query_end(&query));
    *ret = list;
    *ret_count = count;
    return OK;
}
