#include "account/webauthn.h"
#include "account/webauthn_transport.h"
#include "hash/encode.h"

#define MILLISECONDS (INT64_C(60000) * WEBAUTHN_MINUTES)

/* BASE64URL makes four characters of three bytes; ids are the longest, of at most 1023. */
#define ENCODED_MAX 2048

static void set_bytes(struct arena *arena, struct value *object, const char *key, struct str bytes)
{
    struct buf text;

    buf_init(&text, ENCODED_MAX);
    encode(BASE64URL, bytes, &text);
    BUG_IF(text.overflow);
    value_set_text(arena, object, key, buf_take(&text, arena));
}

static struct value *known_values(struct arena *arena, struct webauthn_known_list known)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < known.count; i++) {
        struct value *one = value_object(arena);
        struct value *transports = value_array(arena);

        value_set_text(arena, one, "type", STR("public-key"));
        set_bytes(arena, one, "id", known.at[i].id);
        for (size_t t = 0; t < WEBAUTHN_TRANSPORT_COUNT; t++)
            if (known.at[i].transports & WEBAUTHN_TRANSPORTS[t].bit)
                value_push(arena, transports, value_text(arena, WEBAUTHN_TRANSPORTS[t].name));
        value_set(arena, one, "transports", transports);
        value_push(arena, list, one);
    }
    return list;
}

static struct str verification_word(enum webauthn_verification verification)
{
    return verification == WEBAUTHN_REQUIRED ? STR("required") : STR("preferred");
}

/* What both kinds of options begin with. */
static struct value *options(struct arena *arena, const struct webauthn_ceremony *ceremony)
{
    struct value *view = value_object(arena);

    BUG_IF(ceremony->challenge.n != WEBAUTHN_CHALLENGE_SIZE);
    set_bytes(arena, view, "challenge", ceremony->challenge);
    value_set_int(arena, view, "timeout", MILLISECONDS);
    return view;
}

static struct value *algorithm_values(struct arena *arena)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < COSE_ALGORITHM_COUNT; i++) {
        struct value *one = value_object(arena);

        value_set_text(arena, one, "type", STR("public-key"));
        value_set_int(arena, one, "alg", COSE_ALGORITHMS[i]);
        value_push(arena, list, one);
    }
    return list;
}

static struct value *site_value(struct arena *arena, const struct webauthn_site *site)
{
    struct value *view = value_object(arena);

    value_set_text(arena, view, "id", site->id);
    value_set_text(arena, view, "name", site->name);
    return view;
}

static struct value *user_value(struct arena *arena, const struct webauthn_user *user)
{
    struct value *view = value_object(arena);

    BUG_IF(user->handle.n != WEBAUTHN_USER_HANDLE_SIZE);
    set_bytes(arena, view, "id", user->handle);
    value_set_text(arena, view, "name", user->name);
    value_set_text(arena, view, "displayName", user->display_name);
    return view;
}

/* Discoverable, so that one can sign in without typing an address first. */
static struct value *selection_value(struct arena *arena, enum webauthn_verification verification)
{
    struct value *view = value_object(arena);

    value_set_text(arena, view, "residentKey", STR("required"));
    value_set_bool(arena, view, "requireResidentKey", true); /* the word for older browsers */
    value_set_text(arena, view, "userVerification", verification_word(verification));
    return view;
}

struct value *webauthn_creation_options(struct arena *arena,
                                        const struct webauthn_ceremony *ceremony,
                                        const struct webauthn_user *user,
                                        struct webauthn_known_list known)
{
    struct value *view = options(arena, ceremony);

    value_set(arena, view, "rp", site_value(arena, ceremony->site));
    value_set(arena, view, "user", user_value(arena, user));
    value_set(arena, view, "pubKeyCredParams", algorithm_values(arena));
    value_set(arena, view, "excludeCredentials", known_values(arena, known));
    value_set(arena, view, "authenticatorSelection",
              selection_value(arena, ceremony->verification));
    value_set_text(arena, view, "attestation", STR("none"));
    return view;
}

struct value *webauthn_request_options(struct arena *arena,
                                       const struct webauthn_ceremony *ceremony,
                                       struct webauthn_known_list known)
{
    struct value *view = options(arena, ceremony);

    value_set_text(arena, view, "rpId", ceremony->site->id);
    value_set(arena, view, "allowCredentials", known_values(arena, known));
    value_set_text(arena, view, "userVerification", verification_word(ceremony->verification));
    return view;
}
