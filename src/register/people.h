/*
 * people.h - the people of the register, and what they are appointed to.
 *
 * A person is here whether they have an account or not. Roles are appointments: of a person, to a
 * role, within a scope, from a day on. One is made and ended by an act of its own, and never
 * deleted or changed otherwise, so that who held which role on a day can be told for any day.
 */
#ifndef ASSAY_REGISTER_PEOPLE_H
#define ASSAY_REGISTER_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/result.h"
#include "base/str.h"
#include "register/act.h"
#include "store/store.h"

extern const struct error PEOPLE_UNKNOWN, /* 404: nobody has this number */
    PEOPLE_NAME,                          /* 422: no name, or too long a one */
    APPOINTMENT_UNKNOWN,                  /* 404 */
    APPOINTMENT_ROLE,                     /* 422: no such role, or not one within that scope */
    APPOINTMENT_TERM,                     /* 422: it would end before it begins */
    APPOINTMENT_TEXT,                     /* 422: too long */
    APPOINTMENT_TWICE,                    /* 409: the person holds the role in those days already */
    APPOINTMENT_ENDED,                    /* 409: it has ended already */
    APPOINTMENT_LAST,       /* 409: nobody would be left to administer the installation */
    APPOINTMENT_OF_ONESELF; /* 403 */

#define PERSON_NAME_MAX 200 /* bytes */

struct person_row {
    struct person_id id;
    struct str name;
    int64_t created; /* microseconds UTC */
};

RESULT person_add(struct store *store, struct arena *arena, const struct act *act, struct str name,
                  struct person_id *ret);
RESULT person_rename(struct store *store, struct arena *arena, const struct act *act,
                     struct person_id person, struct str name);
RESULT person_load(struct store *store, struct arena *arena, struct person_id person,
                   struct person_row *ret);

struct person_list {
    const struct person_row *at;
    size_t count;
};

#define PEOPLE_FOUND_MAX 500

/*
 * People in the order of their names, at most `max` (PEOPLE_FOUND_MAX), those after that one (0:
 * from the beginning). With words, only those whose name begins with them, or has a word at which
 * they begin: "ana m" finds Ana Müller and Maria Ana Muñoz. Case, accents and signs do not matter.
 */
RESULT people_find(struct store *store, struct arena *arena, struct str words,
                   struct person_id after, size_t max, struct person_list *ret);

/* Those whose name is the same but for case, accents and signs; by number, at most
   PEOPLE_FOUND_MAX. */
RESULT people_named(struct store *store, struct arena *arena, struct str name,
                    struct person_list *ret);

/* Whether two names are the same in that sense. */
bool names_alike(struct arena *arena, struct str a, struct str b);

/* ---- scopes and roles ---- */

/* What a role is held within, and what something is about. */
enum scope_kind {
    SCOPE_INSTALLATION, /* has no id */
    SCOPE_BODY,         /* the id is its word in the scheme */
    SCOPE_ORGANISATION, /* the id is its number, in digits */
    SCOPE_PROGRAMME,    /* the same */
};

struct scope {
    enum scope_kind kind;
    struct str id;
};

#define SCOPE_ALL ((struct scope){ SCOPE_INSTALLATION, STR("") })

bool scope_eq(struct scope a, struct scope b);
/* "installation", "body:ethics", "organisation:17", "programme:4". */
struct str scope_text(struct arena *arena, struct scope scope);
NODISCARD bool scope_parse(struct str text, struct scope *ret);
const char *scope_kind_word(enum scope_kind kind);

/* The roles that somebody can be appointed to. people.c says which scope each is held within. */
enum appointed_role {
    APPOINTED_ADMINISTRATOR,
    APPOINTED_OFFICER, /* of the office */
    APPOINTED_CHAIR,
    APPOINTED_MEMBER,
    APPOINTED_ORGANISATION_CONTACT,
    APPOINTED_PROGRAMME_CONTACT,
    APPOINTED_ROLES,
};

const char *appointed_role_word(enum appointed_role role); /* "chair" */
enum scope_kind appointed_role_scope(enum appointed_role role);
NODISCARD bool appointed_role_parse(struct str word, enum appointed_role *ret);

/* ---- appointments ---- */

struct appointment_id {
    int64_t n;
};

/* It holds on each day from `from` to `last`, but on none from `ended` on. */
struct appointment {
    struct appointment_id id;
    struct person_id person;
    enum appointed_role role;
    struct scope scope;
    day from;
    day last;         /* DAY_LAST: no end was set */
    struct str basis; /* the decision it rests on; may be empty */
    int64_t made;     /* the position in the journal */
    day ended;        /* DAY_NONE: it was not ended */
    struct str why;   /* it was ended */
    int64_t ended_by; /* the position; 0: it was not */
};

bool appointment_holds(const struct appointment *appointment, day on);

struct appointment_wish {
    struct person_id person;
    enum appointed_role role;
    struct scope scope;
    day from;
    day last;
    struct str basis;
};

/*
 * Nobody appoints themselves. Whether the act's actor may appoint somebody to such a role is for
 * account/appoint.h, through which people come; these two are what it ends in.
 */
RESULT appointment_make(struct store *store, struct arena *arena, const struct act *act,
                        const struct appointment_wish *wish, struct appointment_id *ret);

/* From `on` on it does not hold. Whoever is appointed may give it back themselves. The last
   administrator stays one. */
RESULT appointment_end(struct store *store, struct arena *arena, const struct act *act,
                       struct appointment_id appointment, day on, struct str why);

RESULT appointment_load(struct store *store, struct arena *arena, struct appointment_id id,
                        struct appointment *ret);

struct appointment_list {
    const struct appointment *at;
    size_t count;
};

/* All that a person ever had, the earliest first. */
RESULT appointments_of_person(struct store *store, struct arena *arena, struct person_id person,
                              struct appointment_list *ret);

/* Those that hold on a day. */
RESULT roles_on(struct store *store, struct arena *arena, struct person_id person, day on,
                struct appointment_list *ret);

/* Those of everybody within a scope: that hold on a day, or with DAY_NONE all that ever were. */
RESULT appointments_within(struct store *store, struct arena *arena, struct scope scope, day on,
                           struct appointment_list *ret);

/* The same in all scopes: at most `max`, after that id. */
RESULT appointments_all(struct store *store, struct arena *arena, day on,
                        struct appointment_id after, size_t max, struct appointment_list *ret);

#endif
