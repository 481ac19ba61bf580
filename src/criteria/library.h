/*
 * library.h - the documents and vocabularies that are loaded together, compiled.
 *
 * Add sources, then finish once; afterwards a library is immutable and may be shared by threads.
 * All loaded documents count as adopted. Everything in it lives in the arena it was made in,
 * which must outlive it, as must the sources.
 */
#ifndef ASSAY_CRITERIA_LIBRARY_H
#define ASSAY_CRITERIA_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/result.h"
#include "criteria/edition.h"

struct library;

struct library *library_new(struct arena *arena);

/* Parses a text of documents and vocabularies and adds what it holds. Faults go to the diags. */
void library_add(struct library *library, const struct source *source, struct diags *diags);

/*
 * Resolves vocabularies, checks, compiles and hashes all that was added, and proves what documents
 * say they tighten. ERROR_INPUT when there are errors in the diags; what is without fault can be
 * looked up all the same. The same edition twice is an error unless its rule is the same, in which
 * case the first stays and a warning says so.
 */
RESULT library_finish(struct library *library, struct diags *diags);

/* All editions, by name (bytes) and then from the oldest number to the newest. */
size_t library_count(const struct library *library);
const struct edition *library_at(const struct library *library, size_t index);

const struct edition *library_find(const struct library *library, struct str name,
                                   struct edition_number number);
/* The editions of one name, oldest number first: *ret_count of them from the pointer on. */
const struct edition *const *library_editions(const struct library *library, struct str name,
                                              size_t *ret_count);

size_t library_vocabulary_count(const struct library *library);
const struct vocabulary *library_vocabulary_at(const struct library *library, size_t index);
const struct vocabulary *library_vocabulary(const struct library *library, struct str name,
                                            struct edition_number number);

/* Whether some loaded document declares the credential, or a vocabulary of it names it. */
bool library_knows_credential(const struct library *library, struct str name);

/* The parsed documents, for printing and linting: in the order they were added. */
size_t library_document_count(const struct library *library);
const struct document *library_document_at(const struct library *library, size_t index);

#endif
