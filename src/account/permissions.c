#include "account/permissions.h"

#define BIT(role) (1U << ROLE_##role)
#define OFFICE (BIT(OFFICER) | BIT(ADMINISTRATOR))

/*
 * The table. To add a row, add its permission to the enumeration in permissions.h, in the same
 * place. `sensitive` rows ask to show once more who one is, and no token can have them.
 */
static const struct permission_row rows[PERMISSIONS] = {
    [PERMISSION_READ_PUBLIC] = { "read-public", "see the public pages", BIT(PUBLIC) | BIT(TOKEN),
                                 false },
    [PERMISSION_SIGN_IN] = { "sign-in", "sign up, sign in, and open links that were mailed",
                             BIT(PUBLIC), false },
    [PERMISSION_RECOVERY_ASK] = { "recovery-ask", "ask for an account whose keys are lost",
                                  BIT(PUBLIC), false },
    [PERMISSION_ACCOUNT_SEE] = { "account-see", "see an account: addresses, keys, sessions",
                                 BIT(SELF), false },
    [PERMISSION_ACCOUNT_CHANGE] = { "account-change", "sign out, here and elsewhere; name passkeys",
                                    BIT(SELF), false },
    [PERMISSION_ACCOUNT_SECURE] = { "account-secure",
                                    "change addresses, password and keys; close the account",
                                    BIT(SELF), true },
    [PERMISSION_CLAIM_ASK] = { "claim-ask", "say which person of the register one is", BIT(SELF),
                               false },
    [PERMISSION_HISTORY_SEE] = { "history-see", "see what was done to a person and their account",
                                 BIT(SELF) | OFFICE | BIT(TOKEN), false },
    [PERMISSION_PERSON_SEE] = { "person-see", "see a person's record",
                                BIT(SELF) | OFFICE | BIT(TOKEN), false },
    [PERMISSION_PERSON_ADD] = { "person-add", "add people to the register", OFFICE | BIT(TOKEN),
                                false },
    [PERMISSION_PERSON_CHANGE] = { "person-change", "correct a person's name",
                                   BIT(OFFICER) | BIT(TOKEN), false },
    [PERMISSION_PERSON_INVITE] = { "person-invite", "invite a person to their account", OFFICE,
                                   false },
    [PERMISSION_CLAIM_SEE] = { "claim-see", "read who asks to be whom, and the proof", BIT(OFFICER),
                               false },
    [PERMISSION_CLAIM_DECIDE] = { "claim-decide", "decide which person an account is of",
                                  BIT(OFFICER), true },
    [PERMISSION_RECOVERY_SEE] = { "recovery-see", "read who asks for a lost account, and the proof",
                                  BIT(OFFICER), false },
    [PERMISSION_RECOVERY_DECIDE] = { "recovery-decide",
                                     "give an account back, together with a second officer",
                                     BIT(OFFICER), true },
    [PERMISSION_ACCOUNTS_SEE] = { "accounts-see", "see which accounts there are", OFFICE, false },
    [PERMISSION_SESSIONS_END] = { "sessions-end", "end the sessions of somebody's account",
                                  BIT(ADMINISTRATOR), true },
    [PERMISSION_ACCOUNT_BLOCK] = { "account-block", "block somebody's account, and unblock it",
                                   BIT(ADMINISTRATOR), true },
    [PERMISSION_APPOINTMENTS_SEE] = { "appointments-see", "see who holds which role, and held it",
                                      BIT(SELF) | OFFICE | BIT(CHAIR) | BIT(MEMBER) |
                                          BIT(PROGRAMME_CONTACT) | BIT(ORGANISATION_CONTACT) |
                                          BIT(TOKEN),
                                      false },
    [PERMISSION_APPOINT_OFFICE] = { "appoint-office", "appoint administrators and officers",
                                    BIT(ADMINISTRATOR), true },
    [PERMISSION_APPOINT_CHAIR] = { "appoint-chair", "appoint the chair of a body", BIT(OFFICER),
                                   true },
    [PERMISSION_APPOINT_MEMBER] = { "appoint-member", "appoint members of a body",
                                    BIT(OFFICER) | BIT(CHAIR), true },
    [PERMISSION_APPOINT_ORGANISATION_CONTACT] = { "appoint-organisation-contact",
                                                  "appoint who speaks for an organisation",
                                                  BIT(OFFICER) | BIT(ORGANISATION_CONTACT), true },
    [PERMISSION_APPOINT_PROGRAMME_CONTACT] = { "appoint-programme-contact",
                                               "appoint who speaks for a programme",
                                               BIT(OFFICER) | BIT(PROGRAMME_CONTACT), true },
    [PERMISSION_APPOINTMENT_RESIGN] = { "appointment-resign", "give back a role that one holds",
                                        BIT(SELF), true },
    [PERMISSION_TOKEN_MANAGE] = { "token-manage", "make and revoke tokens for one's own programs",
                                  BIT(SELF), true },
    [PERMISSION_ORGANISATION_TOKEN_MANAGE] = { "organisation-token-manage",
                                               "make and revoke tokens of an organisation",
                                               BIT(ORGANISATION_CONTACT), true },
    [PERMISSION_RECORD_SEE] = { "record-see", "see a person's logbook and papers",
                                BIT(SELF) | OFFICE | BIT(TOKEN), false },
    [PERMISSION_RECORD_CHANGE] = { "record-change", "add to one's logbook and profile, and correct",
                                   BIT(SELF) | BIT(TOKEN), false },
    [PERMISSION_RECORD_ASK] = { "record-ask", "ask others to confirm entries, and for references",
                                BIT(SELF), false },
    [PERMISSION_RECORD_ERASE] = { "record-erase", "erase a person's record but its stub",
                                  BIT(SELF) | BIT(OFFICER), true },
    [PERMISSION_EVIDENCE_CONFIRM] = { "evidence-confirm", "confirm or reject what names one",
                                      BIT(SELF), false },
    [PERMISSION_EVIDENCE_DECIDE] = { "evidence-decide",
                                     "confirm, reject and audit entries for the office",
                                     BIT(OFFICER), true },
    [PERMISSION_REGISTER_IMPORT] = { "register-import", "bring in the body's earlier register",
                                     BIT(OFFICER), true },
    [PERMISSION_ALIKE_SEE] = { "alike-see", "see which people of the register are likely one",
                               BIT(OFFICER), false },
    [PERMISSION_PEOPLE_MERGE] = { "people-merge", "say that two people are one, and undo it",
                                  BIT(OFFICER), true },
    [PERMISSION_RECORD_CORRECT] = { "record-correct",
                                    "correct an entry of somebody's logbook for them", BIT(OFFICER),
                                    true },
    [PERMISSION_JOURNAL_SEE] = { "journal-see", "read the journal", OFFICE | BIT(TOKEN), false },
    [PERMISSION_INSTALLATION_ADMINISTER] = { "installation-administer",
                                             "see and change how the installation is set up",
                                             BIT(ADMINISTRATOR), true },
};

static const char *const role_words[ROLES] = {
    [ROLE_PUBLIC] = "public",
    [ROLE_SIGNED_IN] = "signed-in",
    [ROLE_SELF] = "self",
    [ROLE_OFFICER] = "officer",
    [ROLE_ADMINISTRATOR] = "administrator",
    [ROLE_CHAIR] = "chair",
    [ROLE_MEMBER] = "member",
    [ROLE_PROGRAMME_CONTACT] = "programme-contact",
    [ROLE_ORGANISATION_CONTACT] = "organisation-contact",
    [ROLE_TOKEN] = "token",
};

static const enum role role_of[APPOINTED_ROLES] = {
    [APPOINTED_ADMINISTRATOR] = ROLE_ADMINISTRATOR,
    [APPOINTED_OFFICER] = ROLE_OFFICER,
    [APPOINTED_CHAIR] = ROLE_CHAIR,
    [APPOINTED_MEMBER] = ROLE_MEMBER,
    [APPOINTED_ORGANISATION_CONTACT] = ROLE_ORGANISATION_CONTACT,
    [APPOINTED_PROGRAMME_CONTACT] = ROLE_PROGRAMME_CONTACT,
};

const struct permission_row *permission_row(enum permission permission)
{
    return &rows[permission];
}

bool permission_parse(struct str name, enum permission *ret)
{
    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++) {
        if (str_eq_c(name, rows[i].name)) {
            *ret = (enum permission)i;
            return true;
        }
    }
    return false;
}

const char *role_word(enum role role)
{
    return role_words[role];
}

bool role_has(enum role role, enum permission permission)
{
    return (rows[permission].roles & (1U << role)) != 0;
}

/* ---- asking ---- */

static const struct permit NO_PERMIT = { .role = ROLES };

static bool has_scope(const struct who *who, enum permission permission)
{
    for (size_t i = 0; i < who->scope_count; i++) {
        if (who->scopes[i] == permission)
            return true;
    }
    return false;
}

static bool is_self(const struct who *who, const struct about *about)
{
    return (who->person.n && about->person.n == who->person.n) ||
           (who->account.n && about->account.n == who->account.n);
}

/* By a role that is held. */
static struct permit permit_by_role(const struct who *who, enum permission permission,
                                    const struct about *about)
{
    for (size_t i = 0; i < who->roles.count; i++) {
        const struct appointment *held = &who->roles.at[i];
        enum role role = role_of[held->role];
        if (role_has(role, permission) &&
            (held->scope.kind == SCOPE_INSTALLATION || scope_eq(held->scope, about->scope)))
            return (struct permit){ role, held->id };
    }
    return NO_PERMIT;
}

/* An organisation's token stands for whoever speaks for it. */
static bool is_own_organisation(const struct who *who, const struct about *about)
{
    return who->organisation.n > 0 && about->scope.kind == SCOPE_ORGANISATION &&
           str_eq(about->scope.id, who->organisation);
}

/* Whether a token, if they come with one, leaves them the permission. */
static bool is_in_scopes(const struct who *who, enum permission permission)
{
    return !who->token || (role_has(ROLE_TOKEN, permission) && has_scope(who, permission));
}

struct permit permit_of(const struct who *who, enum permission permission,
                        const struct about *about)
{
    if (who->command)
        return (struct permit){ .role = ROLE_ADMINISTRATOR };
    if (role_has(ROLE_PUBLIC, permission))
        return (struct permit){ .role = ROLE_PUBLIC };
    if (!is_in_scopes(who, permission))
        return NO_PERMIT;
    if (role_has(ROLE_SIGNED_IN, permission) && who->account.n)
        return (struct permit){ .role = ROLE_SIGNED_IN };
    if (role_has(ROLE_SELF, permission) && is_self(who, about))
        return (struct permit){ .role = ROLE_SELF };
    if (role_has(ROLE_ORGANISATION_CONTACT, permission) && is_own_organisation(who, about))
        return (struct permit){ .role = ROLE_ORGANISATION_CONTACT };
    return permit_by_role(who, permission, about);
}

bool permitted(const struct who *who, enum permission permission, const struct about *about)
{
    return permit_of(who, permission, about).role != ROLES;
}

bool permitted_somewhere(const struct who *who, enum permission permission)
{
    if (who->command || role_has(ROLE_PUBLIC, permission))
        return true;
    if (!is_in_scopes(who, permission))
        return false;
    if (role_has(ROLE_SIGNED_IN, permission) && who->account.n)
        return true;
    if (role_has(ROLE_SELF, permission) && (who->account.n || who->person.n))
        return true;
    if (role_has(ROLE_ORGANISATION_CONTACT, permission) && who->organisation.n > 0)
        return true;
    for (size_t i = 0; i < who->roles.count; i++)
        if (role_has(role_of[who->roles.at[i].role], permission))
            return true;
    return false;
}

bool appointment_allows(const struct appointment *appointment, enum permission permission)
{
    return role_has(role_of[appointment->role], permission);
}

struct str permit_authority(struct arena *arena, const struct who *who, struct permit permit)
{
    struct str by = str_from_c(permit.role == ROLES ? "none" : role_words[permit.role]);

    if (who->command)
        return STR("command line");
    if (permit.appointment.n)
        by = str_format(arena, "appointment %lld", (long long)permit.appointment.n);
    if (who->token)
        return str_format(arena, "token %lld, %.*s", (long long)who->token, STR_ARG(by));
    return by;
}

/* ---- showing the table ---- */

struct value *permissions_view(struct arena *arena)
{
    struct value *list = value_array(arena);

    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++) {
        const struct permission_row *row = permission_row((enum permission)i);
        struct value *permission = value_object(arena);
        struct value *roles = value_array(arena);

        for (size_t role = 0; role < ROLES; role++) {
            if (role_has((enum role)role, (enum permission)i))
                value_push(arena, roles, value_text(arena, str_from_c(role_word((enum role)role))));
        }
        value_set_text(arena, permission, "name", str_from_c(row->name));
        value_set_text(arena, permission, "about", str_from_c(row->about));
        value_set_bool(arena, permission, "sensitive", row->sensitive);
        value_set(arena, permission, "roles", roles);
        value_push(arena, list, permission);
    }
    return list;
}
