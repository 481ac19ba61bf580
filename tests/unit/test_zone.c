#include "base/zone.h"

#include "base/arena.h"
#include "unit.h"

static void names_are_letters_in_parts(void **state)
{
    (void)state;
    assert_true(zone_is_name(STR("UTC")));
    assert_true(zone_is_name(STR("Europe/Amsterdam")));
    assert_true(zone_is_name(STR("America/Argentina/Buenos_Aires")));
    assert_true(zone_is_name(STR("Etc/GMT+5")));
    assert_false(zone_is_name(STR("")));
    assert_false(zone_is_name(STR("/etc/passwd")));
    assert_false(zone_is_name(STR("../Europe")));
    assert_false(zone_is_name(STR("Europe/")));
    assert_false(zone_is_name(STR("Europe//Amsterdam")));
    assert_false(zone_is_name(STR("Europe/Amster dam")));
}

static void zones_of_this_machine_exist(void **state)
{
    (void)state;
    assert_true(zone_exists(STR("UTC")));
    assert_true(zone_exists(STR("Europe/Amsterdam")));
    assert_false(zone_exists(STR("Europe/Amsterdm")));
    assert_false(zone_exists(STR("Europe"))); /* a folder */
    assert_false(zone_exists(STR("zone.tab")));
}

static void a_near_zone_is_found(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_true(str_eq_c(zone_nearest(&arena, STR("Europe/Amsterdm")), "Europe/Amsterdam"));
    assert_null(zone_nearest(&arena, STR("Europe/Xyzzyxyzzy")).p);
    assert_null(zone_nearest(&arena, STR("Nowhere/Amsterdam")).p);
    assert_null(zone_nearest(&arena, STR("../x")).p);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_letters_in_parts),
        cmocka_unit_test(zones_of_this_machine_exist),
        cmocka_unit_test(a_near_zone_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
