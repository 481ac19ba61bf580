#include "http/assets.h"

#include "http/prepared.h"
#include "unit.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct embedded_file files[] = {
    { "fonts/serif.woff2", "font", 4, HASH, NULL, 0 },
    { "icon.ico", "icon", 4, HASH, NULL, 0 },
    { "style.css", "body{color:red;color:red;color:red}", 35, HASH, "brotli", 6 },
};

struct fixture {
    struct arena arena;
    struct assets *assets;
    struct response response;
};

static void begin(struct fixture *f)
{
    arena_init(&f->arena, ARENA_UNLIMITED);
    response_init(&f->response, &f->arena);
    f->assets = assets_new();
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        assets_add(f->assets, &files[i]);
}

static void end(struct fixture *f)
{
    response_release(&f->response);
    assets_free(f->assets);
    arena_release(&f->arena);
}

static bool answers(struct fixture *f, const char *path)
{
    const struct request request = { .method = STR("GET"), .path = str_from_c(path) };

    return assets_answer(f->assets, &request, &f->response);
}

static void an_asset_is_served_at_its_hashed_address(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    assert_true(answers(&f, "/assets/style.0123456789abcdef.css"));
    check_str(prepared_type(f.response.prepared), "text/css; charset=utf-8");
    check_str(prepared_body(f.response.prepared, ENCODING_BROTLI), "brotli");
    check_str(prepared_etag(f.response.prepared, ENCODING_IDENTITY), "\"0123456789abcdef\"");
    check_str(f.response.headers[0].value, "public, max-age=31536000, immutable");
    assert_true(answers(&f, "/assets/fonts/serif.0123456789abcdef.woff2"));
    assert_false(prepared_has(f.response.prepared, ENCODING_BROTLI));
    end(&f);
}

static void other_addresses_are_not_answered(void **state)
{
    static const char *const paths[] = { "/assets/style.css", "/assets/style.0123456789abcdee.css",
                                         "/assets/", "/style.0123456789abcdef.css", "/" };
    struct fixture f;

    (void)state;
    begin(&f);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        assert_false(answers(&f, paths[i]));
    assert_null(f.response.prepared);
    end(&f);
}

static void addresses_are_named_by_their_stems(void **state)
{
    struct fixture f;
    struct value *addresses;

    (void)state;
    begin(&f);
    addresses = value_object(&f.arena);
    assets_add_addresses(f.assets, &f.arena, addresses);
    assert_int_equal(addresses->count, 2);
    check_str(value_get(addresses, "serif")->text, "/assets/fonts/serif.0123456789abcdef.woff2");
    check_str(value_get(addresses, "style")->text, "/assets/style.0123456789abcdef.css");
    end(&f);
}

static void assets_are_found_by_their_names(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    check_str(prepared_body(assets_find(f.assets, STR("icon.ico")), ENCODING_IDENTITY), "icon");
    assert_null(assets_find(f.assets, STR("icon.svg")));
    end(&f);
}

static void types_go_with_endings(void **state)
{
    (void)state;
    check_str(asset_type(STR("a/b.svg")), "image/svg+xml");
    check_str(asset_type(STR("x.webmanifest")), "application/manifest+json");
    assert_null(asset_type(STR("x.html")).p);
    assert_null(asset_type(STR("css")).p);
}

static void stems_are_without_folders_and_ending(void **state)
{
    (void)state;
    check_str(asset_stem(STR("a.b/sans-ext.woff2")), "sans-ext");
    check_str(asset_stem(STR("a.b.css")), "a.b");
    assert_null(asset_stem(STR("icon.ico")).p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_asset_is_served_at_its_hashed_address),
        cmocka_unit_test(other_addresses_are_not_answered),
        cmocka_unit_test(addresses_are_named_by_their_stems),
        cmocka_unit_test(assets_are_found_by_their_names),
        cmocka_unit_test(types_go_with_endings),
        cmocka_unit_test(stems_are_without_folders_and_ending),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
