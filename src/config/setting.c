#include "config/setting.h"

#include <string.h>

#include "base/zone.h"
#include "config/origin.h"

/*
 * To add a setting: add the member that takes it to struct config, its default to config_init, a
 * row to one of the tables at the end with its kind, and describe it in docs/serving.md. Whoever
 * uses it takes it from the struct. If an option of the command line sets it too, see cmd_serve.c.
 * A new block of settings is a table of its own, a row of setting_groups, and one at the end of
 * `rows`.
 */

#define KIB ((int64_t)1024)
#define MIB (1024 * KIB)
#define SECOND INT64_C(1000000) /* microseconds, of days and hours */

static const struct setting_unit no_units[] = { { "", 1 }, { NULL, 0 } };
static const struct setting_unit byte_units[] = { { "MiB", MIB }, { "KiB", KIB }, { NULL, 0 } };
static const struct setting_unit day_units[] = {
    { "d", 86400 * SECOND },
    { "h", 3600 * SECOND },
    { "min", 60 * SECOND },
    { "s", SECOND },
    { NULL, 0 },
};
static const struct setting_unit time_units[] = { { "s", 1000 }, { "ms", 1 }, { NULL, 0 } };

/* ---- numbers ---- */

static struct str write_number(struct arena *arena, const struct setting_unit *units, int64_t n)
{
    while (n % units->worth != 0)
        units++;
    return str_format(arena, "%lld%s%s", (long long)(n / units->worth), *units->name ? " " : "",
                      units->name);
}

static struct str show_number(struct arena *arena, const struct setting_kind *kind,
                              const void *member)
{
    const int64_t *n = member;

    if (kind->absent && *n == 0)
        return STR_NONE;
    return write_number(arena, kind->units, *n);
}

static bool parse_number(struct arena *arena, const struct setting_kind *kind, struct str text,
                         void *member)
{
    struct str digits;
    struct str unit = str_split(text, ' ', &digits);
    int64_t n;

    (void)arena;
    for (const struct setting_unit *u = kind->units; u->name; u++) {
        if (!str_eq_c(unit, u->name))
            continue;
        if (!str_to_int(digits, 0, INT64_MAX / u->worth, &n))
            return false;
        n *= u->worth;
        if (n < kind->min || n > kind->max)
            return false;
        *(int64_t *)member = n;
        return true;
    }
    return false;
}

const char *setting_expected(struct arena *arena, const struct setting_kind *kind)
{
    if (!kind->units)
        return kind->expected;
    return str_to_c(arena, str_format(arena, "%s from %.*s to %.*s", kind->expected,
                                      STR_ARG(write_number(arena, kind->units, kind->min)),
                                      STR_ARG(write_number(arena, kind->units, kind->max))));
}

/* ---- words and texts ---- */

static struct str show_word(struct arena *arena, const struct setting_kind *kind,
                            const void *member)
{
    (void)arena;
    (void)kind;
    return *(const struct str *)member;
}

struct str config_text(struct arena *arena, struct str text)
{
    struct buf out;

    buf_init(&out, 2 * text.n + 2);
    buf_byte(&out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"' || text.p[i] == '\\')
            buf_byte(&out, '\\');
        buf_byte(&out, text.p[i]);
    }
    buf_byte(&out, '"');
    return buf_take(&out, arena);
}

static struct str show_text(struct arena *arena, const struct setting_kind *kind,
                            const void *member)
{
    struct str text = *(const struct str *)member;

    (void)kind;
    return text.p ? config_text(arena, text) : STR_NONE;
}

static bool parse_origin(struct arena *arena, const struct setting_kind *kind, struct str text,
                         void *member)
{
    (void)arena;
    (void)kind;
    if (!is_origin(text))
        return false;
    *(struct str *)member = text;
    return true;
}

static bool parse_address(struct arena *arena, const struct setting_kind *kind, struct str text,
                          void *member)
{
    struct address address;

    (void)arena;
    (void)kind;
    if (!address_parse(text, &address))
        return false;
    *(struct str *)member = text;
    return true;
}

static bool parse_path(struct arena *arena, const struct setting_kind *kind, struct str text,
                       void *member)
{
    (void)arena;
    (void)kind;
    if (text.n == 0)
        return false;
    *(struct str *)member = text;
    return true;
}

/* ---- databases ---- */

static bool is_server(struct str database)
{
    return str_starts(database, STR("postgres://")) || str_starts(database, STR("postgresql://"));
}

/* "USER:PASSWORD@HOST" without the password. */
static void show_host(struct str host, struct buf *out)
{
    struct str user;
    struct str behind = str_split(host, '@', &user);
    struct str name;

    if (!behind.p) {
        buf_add(out, host);
        return;
    }
    (void)str_split(user, ':', &name);
    buf_add(out, name);
    if (name.n < user.n)
        buf_add_c(out, ":...");
    buf_byte(out, '@');
    buf_add(out, behind);
}

/* "NAME=VALUE&NAME=VALUE" without the values of passwords. */
static void show_parameters(struct str parameters, struct buf *out)
{
    while (parameters.p) {
        struct str parameter;
        struct str name;

        parameters = str_split(parameters, '&', &parameter);
        (void)str_split(parameter, '=', &name);
        if (str_ends(name, STR("password")))
            buf_format(out, "%.*s=...", STR_ARG(name));
        else
            buf_add(out, parameter);
        if (parameters.p)
            buf_byte(out, '&');
    }
}

struct str config_database_shown(struct arena *arena, struct str database)
{
    struct str place;
    struct str parameters;
    struct str path;
    struct str host;
    struct buf out;

    if (!is_server(database))
        return database;
    buf_init(&out, database.n + 20);
    parameters = str_split(database, '?', &place);
    (void)str_split(place, ':', &host);
    buf_format(&out, "%.*s://", STR_ARG(host));
    path = str_split(str_drop(place, host.n + 3), '/', &host);
    show_host(host, &out);
    if (path.p)
        buf_format(&out, "/%.*s", STR_ARG(path));
    if (parameters.p) {
        buf_byte(&out, '?');
        show_parameters(parameters, &out);
    }
    return buf_take(&out, arena);
}

/* In quotes, as a file has it. */
static struct str show_database(struct arena *arena, const struct setting_kind *kind,
                                const void *member)
{
    struct str database = *(const struct str *)member;
    struct str shown = database.p ? config_database_shown(arena, database) : database;

    return show_text(arena, kind, &shown);
}

/* ---- the functions of rows ---- */

static void report_value(struct block_reader *reader, struct span span, struct str text)
{
    const char *expected = setting_expected(reader->arena, reader->row->detail);

    diags_add(reader->diags, SEVERITY_ERROR, span,
              diags_hint(reader->diags, expected, STR_NONE, (struct str_list){ NULL, 0 }),
              "'%.*s' is no value for '%s'", STR_ARG(text), reader->row->word);
}

static bool set(struct block_reader *reader, struct span span, struct str text, void *member)
{
    const struct setting_kind *kind = reader->row->detail;

    if (kind->parse(reader->arena, kind, text, member))
        return true;
    report_value(reader, span, text);
    return false;
}

static bool any_word(struct str word)
{
    return word.n > 0;
}

static bool read_word(struct block_reader *reader, void *member)
{
    const char *expected = setting_expected(reader->arena, reader->row->detail);
    struct span span;
    struct str word;

    return block_take_word(reader, expected, any_word, &word, &span) &&
           set(reader, span, word, member);
}

/* A number, and its unit behind it. */
static bool read_number(struct block_reader *reader, void *member)
{
    const struct setting_kind *kind = reader->row->detail;
    const char *expected = setting_expected(reader->arena, kind);
    struct span unit_span;
    struct span span;
    struct str unit;
    struct str text;

    if (!block_take_word(reader, expected, any_word, &text, &span))
        return false;
    if (kind->units != no_units && reader->token.kind == TOKEN_WORD &&
        block_take_word(reader, expected, any_word, &unit, &unit_span)) {
        text = str_format(reader->arena, "%.*s %.*s", STR_ARG(text), STR_ARG(unit));
        span.length = unit_span.offset + unit_span.length - span.offset;
    }
    return set(reader, span, text, member);
}

static bool read_text(struct block_reader *reader, void *member)
{
    const char *expected = setting_expected(reader->arena, reader->row->detail);
    struct span span = reader->token.span;
    struct str text;

    return block_take_text(reader, expected, &text) && set(reader, span, text, member);
}

static bool holds_nul(struct str text)
{
    size_t at;

    return str_find(text, '\0', &at);
}

/* A file's name is relative to the folder of the one in which it is named. */
static struct str beside(const struct block_reader *reader, struct str name)
{
    struct str folder = reader->lexer.source->name;

    if (name.p[0] == '/')
        return name;
    while (folder.n > 0 && folder.p[folder.n - 1] != '/')
        folder.n--;
    return str_format(reader->arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(name));
}

static bool read_name(struct block_reader *reader, struct str *ret)
{
    const char *expected = setting_expected(reader->arena, reader->row->detail);
    struct span span = reader->token.span;
    struct str text;

    if (!block_take_text(reader, expected, &text))
        return false;
    if (holds_nul(text)) {
        report_value(reader, span, text);
        return false;
    }
    *ret = text;
    return true;
}

static bool read_path(struct block_reader *reader, void *member)
{
    struct str name;

    if (!read_name(reader, &name))
        return false;
    *(struct str *)member = beside(reader, name);
    return true;
}

/* A file, or the address of a server. */
static bool read_database(struct block_reader *reader, void *member)
{
    struct str name;

    if (!read_name(reader, &name))
        return false;
    *(struct str *)member = is_server(name) ? name : beside(reader, name);
    return true;
}

static bool read_zone(struct block_reader *reader, void *member)
{
    const char *expected = setting_expected(reader->arena, reader->row->detail);
    struct span span;
    struct str zone;
    struct str near;

    if (!block_take_word(reader, expected, zone_is_name, &zone, &span))
        return false;
    if (zone_exists(zone)) {
        *(struct str *)member = zone;
        return true;
    }
    near = zone_nearest(reader->arena, zone);
    diags_add(reader->diags, SEVERITY_ERROR, span,
              diags_hint(reader->diags, expected, zone, (struct str_list){ &near, near.p ? 1 : 0 }),
              "this machine does not know the zone '%.*s'", STR_ARG(zone));
    return false;
}

static bool read_networks(struct block_reader *reader, void *member)
{
    const char *expected = setting_expected(reader->arena, reader->row->detail);
    struct config_networks *networks = member;

    for (;;) {
        struct network network;
        struct span span;
        struct str word;

        if (!block_take_word(reader, expected, any_word, &word, &span))
            return false;
        if (!network_parse(word, &network)) {
            report_value(reader, span, word);
            return false;
        }
        *ARENA_PUSH(reader->arena, networks->at, networks->count, networks->room) = network;
        if (reader->token.kind != TOKEN_COMMA)
            return true;
        block_advance(reader);
    }
}

static struct str show_networks(struct arena *arena, const struct setting_kind *kind,
                                const void *member)
{
    const struct config_networks *networks = member;
    struct str all = STR_NONE;
    char text[NETWORK_TEXT_SIZE];

    (void)kind;
    for (size_t i = 0; i < networks->count; i++)
        all = str_format(arena, "%.*s%s%s", STR_ARG(all), i > 0 ? ", " : "",
                         network_text(networks->at[i], text));
    return all;
}

/* "FILE", or one of the words - and none. */
static bool read_log(struct block_reader *reader, void *member)
{
    const char *expected = setting_expected(reader->arena, reader->row->detail);
    struct span span;
    struct str word;

    if (reader->token.kind == TOKEN_TEXT)
        return read_path(reader, member);
    if (!block_take_word(reader, expected, any_word, &word, &span))
        return false;
    if (!str_eq_c(word, "-") && !str_eq_c(word, "none")) {
        report_value(reader, span, word);
        return false;
    }
    *(struct str *)member = str_eq_c(word, "-") ? word : STR_NONE;
    return true;
}

static struct str show_log(struct arena *arena, const struct setting_kind *kind, const void *member)
{
    const struct str *log = member;

    return str_eq_c(*log, "-") ? *log : show_text(arena, kind, member);
}

static const char *const addresses_names[] = { "none", "blurred", "whole" };
static const struct block_choices addresses_choices = { "one of none, blurred and whole",
                                                        addresses_names,
                                                        ARRAY_LEN(addresses_names) };

static bool read_addresses(struct block_reader *reader, void *member)
{
    int choice;

    if (!block_take_choice(reader, &addresses_choices, &choice))
        return false;
    *(enum config_addresses *)member = (enum config_addresses)choice;
    return true;
}

static struct str show_addresses(struct arena *arena, const struct setting_kind *kind,
                                 const void *member)
{
    (void)arena;
    (void)kind;
    return str_from_c(addresses_names[*(const enum config_addresses *)member]);
}

/* Something in quotes without spaces or control characters. */
static bool parse_name(struct arena *arena, const struct setting_kind *kind, struct str text,
                       void *member)
{
    (void)arena;
    (void)kind;
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.p[i] <= ' ' || text.p[i] == 0x7f)
            return false;
    }
    if (text.n == 0)
        return false;
    *(struct str *)member = text;
    return true;
}

/* What is before and behind the one '@' the mail server looks at. */
static bool parse_mail_address(struct arena *arena, const struct setting_kind *kind,
                               struct str text, void *member)
{
    struct str local;
    struct str host = str_split(text, '@', &local);
    size_t at;

    if (local.n == 0 || host.n == 0 || str_find(host, '@', &at) || str_find(text, '<', &at) ||
        str_find(text, '>', &at) || str_find(text, ',', &at))
        return false;
    return parse_name(arena, kind, text, member);
}

/* A text on one line. */
static bool parse_line(struct arena *arena, const struct setting_kind *kind, struct str text,
                       void *member)
{
    (void)arena;
    (void)kind;
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f)
            return false;
    }
    *(struct str *)member = text;
    return true;
}

static const char *const security_names[] = { "starttls", "tls", "none" };
static const struct block_choices security_choices = { "one of starttls, tls and none",
                                                       security_names, ARRAY_LEN(security_names) };

static bool read_security(struct block_reader *reader, void *member)
{
    int choice;

    if (!block_take_choice(reader, &security_choices, &choice))
        return false;
    *(enum config_security *)member = (enum config_security)choice;
    return true;
}

static struct str show_security(struct arena *arena, const struct setting_kind *kind,
                                const void *member)
{
    (void)arena;
    (void)kind;
    return str_from_c(security_names[*(const enum config_security *)member]);
}

/* The row's word says which group; the places of its settings follow those of the ones before. */
static bool read_group(struct block_reader *reader, void *member)
{
    struct config *config = member;
    struct span *places = config->places + setting_block.count;
    const struct setting_group *group = setting_groups;

    for (; strcmp(group->name, reader->row->word) != 0; group++)
        places += group->block->count;
    return block_read(reader, group->block, reader->token.span, config, places);
}

/* ---- the tables ---- */

#define ROW(name, times, member, read, kind)                                                       \
    {                                                                                              \
        name, NULL, times, offsetof(struct config, member), read, kind                             \
    }
#define NUMBER(from, to, u)                                                                        \
    &(const struct setting_kind)                                                                   \
    {                                                                                              \
        "a number", parse_number, show_number, NULL, from, to, u                                   \
    }
#define SIZE(from, to)                                                                             \
    &(const struct setting_kind)                                                                   \
    {                                                                                              \
        "a size", parse_number, show_number, NULL, from, to, byte_units                            \
    }
#define TIME(from, to)                                                                             \
    &(const struct setting_kind)                                                                   \
    {                                                                                              \
        "a time", parse_number, show_number, NULL, from, to, time_units                            \
    }

#define DAYS_OR_LESS(from, to)                                                                     \
    &(const struct setting_kind)                                                                   \
    {                                                                                              \
        "a time", parse_number, show_number, NULL, from, to, day_units                             \
    }

static const struct setting_kind base_kind = {
    "http:// or https:// and a host in lower case, such as \"https://standards.example.org\", with "
    "nothing behind it but perhaps a port",
    parse_origin,
    show_text,
    "http://localhost and the port",
    0,
    0,
    NULL
};
static const struct setting_kind address_kind = {
    "a numeric address such as 127.0.0.1, 0.0.0.0, ::1 or ::",
    parse_address,
    show_word,
    NULL,
    0,
    0,
    NULL
};
static const struct setting_kind port_kind = { "a port", parse_number, show_number, NULL,
                                               0,        65535,        no_units };
static const struct setting_kind scheme_kind = {
    "the scheme's folder in double quotes", parse_path, show_text, "not said", 0, 0, NULL
};
static const struct setting_kind database_kind = {
    "a file in double quotes, or \"postgres://USER@HOST/DATABASE\"",
    parse_path,
    show_database,
    "assay.db in the folder",
    0,
    0,
    NULL
};
static const struct setting_kind zone_kind = {
    "a time zone such as Europe/Amsterdam", NULL, show_word, "that of the scheme", 0, 0, NULL
};
static const struct setting_kind proxies_kind = {
    "addresses or networks such as 127.0.0.1, 10.0.0.0/8", NULL, show_networks, "none", 0, 0, NULL
};
static const struct setting_kind admin_port_kind = { "a port", parse_number, show_number, "none",
                                                     1,        65535,        no_units };
static const struct setting_kind log_kind = {
    "a file in double quotes, - for standard output, or none", NULL, show_log, "none", 0, 0, NULL
};
static const struct setting_kind addresses_kind = {
    "one of none, blurred and whole", NULL, show_addresses, NULL, 0, 0, NULL
};

static const struct setting_kind server_kind = {
    "a mail server's name in double quotes, such as \"mail.example.org\"",
    parse_name,
    show_text,
    "none: letters become files",
    0,
    0,
    NULL
};
static const struct setting_kind mail_port_kind = {
    "a port", parse_number, show_number, "587, with tls 465, without security 25",
    1,        65535,        no_units
};
static const struct setting_kind security_kind = {
    "one of starttls, tls and none", NULL, show_security, NULL, 0, 0, NULL
};
static const struct setting_kind user_kind = {
    "a name in double quotes", parse_line, show_text, "none", 0, 0, NULL
};
static const struct setting_kind file_kind = {
    "a file in double quotes", parse_path, show_text, "none", 0, 0, NULL
};
static const struct setting_kind certificates_kind = {
    "a file in double quotes", parse_path, show_text, "those of this machine", 0, 0, NULL
};
static const struct setting_kind environment_kind = {
    "the name of an environment variable in double quotes",
    parse_name,
    show_text,
    "none",
    0,
    0,
    NULL
};
static const struct setting_kind mail_address_kind = {
    "a mail address in double quotes, such as \"office@example.org\"",
    parse_mail_address,
    show_text,
    "none",
    0,
    0,
    NULL
};
static const struct setting_kind mail_name_kind = {
    "a name in double quotes", parse_line, show_text, "that of the organisation", 0, 0, NULL
};

static const struct block_row rows[] = {
    ROW("base", ONCE, base, read_text, &base_kind),
    ROW("address", ONCE, address, read_word, &address_kind),
    ROW("port", ONCE, port, read_number, &port_kind),
    ROW("scheme", ONCE, scheme, read_path, &scheme_kind),
    ROW("database", ONCE, database, read_database, &database_kind),
    ROW("zone", ONCE, zone, read_zone, &zone_kind),
    ROW("proxies", ONCE, proxies, read_networks, &proxies_kind),
    ROW("admin-port", ONCE, admin_port, read_number, &admin_port_kind),
    ROW("log", ONCE, log, read_log, &log_kind),
    ROW("log-addresses", ONCE, log_addresses, read_addresses, &addresses_kind),
    { "limits", NULL, ONCE, 0, read_group, NULL },
    { "accounts", NULL, ONCE, 0, read_group, NULL },
    { "mail", NULL, ONCE, 0, read_group, NULL },
};

static const struct block_row limits_rows[] = {
    ROW("connections", ONCE, limits.connections, read_number, NUMBER(1, 60000, no_units)),
    ROW("connections-per-client", ONCE, limits.connections_per_client, read_number,
        NUMBER(1, 60000, no_units)),
    ROW("requests-per-connection", ONCE, limits.requests_per_connection, read_number,
        NUMBER(1, 1000000, no_units)),
    ROW("idle", ONCE, limits.idle, read_number, TIME(1000, 3600000)),
    ROW("head", ONCE, limits.head, read_number, TIME(100, 600000)),
    ROW("grace", ONCE, limits.grace, read_number, TIME(100, 600000)),
    ROW("body", ONCE, limits.body, read_number, SIZE(64 * KIB, 1024 * MIB)),
    ROW("memory", ONCE, limits.memory, read_number, SIZE(MIB, 1024 * MIB)),
    ROW("loops", ONCE, limits.loops, read_number, NUMBER(1, 64, no_units)),
    ROW("workers", ONCE, limits.workers, read_number, NUMBER(1, 256, no_units)),
    ROW("queue", ONCE, limits.queue, read_number, NUMBER(1, 100000, no_units)),
};

static const struct block_row accounts_rows[] = {
    ROW("session-idle", ONCE, accounts.session_idle, read_number,
        DAYS_OR_LESS(60 * SECOND, SECOND * 86400 * 365)),
    ROW("session-absolute", ONCE, accounts.session_absolute, read_number,
        DAYS_OR_LESS(60 * SECOND, SECOND * 86400 * 365)),
    ROW("recovery-wait", ONCE, accounts.recovery_wait, read_number,
        DAYS_OR_LESS(SECOND, SECOND * 86400 * 90)),
};

static const struct block_row mail_rows[] = {
    ROW("server", ONCE, mail.server, read_text, &server_kind),
    ROW("port", ONCE, mail.port, read_number, &mail_port_kind),
    ROW("security", ONCE, mail.security, read_security, &security_kind),
    ROW("user", ONCE, mail.user, read_text, &user_kind),
    ROW("password-file", ONCE, mail.password_file, read_path, &file_kind),
    ROW("password-environment", ONCE, mail.password_environment, read_text, &environment_kind),
    ROW("certificates", ONCE, mail.certificates, read_path, &certificates_kind),
    ROW("from", ONCE, mail.from, read_text, &mail_address_kind),
    ROW("name", ONCE, mail.name, read_text, &mail_name_kind),
    ROW("reply-to", ONCE, mail.reply_to, read_text, &mail_address_kind),
    ROW("patience", ONCE, mail.patience, read_number, TIME(100, 300000)),
    ROW("digest-hour", ONCE, mail.digest_hour, read_number, NUMBER(0, 23, no_units)),
};

static const struct block limits_block = { "the block of limits", limits_rows,
                                           ARRAY_LEN(limits_rows) };
static const struct block accounts_block = { "the block of accounts", accounts_rows,
                                             ARRAY_LEN(accounts_rows) };
static const struct block mail_block = { "the block of mail", mail_rows, ARRAY_LEN(mail_rows) };

const struct block setting_block = { "the configuration", rows, ARRAY_LEN(rows) };
const struct setting_group setting_groups[] = {
    { "limits", &limits_block },
    { "accounts", &accounts_block },
    { "mail", &mail_block },
};
const size_t setting_group_count = ARRAY_LEN(setting_groups);
