/*
 * banned.h - makes functions that this program does not use impossible to write.
 *
 * The build puts this file before every source of src/. The headers that declare the functions
 * come first, so that the ban meets our code and not theirs.
 *
 * - atoi, strtol and their kin take half a number for a whole one, and say nothing of overflow:
 *   use str_to_int.
 * - strcpy, strcat, sprintf and their kin write without a bound: use struct buf or str_format.
 * - strtok, gmtime, localtime and their kin keep hidden state: use str_split and date.h.
 * - system and popen hand a text to a shell.
 * - malloc and free: memory comes from arenas. Only src/base, which makes arenas, has them.
 */
#ifndef ASSAY_BASE_BANNED_H
#define ASSAY_BASE_BANNED_H

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Some of them are macros where the C library checks bounds. */
#undef sprintf
#undef vsprintf
#undef asprintf
#undef vasprintf

#pragma GCC poison atoi atol atoll atof
#pragma GCC poison strtol strtoll strtoul strtoull
#pragma GCC poison strcpy stpcpy strncpy strcat strncat sprintf vsprintf
#pragma GCC poison strtok gmtime localtime asctime ctime
#pragma GCC poison system popen

#ifndef ASSAY_ALLOCATES
#pragma GCC poison malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf
#endif

#endif
