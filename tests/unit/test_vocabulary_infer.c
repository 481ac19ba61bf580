#include "refusals.h"

static const struct frame file = { "", "", true };

static const struct refusal refusals[] = {
    { "refuses no vocabulary", &file,
      "criteria x edition 1 {\n"
      "require r {\n"
      "count a >= 1 {\n"
      "role lead, co\n"
      "role co\n"
      "points >= 3\n"
      "}\n"
      "}\n"
      "}\n",
      "warning 1:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 3:7: 'a' is taken for a kind of record: no vocabulary says what it is\n"
      "warning 4:1: 'role' is taken for a field: no vocabulary says what it is\n"
      "warning 6:1: 'points' is taken for a field: no vocabulary says what it is" },
    { "refuses a vocabulary that is not loaded", &file,
      "criteria x edition 1 {\n"
      "vocabulary w 2\n"
      "require r {\n"
      "holds card\n"
      "holds card\n"
      "holds x\n"
      "age >= 1 years\n"
      "}\n"
      "}\n",
      "warning 2:12: the vocabulary w 2 is not loaded / load it, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 4:7: 'card' is taken for a credential: no vocabulary and no document says what it "
      "is" },
    { "refuses an order that cannot be inferred", &file,
      "criteria x edition 1 {\n"
      "require r {\n"
      "count a >= 1 {\n"
      "level >= master\n"
      "}\n"
      "}\n"
      "}\n",
      "warning 1:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 3:7: 'a' is taken for a kind of record: no vocabulary says what it is\n"
      "warning 4:1: 'level' is taken for a field: no vocabulary says what it is\n"
      "4:1: the levels of 'level' have an order, which cannot be inferred / name a vocabulary that "
      "lists the levels, the lowest first" },
    { "refuses uses that do not agree", &file,
      "criteria x edition 1 {\n"
      "require r {\n"
      "count a >= 1 {\n"
      "level >= 3\n"
      "level high\n"
      "}\n"
      "}\n"
      "}\n",
      "warning 1:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 3:7: 'a' is taken for a kind of record: no vocabulary says what it is\n"
      "warning 4:1: 'level' is taken for a field: no vocabulary says what it is\n"
      "5:1: 'level' is a measure and has no values / compare it by '>='" },
    { "refuses names of every sort", &file,
      "criteria x edition 1 {\n"
      "owner board\n"
      "cycle 2 years from join\n"
      "require r {\n"
      "count a >= 1 { programme qap accredited }\n"
      "declared code\n"
      "sum length a >= 3 h\n"
      "count distinct client of a >= 3\n"
      "judged \"Q?\" by qap\n"
      "discretion rap { waive for health }\n"
      "}\n"
      "}\n",
      "warning 1:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 2:7: 'board' is taken for a body: no vocabulary says what it is\n"
      "warning 3:20: 'join' is taken for an anchor: no vocabulary says what it is\n"
      "warning 5:7: 'a' is taken for a kind of record: no vocabulary says what it is\n"
      "warning 5:26: 'qap' is taken for a type of programme: no vocabulary says what it is\n"
      "warning 6:10: 'code' is taken for a statement: no vocabulary says what it is\n"
      "warning 7:5: 'length' is taken for a field: no vocabulary says what it is\n"
      "warning 8:16: 'client' is taken for a field: no vocabulary says what it is\n"
      "warning 10:12: 'rap' is taken for a body: no vocabulary says what it is\n"
      "warning 10:28: 'health' is taken for a reason: no vocabulary says what it is" },
};

static const struct vocabulary *inferred(struct arena *arena, const char *items)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct parsed_file parsed;
    struct diags diags;

    *source = (struct source){ STR("test.criteria"),
                               str_format(arena, "criteria x edition 1 {\n%s\n}\n", items) };
    diags_init(&diags, arena);
    criteria_parse(arena, source, &diags, &parsed);
    assert_int_equal(diags.errors, 0);
    return vocabulary_infer(arena, &parsed.at[0].document, NULL);
}

static void fields_have_the_type_of_their_use(void **state)
{
    struct arena arena;
    const struct vocabulary *v;
    const struct kind *a;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    v = inferred(&arena, "term t is a { role lead, co }\n"
                         "term u is t { prep >= 30 min }\n"
                         "require r {\n"
                         "count distinct client of u >= 2 { role not observer, co }\n"
                         "count distinct role of u >= 2\n"
                         "sum points a >= 3 { at most 2 each course; weigh 50% grade low }\n"
                         "sum length a >= 3 h\n"
                         "sum hours a >= 3 h { days >= 2 }\n"
                         "}\n");
    assert_true(v->inferred);
    assert_int_equal(v->kind_count, 1);
    a = vocabulary_kind(v, STR("a"));
    assert_non_null(a);
    assert_int_equal(a->field_count, FIELD_FIRST_OWN + 7);
    assert_int_equal(kind_field(a, STR("role"))->type, FIELD_OF);
    assert_int_equal(kind_field(a, STR("role"))->values.count, 3);
    check_str(kind_field(a, STR("role"))->values.at[0], "lead");
    check_str(kind_field(a, STR("role"))->values.at[2], "observer");
    assert_int_equal(kind_field(a, STR("prep"))->type, FIELD_MINUTES);
    assert_int_equal(kind_field(a, STR("client"))->type, FIELD_ID);
    assert_int_equal(kind_field(a, STR("points"))->type, FIELD_INTEGER);
    assert_int_equal(kind_field(a, STR("course"))->type, FIELD_ID);
    assert_int_equal(kind_field(a, STR("grade"))->type, FIELD_OF);
    assert_int_equal(kind_field(a, STR("length"))->type, FIELD_MINUTES);
    arena_release(&arena);
}

static void names_are_found_wherever_they_stand(void **state)
{
    struct arena arena;
    const struct vocabulary *v;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    v = inferred(&arena, "vocabulary w 3; owner own; cycle 1 year from join\n"
                         "require r {\n"
                         "any { judged \"Q?\" by inner; declared code }\n"
                         "exempt e \"E\" when { judged \"Q?\" by when } "
                         "instead { judged \"Q?\" by in-place }\n"
                         "refer to referee when { count k >= 1 { programme qap accredited } }\n"
                         "discretion qap { waive for health; floor { holds card } }\n"
                         "}\n"
                         "bar b \"B\" { holds c } effect refuse\n"
                         "transition from 1 { accept old for l { after first m } "
                         "started before 2020-01-01 until 1 year after that start }\n");
    check_str(v->name, "w");
    assert_int_equal(v->edition.part[0], 3);
    assert_int_equal(v->bodies.count, 5);
    assert_true(vocabulary_lists(v->bodies, STR("own")));
    assert_true(vocabulary_lists(v->bodies, STR("inner")));
    assert_true(vocabulary_lists(v->bodies, STR("when")));
    assert_true(vocabulary_lists(v->bodies, STR("in-place")));
    assert_true(vocabulary_lists(v->bodies, STR("referee")));
    assert_int_equal(v->programmes.count, 1);
    assert_true(vocabulary_lists(v->programmes, STR("qap")));
    assert_true(vocabulary_lists(v->statements, STR("code")));
    assert_true(vocabulary_lists(v->anchors, STR("join")));
    assert_true(vocabulary_lists(v->reasons, STR("health")));
    assert_int_equal(v->credentials.count, 2);
    assert_int_equal(v->kind_count, 3);
    assert_non_null(vocabulary_kind(v, STR("k")));
    assert_non_null(vocabulary_kind(v, STR("l")));
    assert_non_null(vocabulary_kind(v, STR("m")));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_have_the_type_of_their_use),
        cmocka_unit_test(names_are_found_wherever_they_stand),
    };

    return run_refusals("vocabulary_infer", tests, ARRAY_LEN(tests), refusals, ARRAY_LEN(refusals));
}
