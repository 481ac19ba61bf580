#include "http/day_cache.h"

#include "http/prepared.h"
#include "unit.h"

#define TODAY 20000

static void hold(void *page)
{
    (void)prepared_hold(page);
}

static void release(void *page)
{
    prepared_release(page);
}

static struct day_cache *cache_of(size_t count, size_t bytes)
{
    const struct day_cache_settings settings = { count, bytes, hold, release };

    return day_cache_new(&settings);
}

static struct prepared *page(const char *text)
{
    return prepared_new(STR("text/plain"), STR("tag"), str_from_c(text), STR_NONE);
}

static void put(struct day_cache *cache, const char *path, bool json, day today, const char *text)
{
    const struct day_key key = { str_from_c(path), json, today };
    struct prepared *prepared = page(text);

    day_cache_add(cache, &key, prepared, prepared_bytes(prepared));
    prepared_release(prepared);
}

/* The text that is kept; NULL: none is. */
static void keeps(struct day_cache *cache, const char *path, bool json, day today, const char *text)
{
    const struct day_key key = { str_from_c(path), json, today };
    struct prepared *found = day_cache_find(cache, &key);

    if (text)
        check_str(prepared_body(found, ENCODING_IDENTITY), text);
    else
        assert_null(found);
    prepared_release(found);
}

static void pages_are_found_by_path_and_form(void **state)
{
    struct day_cache *cache = cache_of(10, 10000);

    (void)state;
    keeps(cache, "/a", false, TODAY, NULL);
    put(cache, "/a", false, TODAY, "page");
    put(cache, "/a", true, TODAY, "json");
    keeps(cache, "/a", false, TODAY, "page");
    keeps(cache, "/a", true, TODAY, "json");
    keeps(cache, "/b", false, TODAY, NULL);
    day_cache_free(cache);
}

static void what_is_there_stays(void **state)
{
    struct day_cache *cache = cache_of(10, 10000);

    (void)state;
    put(cache, "/a", false, TODAY, "first");
    put(cache, "/a", false, TODAY, "second");
    keeps(cache, "/a", false, TODAY, "first");
    day_cache_free(cache);
}

static void another_day_throws_all_away(void **state)
{
    struct day_cache *cache = cache_of(10, 10000);

    (void)state;
    put(cache, "/a", false, TODAY, "old");
    put(cache, "/b", false, TODAY, "old");
    keeps(cache, "/a", false, TODAY + 1, NULL);
    put(cache, "/a", false, TODAY + 1, "new");
    keeps(cache, "/a", false, TODAY + 1, "new");
    keeps(cache, "/b", false, TODAY + 1, NULL);
    keeps(cache, "/a", false, TODAY, NULL);
    day_cache_free(cache);
}

static void a_page_of_yesterday_comes_too_late(void **state)
{
    struct day_cache *cache = cache_of(10, 10000);

    (void)state;
    put(cache, "/a", false, TODAY + 1, "new");
    put(cache, "/b", false, TODAY, "old");
    keeps(cache, "/b", false, TODAY, NULL);
    keeps(cache, "/b", false, TODAY + 1, NULL);
    keeps(cache, "/a", false, TODAY + 1, "new");
    day_cache_free(cache);
}

static void pages_are_bounded_in_number(void **state)
{
    struct day_cache *cache = cache_of(2, 10000);

    (void)state;
    put(cache, "/a", false, TODAY, "a");
    put(cache, "/b", false, TODAY, "b");
    put(cache, "/c", false, TODAY, "c");
    keeps(cache, "/b", false, TODAY, "b");
    keeps(cache, "/c", false, TODAY, NULL);
    day_cache_free(cache);
}

static void pages_are_bounded_in_bytes(void **state)
{
    struct day_cache *cache = cache_of(10, 10);

    (void)state;
    put(cache, "/a", false, TODAY, "12345678");
    put(cache, "/b", false, TODAY, "123");
    put(cache, "/c", false, TODAY, "12");
    keeps(cache, "/b", false, TODAY, NULL);
    keeps(cache, "/c", false, TODAY, "12");
    put(cache, "/b", false, TODAY + 1, "123");
    keeps(cache, "/b", false, TODAY + 1, "123");
    day_cache_free(cache);
}

static void a_page_outlives_the_cache_for_those_who_hold_it(void **state)
{
    struct day_cache *cache = cache_of(10, 10000);
    const struct day_key key = { STR("/a"), false, TODAY };
    struct prepared *found;

    (void)state;
    put(cache, "/a", false, TODAY, "held");
    found = day_cache_find(cache, &key);
    day_cache_free(cache);
    check_str(prepared_body(found, ENCODING_IDENTITY), "held");
    prepared_release(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_found_by_path_and_form),
        cmocka_unit_test(what_is_there_stays),
        cmocka_unit_test(another_day_throws_all_away),
        cmocka_unit_test(a_page_of_yesterday_comes_too_late),
        cmocka_unit_test(pages_are_bounded_in_number),
        cmocka_unit_test(pages_are_bounded_in_bytes),
        cmocka_unit_test(a_page_outlives_the_cache_for_those_who_hold_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
