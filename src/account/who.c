/* Who somebody is when they ask for something (permissions.h). */
#include "account/api_token.h"

struct result who_of_account(struct store *store, struct arena *arena, struct account_id id, day on,
                             struct who *ret)
{
    struct account account;
    struct who who = { .account = id };

    TRY(account_load(store, arena, id, &account));
    who.person = account.person;
    if (who.person.n)
        TRY(roles_on(store, arena, who.person, on, &who.roles));
    *ret = who;
    return OK;
}

/* A person acts by their account, or a part of the program does in their name. */
static struct result who_of_act(struct store *store, struct arena *arena, const struct act *act,
                                struct who *ret)
{
    struct who who = { .command = act->actor == ACTOR_COMMAND || act->actor == ACTOR_SYSTEM };

    if (act->actor == ACTOR_TOKEN)
        return who_of_token_id(store, arena, act->now, act->actor_id, ret);
    if (act->actor == ACTOR_PERSON && act->actor_id) {
        who.person.n = act->actor_id;
        TRY(roles_on(store, arena, who.person, act_day(act), &who.roles));
    }
    *ret = who;
    return OK;
}

struct result act_permitted(struct store *store, struct arena *arena, const struct act *act,
                            enum permission permission, const struct about *about)
{
    struct who who;

    TRY(who_of_act(store, arena, act, &who));
    return permitted(&who, permission, about) ? OK : fail(&ACCOUNT_NOT_PERMITTED);
}
