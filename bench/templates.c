/*
 * bench/templates.c - a page of a table against a loop written by hand for just this page.
 *
 * Renders a page of about 26 kB, a table of people, and makes the same bytes with the buffer and
 * the escaping alone, from the same view. Progress goes to standard error; the last line on
 * standard output is JSON.
 */
#include <stdio.h>
#include <time.h>

#include "http/escape.h"
#include "http/mustache.h"

enum { PEOPLE = 120, PAGES = 2000, REPEATS = 5 };

static const char page_text[] =
    "<!doctype html>\n"
    "<html lang=\"en\">\n"
    "<title>{{heading}}</title>\n"
    "<h1>{{heading}}</h1>\n"
    "<table>\n"
    "{{#people}}\n"
    "<tr id=\"p-{{id}}\">\n"
    "  <th scope=\"row\"><a href=\"/people/{{id|part}}\">{{name}}</a></th>\n"
    "  <td>{{city}}</td>\n"
    "  <td class=\"number\">{{mediations}}</td>\n"
    "  <td>{{#in_force}}<span class=\"in-force\">in force</span>{{/in_force}}"
    "{{^in_force}}lapsed{{/in_force}}</td>\n"
    "  <td>{{#languages}}{{.}} {{/languages}}</td>\n"
    "</tr>\n"
    "{{/people}}\n"
    "</table>\n";

static const char *const cities[] = { "Lisbon", "S\303\243o Paulo", "Den Haag", "Z\303\274rich" };
static const char *const languages[] = { "en", "fr", "pt", "zh", "ar" };

static struct value *make_person(struct arena *arena, int64_t i)
{
    struct value *person = value_object(arena);
    struct value *spoken = value_array(arena);

    value_set_int(arena, person, "id", 1000 + i);
    value_set_text(arena, person, "name", str_format(arena, "Sample & Person \"%d\"", (int)i));
    value_set_text(arena, person, "city", str_from_c(cities[i % 4]));
    value_set_int(arena, person, "mediations", i * 7);
    value_set_bool(arena, person, "in_force", i % 3 != 0);
    for (int64_t j = 0; j <= i % 3; j++)
        value_push(arena, spoken, value_text(arena, str_from_c(languages[(i + j) % 5])));
    value_set(arena, person, "languages", spoken);
    return person;
}

static struct value *make_view(struct arena *arena)
{
    struct value *view = value_object(arena);
    struct value *people = value_array(arena);

    value_set_text(arena, view, "heading", STR("People of the <sample>"));
    for (int64_t i = 0; i < PEOPLE; i++)
        value_push(arena, people, make_person(arena, i));
    value_set(arena, view, "people", people);
    return view;
}

/* ---- by hand ---- */

static void person_by_hand(const struct value *person, struct buf *out)
{
    const struct value *id = value_get(person, "id");
    const struct value *spoken = value_get(person, "languages");

    buf_add(out, STR("<tr id=\"p-"));
    buf_int(out, id->integer);
    buf_add(out, STR("\">\n  <th scope=\"row\"><a href=\"/people/"));
    buf_int(out, id->integer);
    buf_add(out, STR("\">"));
    escape_html(value_get(person, "name")->text, out);
    buf_add(out, STR("</a></th>\n  <td>"));
    escape_html(value_get(person, "city")->text, out);
    buf_add(out, STR("</td>\n  <td class=\"number\">"));
    buf_int(out, value_get(person, "mediations")->integer);
    buf_add(out, STR("</td>\n  <td>"));
    if (value_get(person, "in_force")->boolean)
        buf_add(out, STR("<span class=\"in-force\">in force</span>"));
    else
        buf_add(out, STR("lapsed"));
    buf_add(out, STR("</td>\n  <td>"));
    for (size_t i = 0; i < spoken->count; i++) {
        escape_html(spoken->items[i]->text, out);
        buf_byte(out, ' ');
    }
    buf_add(out, STR("</td>\n</tr>\n"));
}

static void page_by_hand(const struct value *view, struct buf *out)
{
    struct str heading = value_get(view, "heading")->text;
    const struct value *people = value_get(view, "people");

    buf_add(out, STR("<!doctype html>\n<html lang=\"en\">\n<title>"));
    escape_html(heading, out);
    buf_add(out, STR("</title>\n<h1>"));
    escape_html(heading, out);
    buf_add(out, STR("</h1>\n<table>\n"));
    for (size_t i = 0; i < people->count; i++)
        person_by_hand(people->items[i], out);
    buf_add(out, STR("</table>\n"));
}

/* ---- measuring ---- */

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double time_templates(const struct mustache *page, const struct value *view, struct buf *out)
{
    double start = now();

    for (int i = 0; i < PAGES; i++) {
        buf_clear(out);
        if (failed(mustache_render(page, view, NULL, out)))
            BUG("the page of the benchmark cannot be rendered");
    }
    return now() - start;
}

static double time_by_hand(const struct value *view, struct buf *out)
{
    double start = now();

    for (int i = 0; i < PAGES; i++) {
        buf_clear(out);
        page_by_hand(view, out);
    }
    return now() - start;
}

static void keep_least(double *least, double seconds)
{
    if (*least == 0 || seconds < *least)
        *least = seconds;
}

static const struct mustache *compile(struct arena *arena, const struct source *source)
{
    struct mustache_set *set = mustache_set_new(arena, MUSTACHE_STRICT, NULL);
    struct diags diags;

    diags_init(&diags, arena);
    mustache_add(set, source->name, source, &diags);
    if (failed(mustache_finish(set, &diags)))
        BUG("the page of the benchmark has faults");
    return mustache_find(set, source->name);
}

int main(void)
{
    const struct source source = { STR("page"), str_from_c(page_text) };
    const struct mustache *page;
    const struct value *view;
    struct arena arena;
    struct buf ours;
    struct buf theirs;
    double templates = 0;
    double hand = 0;

    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&ours, 1000000);
    buf_init(&theirs, 1000000);
    view = make_view(&arena);
    page = compile(&arena, &source);
    for (int i = 0; i < REPEATS; i++) {
        keep_least(&hand, time_by_hand(view, &theirs));
        keep_least(&templates, time_templates(page, view, &ours));
        fprintf(stderr, "  round %d of %d\n", i + 1, REPEATS);
    }
    if (!str_eq(buf_str(&ours), buf_str(&theirs)))
        BUG("the loop by hand makes another page");
    printf("{\"page_bytes\":%zu,\"rows\":%d,\"us_per_page\":%.1f,\"us_per_page_by_hand\":%.1f,"
           "\"mb_per_second\":%.0f,\"ratio_to_loop_by_hand\":%.2f}\n",
           ours.n, PEOPLE, templates * 1e6 / PAGES, hand * 1e6 / PAGES,
           (double)ours.n * PAGES / templates / 1e6, templates / hand);
    buf_release(&ours);
    buf_release(&theirs);
    arena_release(&arena);
    return 0;
}
