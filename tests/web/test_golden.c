/*
 * Every route of the program is asked for, as JSON and as a page, by whom the sample says. The JSON
 * is what the golden file of the role holds, tests/web/golden/ROLE/NAME.json; view, shape and
 * template agree; and every address of this site that the page names leads somewhere.
 *
 * With --write the golden files are written instead of compared.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "engine.h"
#include "furnish.h"
#include "http/form.h"
#include "http/router.h"
#include "samples.h"
#include "json/read.h"

#define GOLDEN_MAX ((size_t)4 * 1024 * 1024)

static struct house *house;
static struct browser browsers[DWELLERS];
static struct arena arena; /* of the whole test */
static bool writes;

/* ---- names ---- */

static const struct route *route_of(const struct sample *sample)
{
    const char *method = sample->form ? "POST" : sample->method ? sample->method : "GET";
    struct routing routing;
    struct str path;

    (void)str_split(str_from_c(sample->path), '?', &path);
    if (failed(router_find(&site_routes, str_from_c(method), path, &routing)))
        fail_msg("the sample %s has no route", sample->path);
    return routing.route;
}

/* "/bodies/x?a=b" is "bodies-x-a-b", and "/" is "index". */
static struct str golden_name(const struct sample *sample)
{
    struct str path = str_drop(str_from_c(sample->path), 1);
    struct buf name;

    if (sample->golden)
        return str_from_c(sample->golden);
    buf_init(&name, 1000);
    for (size_t i = 0; i < path.n; i++)
        buf_byte(&name, strchr("/?&=", path.p[i]) ? '-' : path.p[i]);
    if (path.n == 0)
        buf_add_c(&name, "index");
    return buf_take(&name, &arena);
}

static struct str golden_path(const struct sample *sample)
{
    return str_format(&arena, "%s/tests/web/golden/%s/%.*s.json", source_root(),
                      dweller_word(sample->as), STR_ARG(golden_name(sample)));
}

/* ---- asking ---- */

static void open_house(void)
{
    house = house_open();
    for (size_t i = 0; i < DWELLERS; i++)
        house_dweller(house, (enum dweller)i, &browsers[i]);
    furnish(house);
}

/* What a sample changes is gone before the next one is asked. */
static void renew_house(const struct sample *sample)
{
    if (!sample->changes)
        return;
    house_close(house);
    open_house();
}

static struct str send(const struct sample *sample, const char *accept)
{
    struct browser *browser = &browsers[sample->as];
    const struct ask ask = {
        .method = sample->method,
        .path = sample->path,
        .headers = { { "Accept", accept },
                     { sample->type ? "Content-Type" : "X-No-Body",
                       sample->type ? sample->type : "" } },
        .body = str_from_c(sample->body),
    };

    if (!sample->form)
        return house_send(house, browser, &ask);
    if (strcmp(accept, "application/json") == 0)
        return house_post_json(house, browser, sample->path, sample->form);
    return house_post(house, browser, sample->path, sample->form);
}

static struct str ask_for(const struct sample *sample, const char *accept)
{
    struct str body = send(sample, accept);
    int status = house_status(house);

    /* A browser is sent on from what was done, where a program is told `see`. */
    if (!sample->status && strcmp(accept, "text/html") == 0 && status == 303)
        return STR_NONE;
    if (status != (sample->status ? sample->status : 200))
        fail_msg("%s as %s is answered %d:\n%.*s", sample->path, accept, status, STR_ARG(body));
    return body;
}

/* The first line in which two texts differ, for people. */
static void tell_difference(const struct sample *sample, struct str got, struct str golden)
{
    size_t number = 0;
    struct str is;
    struct str was;

    do {
        got = str_split(got, '\n', &is);
        golden = str_split(golden, '\n', &was);
        number++;
    } while (str_eq(is, was) && (got.p || golden.p));
    fail_msg("line %zu of %.*s\nis        %.*s\nand was   %.*s\n"
             "if that is meant, run tests/web/test_golden --write",
             number, STR_ARG(golden_path(sample)), STR_ARG(is), STR_ARG(was));
}

static void make_folder_of(const struct sample *sample)
{
    mkdir(str_format(&arena, "%s/tests/web/golden/%s", source_root(), dweller_word(sample->as)).p,
          0777);
}

static void compare(const struct sample *sample, struct str json)
{
    const struct json_limits limits = { .bytes = GOLDEN_MAX, .depth = 64 };
    struct str path = golden_path(sample);
    struct json_fault fault;
    struct value *value;
    struct str golden;

    if (failed(json_read(&house->site.request, json, &limits, &fault, &value)))
        fail_msg("%s gives no JSON: %s", sample->path, fault.message);
    if (sample->derived)
        return;
    if (writes) {
        make_folder_of(sample);
        if (failed(file_write(path.p, json)))
            fail_msg("cannot write %s", path.p);
    } else if (failed(file_read(&arena, path.p, GOLDEN_MAX, &golden))) {
        fail_msg("there is no %s; run tests/web/test_golden --write and read it", path.p);
    } else if (!str_eq(json, golden)) {
        tell_difference(sample, json, golden);
    }
}

/* ---- addresses in pages ---- */

/* Takes the next address of an attribute, href="..." say, from *rest. */
static bool next_address(struct str *rest, const char *attribute, struct str *ret)
{
    const char *at = memmem(rest->p, rest->n, attribute, strlen(attribute));

    if (!at)
        return false;
    *rest = str_drop(*rest, (size_t)(at - rest->p) + strlen(attribute));
    *rest = str_split(*rest, '"', ret);
    return true;
}

/* What the attribute's value stands for: of what is escaped, addresses hold '&' alone. */
static struct str without_escapes(struct str value)
{
    static const struct str escaped = { "&amp;", 5 };
    struct buf out;

    buf_init(&out, value.n);
    while (value.n > 0) {
        buf_byte(&out, value.p[0]);
        value = str_drop(value, str_starts(value, escaped) ? escaped.n : 1);
    }
    return buf_take(&out, &arena);
}

/* What the attribute says of a place in the page itself, or of another page. */
static void check_address(const struct sample *sample, struct str page, struct str address)
{
    struct str path;
    struct str decoded;
    struct str id = str_split(address, '#', &path);

    if (address.n == 0)
        fail_msg("%s has an empty address", sample->path);
    if (path.n == 0 && id.n > 0 && !has(page, str_format(&arena, " id=\"%.*s\"", STR_ARG(id)).p))
        fail_msg("%s has no element with the id %.*s", sample->path, STR_ARG(id));
    if (path.n == 0 || path.p[0] != '/')
        return;
    if (!percent_decode(&arena, path, false, &decoded))
        fail_msg("%s names %.*s, which is no address", sample->path, STR_ARG(path));
    house_get(house, &browsers[sample->as], str_to_c(&arena, decoded));
    /* To sign in, to show once more who one is, or from a number that was merged. */
    if (house_status(house) == 303 && (strstr(house_location(house), "?next=") ||
                                       strstr(house_location(house), "?done=person-merged-into")))
        return;
    if (house_status(house) != 200)
        fail_msg("%s leads to %.*s, which is answered %d", sample->path, STR_ARG(path),
                 house->site.response.status);
}

/* A form goes to a route that takes it. */
static void check_action(const struct sample *sample, struct str address)
{
    struct routing routing;
    struct str path;

    (void)str_split(address, '?', &path);
    if (failed(router_find(&site_routes, STR("POST"), path, &routing)) &&
        failed(router_find(&site_routes, STR("GET"), path, &routing)))
        fail_msg("%s has a form for %.*s, which no route takes", sample->path, STR_ARG(path));
}

static void check_addresses(const struct sample *sample, struct str page)
{
    static const char *const attributes[] = { " href=\"", " src=\"" };
    struct str copy = str_copy(&arena, page);

    for (size_t i = 0; i < ARRAY_LEN(attributes); i++) {
        struct str rest = copy;
        struct str address;

        while (next_address(&rest, attributes[i], &address))
            check_address(sample, copy, without_escapes(address));
    }
    for (struct str rest = copy, address; next_address(&rest, " action=\"", &address);)
        check_action(sample, without_escapes(address));
}

/* ---- the tests ---- */

static void every_route_has_a_sample(void **state)
{
    (void)state;
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];
        size_t found = 0;

        for (size_t j = 0; j < sample_count; j++)
            found += route_of(&samples[j]) == route;
        if (found == 0)
            fail_msg("the route %s has no sample; add one to tests/web/samples.c", route->path);
    }
}

static void every_view_is_what_its_golden_file_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sample_count; i++) {
        if (!route_of(&samples[i])->answer)
            continue;
        compare(&samples[i], ask_for(&samples[i], "application/json"));
        renew_house(&samples[i]);
    }
}

static void every_page_leads_somewhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < sample_count; i++) {
        struct str page;

        if (route_of(&samples[i])->raw) {
            ask_for(&samples[i], "*/*");
        } else if (route_of(&samples[i])->page) {
            page = ask_for(&samples[i], "text/html");
            if (page.p) {
                assert_true(str_starts(page, STR("<!doctype html>")));
                check_addresses(&samples[i], page);
            }
        }
        renew_house(&samples[i]);
    }
}

static bool is_of_a_sample(struct str file)
{
    for (size_t i = 0; i < sample_count; i++)
        if (route_of(&samples[i])->answer && !samples[i].derived &&
            str_ends(golden_path(&samples[i]), file))
            return true;
    return false;
}

static void check_golden_files_of(enum dweller dweller)
{
    const char *role = dweller_word(dweller);
    struct str folder = str_format(&arena, "%s/tests/web/golden/%s", source_root(), role);
    struct str_list names;

    if (failed(folder_list(&arena, folder.p, &names)))
        return; /* no sample is of this role */
    for (size_t i = 0; i < names.count; i++)
        if (!is_of_a_sample(str_format(&arena, "/%s/%.*s", role, STR_ARG(names.at[i]))))
            fail_msg("no sample has the golden file %s/%.*s", role, STR_ARG(names.at[i]));
}

static void every_golden_file_is_of_a_sample(void **state)
{
    (void)state;
    for (size_t i = 0; i < DWELLERS; i++)
        check_golden_files_of((enum dweller)i);
}

static int begin(void **state)
{
    arena_init(&arena, ARENA_UNLIMITED);
    if (engine_begin(state) != 0)
        return -1;
    open_house();
    return 0;
}

static int end(void **state)
{
    house_close(house);
    arena_release(&arena);
    return engine_end(state);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_has_a_sample),
        cmocka_unit_test(every_view_is_what_its_golden_file_holds),
        cmocka_unit_test(every_page_leads_somewhere),
        cmocka_unit_test(every_golden_file_is_of_a_sample),
    };

    engine_or_skip();
    writes = argc == 2 && strcmp(argv[1], "--write") == 0;
    return cmocka_run_group_tests(tests, begin, end);
}
