/*
 * grammar.h - the small parts that HTTP's texts are made of (RFC 9110, section 5.6).
 */
#ifndef ASSAY_HTTP_GRAMMAR_H
#define ASSAY_HTTP_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

bool is_token(struct str s); /* at least one character, and only those of names */
bool is_digits(struct str s);

/* Whether s may stand as the value of a header: no control character but the tab. Bytes above
   ASCII may stand in it. */
bool is_field_value(struct str s);

int hex_digit(char c); /* 0 to 15, or -1 */

/* Names of headers and media types do not tell upper from lower case. */
bool str_eq_any_case(struct str a, struct str b);

/* Without spaces and tabs at both ends; nothing else counts as white space in a header. */
struct str trim_blanks(struct str s);

/* Takes the next element of a list with commas, trimmed, from *list; commas within quotes do not
   count, and empty elements are passed over. False at the end of the list. */
bool list_next(struct str *list, struct str *ret);

/* Text for people and programs: valid UTF-8 with no control character but tab and line breaks. */
bool is_plain_text(struct str s);

#endif
