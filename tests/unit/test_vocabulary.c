#include "refusals.h"

static const struct frame entry = { "vocabulary v 1 {\n"
                                    "record a { field role of lead }\n",
                                    "\n"
                                    "}\n",
                                    true };

static const struct refusal refusals[] = {
    { "refuses a kind given twice", &entry, "record a { field mode of x }",
      "3:8: the kind 'a' is given twice / another one stands on line 2" },
    { "refuses a field given twice", &entry,
      "record b {\n"
      "field mode of x\n"
      "field mode id\n"
      "}",
      "5:7: the field 'mode' is given twice / another one stands on line 4" },
    { "refuses a value given twice", &entry, "record b { field mode of x, y, x }",
      "3:32: the value 'x' is given twice / another one stands on line 3" },
    { "refuses levels given twice", &entry,
      "levels l x, y\n"
      "levels l z, w",
      "4:8: the name of levels 'l' is given twice / another one stands on line 3" },
    { "refuses a level given twice", &entry, "levels l x, y, x",
      "3:16: the level 'x' is given twice / another one stands on line 3" },
    { "refuses unknown levels", &entry,
      "levels degree none, master\n"
      "record b { field mode ordered degre }",
      "4:31: no levels are named 'degre' / expected the name of 'levels' of this vocabulary; did "
      "you mean 'degree'?" },
    { "refuses an effort of nothing", &entry, "effort feedbac 3",
      "3:8: 'feedbac' is no kind and no unit of effort / expected a kind or a unit" },
    { "refuses an effort given twice", &entry,
      "effort a 3\n"
      "effort a 4",
      "4:8: the effort of 'a' is given twice / another one stands on line 3" },
    { "refuses a body given twice", &entry,
      "bodies p, q\n"
      "bodies q",
      "4:8: the body or type of programme 'q' is given twice / another one stands on line 3" },
    { "refuses a body that is a type of programme", &entry,
      "bodies p\n"
      "programmes p",
      "4:12: the body or type of programme 'p' is given twice / another one stands on line 3" },
    { "refuses a vocabulary term of an unknown kind", &entry, "term t is c { role lead }",
      "3:11: no kind or term is named 'c' / expected a kind or a term; did you mean 'a'?" },
    { "refuses a vocabulary term of an unknown field", &entry, "term t is a { mode x }",
      "3:15: no field of a is named 'mode' / expected a field of a; did you mean 'role'?" },
    { "refuses a vocabulary term below", &entry,
      "term t is u { role lead }\n"
      "term u is a { role lead }",
      "3:11: a term uses only terms above it, and 'u' is none / move it down, or that term up" },
    { "refuses a vocabulary term given twice", &entry,
      "term t is a { role lead }\n"
      "term t is a { role lead }",
      "4:6: the name 't' is taken by another term / give the term another name" },
    { "refuses a vocabulary term named as a kind", &entry, "term a is a { role lead }",
      "3:6: the name 'a' is taken by a kind / give the term another name" },
    { "refuses more than 60 fields", &entry,
      "record b {\n"
      "field f0 id\n"
      "field f1 id\n"
      "field f2 id\n"
      "field f3 id\n"
      "field f4 id\n"
      "field f5 id\n"
      "field f6 id\n"
      "field f7 id\n"
      "field f8 id\n"
      "field f9 id\n"
      "field f10 id\n"
      "field f11 id\n"
      "field f12 id\n"
      "field f13 id\n"
      "field f14 id\n"
      "field f15 id\n"
      "field f16 id\n"
      "field f17 id\n"
      "field f18 id\n"
      "field f19 id\n"
      "field f20 id\n"
      "field f21 id\n"
      "field f22 id\n"
      "field f23 id\n"
      "field f24 id\n"
      "field f25 id\n"
      "field f26 id\n"
      "field f27 id\n"
      "field f28 id\n"
      "field f29 id\n"
      "field f30 id\n"
      "field f31 id\n"
      "field f32 id\n"
      "field f33 id\n"
      "field f34 id\n"
      "field f35 id\n"
      "field f36 id\n"
      "field f37 id\n"
      "field f38 id\n"
      "field f39 id\n"
      "field f40 id\n"
      "field f41 id\n"
      "field f42 id\n"
      "field f43 id\n"
      "field f44 id\n"
      "field f45 id\n"
      "field f46 id\n"
      "field f47 id\n"
      "field f48 id\n"
      "field f49 id\n"
      "field f50 id\n"
      "field f51 id\n"
      "field f52 id\n"
      "field f53 id\n"
      "field f54 id\n"
      "field f55 id\n"
      "field f56 id\n"
      "field f57 id\n"
      "field f58 id\n"
      "field f59 id\n"
      "field f60 id\n"
      "}",
      "64:1: a kind has more than 60 fields / make two kinds of it" },
};

static const char vocabulary_text[] = "vocabulary v 1 {\n"
                                      "  levels degree none, bachelor, master\n"
                                      "  record a \"A\" {\n"
                                      "    field role of lead, co\n"
                                      "    field client id\n"
                                      "    field points integer\n"
                                      "    field prep minutes\n"
                                      "    field level ordered degree\n"
                                      "  }\n"
                                      "  record b { field role of lead }\n"
                                      "  programmes qap\n"
                                      "  bodies board\n"
                                      "  statements code\n"
                                      "  anchors join\n"
                                      "  reasons health\n"
                                      "  credentials card\n"
                                      "  term base is a { role lead; in cycle }\n"
                                      "}\n";

static const struct library *load(struct arena *arena, const char *text)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct library *library = library_new(arena);
    struct diags diags;
    struct result result;

    *source = (struct source){ STR("test.criteria"), str_from_c(text) };
    diags_init(&diags, arena);
    library_add(library, source, &diags);
    result = library_finish(library, &diags);
    assert_int_equal(failed(result), diags.errors > 0);
    return library;
}

static void kinds_have_their_fields_and_those_of_every_kind(void **state)
{
    struct arena arena;
    const struct vocabulary *v;
    const struct kind *kind;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    v = library_vocabulary_at(load(&arena, vocabulary_text), 0);
    assert_int_equal(v->kind_count, 2);
    assert_false(v->inferred);
    kind = vocabulary_kind(v, STR("a"));
    assert_non_null(kind);
    check_str(kind->label, "A");
    assert_int_equal(kind->field_count, FIELD_FIRST_OWN + 5);
    assert_ptr_equal(kind_field(kind, STR("matter")), &kind->fields[FIELD_MATTER]);
    assert_ptr_equal(kind_field(kind, STR("programme")), &kind->fields[FIELD_PROGRAMME]);
    assert_ptr_equal(kind_field(kind, STR("hours")), &kind->fields[FIELD_HOURS]);
    assert_ptr_equal(kind_field(kind, STR("days")), &kind->fields[FIELD_DAYS]);
    for (size_t i = 0; i < kind->field_count; i++)
        assert_int_equal(kind->fields[i].implicit, i < FIELD_FIRST_OWN);
    assert_int_equal(kind_field(kind, STR("role"))->type, FIELD_OF);
    assert_int_equal(kind_field(kind, STR("role"))->values.count, 2);
    assert_int_equal(kind_field(kind, STR("level"))->type, FIELD_ORDERED);
    check_str(kind_field(kind, STR("level"))->values.at[2], "master");
    assert_null(kind_field(kind, STR("roles")));
    assert_null(vocabulary_kind(v, STR("c")));
    assert_null(vocabulary_kind(v, STR("base")));
    arena_release(&arena);
}

static void measures_and_time(void **state)
{
    struct arena arena;
    const struct kind *a;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    a = vocabulary_kind(library_vocabulary_at(load(&arena, vocabulary_text), 0), STR("a"));
    assert_true(field_is_time(kind_field(a, STR("hours"))));
    assert_true(field_is_time(kind_field(a, STR("prep"))));
    assert_false(field_is_time(kind_field(a, STR("days"))));
    assert_false(field_is_time(kind_field(a, STR("client"))));
    assert_true(field_is_measure(kind_field(a, STR("prep"))));
    assert_true(field_is_measure(kind_field(a, STR("points"))));
    assert_true(field_is_measure(kind_field(a, STR("days"))));
    assert_false(field_is_measure(kind_field(a, STR("matter"))));
    assert_false(field_is_measure(kind_field(a, STR("level"))));
    arena_release(&arena);
}

static void lists_and_terms_are_found_by_name(void **state)
{
    struct arena arena;
    const struct vocabulary *v;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    v = library_vocabulary_at(load(&arena, "vocabulary v 1 {\n"
                                           "bodies q, a, m\nbodies b\nprogrammes p\n"
                                           "record k { }\nterm t is k { days >= 2 }\n"
                                           "}\n"),
                              0);
    assert_int_equal(v->bodies.count, 4);
    check_str(v->bodies.at[0], "a");
    check_str(v->bodies.at[3], "q");
    assert_true(vocabulary_lists(v->bodies, STR("b")));
    assert_false(vocabulary_lists(v->bodies, STR("p")));
    assert_false(vocabulary_lists(v->reasons, STR("p")));
    assert_non_null(vocabulary_term(v, STR("t")));
    check_str(vocabulary_term(v, STR("t"))->record, "k");
    assert_int_equal(vocabulary_term(v, STR("t"))->clauses->count, 1);
    assert_null(vocabulary_term(v, STR("k")));
    arena_release(&arena);
}

static int64_t effort_of(const struct vocabulary *v, const char *kind)
{
    for (size_t i = 0; i < v->efforts.kind_count; i++) {
        if (str_eq_c(v->efforts.kinds[i], kind))
            return v->efforts.kind_efforts[i];
    }
    return -1;
}

static void efforts_that_are_not_given_are_those_of_practice_1(void **state)
{
    struct arena arena;
    const struct vocabulary *v;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    v = library_vocabulary_at(
        load(&arena, "vocabulary v 1 {\n"
                     "record mediation { }; record training { }; record assessment { }\n"
                     "record feedback { }; record reference { }; record session { }\n"
                     "effort training 7; effort session 3; effort day 0\n"
                     "}\n"),
        0);
    assert_int_equal(v->efforts.kind_count, 6);
    assert_int_equal(effort_of(v, "mediation"), 10);
    assert_int_equal(effort_of(v, "training"), 7);
    assert_int_equal(effort_of(v, "assessment"), 30);
    assert_int_equal(effort_of(v, "feedback"), 2);
    assert_int_equal(effort_of(v, "reference"), 2);
    assert_int_equal(effort_of(v, "session"), 3);
    assert_int_equal(v->efforts.hour, 1);
    assert_int_equal(v->efforts.day, 0);
    assert_int_equal(v->efforts.point, 1);
    assert_int_equal(v->efforts.declaration, 1);
    assert_int_equal(v->efforts.judgement, 5);
    assert_int_equal(v->efforts.credential, 300);
    assert_int_equal(v->efforts.other, 10);
    v = library_vocabulary_at(load(&arena, "vocabulary v 1 { record k { }; effort other 4 }\n"), 0);
    assert_int_equal(v->efforts.kind_count, 0);
    assert_int_equal(v->efforts.day, 5);
    assert_int_equal(v->efforts.other, 4);
    arena_release(&arena);
}

static void the_hash_is_that_of_the_canonical_text(void **state)
{
    struct arena arena;
    struct str a, b, c;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    a = library_vocabulary_at(load(&arena, "vocabulary v 1 { bodies a }\n"), 0)->text_hash;
    b = library_vocabulary_at(load(&arena, "\nvocabulary  v 1 {\n\n   bodies   a;\n}\n"), 0)
            ->text_hash;
    c = library_vocabulary_at(load(&arena, "vocabulary v 1 { bodies b }\n"), 0)->text_hash;
    /* sha256sum of the three lines in canonical form */
    check_str(a, "bfa4c87c19880c7ec714f7739cc7986dbd2ded56321d644621bb06772a2a23cb");
    assert_true(str_eq(a, b));
    assert_false(str_eq(a, c));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_have_their_fields_and_those_of_every_kind),
        cmocka_unit_test(measures_and_time),
        cmocka_unit_test(lists_and_terms_are_found_by_name),
        cmocka_unit_test(efforts_that_are_not_given_are_those_of_practice_1),
        cmocka_unit_test(the_hash_is_that_of_the_canonical_text),
    };

    return run_refusals("vocabulary", tests, ARRAY_LEN(tests), refusals, ARRAY_LEN(refusals));
}
