/*
 * profile_typed.h - an item of a profile as people and programs send it: names and texts, as a form
 * has them. It is read in one place, so that a page, a program's JSON and a command take the same
 * words and are told the same.
 */
#ifndef ASSAY_REGISTER_PROFILE_TYPED_H
#define ASSAY_REGISTER_PROFILE_TYPED_H

#include "register/profile.h"
#include "scheme/scheme.h"

/* What the items of a profile may name in a scheme. */
struct profile_terms profile_terms_of(const struct scheme *scheme);

struct profile_typed {
    struct str key; /* "name", "from", "until", or a member of the kind's values */
    struct str text;
};

struct profile_typed_list {
    const struct profile_typed *at;
    size_t count;
};

/* The first of that key without the white space around it; empty if it is not there. */
struct str profile_typed_text(struct profile_typed_list typed, const char *key);

#define PROFILE_FAULTS_MAX 10

struct profile_fault {
    struct str field;
    const struct error *error;
};

struct profile_faults {
    struct profile_fault at[PROFILE_FAULTS_MAX];
    size_t count;
};

/*
 * The item that was typed, but for who sees it, which becomes what the kind has by default. What is
 * empty counts as not typed. False, with a fault for each field at most: then nothing is in *ret.
 */
NODISCARD bool profile_typed_read(struct arena *arena, enum profile_kind kind,
                                  const struct profile_terms *terms,
                                  struct profile_typed_list typed, day today,
                                  struct profile_faults *faults, struct profile_item *ret);

/* The same of what is recorded: what a form that changes it begins with. */
struct profile_typed_list profile_typed_of(struct arena *arena, const struct person_fact *fact);

#endif
