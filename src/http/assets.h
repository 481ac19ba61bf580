/*
 * assets.h - style sheets, scripts, fonts and pictures, under addresses that change when they do.
 *
 * An asset NAME.EXT is served at /assets/NAME.HASH.EXT and nowhere else, where HASH is the
 * beginning of its SHA-256: so a browser may keep it for ever, and never shows a page with the
 * styles of another. The assets of the program are prepared by `tools/embed --assets`, which has
 * also put such addresses into style sheets. A set is filled once and then only read, by any number
 * of threads.
 */
#ifndef ASSAY_HTTP_ASSETS_H
#define ASSAY_HTTP_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/str.h"
#include "base/value.h"
#include "http/message.h"

#define ASSETS_PATH "/assets/"

struct assets;

struct assets *assets_new(void);
void assets_free(struct assets *assets); /* NULL: does nothing */

/* The file outlives the assets. A name whose ending has no content type is a bug. */
void assets_add(struct assets *assets, const struct embedded_file *file);

/* Answers if the path is the address of an asset. */
bool assets_answer(const struct assets *assets, const struct request *request,
                   struct response *response);

/* The asset of that name, such as "icon.svg", or NULL. */
struct prepared *assets_find(const struct assets *assets, struct str name);

/* Adds the address of each to an object, by its stem. A .ico is left out: browsers ask for it by an
   address that does not change. */
void assets_add_addresses(const struct assets *assets, struct arena *arena,
                          struct value *addresses);

/* The content type that goes with the ending of a name; STR_NONE if none is known. */
struct str asset_type(struct str name);

/* The name without folders and ending: fonts/serif.woff2 is "serif". STR_NONE for a .ico. */
struct str asset_stem(struct str name);

#endif
