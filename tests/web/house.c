#include "house.h"

#include <stdio.h>
#include <string.h>

#include "account/password.h"
#include "account/sign_in.h"
#include "account/token.h"
#include "authenticator.h"
#include "engine.h"
#include "http/escape.h"
#include "store/installation.h"
#include "store/tables.h"

#define READERS 2
#define QUEUE 100

/* ---- the house ---- */

static size_t hashes;

struct result __real_password_verify(struct str password, struct str kept, bool *ret);
struct result __wrap_password_verify(struct str password, struct str kept, bool *ret);

struct result __wrap_password_verify(struct str password, struct str kept, bool *ret)
{
    hashes++;
    return __real_password_verify(password, kept, ret);
}

size_t house_hashes(const struct house *house)
{
    (void)house;
    return hashes;
}

struct house *house_open_at(const char *base)
{
    struct house *house = calloc(1, sizeof(*house));
    struct store_fault fault = { .message = "" };
    struct store_settings settings = { 0 };
    char id[INSTALLATION_ID_SIZE];
    struct store *store;

    assert_non_null(house);
    arena_init(&house->arena, ARENA_UNLIMITED);
    house->database = settings.database = engine_database();
    store = engine_open_migrated(house->database);
    check_ok(store, store_begin(store));
    check_ok(store, installation_ensure(store, FIXTURE_NOW, "test", id));
    check_ok(store, store_commit(store));
    house->writer = writer_new(store, QUEUE);
    assert_non_null(house->writer);
    check_result(readers_new(&settings, READERS, &house->readers, &fault), NULL, &fault, __FILE__,
                 __LINE__);
    fixture_begin_as(&house->site, "schemes/mediation",
                     (struct site_settings){ .base = str_from_c(base),
                                             .readers = house->readers,
                                             .writer = house->writer });
    return house;
}

struct house *house_open(void)
{
    return house_open_at(BASE);
}

void house_close(struct house *house)
{
    fixture_end(&house->site);
    readers_free(house->readers);
    writer_free(house->writer);
    arena_release(&house->arena);
    free(house);
}

/* ---- cookies ---- */

const char *browser_cookie(const struct browser *browser, const char *name)
{
    for (size_t i = 0; i < BROWSER_COOKIES; i++)
        if (strcmp(browser->cookies[i].name, name) == 0)
            return browser->cookies[i].value;
    return "";
}

static void keep_cookie(struct browser *browser, struct str name, struct str value)
{
    size_t i = 0;

    while (i < BROWSER_COOKIES && browser->cookies[i].name[0] &&
           !str_eq_c(name, browser->cookies[i].name))
        i++;
    assert_true(i < BROWSER_COOKIES);
    snprintf(browser->cookies[i].name, sizeof(browser->cookies[i].name), "%.*s", STR_ARG(name));
    snprintf(browser->cookies[i].value, sizeof(browser->cookies[i].value), "%.*s", STR_ARG(value));
}

/* "name=value; Path=/; Max-Age=0; ..." */
static void take_cookie(struct browser *browser, struct str header)
{
    struct str pair;
    struct str name;
    struct str value;

    header = str_split(header, ';', &pair);
    value = str_split(pair, '=', &name);
    if (has(header, "Max-Age=0;"))
        value = STR("");
    keep_cookie(browser, name, value);
}

static struct str cookies_of(struct house *house, const struct browser *browser)
{
    struct buf out;

    buf_init(&out, 4096);
    for (size_t i = 0; i < BROWSER_COOKIES && browser->cookies[i].name[0]; i++)
        if (browser->cookies[i].value[0])
            buf_format(&out, "%s%s=%s", out.n ? "; " : "", browser->cookies[i].name,
                       browser->cookies[i].value);
    return buf_take(&out, &house->site.request);
}

/* ---- asking ---- */

static void add_header(struct house *house, struct request *request, struct str name,
                       struct str value)
{
    struct header *headers =
        ARENA_ARRAY(&house->site.request, request->header_count + 1, struct header);

    for (size_t i = 0; i < request->header_count; i++)
        headers[i] = request->headers[i];
    headers[request->header_count++] = (struct header){ name, value };
    request->headers = headers;
}

static void add_browser(struct house *house, struct browser *browser, struct request *request)
{
    struct str cookies = cookies_of(house, browser);

    request->remote = browser->network;
    if (browser->agent)
        add_header(house, request, STR("User-Agent"), str_from_c(browser->agent));
    if (browser->token)
        add_header(house, request, STR("Authorization"),
                   str_format(&house->site.request, "Bearer %s", browser->token));
    else if (cookies.n > 0)
        add_header(house, request, STR("Cookie"), cookies);
}

struct str house_send(struct house *house, struct browser *browser, const struct ask *ask)
{
    struct site_fixture *f = &house->site;
    struct request request;

    response_release(&f->response);
    arena_clear(&f->request);
    request = fixture_request(f, ask);
    add_browser(house, browser, &request);
    response_init(&f->response, &f->request);
    f->quick = f->handler.quick(f->handler.context, &request, &f->response);
    if (!f->quick)
        f->handler.answer(f->handler.context, &request, &f->response);
    assert_false(f->response.faulty);
    fixture_faults(&f->drift, ask->path);
    for (size_t i = 0; i < f->response.header_count; i++)
        if (str_eq_c(f->response.headers[i].name, "Set-Cookie"))
            take_cookie(browser, f->response.headers[i].value);
    if (f->response.prepared)
        return prepared_body(f->response.prepared, ENCODING_IDENTITY);
    return f->response.body;
}

struct str house_get(struct house *house, struct browser *browser, const char *path)
{
    return house_send(house, browser, &(struct ask){ .path = path });
}

struct str house_get_json(struct house *house, struct browser *browser, const char *path)
{
    return house_send(
        house, browser,
        &(struct ask){ .path = path, .headers = { { "Accept", "application/json" } } });
}

static const char *session_of(const struct browser *browser)
{
    const char *secure = browser_cookie(browser, "__Host-assay");

    return secure[0] ? secure : browser_cookie(browser, "assay");
}

static struct str post(struct house *house, struct browser *browser, const char *path,
                       const char *fields, const char *accept)
{
    const char *session = session_of(browser);
    struct ask ask = {
        .method = "POST",
        .path = path,
        .headers = { { "Content-Type", "application/x-www-form-urlencoded" },
                     { "Sec-Fetch-Site", "same-origin" },
                     { "Accept", accept } },
        .body = str_from_c(fields),
    };

    /* Not in the arena of the request, which is cleared before the request is made. */
    if (session[0])
        ask.body = str_format(&house->arena, "%s%stoken=%.*s", fields, fields[0] ? "&" : "",
                              STR_ARG(csrf_token(&house->arena, str_from_c(session))));
    return house_send(house, browser, &ask);
}

struct str house_post(struct house *house, struct browser *browser, const char *path,
                      const char *fields)
{
    return post(house, browser, path, fields, "text/html");
}

struct str house_post_json(struct house *house, struct browser *browser, const char *path,
                           const char *fields)
{
    return post(house, browser, path, fields, "application/json");
}

int house_status(const struct house *house)
{
    return house->site.response.status;
}

const char *house_location(struct house *house)
{
    struct str location = fixture_header(&house->site, "Location");

    return location.p ? str_to_c(&house->arena, location) : "";
}

/* ---- the database ---- */

struct act house_act(const struct house *house)
{
    return (struct act){
        .now = house->site.now,
        .actor = ACTOR_COMMAND,
        .authority = STR("command line"),
    };
}

void house_perform(struct house *house, struct result (*run)(struct store *, void *), void *context)
{
    struct store_fault fault = { .message = "" };

    check_result(writer_perform(house->writer, run, context, &house->arena, &fault), NULL, &fault,
                 __FILE__, __LINE__);
}

static struct store *take_reader(struct house *house)
{
    struct store_fault fault = { .message = "" };
    struct store *store = NULL;

    check_result(readers_take(house->readers, &store, &fault), NULL, &fault, __FILE__, __LINE__);
    return store;
}

static void give_back(struct house *house, struct store *store)
{
    check_result(readers_give_back(house->readers, store), NULL, NULL, __FILE__, __LINE__);
}

int64_t house_ask(struct house *house, const char *sql)
{
    struct store *store = take_reader(house);
    int64_t answer = ask(store, sql);

    give_back(house, store);
    return answer;
}

int64_t house_rows(struct house *house)
{
    struct store *store = take_reader(house);
    struct tables tables;
    int64_t sum = 0;

    check_ok(store, tables_read(store, &house->arena, &tables));
    for (size_t i = 0; i < tables.count; i++) {
        int64_t rows;

        check_ok(store, table_count(store, &tables.at[i], &rows));
        sum += rows;
    }
    give_back(house, store);
    return sum;
}

/* A column of the latest letter to an address, with which of its columns. */
static const char *letter_column(struct house *house, const char *address, size_t column)
{
    struct store *store = take_reader(house);
    struct query query = { 0 };
    const char *text = NULL;

    check_ok(store, query_begin(store,
                                "SELECT template, data FROM outbox WHERE address = $1"
                                " ORDER BY id DESC",
                                PARAMS(datum_text(str_from_c(address))), &query));
    if (query_next(&query))
        text = str_to_c(&house->arena, query_text(&query, column));
    check_ok(store, query_end(&query));
    give_back(house, store);
    if (!text)
        fail_msg("no letter to %s", address);
    return text;
}

const char *house_letter_to(struct house *house, const char *address)
{
    return letter_column(house, address, 0);
}

const char *house_link_to(struct house *house, const char *address)
{
    const char *data = letter_column(house, address, 1);
    const char *link = strstr(data, "/account/link/");

    if (!link)
        fail_msg("no link in the letter to %s: %s", address, data);
    return str_to_c(&house->arena, str_take(str_from_c(link + 14), TOKEN_LENGTH));
}

/* ---- people ---- */

struct making {
    struct house *house;
    struct str name;
    struct str address;
    struct account_id account;
    struct person_id person;
    struct browser *browser;
    bool strong;
    struct str token;
    struct appointment_wish appointment;
    struct api_token_wish wish;
};

static struct result make_account(struct store *store, void *context)
{
    struct making *m = context;
    const struct act act = house_act(m->house);

    return account_make(store, &m->house->arena, &act, m->address, &m->account);
}

struct account_id house_account(struct house *house, const char *address)
{
    struct making m = { .house = house, .address = str_from_c(address) };

    house_perform(house, make_account, &m);
    return m.account;
}

static struct visitor visitor_of(const struct browser *browser)
{
    return (struct visitor){ .network = browser->network, .agent = str_from_c(browser->agent) };
}

static struct result begin_session(struct store *store, void *context)
{
    struct making *m = context;
    const struct visitor visitor = visitor_of(m->browser);
    const struct session_wish wish = {
        .account = m->account,
        .method = METHOD_LINK,
        .strong = m->strong,
        .visitor = &visitor,
    };
    struct session_id id;

    return session_begin(store, &m->house->arena, m->house->site.now, &wish, &m->token, &id);
}

void house_sign_in(struct house *house, struct account_id account, bool strong,
                   struct browser *browser)
{
    struct making m = { .house = house, .account = account, .browser = browser, .strong = strong };

    house_perform(house, begin_session, &m);
    keep_cookie(browser, STR("__Host-assay"), m.token);
    keep_cookie(browser, STR("assay"), m.token);
}

static struct result make_person(struct store *store, void *context)
{
    struct making *m = context;
    struct arena *arena = &m->house->arena;
    const struct act act = house_act(m->house);
    const struct visitor visitor = { .agent = STR("") };
    struct sign_in in;
    struct str token;

    TRY(person_add(store, arena, &act, m->name, &m->person));
    TRY(person_invite(store, arena, &act, m->person, m->address, &token));
    TRY(claim_by_link(store, arena, &act, &SESSION_RULES_USUAL, NULL, token, &visitor, &in));
    m->account = in.account;
    return OK;
}

struct person_id house_person(struct house *house, const char *name, const char *address,
                              struct account_id *ret)
{
    struct making m = { .house = house, .name = str_from_c(name), .address = str_from_c(address) };

    house_perform(house, make_person, &m);
    if (ret)
        *ret = m.account;
    return m.person;
}

static struct result set_password(struct store *store, void *context)
{
    struct making *m = context;
    const struct act act = house_act(m->house);
    struct str hash;

    TRY(password_hash(&m->house->arena, m->name, &hash));
    return password_set(store, &m->house->arena, &act, m->account, hash, (struct session_id){ 0 });
}

void house_set_password(struct house *house, struct account_id account, const char *password)
{
    struct making m = { .house = house, .account = account, .name = str_from_c(password) };

    house_perform(house, set_password, &m);
}

static struct result appoint(struct store *store, void *context)
{
    struct making *m = context;
    const struct act act = house_act(m->house);
    struct appointment_id id;

    return appointment_make(store, &m->house->arena, &act, &m->appointment, &id);
}

void house_appoint(struct house *house, struct person_id person, enum appointed_role role,
                   struct scope scope)
{
    const struct act act = house_act(house);
    struct making m = {
        .house = house,
        .appointment = { .person = person,
                         .role = role,
                         .scope = scope,
                         .from = act_day(&act),
                         .last = DAY_LAST,
                         .basis = STR("") },
    };

    house_perform(house, appoint, &m);
}

const char *house_code(struct house *house, struct str secret)
{
    return authenticator_code(&house->arena, secret, house->site.now);
}

static struct result make_token(struct store *store, void *context)
{
    struct making *m = context;
    const struct act act = {
        .now = m->house->site.now,
        .actor = ACTOR_PERSON,
        .actor_id = m->person.n,
        .authority = STR("self"),
    };
    int64_t id;

    m->wish.last = act_day(&act) + 30;
    return api_token_make(store, &m->house->arena, &act, &m->wish, &id, &m->token);
}

const char *house_token(struct house *house, struct person_id person, const enum permission *scopes,
                        size_t count)
{
    struct making m = {
        .house = house,
        .person = person,
        .wish = { .name = STR("Sample program"),
                  .person = person,
                  .organisation = STR(""),
                  .scopes = scopes,
                  .scope_count = count },
    };

    house_perform(house, make_token, &m);
    return str_to_c(&house->arena, m.token);
}

static const struct {
    const char *word;
    bool appointed;
    enum appointed_role role;
    const char *scope;
} dwellers[DWELLERS] = {
    [DWELLER_VISITOR] = { "PUBLIC", false, 0, NULL },
    [DWELLER_SIGNED_IN] = { "signed-in", false, 0, NULL },
    [DWELLER_PERSON] = { "person", false, 0, NULL },
    [DWELLER_OFFICER] = { "officer", true, APPOINTED_OFFICER, "" },
    [DWELLER_ADMINISTRATOR] = { "administrator", true, APPOINTED_ADMINISTRATOR, "" },
    [DWELLER_CHAIR] = { "chair", true, APPOINTED_CHAIR, "appraisal-committee" },
    [DWELLER_MEMBER] = { "member", true, APPOINTED_MEMBER, "appraisal-committee" },
    [DWELLER_PROGRAMME_CONTACT] = { "programme-contact", true, APPOINTED_PROGRAMME_CONTACT, "1" },
    [DWELLER_ORGANISATION_CONTACT] = { "organisation-contact", true, APPOINTED_ORGANISATION_CONTACT,
                                       "1" },
};

const char *dweller_word(enum dweller dweller)
{
    return dwellers[dweller].word;
}

void house_dweller(struct house *house, enum dweller dweller, struct browser *ret)
{
    const char *word = dwellers[dweller].word;
    const char *address = str_format(&house->arena, "%s@example.org", word).p;
    const enum appointed_role role = dwellers[dweller].role;
    struct account_id account;
    struct person_id person;

    *ret = (struct browser){
        .agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        .network = { FAMILY_V4, { 192, 0, 2, (uint8_t)(dweller + 1) } },
    };
    if (dweller == DWELLER_VISITOR)
        return;
    if (dweller == DWELLER_SIGNED_IN) {
        account = house_account(house, address);
    } else {
        person =
            house_person(house, str_format(&house->arena, "Sample %s", word).p, address, &account);
        if (dwellers[dweller].appointed)
            house_appoint(
                house, person, role,
                (struct scope){ appointed_role_scope(role), str_from_c(dwellers[dweller].scope) });
    }
    house_sign_in(house, account, true, ret);
}
