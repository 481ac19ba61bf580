#include "base/block.h"

#include "base/arena.h"
#include "unit.h"

/* A sample of what such texts hold; scheme.conf and assay.conf are tested with their rooms. */

enum size { SMALL, LARGE };

struct leaf {
    struct str text;
    enum size size;
    struct leaf *inner;
};

static const char *const size_names[] = { "small", "large" };
static const struct block_choices sizes = { "one of small and large", size_names, 2 };

static bool read_inner(struct block_reader *reader, void *member);

static const struct block_row rows[] = {
    { "text", NULL, NEEDED, offsetof(struct leaf, text), block_text, NULL },
    { "of", "size", ONCE, offsetof(struct leaf, size), block_choice, &sizes },
    { "inner", NULL, OFTEN, offsetof(struct leaf, inner), read_inner, NULL },
};
static const struct block leaf_block = { "a leaf", rows, ARRAY_LEN(rows) };

static const struct block_row all_rows[] = {
    { "of", "size", ONCE, offsetof(struct leaf, size), block_choice, &sizes },
    { "inner", NULL, OFTEN, offsetof(struct leaf, inner), read_inner, NULL },
};
static const struct block all_block = { "the text", all_rows, ARRAY_LEN(all_rows) };

static bool read_inner(struct block_reader *reader, void *member)
{
    struct leaf **inner = member;

    *inner = ARENA_NEW(reader->arena, struct leaf);
    return block_read(reader, &leaf_block, reader->token.span, *inner, NULL);
}

struct fixture {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct leaf leaf;
    struct span places[ARRAY_LEN(all_rows)];
};

static void read_text(struct fixture *f, const char *text)
{
    struct block_reader reader;

    *f = (struct fixture){ .source = { STR("sample"), str_from_c(text) } };
    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&f->diags, &f->arena);
    block_begin(&reader, &f->arena, &f->source, &f->diags);
    block_read_all(&reader, &all_block, &f->leaf, f->places);
}

static void expect_faults(const char *text, const char *const *messages, size_t n)
{
    struct fixture f;

    read_text(&f, text);
    assert_int_equal(f.diags.errors, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(str_to_c(&f.arena, f.diags.list[i].message), messages[i]);
    arena_release(&f.arena);
}

#define EXPECT(text, ...)                                                                          \
    expect_faults(text, (const char *const[]){ __VA_ARGS__ },                                      \
                  ARRAY_LEN(((const char *const[]){ __VA_ARGS__ })))

static void values_go_to_their_members(void **state)
{
    struct fixture f;

    (void)state;
    read_text(&f, "# first\n\nof size large\ninner { text \"a\\\"b\"; inner { text \"c\" } }");
    assert_int_equal(f.diags.errors, 0);
    assert_int_equal(f.leaf.size, LARGE);
    assert_true(str_eq_c(f.leaf.inner->text, "a\"b"));
    assert_int_equal(f.leaf.inner->size, SMALL);
    assert_true(str_eq_c(f.leaf.inner->inner->text, "c"));
    assert_int_equal(f.places[0].line, 3);
    assert_int_equal(f.places[1].line, 4);
    arena_release(&f.arena);
}

static void statements_without_a_row_have_no_place(void **state)
{
    struct fixture f;

    (void)state;
    read_text(&f, "inner { text \"a\" }");
    assert_null(f.places[0].source);
    arena_release(&f.arena);
}

static void reading_goes_on_behind_a_fault(void **state)
{
    (void)state;
    EXPECT("of size huge\nouter { text { } }\ninner { text \"\" }\nof size small",
           "'huge' is not one of small and large", "the text has no statement 'outer'",
           "this text is empty", "'of' stands twice in the text");
    EXPECT("of colour", "'colour' does not belong here");
    EXPECT("inner { }", "a leaf needs a 'text'");
    EXPECT("inner { text \"a\"", "this block does not end");
    EXPECT("of size small }\nof size large", "'}' does not belong here",
           "'of' stands twice in the text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_go_to_their_members),
        cmocka_unit_test(statements_without_a_row_have_no_place),
        cmocka_unit_test(reading_goes_on_behind_a_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
