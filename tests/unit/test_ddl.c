#include "store/ddl.h"

#include "unit.h"

static const struct ddl_words loud = { "<id>", "<int>", "<text>", "<bytes>", "<strict>" };

static void check(const char *sql, const char *expected)
{
    struct buf out;

    buf_init(&out, 1000);
    ddl_write(str_from_c(sql), &loud, &out);
    check_str(buf_str(&out), expected);
    buf_release(&out);
}

static void words_are_replaced(void **state)
{
    (void)state;
    check("CREATE TABLE a (id ID, b INT64, c TEXT, d BYTES) STRICT;",
          "CREATE TABLE a (id <id>, b <int>, c <text>, d <bytes>) <strict>;");
    check("TEXT", "<text>");
    check("", "");
}

static void parts_of_words_are_left_alone(void **state)
{
    (void)state;
    check("TEXTS AID INT64_t text _BYTES 1ID", "TEXTS AID INT64_t text _BYTES 1ID");
}

static void texts_names_and_comments_are_left_alone(void **state)
{
    (void)state;
    check("CHECK (a IN ('ID', 'it''s TEXT')) TEXT", "CHECK (a IN ('ID', 'it''s TEXT')) <text>");
    check("\"TEXT\" ID", "\"TEXT\" <id>");
    check("-- ID and 'TEXT\nID", "-- ID and 'TEXT\n<id>");
    check("1 - -ID", "1 - -<id>");
}

static void what_does_not_end_is_written_as_it_stands(void **state)
{
    (void)state;
    check("'TEXT", "'TEXT");
    check("--ID", "--ID");
    check("'", "'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_replaced),
        cmocka_unit_test(parts_of_words_are_left_alone),
        cmocka_unit_test(texts_names_and_comments_are_left_alone),
        cmocka_unit_test(what_does_not_end_is_written_as_it_stands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
