#include "account/asking.h"

#include "account/tell.h"
#include "account/token.h"

struct str verification_path(struct arena *arena, struct str token)
{
    return str_format(arena, "/confirm/%.*s", STR_ARG(token));
}

struct str opinion_path(struct arena *arena, struct str token)
{
    return str_format(arena, "/opinion/%.*s", STR_ARG(token));
}

/* Who has an account with the address now, or had it; VERIFY_ONESELF where the person is among
   them. Where several are, none of them is sure. */
static struct result whose_address(struct store *store, struct arena *arena, struct str address,
                                   struct person_id person, struct person_id *ret)
{
    struct account_list accounts;
    struct person_group group;
    struct person_id found = { 0 };

    TRY(person_group(store, person, POSITION_NOW, &group));
    TRY(accounts_of_address(store, arena, address, &accounts));
    for (size_t i = 0; i < accounts.count; i++) {
        const struct account *account = &accounts.at[i];

        if (account->person.n && person_group_has(&group, account->person))
            return fail(&VERIFY_ONESELF);
        if (accounts.count == 1)
            found = account->person;
    }
    *ret = found;
    return OK;
}

/* The letter tells who asks whom, and for how long. */
static struct result send(struct store *store, struct arena *arena, const struct act *act,
                          struct str address, struct person_id person, struct str name,
                          const char *template, struct str path, int64_t until)
{
    struct value *data = value_object(arena);
    struct person_row row;

    TRY(person_load(store, arena, person, &row));
    value_set_text(arena, data, "path", path);
    value_set_text(arena, data, "until", instant_text(arena, until));
    value_set_text(arena, data, "name", name);
    value_set_text(arena, data, "person", row.name);
    return letter_send(store, arena, act, address, person, template, data);
}

struct result verification_mail(struct store *store, struct arena *arena, const struct act *act,
                                const struct verify_rules *rules,
                                const struct verification_wish *wish, struct verification_id *ret,
                                struct str *ret_token)
{
    const struct about about = { .scope = SCOPE_ALL, .person = wish->person };
    struct str token = token_new(arena, STR(""));
    struct verification_wish whole = *wish;
    struct verification_id id;

    TRY(act_permitted(store, arena, act, PERMISSION_RECORD_ASK, &about));
    TRY(whose_address(store, arena, wish->address, wish->person, &whole.verifier));
    whole.digest = token_digest(token);
    whole.until = act->now + ASKING_LASTS;
    TRY(verification_ask(store, arena, act, rules, &whole, &id));
    TRY(send(store, arena, act, wish->address, wish->person, wish->name, "verification-asked",
             verification_path(arena, token), whole.until));
    *ret = id;
    if (ret_token)
        *ret_token = token;
    return OK;
}

struct result opinion_mail(struct store *store, struct arena *arena, const struct act *act,
                           const struct vocabulary *vocabulary, const struct verify_rules *rules,
                           const struct opinion_wish *wish, struct opinion_id *ret,
                           struct str *ret_token)
{
    const struct about about = { .scope = SCOPE_ALL, .person = wish->person };
    struct str token = token_new(arena, STR(""));
    struct opinion_wish whole = *wish;
    struct opinion_id id;

    TRY(act_permitted(store, arena, act, PERMISSION_RECORD_ASK, &about));
    TRY(whose_address(store, arena, wish->address, wish->person, &whole.giver));
    whole.digest = token_digest(token);
    whole.until = act->now + ASKING_LASTS;
    TRY(opinion_ask(store, arena, act, vocabulary, rules, &whole, &id));
    TRY(send(store, arena, act, wish->address, wish->person, wish->name, "opinion-asked",
             opinion_path(arena, token), whole.until));
    *ret = id;
    if (ret_token)
        *ret_token = token;
    return OK;
}

struct result evidence_confirm_permitted(struct store *store, struct arena *arena,
                                         const struct act *act, const struct verify_rules *rules,
                                         const struct confirmation *confirmation)
{
    const struct about about = {
        .scope = SCOPE_ALL,
        .person = { act->actor == ACTOR_PERSON ? act->actor_id : 0 },
    };
    enum permission permission = confirmation->role == VERIFIER_OFFICE
                                     ? PERMISSION_EVIDENCE_DECIDE
                                     : PERMISSION_EVIDENCE_CONFIRM;

    TRY(act_permitted(store, arena, act, permission,
                      confirmation->role == VERIFIER_OFFICE ? &ABOUT_NOTHING : &about));
    return evidence_confirm(store, arena, act, rules, confirmation);
}
