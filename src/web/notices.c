#include "web/notices.h"

#include "base/attr.h"

/* To add one, add its name here and its sentence to templates/part/notice.html. */
static const char *const names[] = {
    "account-blocked",
    "account-closed",
    "account-unblocked",
    "address-asked",
    "address-confirmed",
    "address-half",
    "address-made-primary",
    "address-removed",
    "appointed",
    "appointment-ended",
    "appointment-resigned",
    "authenticator-begun",
    "authenticator-removed",
    "claim-accepted",
    "claim-asked",
    "claim-refused",
    "claimed",
    "confirmation-asked",
    "confirmation-cancelled",
    "confirmed",
    "entry-added",
    "entry-corrected",
    "entry-corrected-for",
    "entry-duplicate",
    "entry-not-duplicate",
    "entry-withdrawn",
    "import-done",
    "import-undone",
    "invited",
    "passkey-added",
    "passkey-removed",
    "passkey-renamed",
    "password-removed",
    "password-set",
    "people-apart",
    "people-merged",
    "people-unmerged",
    "person-added",
    "person-merged-into",
    "person-renamed",
    "profile-added",
    "profile-changed",
    "profile-removed",
    "profile-shown",
    "record-begun",
    "record-erased",
    "recovered",
    "recovery-approved",
    "recovery-cancelled",
    "recovery-refused",
    "recovery-waits",
    "rejected",
    "session-ended",
    "sessions-ended",
    "sessions-ended-there",
    "shown-again",
    "signed-in",
    "signed-out",
    "signed-out-everywhere",
    "signed-up",
    "token-revoked",
};

bool notice_is_known(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_c(name, names[i]))
            return true;
    return false;
}

struct str_list notice_names(struct arena *arena)
{
    struct str *list = ARENA_ARRAY(arena, ARRAY_LEN(names), struct str);

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        list[i] = str_from_c(names[i]);
    return (struct str_list){ list, ARRAY_LEN(names) };
}

struct str notice_of(const struct form *query)
{
    struct str name = form_get(query, STR("done"));

    return name.p && notice_is_known(name) ? name : STR_NONE;
}

struct str notice_path(struct arena *arena, struct str path, const char *name)
{
    size_t at;

    return str_format(arena, "%.*s%cdone=%s", STR_ARG(path), str_find(path, '?', &at) ? '&' : '?',
                      name);
}
