#include "store/statements.h"

#include "unit.h"

static struct statement *put(struct statements *statements, const char *sql, uint64_t kinds)
{
    struct statement *place = statements_victim(statements);

    statements_forget(place);
    statements_take(statements, place, sql, kinds);
    return place;
}

static void a_statement_is_found_by_text_and_kinds(void **state)
{
    struct statements statements;
    struct statement *one;
    struct statement *other;
    char copy[] = "SELECT 1";

    (void)state;
    statements_init(&statements, 4);
    assert_null(statements_find(&statements, "SELECT 1", 0));
    one = put(&statements, "SELECT 1", 0);
    other = put(&statements, "SELECT 1", 7);
    assert_ptr_not_equal(one, other);
    assert_ptr_equal(statements_find(&statements, copy, 0), one);
    assert_ptr_equal(statements_find(&statements, copy, 7), other);
    assert_null(statements_find(&statements, "SELECT 2", 0));
    statements_release(&statements);
}

static void the_one_used_longest_ago_makes_room(void **state)
{
    struct statements statements;

    (void)state;
    statements_init(&statements, 2);
    put(&statements, "a", 0);
    put(&statements, "b", 0);
    assert_non_null(statements_find(&statements, "a", 0));
    put(&statements, "c", 0);
    assert_non_null(statements_find(&statements, "a", 0));
    assert_null(statements_find(&statements, "b", 0));
    assert_non_null(statements_find(&statements, "c", 0));
    statements_release(&statements);
}

static void a_busy_one_stays(void **state)
{
    struct statements statements;

    (void)state;
    statements_init(&statements, 2);
    put(&statements, "a", 0)->busy = true;
    put(&statements, "b", 0);
    put(&statements, "c", 0)->busy = true;
    assert_non_null(statements_find(&statements, "a", 0));
    assert_null(statements_find(&statements, "b", 0));
    assert_null(statements_victim(&statements));
    statements_release(&statements);
}

static void a_forgotten_one_is_not_found_and_goes_first(void **state)
{
    struct statements statements;
    struct statement *b;

    (void)state;
    statements_init(&statements, 3);
    put(&statements, "a", 0);
    b = put(&statements, "b", 0);
    put(&statements, "c", 0);
    statements_forget(b);
    assert_null(statements_find(&statements, "b", 0));
    assert_ptr_equal(statements_victim(&statements), b);
    statements_release(&statements);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_is_found_by_text_and_kinds),
        cmocka_unit_test(the_one_used_longest_ago_makes_room),
        cmocka_unit_test(a_busy_one_stays),
        cmocka_unit_test(a_forgotten_one_is_not_found_and_goes_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
