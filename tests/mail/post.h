/*
 * post.h - a mail server for tests, of a program of Debian's: server.py, which see.
 */
#ifndef ASSAY_TESTS_POST_H
#define ASSAY_TESTS_POST_H

#include <stddef.h>
#include <sys/types.h>

#include "unit.h"

struct post {
    pid_t pid; /* 0: none runs */
    int port;
    char folder[64]; /* its letters, certificate.pem and key.pem */
};

/* For a group of tests: ends the program with status 77 where the server is not installed. */
void post_or_skip(void);

/* Starts one; `options` are those of server.py, up to 8, ended by NULL; NULL: none. */
void post_open(struct post *post, const char *const *options);
void post_close(struct post *post); /* and removes the folder */

/* Goes away, and comes back at the same port. */
void post_stop(struct post *post);
void post_again(struct post *post, const char *const *options);

void post_mood(const struct post *post, const char *mood);

/* How many letters it took; the text of one, counted from 1. */
size_t post_letters(const struct post *post);
const char *post_letter(const struct post *post, size_t letter);

/* How many lines of what was said begin with that. */
size_t post_talk(const struct post *post, const char *beginning);

const char *post_path(const struct post *post, const char *name); /* until the next call */

#endif
