/*
 * person_part.h - the objects of a person file, read key by key, for person.c alone.
 *
 * Every reader tells the faults what is wrong, with the path of the value, and then returns what
 * it returns for a missing key: whoever reads a whole file looks at the faults once, at its end.
 */
#ifndef ASSAY_REGISTER_PERSON_PART_H
#define ASSAY_REGISTER_PERSON_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/str.h"
#include "base/value.h"
#include "criteria/syntax.h"
#include "register/fault.h"

/* An object, or something else that stands in its place and has no keys. */
struct person_part {
    struct faults *faults;
    const struct value *value;
    struct str path; /* credentials[0]; empty for the file as a whole */
};

enum presence { OPTIONAL, NEEDED };

/* A fault about the value of a key, or about the part itself where key is NULL. Where `value` is
   STR_NONE the message is not about a value. */
PRINTF_LIKE(5, 6)
void part_fault(const struct person_part *part, const char *key, struct str value, struct str hint,
                const char *fmt, ...);

/* That the part is an object, and has no other keys than these and remarks. */
void part_check_keys(const struct person_part *part, struct str_list keys);

/* STR_NONE if there is none. A text is never empty. */
struct str part_text(const struct person_part *part, const char *key, enum presence presence);

/* One of the known names, unless none are known; `what` is said of any other: "is no anchor". */
struct str part_name(const struct person_part *part, const char *key, enum presence presence,
                     struct str_list known, const char *what);

/* An id; STR_NONE if there is none. */
struct str part_id(const struct person_part *part, const char *key, enum presence presence);

/* A day as YYYY-MM-DD; `otherwise` if there is none. */
day part_day(const struct person_part *part, const char *key, enum presence presence,
             day otherwise);

/* The keys `from`, which is needed, and `to`: DAY_LAST if there is none. */
void part_range(const struct person_part *part, day *ret_from, day *ret_to);

/* true or false; false if there is none. */
bool part_flag(const struct person_part *part, const char *key, enum presence presence);

/* An edition as a text, "2024.1"; no parts if there is none. */
struct edition_number part_edition(const struct person_part *part, const char *key,
                                   enum presence presence);

/* How many items the array under a key has, `most` of which are accepted; 0 if there is none. */
size_t part_items(const struct person_part *part, const char *key, size_t most);
struct person_part part_item(const struct person_part *part, const char *key, size_t index);

/* The object under a key, or one without keys. */
struct person_part part_object(const struct person_part *part, const char *key);

#endif
