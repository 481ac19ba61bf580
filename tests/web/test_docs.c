/*
 * The description of the interface is whole: every route stands in it, and what it refers to is
 * there.
 */
#include <string.h>

#include "http/router.h"
#include "site_fixture.h"
#include "json/read.h"

static struct site_fixture f;
static const struct value *document;

static struct value *read_json(struct str text)
{
    const struct json_limits limits = { .bytes = text.n, .depth = 64 };
    struct json_fault fault;
    struct value *value;

    if (failed(json_read(&f.arena, text, &limits, &fault, &value)))
        fail_msg("line %u: %s", fault.line, fault.message);
    return value;
}

static int begin(void **state)
{
    (void)state;
    fixture_begin(&f);
    document = read_json(fixture_get(&f, "/openapi.json"));
    return 0;
}

static int end(void **state)
{
    (void)state;
    fixture_end(&f);
    return 0;
}

static const struct value *get(const struct value *value, const char *key)
{
    const struct value *found = value_get(value, key);

    if (!found)
        fail_msg("there is no %s", key);
    return found;
}

static void the_document_says_what_it_is(void **state)
{
    (void)state;
    check_str(get(document, "openapi")->text, "3.1.0");
    check_str(get(get(document, "servers")->items[0], "url")->text, BASE);
    assert_true(get(get(document, "info"), "title")->text.n > 0);
}

static void every_route_is_in_the_document(void **state)
{
    (void)state;
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];
        const struct value *item = get(get(document, "paths"), route->path);
        const struct value *operation = get(item, route->method == POST ? "post" : "get");
        const struct value *good = get(get(operation, "responses"), "200");

        check_str(get(operation, "summary")->text, route->summary);
        if (route->view)
            get(get(get(good, "content"), "application/json"), "schema");
    }
}

static void every_part_and_field_is_in_the_document(void **state)
{
    (void)state;
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];
        const struct value *operation =
            get(get(get(document, "paths"), route->path), route->method == POST ? "post" : "get");
        struct buf text;

        buf_init(&text, 1000000);
        value_write_json(operation, JSON_COMPACT, &text);
        for (const struct route_field *field = route->fields; field && field->name; field++)
            check_has(buf_str(&text), str_format(&f.arena, "\"%s\"", field->name).p);
        buf_release(&text);
    }
}

static bool lists(const struct value *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_eq_c(list->items[i]->text, text))
            return true;
    return false;
}

static void what_is_accepted_is_in_the_document(void **state)
{
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];
        const struct value *content;
        const struct value *schema;

        if (!route->accepts)
            continue;
        content = get(get(get(get(get(document, "paths"), route->path), "post"), "requestBody"),
                      "content");
        assert_int_equal(content->count, 2);
        schema = get(get(get(content, "application/json"), "schema"), "$ref");
        check_str(schema->text,
                  str_format(&f.arena, "#/components/schemas/%s", route->accepts->name).p);
        schema = get(get(get(document, "components"), "schemas"), route->accepts->name);
        for (const struct shape_member *m = route->accepts->members; m->name; m++) {
            get(get(get(schema, "properties"), m->name), "description");
            assert_int_equal(lists(get(schema, "required"), m->name), !m->nullable);
        }
        assert_null(value_get(schema, "additionalProperties"));
        count++;
    }
    assert_true(count > 0);
}

/* What "#/a/b" names within the document. */
static void check_reference(struct str reference)
{
    const struct value *value = document;
    struct str name;

    reference = str_split(reference, '/', &name);
    check_str(name, "#");
    while (reference.p) {
        reference = str_split(reference, '/', &name);
        value = get(value, str_to_c(&f.arena, name));
    }
}

static size_t check_references(const struct value *value)
{
    size_t count = 0;

    if (value->kind == VALUE_ARRAY)
        for (size_t i = 0; i < value->count; i++)
            count += check_references(value->items[i]);
    if (value->kind != VALUE_OBJECT)
        return count;
    for (size_t i = 0; i < value->count; i++) {
        if (str_eq_c(value->members[i].key, "$ref")) {
            check_reference(value->members[i].value->text);
            count++;
        } else {
            count += check_references(value->members[i].value);
        }
    }
    return count;
}

static void every_reference_leads_to_a_schema(void **state)
{
    (void)state;
    assert_true(check_references(document) > site_routes.count);
}

/* ---- /docs ---- */

static void every_route_and_shape_is_on_the_page(void **state)
{
    const struct value *view = read_json(str_copy(&f.arena, fixture_get(&f, "/docs.json")));
    struct str page = str_copy(&f.arena, fixture_get(&f, "/docs"));
    const struct value *schemas = get(get(document, "components"), "schemas");
    const struct value *shapes = get(view, "shapes");

    (void)state;
    assert_int_equal(get(view, "routes")->count, site_routes.count);
    assert_int_equal(shapes->count, schemas->count);
    for (size_t i = 0; i < site_routes.count; i++)
        check_has(page, site_routes.at[i].path);
    for (size_t i = 0; i < shapes->count; i++) {
        struct str name = get(shapes->items[i], "name")->text;

        get(schemas, str_to_c(&f.arena, name));
        check_has(page, str_format(&f.arena, "id=\"%.*s\"", STR_ARG(name)).p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_says_what_it_is),
        cmocka_unit_test(every_route_is_in_the_document),
        cmocka_unit_test(every_part_and_field_is_in_the_document),
        cmocka_unit_test(what_is_accepted_is_in_the_document),
        cmocka_unit_test(every_reference_leads_to_a_schema),
        cmocka_unit_test(every_route_and_shape_is_on_the_page),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
