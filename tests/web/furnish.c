#include "furnish.h"

#include "account/claim.h"
#include "account/link.h"
#include "account/recovery.h"
#include "account/tell.h"
#include "account/token.h"
#include "base/attr.h"
#include "register/evidence.h"
#include "register/import.h"
#include "register/merge.h"
#include "register/profile_typed.h"
#include "register/standing.h"
#include "register/verify.h"

/* To add something that samples need, add its operation here; ids follow the order. */

static struct result add_link(struct store *store, const struct house *house, const char *token,
                              const char *purpose, int64_t account, int64_t person)
{
    const struct sha256_digest digest = token_digest(str_from_c(token));

    return store_run(store,
                     "INSERT INTO account_link (digest, purpose, address, account, person, from_at,"
                     " until) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     PARAMS(datum_bytes(digest_bytes(&digest)), datum_text(str_from_c(purpose)),
                            datum_text(STR("new@example.org")),
                            account ? datum_int(account) : datum_null(),
                            person ? datum_int(person) : datum_null(), datum_int(house->site.now),
                            datum_int(house->site.now + DAYS)));
}

static struct result add_links(struct store *store, void *context)
{
    struct house *house = context;
    const struct act act = house_act(house);
    struct person_id person;

    TRY(person_add(store, &house->arena, &act, STR("Sample invited"), &person));
    TRY(add_link(store, house, SAMPLE_SIGN_UP, "sign-up", 0, 0));
    TRY(add_link(store, house, SAMPLE_SIGN_IN, "sign-in", 1, 0));
    TRY(add_link(store, house, SAMPLE_CLAIM, "claim", 0, person.n));
    return add_link(store, house, SAMPLE_RECOVERY_ASK, "recovery-ask", 0, 0);
}

/* Claim 1 is of an account that is nobody's yet; recovery 1 asks for that of the person. */
static struct result add_waiting(struct store *store, void *context)
{
    struct house *house = context;
    const struct act act = { .now = house->site.now,
                             .actor = ACTOR_PERSON,
                             .authority = STR("public") };
    const struct visitor visitor = { .network = { FAMILY_V4, { 192, 0, 2, 77 } } };
    struct account_id account;
    struct refusal refusal;
    struct claim_id claim;

    TRY(account_make(store, &house->arena, &act, STR("claimant@example.org"), &account));
    TRY(claim_ask(store, &house->arena, &act, account, STR("Sample invited"),
                  STR("Sample proof: the number of a certificate."), &refusal, &claim));
    TRY(recovery_ask(store, &house->arena, &act, STR("Sample person"), STR("lost@example.org"),
                     STR("Sample proof: where they trained, and with whom."), &visitor, &refusal));
    return store_run(store, "UPDATE recovery SET confirmed_at = asked_at", NO_PARAMS);
}

/* Two who look alike, and merge 1: of the second of two more into the first. */
static struct result add_alike(struct store *store, void *context)
{
    static const char *const names[] = { "Sample Twice", "Twice Sample", "Sample Kept",
                                         "Sample Merged" };
    struct house *house = context;
    const struct act act = house_act(house);
    struct person_id people[ARRAY_LEN(names)];
    struct merge_id merge;

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        TRY(person_add(store, &house->arena, &act, str_from_c(names[i]), &people[i]));
    return person_merge(store, &house->arena, &act, people[2], people[3],
                        STR("Sample reason: the same diploma."), &merge);
}

/* Somebody is asked to confirm the first two, by the link of SAMPLE_CONFIRM. */
static struct result add_request(struct store *store, struct house *house, struct person_id person)
{
    static const struct evidence_id entries[] = { { 1 }, { 2 } };
    const struct act act = house_act(house);
    const struct verify_rules rules = { .pairs = false };
    const struct verification_wish wish = {
        .person = person,
        .entries = entries,
        .entry_count = ARRAY_LEN(entries),
        .role = VERIFIER_COLLEAGUE,
        .name = STR("Sample Colleague"),
        .address = STR("colleague@example.org"),
        .digest = token_digest(STR(SAMPLE_CONFIRM)),
        .until = act.now + INT64_C(86400000000),
    };
    struct verification_id id;

    return verification_ask(store, &house->arena, &act, &rules, &wish, &id);
}

/* Import 1 is a row of that person's. */
static struct result add_import(struct store *store, struct house *house, struct person_id person)
{
    const struct act act = house_act(house);
    const struct import_wish wish = { person, STR("sample.csv"), sha256(STR("sample")), IMPORT_OWN,
                                      1 };
    const struct import_row row = {
        .number = 2,
        .says = { .kind = STR("feedback"),
                  .start = 20510,
                  .end = 20510,
                  .matter = STR_NONE,
                  .programme = STR_NONE,
                  .hours = -1,
                  .days = -1,
                  .verified_on = DAY_NONE },
    };
    const struct import_row *const rows[] = { &row };
    struct import_piece piece;
    struct import_id import;

    TRY(import_begin(store, &house->arena, &act, &wish, &import));
    TRY(import_rows(store, &house->arena, &act, spoken_vocabulary(house->site.scheme->library),
                    import, rows, 1, &piece));
    return import_end(store, &house->arena, &act, import);
}

/* Items 1 to 7 of that person's profile, the last of which takes the place of another. */
static struct result add_profile(struct store *store, struct house *house, struct person_id person)
{
    static const struct {
        enum profile_kind kind;
        enum visible visible;
        struct profile_typed typed[5];
    } items[] = {
        { PROFILE_BORN, VISIBLE_PRIVATE, { { STR("from"), STR("1980-02-29") } } },
        { PROFILE_LANGUAGE,
          VISIBLE_PUBLIC,
          { { STR("name"), STR("nl") }, { STR("level"), STR("fluent") } } },
        { PROFILE_PLACE,
          VISIBLE_MEMBERS,
          { { STR("name"), STR("Sample Town") }, { STR("country"), STR("NL") } } },
        { PROFILE_AREA, VISIBLE_PUBLIC, { { STR("name"), STR("inheritance") } } },
        { PROFILE_COMPLAINTS,
          VISIBLE_PUBLIC,
          { { STR("body"), STR("Sample complaints board") },
            { STR("address"), STR("complaints@example.org") } } },
        { PROFILE_DECLARATION,
          VISIBLE_PUBLIC,
          { { STR("name"), STR("code-of-conduct") },
            { STR("edition"), STR("2") },
            { STR("from"), STR("2026-01-31") } } },
        { PROFILE_COMPLAINTS,
          VISIBLE_PUBLIC,
          { { STR("body"), STR("Sample complaints board") },
            { STR("address"), STR("https://example.org/complaints") } } },
    };
    const struct profile_terms terms = profile_terms_of(house->site.scheme);
    const struct act act = house_act(house);

    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        struct profile_typed_list typed = { items[i].typed, 0 };
        struct profile_faults faults;
        struct profile_item item;
        struct fact_id id;

        while (typed.count < ARRAY_LEN(items[i].typed) && items[i].typed[typed.count].key.p)
            typed.count++;
        assert_true(profile_typed_read(&house->arena, items[i].kind, &terms, typed, act_day(&act),
                                       &faults, &item));
        item.visible = items[i].visible;
        TRY(profile_set(store, &house->arena, &act, &terms, person, &item, (struct fact_id){ 0 },
                        &id));
    }
    return OK;
}

/* Entries 1 to 3 are of the person among the dwellers, where there is one: a course, two mediations
   that may be one, the second of which was corrected. */
static struct result add_entries(struct store *store, void *context)
{
    static const struct fact online[] = { { STR("mode"), STR("online") },
                                          { STR("role"), STR("mediator") } };
    static const struct fact done[] = { { STR("completed"), STR("yes") } };
    struct evidence course = {
        .kind = STR("training"),
        .start = 20400,
        .end = 20404,
        .matter = STR_NONE,
        .programme = STR("p-12"),
        .hours = 2400,
        .days = -1,
        .facts = done,
        .fact_count = ARRAY_LEN(done),
        .verified_on = DAY_NONE,
    };
    struct evidence mediation = {
        .kind = STR("mediation"),
        .start = 20500,
        .end = 20500,
        .matter = STR("M-17"),
        .programme = STR_NONE,
        .hours = 210,
        .days = -1,
        .facts = online,
        .fact_count = ARRAY_LEN(online),
        .verified_on = DAY_NONE,
    };
    struct house *house = context;
    struct arena *arena = &house->arena;
    const struct vocabulary *vocabulary = spoken_vocabulary(house->site.scheme->library);
    const struct act act = house_act(house);
    struct person_id person;
    struct evidence_id entry;

    TRY(query_number(store,
                     "SELECT coalesce(max(a.person), 0) FROM account AS a JOIN account_address AS d"
                     " ON d.account = a.id WHERE d.address = 'person@example.org'",
                     NO_PARAMS, &person.n));
    if (person.n == 0)
        return OK;
    TRY(evidence_add(store, arena, &act, vocabulary, person, &course, &entry));
    TRY(evidence_add(store, arena, &act, vocabulary, person, &mediation, &entry));
    TRY(evidence_add(store, arena, &act, vocabulary, person, &mediation, &entry));
    mediation.hours = 150;
    TRY(evidence_correct(store, arena, &act, vocabulary, entry, 1, &mediation,
                         STR("Sample reason: misread.")));
    TRY(add_request(store, house, person));
    TRY(add_profile(store, house, person));
    return add_import(store, house, person);
}

void furnish(struct house *house)
{
    house_perform(house, add_links, house);
    house_perform(house, add_waiting, house);
    house_perform(house, add_alike, house);
    house_perform(house, add_entries, house);
}
