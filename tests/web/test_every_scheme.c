/*
 * The pages work for any scheme: from the first page of each one that is shipped, and of one that
 * was written to do harm, every page that can be reached is asked for. None is missing, views and
 * shapes and templates agree, and nothing of the scheme's texts becomes HTML.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "http/form.h"
#include "scheme/scheme.h"
#include "site_fixture.h"

#define PAGES_MAX 2000

struct crawl {
    struct site_fixture f;
    struct str paths[PAGES_MAX]; /* found, in the order of asking */
    size_t count;
    void (*look)(struct str path, struct str body);
};

/* ---- addresses ---- */

static bool is_known(const struct crawl *c, struct str path)
{
    for (size_t i = 0; i < c->count; i++)
        if (str_eq(c->paths[i], path))
            return true;
    return false;
}

static struct str without_escapes(struct arena *arena, struct str value)
{
    static const struct str escaped = { "&amp;", 5 };
    struct buf out;

    buf_init(&out, value.n);
    while (value.n > 0) {
        buf_byte(&out, value.p[0]);
        value = str_drop(value, str_starts(value, escaped) ? escaped.n : 1);
    }
    return buf_take(&out, arena);
}

/* Remembers what an href of a page names, unless it is known or elsewhere. */
static void find_address(struct crawl *c, struct str address)
{
    struct str path;

    (void)str_split(without_escapes(&c->f.arena, address), '#', &path);
    if (path.n == 0 || path.p[0] != '/' || str_starts(path, STR("/assets/")))
        return;
    assert_true(percent_decode(&c->f.arena, path, false, &path));
    if (is_known(c, path))
        return;
    assert_in_range(c->count, 0, PAGES_MAX - 1);
    c->paths[c->count++] = path;
}

static void find_addresses(struct crawl *c, struct str page)
{
    static const char attribute[] = " href=\"";
    const char *at;

    while ((at = memmem(page.p, page.n, attribute, strlen(attribute)))) {
        struct str address;

        page = str_drop(page, (size_t)(at - page.p) + strlen(attribute));
        page = str_split(page, '"', &address);
        find_address(c, address);
    }
}

/* Asks for every page that can be reached. The fixture fails where view, shape and template do not
   agree. */
static void crawl(struct crawl *c)
{
    c->paths[c->count++] = STR("/");
    for (size_t i = 0; i < c->count; i++) {
        const char *path = str_to_c(&c->f.arena, c->paths[i]);
        struct str body = fixture_get(&c->f, path);

        if (c->f.response.status != 200)
            fail_msg("%s is answered %d", path, c->f.response.status);
        if (c->look)
            c->look(c->paths[i], body);
        if (str_starts(body, STR("<!doctype html>")))
            find_addresses(c, body);
    }
}

static void check_reached(struct crawl *c, const char *fmt, struct str name)
{
    struct str path = str_format(&c->f.arena, "/%s/%.*s", fmt, STR_ARG(name));

    if (!is_known(c, path))
        fail_msg("no page leads to %.*s", STR_ARG(path));
}

static void check_all_reached(struct crawl *c)
{
    const struct scheme *scheme = c->f.scheme;

    for (size_t i = 0; i < library_count(scheme->library); i++) {
        const struct edition *edition = library_at(scheme->library, i);
        struct str number = edition_number_text(&c->f.arena, edition->number);
        struct str rest =
            str_format(&c->f.arena, "%.*s/editions/%.*s", STR_ARG(edition->name), STR_ARG(number));

        check_reached(c, "certifications", edition->name);
        check_reached(c, "certifications", rest);
        check_reached(c, "certifications", str_format(&c->f.arena, "%.*s/text", STR_ARG(rest)));
        check_reached(c, "certifications", str_format(&c->f.arena, "%.*s/rule", STR_ARG(rest)));
    }
    for (size_t i = 0; i < scheme->bodies.count; i++)
        check_reached(c, "bodies", scheme->bodies.at[i].id.text);
    for (size_t i = 0; i < scheme->texts.count; i++)
        if (!str_eq(scheme->texts.at[i].id.text, STR("about")))
            check_reached(c, "about", scheme->texts.at[i].id.text);
}

static size_t crawl_scheme(const char *folder, void (*look)(struct str path, struct str body))
{
    static struct crawl c;

    c = (struct crawl){ .look = look };
    fixture_begin_with(&c.f, folder, BASE, NULL);
    crawl(&c);
    check_all_reached(&c);
    fixture_end(&c.f);
    return c.count;
}

/* ---- the shipped schemes ---- */

static void every_page_of_every_scheme_is_shown(void **state)
{
    struct str_list names;
    struct arena arena;
    size_t schemes = 0;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    print_message("mediation: %zu pages\n", crawl_scheme("schemes/mediation", NULL));
    assert_false(failed(folder_list(
        &arena, str_to_c(&arena, str_format(&arena, "%s/schemes/examples", source_root())),
        &names)));
    for (size_t i = 0; i < names.count; i++) {
        const char *folder =
            str_to_c(&arena, str_format(&arena, "schemes/examples/%.*s", STR_ARG(names.at[i])));

        if (str_ends(names.at[i], STR(".md")))
            continue;
        print_message("%.*s: %zu pages\n", STR_ARG(names.at[i]), crawl_scheme(folder, NULL));
        schemes++;
    }
    assert_in_range(schemes, 14, 1000);
    arena_release(&arena);
}

/* ---- a scheme that was written to do harm ---- */

#define EVIL "<img src=x onerror=alert(1)>\\\" onclick=\\\"alert(2) <script>alert(3)</script> & '"

static const char evil_conf[] =
    "scheme evil {\n"
    "  title \"" EVIL "\"\n"
    "  zone UTC\n"
    "  organisation \"" EVIL "\" { short \"" EVIL "\"; footer \"" EVIL "\" }\n"
    "  group things \"" EVIL "\" {\n"
    "    introduction \"" EVIL "\"\n"
    "    column \"" EVIL "\" from title\n"
    "    column \"" EVIL "\" from audience, wording, reading, route, note\n"
    "    certifications thing\n"
    "  }\n"
    "  body council \"" EVIL "\" { kind board; mandate \"" EVIL "\" }\n"
    "  programme school \"" EVIL "\" {\n"
    "    short \"" EVIL "\"; kind training; purpose \"" EVIL "\"; leads to thing\n"
    "    route \"" EVIL "\"; note \"" EVIL "\"\n"
    "  }\n"
    "  pathway \"" EVIL "\" {\n"
    "    text \"" EVIL "\"\n"
    "    stage first \"" EVIL "\" {\n"
    "      text \"" EVIL "\"\n"
    "      certification thing \"" EVIL "\" { text \"" EVIL "\" }\n"
    "      assisted by thing\n"
    "    }\n"
    "  }\n"
    "  benefit good \"" EVIL "\" { text \"" EVIL "\" }\n"
    "  text about \"" EVIL "\"\n"
    "  text more \"" EVIL "\" { for things, thing }\n"
    "}\n";

#define EVIL_DOCUMENT(number, dates)                                                               \
    "criteria thing edition " number " {\n"                                                        \
    "  title \"" EVIL "\"\n  group things\n  owner council\n  vocabulary odd 1\n" dates            \
    "  audience \"" EVIL "\"\n  route \"" EVIL "\"\n  note \"" EVIL "\"\n"                         \
    "  term done is test { programme school accredited; result pass }\n"                           \
    "  valid 12 months grace 1 months renew from 1 months before end\n"                            \
    "  require r \"" EVIL "\" {\n"                                                                 \
    "    wording \"" EVIL " " number "\"\n    note \"" EVIL "\"\n"                                 \
    "    any {\n      count done >= " number "\n      judged \"" EVIL "\" by council\n    }\n"     \
    "    exempt other \"" EVIL "\" when { holds thing }\n"                                         \
    "    discretion council { admit }\n"                                                           \
    "  }\n"                                                                                        \
    "  bar b \"" EVIL "\" { count test >= 9 } effect refer\n"                                      \
    "  example \"" EVIL "\" asof 2024-01-01 {\n"                                                   \
    "    2 x test 2023-01-01 result=pass\n    expect decide barred preview barred\n  }\n"          \
    "}\n"

static const char evil_criteria[] = EVIL_DOCUMENT("1", "")
    EVIL_DOCUMENT("2", "  in force from 2023-01-01\n");
static const char evil_vocabulary[] = "vocabulary odd 1 {\n"
                                      "  record test \"" EVIL "\" { field result of pass, fail }\n"
                                      "  programmes school\n  bodies council\n}\n";
static const char evil_cases[] = "case odd thing asof 2024-01-01\n"
                                 "2 x test 2023-01-01 result=pass matter=<script>\n"
                                 "expect decide not-yet preview not-yet\n";
static const char broken_cases[] = "case broken thing asof 2024-01-01\n"
                                   "2 x nothing of any sense\n"
                                   "expect decide not-yet preview not-yet\n";
static const char evil_text[] =
    "# Title\n\n<img src=x onerror=alert(1)> <script>alert(3)</script>\n\n"
    "[a](javascript:alert(4)) [b](/bodies \"\\\" onclick=\\\"alert(5)\")\n";

static void check_harmless(struct str path, struct str body)
{
    static const char *const bad[] = { "<img", "<script>", " onclick=\"", " onerror=\"",
                                       "href=\"javascript:" };

    if (!str_starts(body, STR("<!doctype html>")))
        return;
    check_has(body, "&lt;img src=x onerror=alert(1)&gt;"); /* the footer at least says it */
    if (str_ends(path, STR("/cases"))) {
        check_has(body, "It comes out otherwise");
        check_has(body, "Not run: the text of these examples has faults");
        if (has(body, "/tmp/"))
            fail_msg("%.*s says where the scheme's folder is", STR_ARG(path));
    }
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (has(body, bad[i]))
            fail_msg("%.*s holds %s", STR_ARG(path), bad[i]);
}

static void what_a_scheme_says_never_becomes_html(void **state)
{
    static const char *const folders[] = { "criteria", "vocabulary", "cases", "texts" };
    static const char *const files[][2] = {
        { "scheme.conf", evil_conf },
        { "criteria/thing.criteria", evil_criteria },
        { "vocabulary/odd.vocabulary", evil_vocabulary },
        { "cases/thing.cases", evil_cases },
        { "cases/broken.cases", broken_cases },
        { "texts/about.md", evil_text },
        { "texts/more.md", evil_text },
    };
    struct arena arena;
    char *root;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    root = (char *)str_to_c(&arena, STR("/tmp/assay-test-pages-XXXXXX"));
    assert_non_null(mkdtemp(root));
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        assert_int_equal(mkdir(str_format(&arena, "%s/%s", root, folders[i]).p, 0700), 0);
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        assert_false(failed(
            file_write(str_format(&arena, "%s/%s", root, files[i][0]).p, str_from_c(files[i][1]))));
    assert_in_range(crawl_scheme(root, check_harmless), 15, PAGES_MAX);
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        unlink(str_format(&arena, "%s/%s", root, files[i][0]).p);
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        rmdir(str_format(&arena, "%s/%s", root, folders[i]).p);
    rmdir(root);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_of_every_scheme_is_shown),
        cmocka_unit_test(what_a_scheme_says_never_becomes_html),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
