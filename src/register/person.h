/*
 * person.h - what is known of a person besides their logbook, from a JSON file: when they were
 * born, the days that cycles are counted from, credentials, declarations, and the acts of bodies;
 * and the parts of the public registers that their case needs, programmes and current editions.
 *
 * docs/person-file.md describes every key. Keys that begin with "note" are remarks; any other
 * unknown key is a fault, as is a name that no loaded document or vocabulary has.
 */
#ifndef ASSAY_REGISTER_PERSON_H
#define ASSAY_REGISTER_PERSON_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "criteria/dossier.h"
#include "criteria/library.h"
#include "register/fault.h"

#define PERSON_BYTES_MAX ((size_t)1000 * 1000)

/*
 * Adds what a person file says to a dossier. Names of statements, anchors, reasons, bodies and
 * types of programmes are checked against the library's vocabularies, unless it has none;
 * credentials and requirements against its documents too. ERROR_INPUT when there are faults, with
 * the dossier as it was.
 */
RESULT person_read(struct arena *arena, struct str bytes, const struct library *library,
                   struct faults *faults, struct dossier *dossier);

#endif
