#include "web/standing_asked.h"

#include "unit.h"
#include "web/standing_sent.h"

static const char documents[] =
    "vocabulary dance 1 {\n"
    "  record lesson { field style of waltz, tango; field teacher id; field size integer }\n"
    "  record show { field prize of yes, no }\n"
    "  record injury { field grave of yes, no }\n"
    "  record rehearsal { field style of waltz, tango }\n"
    "  programmes school, academy\n"
    "  statements oath, pledge\n"
    "  anchors join\n"
    "  credentials dancer, teacher\n"
    "  bodies board\n"
    "}\n"
    "criteria soloist edition 1 {\n"
    "  vocabulary dance 1\n"
    "  cycle 24 months from join\n"
    "  require practice {\n"
    "    all {\n"
    "      count lesson >= 10 { style waltz; programme school accredited }\n"
    "      sum hours lesson >= 50 h { weigh 50% style tango }\n"
    "    }\n"
    "    exempt dancers \"Dancers\" when { holds dancer }\n"
    "    refer to board when { count show >= 1 { prize yes } }\n"
    "  }\n"
    "  require age { age >= 18 years }\n"
    "  require promise { declared oath }\n"
    "  bar injured \"Injured\" { count injury >= 1 { grave yes } } effect refer\n"
    "}\n";

struct fixture {
    struct arena arena;
    struct source source;
    struct library *library;
    struct asked asked;
};

static int begin(void **state)
{
    static struct fixture fixture;
    struct fixture *f = &fixture;
    struct diags diags;
    struct buf out;

    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&diags, &f->arena);
    f->source = (struct source){ STR("dance"), str_from_c(documents) };
    f->library = library_new(&f->arena);
    library_add(f->library, &f->source, &diags);
    if (failed(library_finish(f->library, &diags))) {
        buf_init(&out, 100000);
        diags_print(&diags, &out, false);
        print_error("%.*s", STR_ARG(buf_str(&out)));
        buf_release(&out);
        return -1;
    }
    asked_of_library(&f->arena, f->library, library_vocabulary_at(f->library, 0), &f->asked);
    *state = f;
    return 0;
}

static int end(void **state)
{
    struct fixture *f = *state;

    arena_release(&f->arena);
    return 0;
}

static bool asks(const struct asked *asked, const char *kind, const char *field)
{
    const struct asked_kind *k = asked_kind(asked, str_from_c(kind));

    for (size_t i = 0; k && i < k->kind->field_count; i++)
        if (str_eq_c(k->kind->fields[i].name, field))
            return k->fields[i];
    return false;
}

static void kinds_and_fields_are_those_that_some_rule_looks_at(void **state)
{
    const struct asked *asked = &((struct fixture *)*state)->asked;

    assert_int_equal(asked->kind_count, 2);
    assert_true(str_eq_c(asked->kinds[0].kind->name, "lesson"));
    assert_true(str_eq_c(asked->kinds[1].kind->name, "show"));
    assert_true(asks(asked, "lesson", "style"));
    assert_true(asks(asked, "lesson", "hours"));
    assert_false(asks(asked, "lesson", "teacher"));
    assert_false(asks(asked, "lesson", "size"));
    assert_true(asks(asked, "show", "prize"));
    assert_false(asks(asked, "show", "hours"));
    assert_null(asked_kind(asked, STR("rehearsal")));
}

static void adverse_facts_are_not_asked_for(void **state)
{
    const struct asked *asked = &((struct fixture *)*state)->asked;

    assert_null(asked_kind(asked, STR("injury")));
}

static void what_else_rules_look_at_is_asked_for(void **state)
{
    const struct asked *asked = &((struct fixture *)*state)->asked;

    assert_true(asked->born);
    assert_int_equal(asked->credentials.count, 1);
    assert_true(asked_names_have(&asked->credentials, STR("dancer")));
    assert_int_equal(asked->statements.count, 1);
    assert_true(asked_names_have(&asked->statements, STR("oath")));
    assert_int_equal(asked->anchors.count, 1);
    assert_int_equal(asked_kind(asked, STR("lesson"))->types.count, 1);
    assert_true(asked_names_have(&asked_kind(asked, STR("lesson"))->types, STR("school")));
}

static void without_a_vocabulary_nothing_is_asked(void **state)
{
    struct fixture *f = *state;
    struct asked asked;

    asked_of_library(&f->arena, f->library, NULL, &asked);
    assert_int_equal(asked.kind_count, 0);
    assert_null(asked_kind(&asked, STR("lesson")));
}

static void names_of_rows_are_taken_apart(void **state)
{
    struct sent_row_name name;

    (void)state;
    assert_true(sent_row_name(STR("lesson.2.style"), &name));
    assert_false(name.planned);
    assert_true(str_eq_c(name.kind, "lesson") && str_eq_c(name.key, "style"));
    assert_int_equal(name.number, 2);
    assert_true(sent_row_name(STR("plan.lesson.100.from"), &name));
    assert_true(name.planned && str_eq_c(name.kind, "lesson") && name.number == 100);
    assert_true(sent_row_name(STR("plan.3.from"), &name));
    assert_true(!name.planned && str_eq_c(name.kind, "plan") && name.number == 3);
    assert_true(sent_row_name(STR("plan.plan.3.from"), &name));
    assert_true(name.planned && str_eq_c(name.kind, "plan"));
}

static void names_of_anything_else_are_none(void **state)
{
    static const char *const names[] = {
        "on",      "lesson",        "lesson.1",         "lesson.1.",
        ".1.from", "lesson.0.from", "lesson.x.from",    "lesson.101.from",
        "plan.",   "plan..1.from",  "held.from.dancer", "lesson.-1.from",
        ""
    };
    struct sent_row_name name;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (sent_row_name(str_from_c(names[i]), &name))
            fail_msg("'%s' was taken for the name of a row", names[i]);
}

static void a_packed_file_comes_back_and_nothing_else_does(void **state)
{
    struct fixture *f = *state;
    const struct str bytes = { "kind\0\xff\r\n", 8 };
    struct str packed = sent_pack(&f->arena, bytes);

    assert_true(str_eq(sent_unpack(&f->arena, packed, 8), bytes));
    assert_null(sent_unpack(&f->arena, packed, 7).p);
    assert_null(sent_unpack(&f->arena, str_drop(packed, 4), 8).p);
    assert_null(sent_unpack(&f->arena, STR("kind,date"), 8).p);
    assert_null(sent_unpack(&f->arena, STR(""), 8).p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_and_fields_are_those_that_some_rule_looks_at),
        cmocka_unit_test(adverse_facts_are_not_asked_for),
        cmocka_unit_test(what_else_rules_look_at_is_asked_for),
        cmocka_unit_test(without_a_vocabulary_nothing_is_asked),
        cmocka_unit_test(names_of_rows_are_taken_apart),
        cmocka_unit_test(names_of_anything_else_are_none),
        cmocka_unit_test(a_packed_file_comes_back_and_nothing_else_does),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
