/* The password of an account: set, changed and removed. */
#include "account/password.h"
#include "web/own.h"
#include "web/site.h"

#define PATH "/account/password"

/* ---- the shape ---- */

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "password", &shape_bool, false, "Whether the account has one" },
    { "address", &shape_text, false, "What it is typed with: the primary address" },
    { "least", &shape_int, false, "How many characters it has at least" },
    { "most", &shape_int, false, "How many at most" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_password_shape = { .kind = IS_OBJECT,
                                          .name = "OwnPassword",
                                          .members = members };

const struct route_field own_password_fields[] = {
    { "do", "set or remove", true, false },
    { "password", "of set: the new password", false, false },
    { 0 },
};

/* ---- the view ---- */

struct result own_password_answer(struct call *call, struct value **ret)
{
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    view = own_view(&own);
    value_set_bool(own.arena, view, "password", own.account.has_password);
    value_set_text(own.arena, view, "address", own.account.primary);
    value_set_int(own.arena, view, "least", PASSWORD_POINTS_MIN);
    value_set_int(own.arena, view, "most", PASSWORD_POINTS_MAX);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- changing ---- */

/* The addresses, what stands before the '@' of each, the person's name, and this site's. */
static struct result own_words(const struct own *own, struct str_list *ret)
{
    const struct scheme *scheme = call_scheme(own->call);
    struct address_list addresses;
    struct person_row person;
    struct str *words;
    size_t count = 0;

    TRY(account_addresses(own->store, own->arena, own->account.id, &addresses));
    words = ARENA_ARRAY(own->arena, 2 * addresses.count + 4, struct str);
    for (size_t i = 0; i < addresses.count; i++) {
        words[count++] = addresses.at[i].address;
        (void)str_split(addresses.at[i].address, '@', &words[count++]);
    }
    if (own->account.person.n) {
        TRY(person_load(own->store, own->arena, own->account.person, &person));
        words[count++] = person.name;
    }
    words[count++] = scheme->title;
    words[count++] = scheme->organisation.name;
    words[count++] = scheme->organisation.short_name;
    *ret = (struct str_list){ words, count };
    return OK;
}

/* What is kept of the new password: hashed here, on the thread of the request. */
static struct result hash_new(struct call *call, struct str *ret, bool *ret_told)
{
    struct str password = call_field(call, "password");
    struct str_list words;
    struct own own;

    TRY(own_begin(call, &own));
    TRY(own_words(&own, &words));
    TRY(call_told(call, "password", password_check(password.p ? password : STR(""), words),
                  ret_told));
    return *ret_told ? OK : password_hash(call->arena, password, ret);
}

static struct result set(struct store *store, void *context)
{
    struct own_change *c = context;

    return password_set(store, c->call->arena, &c->act, c->account, c->text,
                        call_session(c->call)->id);
}

static struct result remove_it(struct store *store, void *context)
{
    struct own_change *c = context;

    return password_remove(store, c->call->arena, &c->act, c->account, call_session(c->call)->id);
}

struct result own_password_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = {
        { "set", set, "password", "password-set" },
        { "remove", remove_it, NULL, "password-removed" },
    };
    struct own_change change;
    bool told = false;
    bool done;

    TRY(own_change_begin(call, PERMISSION_ACCOUNT_SECURE, &change));
    if (own_does(call, "set"))
        TRY(hash_new(call, &change.text, &told));
    if (!told)
        TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), PATH, &done));
    return own_password_answer(call, ret);
}
