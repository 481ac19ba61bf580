#include "web/trouble.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

struct fixture {
    struct config config;
    struct trouble trouble;
    FILE *err;
    char *text;
    size_t size;
};

static void begin(struct fixture *f)
{
    config_init(&f->config);
    f->config.data = "data";
    f->err = open_memstream(&f->text, &f->size);
    assert_non_null(f->err);
    trouble_init(&f->trouble, f->err, &f->config);
}

static void end(struct fixture *f)
{
    trouble_release(&f->trouble);
    fclose(f->err);
    free(f->text);
}

static size_t lines(const struct fixture *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->size; i++)
        n += f->text[i] == '\n';
    return n;
}

static void what_the_engine_said_is_told_with_what_to_do(void **state)
{
    const struct store_fault fault = { .message = "no space left" };
    struct fixture f;

    (void)state;
    begin(&f);
    trouble_tell(&f.trouble, &STORE_FULL, &fault);
    assert_string_equal(f.text, "assay serve: the database 'data/assay.db': the disk of the "
                                "database is full; nothing was changed (no space left); make room "
                                "on that disk\n");
    end(&f);
}

static void the_same_is_told_once_in_a_while(void **state)
{
    const struct store_fault fault = { .message = "" };
    struct fixture f;

    (void)state;
    begin(&f);
    for (int i = 0; i < 100; i++)
        trouble_tell(&f.trouble, &STORE_GONE, &fault);
    assert_int_equal(lines(&f), 1);
    trouble_tell(&f.trouble, &STORE_FULL, &fault);
    assert_int_equal(lines(&f), 2);
    trouble_tell(&f.trouble, &STORE_GONE, &fault);
    assert_int_equal(lines(&f), 3);
    f.trouble.told_at -= 60000;
    trouble_tell(&f.trouble, &STORE_GONE, &fault);
    assert_int_equal(lines(&f), 4);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_engine_said_is_told_with_what_to_do),
        cmocka_unit_test(the_same_is_told_once_in_a_while),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
