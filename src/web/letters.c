#include "web/letters.h"

#include "base/embedded.h"
#include "http/mustache.h"

#define WORDS_MAX ((size_t)1 << 20) /* bytes, of a letter or a digest */
#define COLUMNS 72                  /* of plain text */

extern const struct embedded_file web_templates[];
extern const size_t web_templates_count;
extern const struct embedded_file web_letters[];
extern const size_t web_letters_count;

const struct error LETTER_TEMPLATE = {
    .name = "letter-template",
    .http_status = 500,
    .exit_code = EXIT_SYSTEM,
    .message = "there is no template of that name",
};

const struct error LETTER_DATA = {
    .name = "letter-data",
    .http_status = 500,
    .exit_code = EXIT_SYSTEM,
    .message = "what it is to say is missing",
};

/*
 * The letters, and what each says. To add one: write its two templates, its row here with the
 * members of its data, those that may be missing with a '?', its row in docs/accounts.md, and a
 * sample in tests/web/test_letters.c. `link` is the address of `path`; `page` becomes an address as
 * well; `within` is made of `scope`.
 */
static const struct letter_kind {
    const char *name;
    const char *members;
} kinds[] = {
    { "account-blocked", "why" },
    { "account-closed", "" },
    { "account-exists", "address link until" },
    { "account-is-blocked", "address" },
    { "account-unblocked", "why" },
    { "address-added", "address" },
    { "address-current", "address link until" },
    { "address-new", "address link until" },
    { "address-primary", "address" },
    { "address-removed", "address" },
    { "address-wanted", "address" },
    { "appointed", "role within from last?" },
    { "appointment-ended", "role within ended" },
    { "appointment-reminder", "role within last" },
    { "authenticator-added", "" },
    { "authenticator-removed", "" },
    { "claim-accepted", "" },
    { "claim-refused", "reason" },
    { "claim-waiting", "name page" },
    { "invitation", "name link until" },
    { "no-account", "address link until" },
    { "opinion-asked", "person name link until" },
    { "passkey-added", "name" },
    { "passkey-copied", "" },
    { "passkey-removed", "name" },
    { "password-removed", "" },
    { "password-set", "" },
    { "recovery-approved", "from link until" },
    { "recovery-asked", "link until" },
    { "recovery-cancelled", "" },
    { "recovery-codes-renewed", "" },
    { "recovery-done", "" },
    { "recovery-ready", "link until" },
    { "recovery-refused", "reason" },
    { "recovery-waiting", "name page" },
    { "recovery-warning", "link until" },
    { "sign-in", "address link until" },
    { "sign-up", "address link until" },
    { "token-reminder", "name last page" },
    { "verification-asked", "person name link until" },
};

struct letters {
    struct arena arena;
    struct mustache_set *text;
    struct mustache_set *html;
};

/* ---- templates ---- */

static void add(struct mustache_set *set, const struct embedded_file *file, struct str name,
                struct str ending, struct arena *arena, struct diags *diags)
{
    struct source *source = ARENA_NEW(arena, struct source);

    source->name = str_format(arena, "mail/%.*s%.*s", STR_ARG(name), STR_ARG(ending));
    source->text = (struct str){ file->bytes, file->size };
    mustache_add(set, name, source, diags);
}

static void add_all(struct letters *letters, struct diags *diags)
{
    const struct str folder = STR("mail/");

    for (size_t i = 0; i < web_letters_count; i++) {
        struct str name = str_from_c(web_letters[i].name);

        add(letters->text, &web_letters[i], str_take(name, name.n - 4), STR(".txt"),
            &letters->arena, diags);
    }
    for (size_t i = 0; i < web_templates_count; i++) {
        struct str name = str_from_c(web_templates[i].name);

        if (str_starts(name, folder)) {
            name = str_drop(name, folder.n);
            add(letters->html, &web_templates[i], str_take(name, name.n - 5), STR(".html"),
                &letters->arena, diags);
        }
    }
}

struct result letters_new(struct diags *diags, struct letters **ret)
{
    struct letters *letters = memory_alloc(1, sizeof(*letters));
    struct result result;

    arena_init(&letters->arena, ARENA_UNLIMITED);
    letters->text = mustache_set_new(&letters->arena, MUSTACHE_TEXT, NULL);
    letters->html = mustache_set_new(&letters->arena, MUSTACHE_STRICT, NULL);
    add_all(letters, diags);
    result = mustache_finish(letters->text, diags);
    if (!failed(result))
        result = mustache_finish(letters->html, diags);
    if (failed(result))
        letters_free(letters);
    else
        *ret = letters;
    return result;
}

void letters_free(struct letters *letters)
{
    if (!letters)
        return;
    arena_release(&letters->arena);
    memory_free(letters);
}

struct str_list letters_names(struct arena *arena)
{
    struct str *names = ARENA_ARRAY(arena, ARRAY_LEN(kinds), struct str);

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        names[i] = str_from_c(kinds[i].name);
    return (struct str_list){ names, ARRAY_LEN(kinds) };
}

static const struct letter_kind *kind_named(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (str_eq_c(name, kinds[i].name))
            return &kinds[i];
    }
    return NULL;
}

/* ---- views ---- */

static struct value *site_view(struct arena *arena, const struct letters_site *site)
{
    struct value *view = value_object(arena);

    value_set_text(arena, view, "title", site->scheme->title);
    value_set_text(arena, view, "organisation", site->scheme->organisation.name);
    value_set_text(arena, view, "base", site->base);
    return view;
}

/* What a role is held within: "body:ethics". */
static struct value *within_view(struct arena *arena, const struct scheme *scheme, struct str scope)
{
    struct value *view = value_object(arena);
    struct str kind;
    struct str id = str_split(scope, ':', &kind);
    struct str title = STR_NONE;

    for (size_t i = 0; str_eq_c(kind, "body") && i < scheme->bodies.count; i++) {
        if (str_eq(scheme->bodies.at[i].id.text, id))
            title = scheme->bodies.at[i].title;
    }
    value_set_text(arena, view, "kind", kind);
    value_set_text(arena, view, "id", id.p ? id : STR(""));
    value_set_text(arena, view, "title", title.p ? title : STR(""));
    return view;
}

static struct str text_in(const struct value *data, const char *name)
{
    const struct value *value = value_get(data, name);

    return value && value->kind == VALUE_TEXT ? value->text : STR_NONE;
}

/* An address of the site, of the path that stands in the data; NULL where that is missing. */
static struct value *address_of(struct arena *arena, const struct letters_site *site,
                                struct str path)
{
    return path.p ? value_text(arena,
                               str_format(arena, "%.*s%.*s", STR_ARG(site->base), STR_ARG(path)))
                  : NULL;
}

/* A member of the view, of what the letter's data have; NULL where that is missing. */
static struct value *member_of(struct arena *arena, const struct letters_site *site,
                               const struct value *data, struct str name)
{
    struct str text;

    if (str_eq_c(name, "link"))
        return address_of(arena, site, text_in(data, "path"));
    if (str_eq_c(name, "page"))
        return address_of(arena, site, text_in(data, "page"));
    if (str_eq_c(name, "within")) {
        text = text_in(data, "scope");
        return text.p ? within_view(arena, site->scheme, text) : NULL;
    }
    text = text_in(data, str_to_c(arena, name));
    return text.p ? value_text(arena, text) : NULL;
}

static struct result letter_view(struct arena *arena, const struct letters_site *site,
                                 const struct letter_kind *kind, const struct value *data,
                                 struct value **ret)
{
    struct value *view = value_object(arena);
    struct str rest = str_from_c(kind->members);

    value_set(arena, view, "site", site_view(arena, site));
    while (rest.n > 0) {
        struct str name;
        struct value *member;
        bool optional;

        rest = str_split(rest, ' ', &name);
        optional = str_ends(name, STR("?"));
        if (optional)
            name.n--;
        member = member_of(arena, site, data, name);
        if (!member && !optional)
            return fail(&LETTER_DATA);
        value_set_str(arena, view, name, member ? member : value_null(arena));
    }
    *ret = view;
    return OK;
}

/* ---- rendering ---- */

static struct result render(const struct mustache_set *set, struct str name,
                            const struct value *view, struct diags *drift, struct arena *arena,
                            struct str *ret)
{
    const struct mustache *mustache = mustache_find(set, name);
    struct result result;
    struct buf out;

    if (!mustache)
        return fail(&LETTER_TEMPLATE);
    buf_init(&out, WORDS_MAX);
    result = mustache_render(mustache, view, drift, &out);
    if (failed(result))
        buf_release(&out);
    else
        *ret = buf_take(&out, arena);
    return result;
}

/* Lines of plain text broken at spaces; what has none, such as an address, stays whole. */
static struct str wrapped(struct arena *arena, struct str text)
{
    struct buf out;

    buf_init(&out, WORDS_MAX);
    while (text.p) {
        size_t column = 0;
        struct str line;

        text = str_split(text, '\n', &line);
        while (line.p) {
            struct str word;
            size_t width;

            line = str_split(line, ' ', &word);
            width = str_code_points(word);
            if (column > 0 && column + 1 + width > COLUMNS) {
                buf_byte(&out, '\n');
                column = 0;
            } else if (column > 0) {
                buf_byte(&out, ' ');
                column++;
            }
            buf_add(&out, word);
            column += width;
        }
        if (text.p)
            buf_byte(&out, '\n');
    }
    return buf_take(&out, arena);
}

/* One letter as a part of a mail: {subject, text, html, first, many}. */
static struct result part_of(const struct letters *letters, const struct letters_site *site,
                             struct arena *arena, const struct mail_letter *letter,
                             struct diags *drift, struct value **ret)
{
    const struct letter_kind *kind = kind_named(letter->template);
    struct value *part = value_object(arena);
    struct value *view;
    struct str subject;
    struct str text;
    struct str html;

    if (!kind)
        return fail(&LETTER_TEMPLATE);
    TRY(letter_view(arena, site, kind, letter->data, &view));
    TRY(render(letters->text, letter->template, view, drift, arena, &text));
    TRY(render(letters->html, letter->template, view, drift, arena, &html));
    text = str_split(text, '\n', &subject);
    value_set_text(arena, part, "subject", subject);
    value_set_text(arena, part, "text", wrapped(arena, str_trim(text)));
    value_set(arena, part, "html", value_html(arena, str_trim(html)));
    *ret = part;
    return OK;
}

static struct result subject_of(const struct letters *letters, const struct letters_site *site,
                                struct arena *arena, const struct value *parts, struct diags *drift,
                                struct str *ret)
{
    struct value *view = value_object(arena);

    if (parts->count == 1) {
        *ret = value_get(parts->items[0], "subject")->text;
        return OK;
    }
    value_set(arena, view, "site", site_view(arena, site));
    TRY(render(letters->text, STR("digest"), view, drift, arena, ret));
    *ret = str_trim(*ret);
    return OK;
}

struct result letters_write(const struct letters *letters, const struct letters_site *site,
                            struct arena *arena, const struct mail_letter *at, size_t count,
                            struct diags *drift, struct mail_words *ret)
{
    struct value *view = value_object(arena);
    struct value *parts = value_array(arena);
    struct mail_words words;

    for (size_t i = 0; i < count; i++) {
        struct value *part;

        TRY(part_of(letters, site, arena, &at[i], drift, &part));
        value_set_bool(arena, part, "first", i == 0);
        value_set_bool(arena, part, "many", count > 1);
        value_push(arena, parts, part);
    }
    if (count == 0)
        return fail(&LETTER_DATA);
    TRY(subject_of(letters, site, arena, parts, drift, &words.subject));
    value_set_text(arena, view, "language", STR("en"));
    value_set_text(arena, view, "subject", words.subject);
    value_set(arena, view, "site", site_view(arena, site));
    value_set(arena, view, "parts", parts);
    TRY(render(letters->text, STR("layout"), view, drift, arena, &words.text));
    TRY(render(letters->html, STR("layout"), view, drift, arena, &words.html));
    *ret = words;
    return OK;
}
