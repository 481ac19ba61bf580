/*
 * admin_people.h - what operations on people and on accounts share. For the files of this room that
 * are called admin_*.
 */
#ifndef ASSAY_INSTANCE_ADMIN_PEOPLE_H
#define ASSAY_INSTANCE_ADMIN_PEOPLE_H

#include "instance/admin_operations.h"
#include "register/people.h"

/* "person" of the input: the number of somebody in the register. */
RESULT admin_person(struct admin_call *call, struct person_id *ret);

#endif
