/* Whom somebody asked to confirm entries, and asking (record.h). */
#include "account/asking.h"
#include "base/attr.h"
#include "web/record_entry.h"

#define PATH "/record/asked"
#define ASKED_SHOWN 100
#define CLAIMS_SHOWN 300 /* to choose from */

static const struct error NO_ENTRY = { "no-entry", 422, EXIT_INPUT,
                                       "choose what is to be confirmed" };

/* ---- the shapes ---- */

static const char *const role_words[] = { "programme", "provider", "colleague",
                                          "reviewer",  "party",    NULL };
static const struct shape role_shape = { .kind = IS_WORD, .words = role_words };

static const struct shape_member request_members[] = {
    { "id", &shape_int, false, "The number of the request" },
    { "role", &role_shape, false, "In which role somebody was asked" },
    { "name", &shape_text, false, "Who was asked" },
    { "address", &shape_text, false, "Where the letter went" },
    { "asked", &shape_instant, false, "When" },
    { "until", &shape_instant, false, "Until when the link works" },
    { "open", &shape_bool, false, "Whether it can still be answered" },
    { "answered", &shape_bool, false, "Whether it was answered" },
    { "cancelled", &shape_bool, false, "Whether it was taken back" },
    { "entries", &shape_int, false, "About how many entries" },
    { "verified", &shape_int, false, "How many of these were confirmed" },
    { "rejected", &shape_int, false, "How many were not" },
    { 0 },
};
static const struct shape request_shape = { .kind = IS_OBJECT,
                                            .name = "RecordRequest",
                                            .members = request_members };
static const struct shape requests_shape = { .kind = IS_LIST, .item = &request_shape };

static const struct shape_member claim_members[] = {
    { "chosen", &shape_bool, false, "Whether it is chosen" },
    { "entry", &record_entry_shape, false, "The claim" },
    { 0 },
};
static const struct shape claim_shape = { .kind = IS_OBJECT, .members = claim_members };
static const struct shape claims_shape = { .kind = IS_LIST, .item = &claim_shape };

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "requests", &requests_shape, false, "Who was asked, the latest first" },
    { "asked", &shape_bool, false, "Whether anybody was" },
    { "claims", &claims_shape, false, "What could be confirmed: claims, the latest first" },
    { "any", &shape_bool, false, "Whether there are such" },
    { "role", &role_shape, false, "The role in the form" },
    { "name", &shape_text, false, "The name in the form" },
    { "address", &shape_text, false, "The address in the form" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_asked_shape = { .kind = IS_OBJECT,
                                          .name = "RecordAsked",
                                          .members = members };

const struct route_field record_asked_query[] = {
    { "entry", "the entry that the form is about", false, false },
    { 0 },
};
const struct route_field record_asked_fields[] = {
    { "do", "ask, or cancel", true, false },
    { "entry", "the number of an entry; may stand several times", false, false },
    { "entries", "the same in one field, as in 4, 7, 12", false, false },
    { "role", "programme, provider, colleague, reviewer or party", false, false },
    { "name", "who is asked", false, false },
    { "address", "their address of mail", false, false },
    { "id", "of cancel: the number of the request", false, false },
    { 0 },
};

/* ---- what is chosen ---- */

struct entry_numbers {
    struct evidence_id at[VERIFICATION_ENTRIES_MAX];
    size_t count;
};

static void add_number(struct entry_numbers *numbers, struct str text)
{
    int64_t number;

    if (str_to_int(str_trim(text), 1, INT64_MAX, &number) &&
        numbers->count < VERIFICATION_ENTRIES_MAX)
        numbers->at[numbers->count++] = (struct evidence_id){ number };
}

static struct entry_numbers numbers_of(const struct call *call)
{
    const struct form *form = call_form(call);
    struct str rest = call_field(call, "entries");
    struct entry_numbers numbers = { .count = 0 };
    struct str text;

    for (size_t i = 0; i < form->count; i++)
        if (str_eq_c(form->at[i].name, "entry"))
            add_number(&numbers, form->at[i].value);
    while (rest.p) {
        rest = str_split(rest, ',', &text);
        add_number(&numbers, text);
    }
    if (form->count == 0)
        add_number(&numbers, form_get(&call->query, STR("entry")));
    return numbers;
}

static bool numbers_have(const struct entry_numbers *numbers, int64_t number)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->at[i].n == number)
            return true;
    return false;
}

/* ---- the view ---- */

static struct value *request_value(const struct record *record, const struct verification_row *row)
{
    struct arena *arena = record->arena;
    struct value *value = value_object(arena);

    value_set_int(arena, value, "id", row->id.n);
    value_set_text(arena, value, "role", str_from_c(verifier_role_word(row->role)));
    value_set_text(arena, value, "name", row->name);
    value_set_text(arena, value, "address", row->address);
    value_set(arena, value, "asked", value_instant(arena, row->asked));
    value_set(arena, value, "until", value_instant(arena, row->until));
    value_set_bool(arena, value, "open",
                   !row->answered && !row->cancelled && row->until > call_now(record->call));
    value_set_bool(arena, value, "answered", row->answered);
    value_set_bool(arena, value, "cancelled", row->cancelled);
    value_set_int(arena, value, "entries", row->entries);
    value_set_int(arena, value, "verified", row->verified);
    value_set_int(arena, value, "rejected", row->rejected);
    return value;
}

static struct result set_requests(const struct record *record, struct value *view)
{
    struct value *list = value_array(record->arena);
    struct verification_row *rows;
    size_t count;

    TRY(verifications_of(record->store, record->arena, record->person, ASKED_SHOWN, &rows, &count));
    for (size_t i = 0; i < count; i++)
        value_push(record->arena, list, request_value(record, &rows[i]));
    value_set(record->arena, view, "requests", list);
    value_set_bool(record->arena, view, "asked", count > 0);
    return OK;
}

/* Those that are chosen first, and then the latest. */
static void push_claims(const struct record *record, const struct evidence_rows *rows,
                        const struct entry_numbers *numbers, bool chosen, struct value *list)
{
    struct arena *arena = record->arena;

    for (size_t i = rows->count; i-- > 0 && list->count < CLAIMS_SHOWN;) {
        struct value *claim;

        if (rows->at[i].says.standing != STANDING_CLAIMED ||
            numbers_have(numbers, rows->at[i].id.n) != chosen)
            continue;
        claim = value_object(arena);
        value_set_bool(arena, claim, "chosen", chosen);
        value_set(arena, claim, "entry",
                  record_entry_value(arena, record->vocabulary, &rows->at[i]));
        value_push(arena, list, claim);
    }
}

static struct result set_claims(const struct record *record, struct value *view)
{
    const struct entry_numbers numbers = numbers_of(record->call);
    struct value *list = value_array(record->arena);
    struct evidence_rows rows;

    TRY(evidence_of(record->store, record->arena, record->person, POSITION_NOW, &rows));
    push_claims(record, &rows, &numbers, true, list);
    push_claims(record, &rows, &numbers, false, list);
    value_set(record->arena, view, "claims", list);
    value_set_bool(record->arena, view, "any", list->count > 0);
    return OK;
}

static struct str role_of(const struct call *call)
{
    struct str role = own_text(call, "role");

    for (size_t i = 0; role_words[i]; i++)
        if (str_eq_c(role, role_words[i]))
            return role;
    return STR("colleague");
}

struct result record_asked_answer(struct call *call, struct value **ret)
{
    struct record record;
    struct value *view;

    TRY(record_begin(call, &record));
    view = record_view(&record, "asked");
    TRY(set_requests(&record, view));
    TRY(set_claims(&record, view));
    value_set_text(call->arena, view, "role", role_of(call));
    value_set_text(call->arena, view, "name", own_text(call, "name"));
    value_set_text(call->arena, view, "address", own_text(call, "address"));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- asking ---- */

struct asking {
    struct record_change change;
    struct verify_rules rules;
    struct verification_wish wish;
    struct verification_id id;
};

static struct result ask(struct store *store, void *context)
{
    struct asking *a = context;

    return verification_mail(store, a->change.call->arena, &a->change.act, &a->rules, &a->wish,
                             &a->id, NULL);
}

static struct result cancel(struct store *store, void *context)
{
    struct asking *a = context;

    return verification_cancel(store, a->change.call->arena, &a->change.act, a->id);
}

static struct result do_ask(struct call *call, struct asking *asking, bool *ret_told)
{
    const struct entry_numbers numbers = numbers_of(call);

    asking->wish = (struct verification_wish){
        .person = asking->change.person,
        .entries = numbers.at,
        .entry_count = numbers.count,
        .name = own_text(call, "name"),
        .address = own_text(call, "address"),
    };
    *ret_told = true;
    if (numbers.count == 0)
        call_fault(call, "entries", &NO_ENTRY);
    if (!verifier_role_parse(own_text(call, "role"), &asking->wish.role))
        call_fault(call, "role", &VERIFY_ROLE);
    if (asking->wish.name.n == 0 || asking->wish.address.n == 0)
        call_fault(call, asking->wish.name.n == 0 ? "name" : "address", &VERIFY_NAME);
    if (call_is_faulty(call))
        return OK;
    return call_told(call, "address", call_perform(call, ask, asking), ret_told);
}

/* A request that is theirs to take back. */
static struct result do_cancel(struct call *call, struct asking *asking, bool *ret_told)
{
    struct verification_row *rows;
    struct record record;
    size_t count;

    asking->id.n = own_number(call, "id");
    *ret_told = true;
    TRY(record_begin(call, &record));
    TRY(verifications_of(record.store, call->arena, record.person, ASKED_SHOWN, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].id.n == asking->id.n)
            return call_told(call, NULL, call_perform(call, cancel, asking), ret_told);
    call_fault(call, NULL, &VERIFY_LINK);
    return OK;
}

struct result record_asked_change(struct call *call, struct value **ret)
{
    struct asking asking = { .rules = record_verify_rules(call) };
    bool told = true;

    TRY(record_change_begin(call, PERMISSION_RECORD_ASK, &asking.change));
    if (own_does(call, "ask"))
        TRY(do_ask(call, &asking, &told));
    else if (own_does(call, "cancel"))
        TRY(do_cancel(call, &asking, &told));
    else
        call_fault(call, NULL, &OWN_DO);
    if (!told)
        call_see_other(call, STR(PATH),
                       own_does(call, "ask") ? "confirmation-asked" : "confirmation-cancelled");
    return record_asked_answer(call, ret);
}
