/*
 * message.h - a request as handlers see it, and the response they fill in.
 *
 * Everything in a request lives in its arena, as does everything that a handler puts into the
 * response, prepared bodies excepted.
 */
#ifndef ASSAY_HTTP_MESSAGE_H
#define ASSAY_HTTP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

struct header {
    struct str name;
    struct str value; /* without blanks around it */
};

struct request {
    struct arena *arena;
    struct str method;
    struct str path;  /* decoded: UTF-8 that begins with '/', without control characters, '.' or
                         '..' as a segment, or a '/' that was escaped */
    struct str query; /* as sent, for form_read; STR_NONE without a '?' */
    const struct header *headers; /* in the order sent */
    size_t header_count;
    struct str body; /* empty in a quick answer */
    struct address remote;
};

/* The value of the first header of that name, in any case, or STR_NONE. */
struct str request_header(const struct request *request, struct str name);

/* The values of all headers of that name, joined by ", " as RFC 9110 allows; STR_NONE if none. */
struct str request_header_list(const struct request *request, struct str name);

/* Reads a head whose lines are joined by tabs (gate.h). HTTP_BAD_REQUEST if its path is not one
   that the above describes. Body and remote stay as they are. */
RESULT request_read(struct arena *arena, struct str head, struct request *request);

struct prepared;

#define RESPONSE_HOLDS 8

/* Something counted, or lent. */
struct response_hold {
    void *thing;
    void (*let_go)(void *thing);
};

struct response {
    struct arena *arena;
    int status; /* 200 at first */
    struct header *headers;
    size_t header_count;
    size_t header_room;
    struct str body;
    struct str etag;                            /* of a body without prepared; STR_NONE: none */
    struct prepared *prepared;                  /* instead of body; the response holds it */
    struct response_hold holds[RESPONSE_HOLDS]; /* what it is made from, beside its arena */
    size_t hold_count;
    bool packs;  /* the body may be compressed on its way: it holds no secret that a
                    stranger could guess at by making it repeat his guesses */
    bool faulty; /* a header was refused: the server answers 500 */
};

void response_init(struct response *response, struct arena *arena);

/* Lets go of what is prepared and held. The arena is not touched. */
void response_release(struct response *response);

/* Forgets the answer so far, to begin with another. What is held stays held. */
void response_clear(struct response *response);

/* Adds a header. A name or value that HTTP does not allow there (a line break, say) makes the
   response faulty. Content-Length, Date, Connection and Transfer-Encoding are the server's. */
void response_header(struct response *response, struct str name, struct str value);

void response_body(struct response *response, struct str content_type, struct str body);

/* Takes over the caller's hold on what the answer is made from, until the response is released,
   also where making it ends early as the arena is full. What was held last is let go of first.
   RESPONSE_HOLDS things at a time. */
void response_hold(struct response *response, void *thing, void (*let_go)(void *thing));

/* Answers with what is prepared, taking a hold of it; any body given before is dropped. */
void response_prepared(struct response *response, struct prepared *prepared);

#endif
