#include "http/error.h"

#include "base/attr.h"

#define ROW(name, status, message)                                                                 \
    {                                                                                              \
        name, status, EXIT_INPUT, message                                                          \
    }

const struct error HTTP_BAD_REQUEST = ROW("bad-request", 400, "the request breaks HTTP's rules");
const struct error HTTP_BAD_FORM = ROW("bad-form", 400, "the form cannot be understood");
const struct error HTTP_FOREIGN_ORIGIN =
    ROW("foreign-origin", 403, "the form was sent from a page that is not of this site");
const struct error HTTP_NOT_FOUND = ROW("not-found", 404, "there is nothing at this address");
const struct error HTTP_METHOD_NOT_ALLOWED =
    ROW("method-not-allowed", 405, "this address does not take such a request");
const struct error HTTP_TIMEOUT = ROW("too-slow", 408, "the request took too long to arrive");
const struct error HTTP_TOO_LARGE =
    ROW("body-too-large", 413, "the body is larger than this address takes");
const struct error HTTP_FORM_TOO_LARGE =
    ROW("form-too-large", 413, "the form has too many fields, or one of them is too long");
const struct error HTTP_TARGET_TOO_LONG = ROW("address-too-long", 414, "the address is too long");
const struct error HTTP_EXPECTATION =
    ROW("unknown-expectation", 417, "what the request expects cannot be done");
const struct error HTTP_TOO_MANY =
    ROW("too-many-connections", 429, "too many connections are open from this address");
const struct error HTTP_HEAD_TOO_LARGE =
    ROW("headers-too-large", 431, "the headers of the request are too large");
const struct error HTTP_INTERNAL = ROW("internal", 500, "the server met a fault of its own");
const struct error HTTP_METHOD = ROW("unknown-method", 501, "this method is not known here");
const struct error HTTP_BUSY = ROW("busy", 503, "the server is busy; please try again shortly");
const struct error HTTP_VERSION =
    ROW("unknown-version", 505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
const struct error HTTP_CANNOT_SERVE = { "cannot-serve", 500, EXIT_SYSTEM,
                                         "the server cannot listen at this address" };

const struct error *http_error(int status)
{
    static const struct error *const by_status[] = {
        &HTTP_BAD_REQUEST,     &HTTP_NOT_FOUND, &HTTP_TIMEOUT,        &HTTP_TOO_LARGE,
        &HTTP_TARGET_TOO_LONG, &HTTP_TOO_MANY,  &HTTP_HEAD_TOO_LARGE, &HTTP_INTERNAL,
        &HTTP_METHOD,          &HTTP_BUSY,      &HTTP_VERSION,        &HTTP_EXPECTATION,
    };

    for (size_t i = 0; i < ARRAY_LEN(by_status); i++) {
        if (by_status[i]->http_status == status)
            return by_status[i];
    }
    BUG("no error answers with status %d", status);
}
