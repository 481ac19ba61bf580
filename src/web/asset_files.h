/*
 * asset_files.h - the assets of a site: those in the program, and the scheme's colours as a style
 * sheet, `scheme`, which sets --ink, --paper, --accent and --gold for light and for dark.
 *
 * Where a site reads the source tree (dev_root), /assets/NAME is src/web/assets/NAME as it is now.
 */
#ifndef ASSAY_WEB_ASSET_FILES_H
#define ASSAY_WEB_ASSET_FILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/value.h"
#include "http/message.h"
#include "web/site_parts.h"

/* Both for assets_free. The file of the scheme's lies in the arena. */
struct assets *asset_files_of_program(void);
struct assets *asset_files_of_scheme(const struct scheme *scheme, struct arena *arena);

/* Answers, on a loop thread, if the path is the address of a prepared asset. */
bool asset_files_quick(const struct site_state *site, const struct request *request,
                       struct response *response);

/* Answers from the source tree, if the site reads that and the file is there. */
bool asset_files_dev(const struct site_state *site, const struct request *request,
                     struct response *response);

/* The member `assets` of a page: the address of each, by its name. */
struct value *asset_files_addresses(const struct site_state *site, struct arena *arena);

#endif
