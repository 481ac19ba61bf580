#include "account/office.h"

#include "account/session.h"
#include "account/tell.h"

struct result office_person_add(struct store *store, struct arena *arena, const struct act *act,
                                struct str name, struct person_id *ret)
{
    TRY(act_permitted(store, arena, act, PERMISSION_PERSON_ADD, &ABOUT_NOTHING));
    return person_add(store, arena, act, name, ret);
}

struct result office_person_rename(struct store *store, struct arena *arena, const struct act *act,
                                   struct person_id person, struct str name)
{
    const struct about about = { .scope = SCOPE_ALL, .person = person };

    TRY(act_permitted(store, arena, act, PERMISSION_PERSON_CHANGE, &about));
    return person_rename(store, arena, act, person, name);
}

struct result office_sessions_end(struct store *store, struct arena *arena, const struct act *act,
                                  struct account_id id, int64_t *ret_ended)
{
    const struct about about = { .scope = SCOPE_ALL, .account = id };
    struct account account;

    TRY(act_permitted(store, arena, act, PERMISSION_SESSIONS_END, &about));
    TRY(account_load(store, arena, id, &account));
    return sessions_revoke_all(store, arena, act, id, (struct session_id){ 0 }, ret_ended);
}

struct result office_evidence_correct(struct store *store, struct arena *arena,
                                      const struct act *act, const struct vocabulary *vocabulary,
                                      struct evidence_id id, int64_t version,
                                      const struct evidence *evidence, struct str why)
{
    struct evidence_row row;
    struct about about = { .scope = SCOPE_ALL };

    TRY(evidence_load(store, arena, id, &row));
    about.person = row.person;
    TRY(act_permitted(store, arena, act, PERMISSION_RECORD_CORRECT, &about));
    if (str_trim(why).n == 0)
        return fail(&EVIDENCE_WHY);
    return evidence_correct(store, arena, act, vocabulary, id, version, evidence, why);
}

struct result office_sign_in_link(struct store *store, struct arena *arena, const struct act *act,
                                  struct account_id id, struct str *ret_token)
{
    struct link_wish wish = { .purpose = LINK_SIGN_IN,
                              .account = id,
                              .until = act->now + OFFICE_LINK_LASTS };
    struct account account;

    if (act->actor != ACTOR_COMMAND)
        return fail(&ACCOUNT_NOT_PERMITTED);
    TRY(account_load(store, arena, id, &account));
    TRY(account_is_usable(&account));
    wish.address = account.primary;
    TRY(link_make(store, arena, act->now, &wish, ret_token));
    return account_entry(store, arena, act, "sign-in-link-made", id, NULL);
}
