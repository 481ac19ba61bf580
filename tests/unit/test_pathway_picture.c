#include "web/pathway_picture.h"

#include "unit.h"

/* A pathway of stages with the same card, and a picture of it. */
struct drawn {
    struct arena arena;
    struct scheme scheme;
    const struct value *picture;
};

static struct word word_of(const char *text)
{
    return (struct word){ .text = str_from_c(text) };
}

static struct scheme_stage *add_stage(struct drawn *d, const char *id, const char *title,
                                      const char *text)
{
    struct scheme_stages *stages = &d->scheme.pathway.stages;
    struct scheme_stage *stage = ARENA_PUSH(&d->arena, stages->at, stages->count, stages->room);

    stage->id = word_of(id);
    stage->title = str_from_c(title);
    stage->text = str_from_c(text);
    return stage;
}

static struct scheme_card *add_card(struct drawn *d, struct scheme_cards *cards, const char *name)
{
    struct scheme_card *card = ARENA_PUSH(&d->arena, cards->at, cards->count, cards->room);

    card->certification = word_of(name);
    card->title = str_from_c(name);
    card->text = STR("Has done it.");
    return card;
}

static void add_word(struct drawn *d, struct word_list *words, const char *text)
{
    *ARENA_PUSH(&d->arena, words->at, words->count, words->room) = word_of(text);
}

static void begin(struct drawn *d)
{
    *d = (struct drawn){ .scheme = { .title = STR_NONE } };
    arena_init(&d->arena, ARENA_UNLIMITED);
    d->scheme.library = library_new(&d->arena);
    d->scheme.pathway.title = STR("Way");
}

static void draw(struct drawn *d)
{
    const struct scheme_view v = { &d->arena, &d->scheme, 0 };
    struct buf differences;

    d->picture = pathway_picture(&v);
    buf_init(&differences, 10000);
    if (d->picture && !shape_holds(&picture_shape, d->picture, &differences))
        fail_msg("%.*s", STR_ARG(buf_str(&differences)));
    buf_release(&differences);
}

static void end(struct drawn *d)
{
    arena_release(&d->arena);
}

static int64_t number(const struct value *object, const char *key)
{
    return value_get(object, key)->integer;
}

static const struct value *item(const struct value *object, const char *key, size_t n)
{
    const struct value *list = value_get(object, key);

    assert_in_range(n, 0, list->count - 1);
    return list->items[n];
}

static void line_says(const struct value *box, const char *lines, size_t n, const char *text)
{
    check_str(value_get(item(box, lines, n), "text")->text, text);
}

/* The box lies within the picture, and its lines within it. */
static void check_box(const struct drawn *d, const struct value *box)
{
    static const char *const keys[] = { "title_lines", "text_lines" };
    int64_t top = number(box, "y");
    int64_t bottom = top + number(box, "height");

    assert_true(number(box, "x") >= 0 && top >= 0);
    assert_true(number(box, "x") + number(box, "width") <= number(d->picture, "width"));
    assert_true(bottom <= number(d->picture, "height"));
    for (size_t k = 0; k < ARRAY_LEN(keys); k++)
        for (size_t i = 0; i < value_get(box, keys[k])->count; i++) {
            int64_t y = number(item(box, keys[k], i), "y");

            assert_true(y > top && y < bottom);
        }
}

static void stages_stand_side_by_side(void **state)
{
    struct drawn d;

    (void)state;
    begin(&d);
    add_word(&d, &add_stage(&d, "one", "One", "First.")->next, "two");
    add_stage(&d, "two", "Two", "Second.");
    add_card(&d, &d.scheme.pathway.stages.at[1].cards, "done");
    draw(&d);
    const struct value *one = item(d.picture, "stages", 0);
    const struct value *two = item(d.picture, "stages", 1);
    const struct value *card = item(two, "cards", 0);
    check_box(&d, one);
    check_box(&d, two);
    check_box(&d, card);
    assert_true(number(one, "x") + number(one, "width") < number(two, "x"));
    assert_true(number(two, "y") + number(two, "height") < number(card, "y"));
    assert_int_equal(number(card, "x"), number(two, "x"));
    check_str(value_get(item(d.picture, "arrows", 0), "line")->text, "M454 24H497");
    check_str(value_get(item(d.picture, "arrows", 0), "head")->text, "M506 24l-9 -5v10z");
    end(&d);
}

static void an_arrow_over_a_stage_goes_above_it(void **state)
{
    struct drawn d;

    (void)state;
    begin(&d);
    add_word(&d, &add_stage(&d, "one", "One", "First.")->next, "two");
    add_word(&d, &add_stage(&d, "two", "Two", "Second.")->next, "three");
    add_word(&d, &d.scheme.pathway.stages.at[0].next, "three");
    add_stage(&d, "three", "Three", "Third.");
    draw(&d);
    assert_int_equal(value_get(d.picture, "arrows")->count, 3);
    assert_true(number(item(d.picture, "stages", 0), "y") > 30);
    check_str(value_get(item(d.picture, "arrows", 1), "line")->text, "M215 36V6H745V27");
    end(&d);
}

static void specialisations_span_their_stages(void **state)
{
    struct scheme_card *card;
    struct drawn d;

    (void)state;
    begin(&d);
    add_stage(&d, "one", "One", "First.");
    add_stage(&d, "two", "Two", "Second.");
    add_stage(&d, "three", "Three", "Third.");
    card = add_card(&d, &d.scheme.pathway.specialisations, "special");
    add_word(&d, &card->from, "three");
    add_word(&d, &card->from, "two");
    draw(&d);
    const struct value *two = item(d.picture, "stages", 1);
    const struct value *three = item(d.picture, "stages", 2);
    const struct value *special = item(d.picture, "specialisations", 0);
    check_box(&d, special);
    assert_int_equal(number(special, "x"), number(two, "x"));
    assert_int_equal(number(special, "x") + number(special, "width"),
                     number(three, "x") + number(three, "width"));
    assert_true(number(special, "y") > number(two, "y") + number(two, "height"));
    assert_int_equal(value_get(d.picture, "threads")->count, 2);
    end(&d);
}

static void texts_are_broken_between_words(void **state)
{
    struct drawn d;

    (void)state;
    begin(&d);
    for (int i = 0; i < 6; i++)
        add_stage(&d, "one", "A title that is long",
                  "Words that do not fit on a line, "
                  "Donaudampfschifffahrtsgesellschaftskapitaenswitwe.");
    draw(&d);
    const struct value *one = item(d.picture, "stages", 0);
    check_box(&d, one);
    assert_int_equal(number(one, "width"), 200);
    assert_true(number(d.picture, "width") > 960);
    line_says(one, "title_lines", 0, "A title that is");
    line_says(one, "title_lines", 1, "long");
    line_says(one, "text_lines", 0, "Words that do not fit");
    line_says(one, "text_lines", 1, "on a line,");
    line_says(one, "text_lines", 2, "Donaudampfschifffahrtsg");
    line_says(one, "text_lines", 3, "esellschaftskapitaenswi");
    line_says(one, "text_lines", 4, "twe.");
    end(&d);
}

static void wide_letters_take_the_room_of_two(void **state)
{
    struct drawn d;

    (void)state;
    begin(&d);
    for (int i = 0; i < 6; i++)
        add_stage(&d, "one", "One", "調停人の国際基準について書かれた文章");
    draw(&d);
    line_says(item(d.picture, "stages", 0), "text_lines", 0, "調停人の国際基準につい");
    line_says(item(d.picture, "stages", 0), "text_lines", 1, "て書かれた文章");
    end(&d);
}

static void without_stages_there_is_no_picture(void **state)
{
    struct drawn d;

    (void)state;
    begin(&d);
    draw(&d);
    assert_null(d.picture);
    end(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_stand_side_by_side),
        cmocka_unit_test(an_arrow_over_a_stage_goes_above_it),
        cmocka_unit_test(specialisations_span_their_stages),
        cmocka_unit_test(texts_are_broken_between_words),
        cmocka_unit_test(wide_letters_take_the_room_of_two),
        cmocka_unit_test(without_stages_there_is_no_picture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
