#include "config/config.h"

#include <string.h>

#include "base/arena.h"
#include "unit.h"

#define SHOWN_MAX ((size_t)64 * 1024)

struct fixture {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct config config;
    struct result result;
};

static void parse(struct fixture *f, const char *text)
{
    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&f->diags, &f->arena);
    config_init(&f->config);
    f->source = (struct source){ STR("data/assay.conf"), str_from_c(text) };
    f->result = config_parse(&f->arena, &f->source, &f->diags, &f->config);
}

static void parse_well(struct fixture *f, const char *text)
{
    parse(f, text);
    if (failed(f->result))
        fail_msg("%.*s", STR_ARG(f->diags.list[0].message));
}

/* The text has one fault: that message, whose hint has that in it. */
static void refuses(const char *text, const char *message, const char *hint)
{
    struct fixture f;

    parse(&f, text);
    assert_true(failed(f.result));
    assert_ptr_equal(f.result.error, &ERROR_INPUT);
    assert_int_equal(f.diags.errors, 1);
    assert_string_equal(str_to_c(&f.arena, f.diags.list[0].message), message);
    if (!strstr(str_to_c(&f.arena, f.diags.list[0].hint), hint))
        fail_msg("the hint is '%.*s'", STR_ARG(f.diags.list[0].hint));
    arena_release(&f.arena);
}

static void an_empty_text_leaves_the_defaults(void **state)
{
    struct fixture f;

    (void)state;
    parse_well(&f, "");
    assert_null(f.config.base.p);
    assert_true(str_eq_c(f.config.address, "127.0.0.1"));
    assert_int_equal(f.config.port, 8080);
    assert_null(f.config.log.p);
    assert_int_equal(f.config.log_addresses, ADDRESSES_BLURRED);
    assert_int_equal(f.config.admin_port, 0);
    assert_int_equal(f.config.limits.body, 8 * 1024 * 1024);
    arena_release(&f.arena);
    parse_well(&f, "\n\n  # nothing but a comment\n");
    assert_int_equal(f.config.port, 8080);
    arena_release(&f.arena);
}

#define SECOND INT64_C(1000000)

static const char whole[] = "# An installation.\n"
                            "base \"https://standards.example.org\"\n"
                            "address ::1; port 9000\n"
                            "scheme \"../mediation\"\n"
                            "database \"postgres://assay@db.example.org/record\"\n"
                            "zone Europe/Amsterdam\n"
                            "proxies 127.0.0.1, 10.0.0.0/8, 2001:db8::/32\n"
                            "admin-port 9100\n"
                            "log \"access.log\"\n"
                            "log-addresses whole\n"
                            "limits {\n"
                            "  connections 500\n"
                            "  connections-per-client 20\n"
                            "  requests-per-connection 50\n"
                            "  idle 20 s\n"
                            "  head 2500 ms\n"
                            "  grace 5 s\n"
                            "  body 512 KiB\n"
                            "  memory 32 MiB\n"
                            "  loops 1\n"
                            "  workers 8\n"
                            "  queue 16\n"
                            "}\n"
                            "accounts {\n"
                            "  session-idle 36 h\n"
                            "  session-absolute 30 d\n"
                            "  recovery-wait 90 min\n"
                            "}\n"
                            "mail {\n"
                            "  server \"mail.example.org\"\n"
                            "  port 2525\n"
                            "  security tls\n"
                            "  user \"office\"\n"
                            "  password-file \"/etc/assay/mail.password\"\n"
                            "  certificates \"/etc/assay/mail.pem\"\n"
                            "  from \"office@example.org\"\n"
                            "  name \"The Office\"\n"
                            "  reply-to \"help@example.org\"\n"
                            "  patience 5 s\n"
                            "  digest-hour 18\n"
                            "}\n";

static void every_setting_is_read(void **state)
{
    struct fixture f;
    const struct config *c = &f.config;

    (void)state;
    parse_well(&f, whole);
    assert_true(str_eq_c(c->base, "https://standards.example.org"));
    assert_true(str_eq_c(c->address, "::1"));
    assert_int_equal(c->port, 9000);
    assert_true(str_eq_c(c->scheme, "data/../mediation"));
    assert_true(str_eq_c(c->zone, "Europe/Amsterdam"));
    assert_int_equal(c->proxies.count, 3);
    assert_int_equal(c->proxies.at[1].bits, 8);
    assert_int_equal(c->proxies.at[2].address.family, FAMILY_V6);
    assert_int_equal(c->admin_port, 9100);
    assert_true(str_eq_c(c->log, "data/access.log"));
    assert_int_equal(c->log_addresses, ADDRESSES_WHOLE);
    assert_int_equal(c->limits.connections, 500);
    assert_int_equal(c->limits.connections_per_client, 20);
    assert_int_equal(c->limits.requests_per_connection, 50);
    assert_int_equal(c->limits.idle, 20000);
    assert_int_equal(c->limits.head, 2500);
    assert_int_equal(c->limits.grace, 5000);
    assert_int_equal(c->limits.body, 512 * 1024);
    assert_int_equal(c->limits.memory, 32 * 1024 * 1024);
    assert_int_equal(c->limits.loops, 1);
    assert_int_equal(c->limits.workers, 8);
    assert_int_equal(c->limits.queue, 16);
    assert_int_equal(c->accounts.session_idle, 36 * 3600 * SECOND);
    assert_int_equal(c->accounts.session_absolute, 30 * 86400 * SECOND);
    assert_int_equal(c->accounts.recovery_wait, 90 * 60 * SECOND);
    arena_release(&f.arena);
}

static void an_absolute_path_stays(void **state)
{
    struct fixture f;

    (void)state;
    parse_well(&f, "log \"/var/log/assay.log\"");
    assert_true(str_eq_c(f.config.log, "/var/log/assay.log"));
    arena_release(&f.arena);
    parse_well(&f, "log -");
    assert_true(str_eq_c(f.config.log, "-"));
    arena_release(&f.arena);
    parse_well(&f, "log none");
    assert_null(f.config.log.p);
    arena_release(&f.arena);
}

static void faults_are_named_with_what_was_expected(void **state)
{
    (void)state;
    refuses("prot 80", "the configuration has no statement 'prot'", "did you mean 'port'?");
    refuses("port 80\nport 81", "'port' stands twice in the configuration", "keep one of them");
    refuses("port 65536", "'65536' is no value for 'port'", "expected a port from 0 to 65535");
    refuses("port -1", "'-1' is no value for 'port'", "expected a port from 0 to 65535");
    refuses("port \"80\"", "a text does not belong here", "expected a port from 0 to 65535");
    refuses("port", "the file ends here", "expected a port from 0 to 65535");
    refuses("port 80 81", "'81' does not belong here", "the end of the statement");
    refuses("admin-port 0", "'0' is no value for 'admin-port'", "a port from 1 to 65535");
    refuses("base standards.example.org", "'standards.example.org' does not belong here",
            "expected http:// or https://");
    refuses("base \"https://standards.example.org/\"",
            "'https://standards.example.org/' is no value for 'base'", "nothing behind it");
    refuses("base \"\"", "this text is empty", "");
    refuses("address localhost", "'localhost' is no value for 'address'", "a numeric address");
    refuses("zone Europe/Amsterdm", "this machine does not know the zone 'Europe/Amsterdm'",
            "did you mean 'Europe/Amsterdam'?");
    refuses("zone ../etc", "'../etc' does not belong here", "a time zone");
    refuses("proxies 10.0.0.1/8", "'10.0.0.1/8' is no value for 'proxies'", "10.0.0.0/8");
    refuses("proxies 10.0.0.0/8,", "the file ends here", "addresses or networks");
    refuses("log access.log", "'access.log' is no value for 'log'", "a file in double quotes");
    refuses("log-addresses blured", "'blured' is not one of none, blurred and whole",
            "did you mean 'blurred'?");
    refuses("limits { worker 3 }", "the block of limits has no statement 'worker'",
            "did you mean 'workers'?");
    refuses("limits { body 8 }", "'8' is no value for 'body'",
            "expected a size from 64 KiB to 1024 MiB");
    refuses("limits { body 1 GiB }", "'1 GiB' is no value for 'body'", "a size");
    refuses("limits { idle 2 h }", "'2 h' is no value for 'idle'", "a time from 1 s to 3600 s");
    refuses("limits { idle 9223372036854775 s }", "'9223372036854775 s' is no value for 'idle'",
            "a time");
    refuses("accounts { session-idle 2 ms }", "'2 ms' is no value for 'session-idle'",
            "a time from 1 min to 365 d");
    refuses("accounts { recovery-wait 0 s }", "'0 s' is no value for 'recovery-wait'", "1 s");
    refuses("accounts { session 4 d }", "the block of accounts has no statement 'session'",
            "session-");
    refuses("mail { server \"mail.example.org\" }",
            "mail with a 'server' needs the address that letters come 'from'", "from ");
    refuses("mail { from \"office\" }", "'office' is no value for 'from'", "a mail address");
    refuses("mail { from \"a b@c.example\" }", "'a b@c.example' is no value for 'from'",
            "a mail address");
    refuses("mail { security ssl }", "'ssl' is not one of starttls, tls and none", "");
    refuses("mail { digest-hour 24 }", "'24' is no value for 'digest-hour'", "0 to 23");
    refuses("mail { user \"office\" }", "a 'user' needs a password", "password-file");
    refuses("mail { password-file \"a\"; password-environment \"B\" }",
            "'password-file' and 'password-environment' both say where the password is",
            "one of them");
    refuses("mail { server \"mail.example.org\"; from \"a@b.example\"; security none\n"
            "user \"office\"; password-file \"a\" }",
            "without security the password would go over the network for all to read",
            "starttls or tls");
    refuses("limits { workers 4 s }", "'s' does not belong here", "the end of the statement");
    refuses("limits {\n workers 4\n", "this block does not end", "}");
    refuses("limits", "the file ends here", "{");
    refuses("}", "'}' does not belong here", "a statement");
    refuses("port 9100\nadmin-port 9100", "'admin-port' and 'port' are the same", "another port");
    refuses("log \"a\x01"
            "b\"",
            "control character U+0001", "");
}

static void all_faults_are_told_at_once_at_their_places(void **state)
{
    static const unsigned lines[] = { 1, 2, 3, 5, 6 };
    struct fixture f;

    (void)state;
    parse(&f,
          "port x\nlimits { queue 0\n body y\n}\nzone 7\nworkers 3\nbase \"https://a.example\"");
    assert_int_equal(f.diags.errors, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(f.diags.list[i].span.line, lines[i]);
    assert_true(str_eq_c(f.config.base, "https://a.example"));
    arena_release(&f.arena);
}

static void options_go_before_the_file(void **state)
{
    struct fixture f;

    (void)state;
    parse_well(&f, "port 9000");
    assert_null(config_set(&f.arena, &f.config, "port", STR("9001")));
    assert_int_equal(f.config.port, 9001);
    assert_string_equal(config_set(&f.arena, &f.config, "port", STR("900o")),
                        "a port from 0 to 65535");
    assert_int_equal(f.config.port, 9001);
    assert_non_null(config_set(&f.arena, &f.config, "address", STR("here")));
    assert_null(config_set(&f.arena, &f.config, "address", STR("::1")));
    assert_non_null(config_set(&f.arena, &f.config, "scheme", STR("")));
    assert_null(config_set(&f.arena, &f.config, "scheme", STR("a \"b\"")));
    arena_release(&f.arena);
}

static struct config_line line_of(struct fixture *f, const char *name)
{
    for (size_t i = 0; i < config_setting_count(); i++) {
        struct config_line line = config_describe(&f->arena, &f->config, i);

        if (strcmp(line.name, name) == 0)
            return line;
    }
    fail_msg("there is no line '%s'", name);
    return (struct config_line){ .name = NULL };
}

static void expect_line(struct fixture *f, const char *name, const char *value, const char *from)
{
    struct config_line line = line_of(f, name);

    assert_string_equal(str_to_c(&f->arena, line.value), value);
    assert_string_equal(str_to_c(&f->arena, line.from), from);
}

static void each_setting_says_where_it_comes_from(void **state)
{
    struct fixture f;

    (void)state;
    parse_well(&f, "\nlog \"a\\\"b\"\nlimits {\n  body 2048 KiB\n  idle 1500 ms\n}\n"
                   "proxies ::1, 10.0.0.0/8");
    assert_null(config_set(&f.arena, &f.config, "port", STR("0")));
    expect_line(&f, "log", "\"data/a\\\"b\"", "data/assay.conf:2");
    expect_line(&f, "limits body", "2 MiB", "data/assay.conf:4");
    expect_line(&f, "limits idle", "1500 ms", "data/assay.conf:5");
    expect_line(&f, "limits workers", "4", "default");
    expect_line(&f, "accounts session-idle", "14 d", "default");
    expect_line(&f, "proxies", "::1, 10.0.0.0/8", "data/assay.conf:7");
    expect_line(&f, "port", "0", "--port");
    expect_line(&f, "zone", "that of the scheme", "default");
    assert_true(line_of(&f, "zone").absent);
    assert_false(line_of(&f, "port").absent);
    arena_release(&f.arena);
}

/* What is shown, read again, is the same. */
static void what_is_shown_can_be_read(void **state)
{
    struct fixture f;
    struct fixture again;
    const char *block = NULL;
    struct buf text;

    (void)state;
    parse_well(&f, whole);
    buf_init(&text, SHOWN_MAX);
    for (size_t i = 0; i < config_setting_count(); i++) {
        struct config_line line = config_describe(&f.arena, &f.config, i);

        /* It excludes password-file. */
        if (strcmp(line.name, "mail password-environment") == 0)
            continue;
        assert_false(line.absent);
        if (line.block && line.block != block)
            buf_format(&text, "%s%s {\n", block ? "}\n" : "", line.block);
        block = line.block;
        buf_format(&text, "%s %.*s\n", block ? line.name + strlen(block) + 1 : line.name,
                   STR_ARG(line.value));
    }
    buf_add_c(&text, "}\n");
    parse_well(&again, str_to_c(&f.arena, buf_str(&text)));
    assert_memory_equal(&again.config.limits, &f.config.limits, sizeof(f.config.limits));
    assert_memory_equal(&again.config.accounts, &f.config.accounts, sizeof(f.config.accounts));
    assert_int_equal(again.config.mail.security, f.config.mail.security);
    assert_int_equal(again.config.mail.digest_hour, 18);
    assert_true(str_eq(again.config.mail.password_file, f.config.mail.password_file));
    assert_true(str_eq(again.config.base, f.config.base));
    assert_int_equal(again.config.proxies.count, f.config.proxies.count);
    buf_release(&text);
    arena_release(&again.arena);
    arena_release(&f.arena);
}

static void a_database_is_a_file_beside_the_text_or_a_server(void **state)
{
    struct fixture f;

    (void)state;
    parse_well(&f, "database \"record.db\"");
    assert_true(str_eq_c(f.config.database, "data/record.db"));
    arena_release(&f.arena);
    parse_well(&f, "database \"/srv/record.db\"");
    assert_true(str_eq_c(f.config.database, "/srv/record.db"));
    assert_null(config_set(&f.arena, &f.config, "database", STR("here.db")));
    assert_true(str_eq_c(f.config.database, "here.db"));
    arena_release(&f.arena);
    parse_well(&f, "database \"postgresql:///record\"");
    assert_true(str_eq_c(f.config.database, "postgresql:///record"));
    expect_line(&f, "database", "\"postgresql:///record\"", "data/assay.conf:1");
    arena_release(&f.arena);
    parse_well(&f, "");
    assert_null(f.config.database.p);
    expect_line(&f, "database", "assay.db in the folder", "default");
    arena_release(&f.arena);
}

static void a_database_is_shown_without_its_password(void **state)
{
    static const char *const shown[][2] = {
        { "data/assay.db", "data/assay.db" },
        { "a:b@c.db", "a:b@c.db" },
        { "postgres://assay@/record", "postgres://assay@/record" },
        { "postgres://assay:secret@/record", "postgres://assay:...@/record" },
        { "postgresql://a:secret@h:5432/b?sslmode=require",
          "postgresql://a:...@h:5432/b?sslmode=require" },
        { "postgres://h:5432", "postgres://h:5432" },
        { "postgres://?host=/run&password=secret&user=a",
          "postgres://?host=/run&password=...&user=a" },
        { "postgres:///b?sslpassword=secret", "postgres:///b?sslpassword=..." },
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(shown); i++)
        check_str(config_database_shown(&arena, str_from_c(shown[i][0])), shown[i][1]);
    arena_release(&arena);
}

static void a_file_that_is_not_there_cannot_be_read(void **state)
{
    struct fixture f;

    (void)state;
    parse_well(&f, "");
    f.result = config_read(&f.arena, "/nonexistent/assay.conf", &f.diags, &f.config);
    assert_ptr_equal(f.result.error, &ERROR_READ);
    arena_release(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_text_leaves_the_defaults),
        cmocka_unit_test(every_setting_is_read),
        cmocka_unit_test(an_absolute_path_stays),
        cmocka_unit_test(faults_are_named_with_what_was_expected),
        cmocka_unit_test(all_faults_are_told_at_once_at_their_places),
        cmocka_unit_test(options_go_before_the_file),
        cmocka_unit_test(each_setting_says_where_it_comes_from),
        cmocka_unit_test(what_is_shown_can_be_read),
        cmocka_unit_test(a_database_is_a_file_beside_the_text_or_a_server),
        cmocka_unit_test(a_database_is_shown_without_its_password),
        cmocka_unit_test(a_file_that_is_not_there_cannot_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
