/*
 * markdown.h - CommonMark as HTML, for the longer texts of a scheme.
 *
 * Raw HTML in a text is left out, and so are links with a scheme that could run something; all else
 * is escaped. What comes out may stand wherever a page has text, as value_html.
 */
#ifndef ASSAY_MARKDOWN_MARKDOWN_H
#define ASSAY_MARKDOWN_MARKDOWN_H

#include "base/arena.h"
#include "base/str.h"

/*
 * The HTML of a text, in the arena. A heading of the first level that begins the text is its title:
 * the page shows it as <hN>, and it is left out here. All headings are moved down together, so that
 * those of the first level are <hN> and those of the second one below; none goes below <h6>.
 */
struct str markdown_html(struct arena *arena, struct str text, int n);

#endif
