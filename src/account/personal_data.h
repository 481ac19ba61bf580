/*
 * personal_data.h - everything that the register and the accounts hold of one person, for that
 * person to take away: articles 15 and 20 of the General Data Protection Regulation.
 *
 * What others said in confidence stands without who said it, as the person may see it. What proves
 * who somebody is (hashes of passwords, keys, secrets of second steps) is of no use elsewhere, and
 * is left out.
 */
#ifndef ASSAY_ACCOUNT_PERSONAL_DATA_H
#define ASSAY_ACCOUNT_PERSONAL_DATA_H

#include "account/account.h"
#include "base/value.h"

/*
 * An object: `person` (`id`, `name`, `since`), `account` (`addresses`, `created`, or null),
 * `facts`, `entries`, `papers`, `confirmations`, `opinions_asked`, `opinions`, `imports`, `roles`
 * and `history`, those of people merged into the person too; docs/record.md says what their members
 * mean. One statement for each page of 500 things. PEOPLE_UNKNOWN.
 */
RESULT personal_data(struct store *store, struct arena *arena, struct person_id person,
                     struct value **ret);

#define PERSONAL_PAPERS_MAX ((size_t)100 * 1000 * 1000) /* bytes of papers in a zip */

/*
 * A zip archive of it: record.json, record.html, which any browser shows without a server, and
 * papers/NUMBER.EXT, by the numbers of `papers`, as long as they fit; those that are lost or beyond
 * have `left_out` in `papers`. `folder` is that of attachments; `now` in microseconds UTC is the
 * time of the files.
 */
RESULT personal_data_zip(struct arena *arena, const char *folder, struct value *data, int64_t now,
                         struct str *ret);

/* The page alone; STR_NONE: there is too much for one. */
struct str personal_data_html(struct arena *arena, const struct value *data);

#endif
