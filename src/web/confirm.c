/* The link in a letter that asks somebody to confirm entries: it shows only what must be confirmed,
   and works once (record.h). */
#include "account/asking.h"
#include "account/token.h"
#include "base/attr.h"
#include "register/standing.h"
#include "web/record_entry.h"
#include "web/site.h"

/* ---- the shape ---- */

static const char *const role_words[] = { "programme", "provider", "colleague",
                                          "reviewer",  "party",    NULL };
static const struct shape role_shape = { .kind = IS_WORD, .words = role_words };
static const char *const state_words[] = { "open", "changed", "settled", NULL };
static const struct shape state_shape = { .kind = IS_WORD, .words = state_words };
static const char *const answer_words[] = { "unknown", "verified", "rejected", NULL };
static const struct shape answer_shape = { .kind = IS_WORD, .words = answer_words };

static const struct shape_member entry_members[] = {
    { "id", &shape_int, false, "The number of the entry" },
    { "state", &state_shape, false,
      "changed: it was corrected since; settled: it is no claim any more" },
    { "says", &record_says_shape, false, "What it says, without the private reference" },
    { "answer", &answer_shape, false, "What was answered in the form" },
    { 0 },
};
static const struct shape entry_shape = { .kind = IS_OBJECT,
                                          .name = "ConfirmEntry",
                                          .members = entry_members };
static const struct shape entries_shape = { .kind = IS_LIST, .item = &entry_shape };

static const struct shape_member members[] = {
    { "done", &shape_bool, false, "Whether it was answered now" },
    { "person", &shape_text, true, "Who asks" },
    { "name", &shape_text, true, "Who is asked" },
    { "role", &role_shape, true, "In which role" },
    { "until", &shape_instant, true, "Until when the link works" },
    { "entries", &entries_shape, false, "What is to be confirmed" },
    { "why", &shape_text, false, "The reason in the form" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape confirm_link_shape = { .kind = IS_OBJECT,
                                          .name = "ConfirmLink",
                                          .members = members };

const struct route_field confirm_link_fields[] = {
    { "answer-ENTRY", "of each entry: verified, rejected or unknown", false, false },
    { "why", "why, where one is rejected", false, false },
    { 0 },
};

/* ---- the view ---- */

static enum answer answer_to(const struct call *call, struct evidence_id entry)
{
    struct str text = str_trim(
        form_get(call_form(call), str_format(call->arena, "answer-%lld", (long long)entry.n)));

    if (str_eq_c(text, "verified"))
        return ANSWER_VERIFIED;
    return str_eq_c(text, "rejected") ? ANSWER_REJECTED : ANSWER_UNKNOWN;
}

static struct value *entry_value(const struct call *call, const struct asked_entry *entry)
{
    const struct vocabulary *vocabulary = spoken_vocabulary(call_scheme(call)->library);
    struct arena *arena = call->arena;
    struct value *value = value_object(arena);

    value_set_int(arena, value, "id", entry->id.n);
    value_set_text(arena, value, "state", str_from_c(state_words[entry->state]));
    value_set(arena, value, "says", record_says_value(arena, vocabulary, &entry->says));
    value_set_text(arena, value, "answer", str_from_c(answer_words[answer_to(call, entry->id)]));
    return value;
}

static struct result look(struct call *call, struct sha256_digest *ret_digest,
                          struct verification *ret)
{
    struct store *store;

    *ret_digest = token_digest(call->parts[0]);
    TRY(call_store(call, &store));
    return verification_look(store, call->arena, call_now(call), ret_digest, ret);
}

static struct value *asked_view(struct call *call, const struct verification *asked)
{
    struct arena *arena = call->arena;
    struct value *entries = value_array(arena);
    struct value *view = value_object(arena);

    for (size_t i = 0; i < asked->entry_count; i++)
        value_push(arena, entries, entry_value(call, &asked->entries[i]));
    value_set_bool(arena, view, "done", false);
    value_set_text(arena, view, "person", asked->person_name);
    value_set_text(arena, view, "name", asked->name);
    value_set_text(arena, view, "role", str_from_c(verifier_role_word(asked->role)));
    value_set(arena, view, "until", value_instant(arena, asked->until));
    value_set(arena, view, "entries", entries);
    value_set_text(arena, view, "why", own_text(call, "why"));
    call_add_faults(call, view);
    return view;
}

struct result confirm_link_answer(struct call *call, struct value **ret)
{
    struct sha256_digest digest;
    struct verification asked;

    TRY(look(call, &digest, &asked));
    *ret = asked_view(call, &asked);
    return OK;
}

/* ---- answering ---- */

struct answering {
    struct call *call;
    struct act act;
    struct verify_rules rules;
    struct sha256_digest digest;
    struct entry_answer answers[VERIFICATION_ENTRIES_MAX];
    size_t count;
};

static struct result answer(struct store *store, void *context)
{
    struct answering *a = context;

    return verification_answer(store, a->call->arena, &a->act, &a->rules, &a->digest, a->answers,
                               a->count, own_text(a->call, "why"));
}

static struct value *done_view(struct call *call)
{
    static const char *const none[] = { "person", "name", "role", "until" };
    struct value *view = value_object(call->arena);

    value_set_bool(call->arena, view, "done", true);
    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        value_set(call->arena, view, none[i], value_null(call->arena));
    value_set(call->arena, view, "entries", value_array(call->arena));
    value_set_text(call->arena, view, "why", STR(""));
    call_add_faults(call, view);
    return view;
}

struct result confirm_link_post(struct call *call, struct value **ret)
{
    const struct about about = call_about_self(call);
    struct answering answering = { .call = call, .rules = record_verify_rules(call) };
    struct verification asked;
    bool told;

    TRY(call_permit(call, PERMISSION_SIGN_IN, &about, &answering.act));
    TRY(look(call, &answering.digest, &asked));
    for (size_t i = 0; i < asked.entry_count && i < VERIFICATION_ENTRIES_MAX; i++)
        if (asked.entries[i].state == ASKED_OPEN)
            answering.answers[answering.count++] =
                (struct entry_answer){ asked.entries[i].id, answer_to(call, asked.entries[i].id) };
    TRY(call_told(call, "why", call_perform(call, answer, &answering), &told));
    *ret = told ? asked_view(call, &asked) : done_view(call);
    return OK;
}
