#include "refusals.h"

static const struct frame file = { "", "", true };

static const struct refusal refusals[] = {
    { "refuses an edition with two rules", &file,
      "criteria x edition 1 { require r { age >= 1 years } }\n"
      "criteria x edition 1 { require r { age >= 2 years } }\n",
      "warning 1:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 2:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "2:10: x edition 1 is loaded with two different rules / an edition never changes: give the "
      "newer text another number" },
    { "refuses an edition loaded twice", &file,
      "criteria x edition 1 { require r { age >= 1 years } }\n"
      "criteria x edition 1 { note \"N\"; require r { age >= 1 years } }\n",
      "warning 1:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 2:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 2:10: x edition 1 is loaded twice / keep one of the two; their rules are the same" },
    { "refuses a vocabulary with two texts", &file,
      "vocabulary v 1 { bodies a }\n"
      "vocabulary v 1 { bodies b }\n",
      "2:12: the vocabulary v 1 is loaded with two different texts / an edition never changes: "
      "give the newer text another number" },
    { "refuses a vocabulary loaded twice", &file,
      "vocabulary v 1 { bodies a }\n"
      "vocabulary v 1 { bodies a; }\n",
      "warning 2:12: the vocabulary v 1 is loaded twice / keep one of the two texts, which are the "
      "same" },
    { "refuses a document that is looser than what it tightens", &file,
      "criteria x edition 1 { require r { age >= 2 years } }\n"
      "criteria y edition 1 { tightens x edition 1; require r { age >= 1 years } }\n",
      "warning 1:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 2:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "2:24: this is not proved to be nowhere looser than x edition 1 / compare the two: every "
      "requirement must be equal or tighter" },
    { "refuses a tightens of what is not loaded", &file,
      "criteria y edition 1 { tightens x edition 1; require r { age >= 1 years } }\n",
      "warning 1:1: this document names no vocabulary / name one, or nothing tells a misspelt name "
      "from a right one\n"
      "warning 1:24: x edition 1 is not loaded / load it without faults, so that this can be "
      "proved" },
    { "refuses a faulty vocabulary once", &file,
      "vocabulary v 1 { kind a { } }\n"
      "criteria y edition 1 { vocabulary v 1; require r { count a >= 1 } }\n",
      "1:18: 'kind' cannot stand here / expected an entry such as 'record', 'levels' or 'bodies'" },
};

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

static const char three[] =
    "vocabulary v 2 { bodies b }\n"
    "vocabulary v 1.10 { bodies b }\n"
    "vocabulary v 1.9 { bodies b; credentials card }\n"
    "criteria b edition 1 { vocabulary v 2; require r { age >= 1 years } }\n"
    "criteria a.renewal edition 1 { vocabulary v 2; require r { holds a } }\n"
    "criteria b edition 10 { vocabulary v 2; require r { age >= 2 years } }\n"
    "criteria b edition 9.1 { vocabulary v 2; require r { holds card } }\n";

static void editions_stand_by_name_and_then_number(void **state)
{
    struct arena arena;
    const struct library *library;
    const struct edition *const *editions;
    size_t count;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    library = load(&arena, three);
    assert_int_equal(library_count(library), 4);
    check_str(library_at(library, 0)->name, "a.renewal");
    check_str(library_at(library, 1)->name, "b");
    editions = library_editions(library, STR("b"), &count);
    assert_int_equal(count, 3);
    assert_int_equal(editions[0]->number.part[0], 1);
    assert_int_equal(editions[1]->number.part[0], 9);
    assert_int_equal(editions[2]->number.part[0], 10);
    (void)library_editions(library, STR("a"), &count);
    assert_int_equal(count, 0);
    (void)library_editions(library, STR("c"), &count);
    assert_int_equal(count, 0);
    assert_ptr_equal(library_find(library, STR("b"), editions[2]->number), editions[2]);
    assert_null(library_find(library, STR("b"), (struct edition_number){ { 2 }, 1 }));
    assert_null(library_find(library, STR("c"), editions[2]->number));
    assert_int_equal(editions[0]->rule_hash.n, 64);
    assert_int_equal(editions[0]->text_hash.n, 64);
    arena_release(&arena);
}

static void vocabularies_stand_by_name_and_then_number(void **state)
{
    struct arena arena;
    const struct library *library;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    library = load(&arena, three);
    assert_int_equal(library_vocabulary_count(library), 3);
    assert_int_equal(library_vocabulary_at(library, 0)->edition.part[1], 9);
    assert_int_equal(library_vocabulary_at(library, 1)->edition.part[1], 10);
    assert_ptr_equal(library_vocabulary(library, STR("v"), (struct edition_number){ { 2 }, 1 }),
                     library_vocabulary_at(library, 2));
    assert_null(library_vocabulary(library, STR("v"), (struct edition_number){ { 3 }, 1 }));
    assert_null(library_vocabulary(library, STR("w"), (struct edition_number){ { 2 }, 1 }));
    arena_release(&arena);
}

static void documents_and_vocabularies_declare_credentials(void **state)
{
    struct arena arena;
    const struct library *library;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    library = load(&arena, three);
    assert_true(library_knows_credential(library, STR("a")));
    assert_true(library_knows_credential(library, STR("b")));
    assert_true(library_knows_credential(library, STR("card")));
    assert_false(library_knows_credential(library, STR("c")));
    assert_false(library_knows_credential(library, STR("renewal")));
    assert_false(library_knows_credential(library, STR("b.renewal")));
    arena_release(&arena);
}

static void documents_stand_in_the_order_they_were_added(void **state)
{
    struct arena arena;
    const struct library *library;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    library = load(&arena, three);
    assert_int_equal(library_document_count(library), 4);
    check_str(library_document_at(library, 1)->name.text, "a.renewal");
    check_str(library_document_at(library, 3)->name.text, "b");
    arena_release(&arena);
}

static void what_is_without_fault_can_be_looked_up(void **state)
{
    struct arena arena;
    const struct library *library;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    library = load(&arena,
                   "vocabulary v 1 { bodies b }\n"
                   "vocabulary w 1 { bodie b }\n"
                   "criteria a edition 1 { vocabulary v 1; require r { age >= 1 years } }\n"
                   "criteria b edition 1 { vocabulary v 1; require r { age >= years } }\n"
                   "criteria c edition 1 { vocabulary v 1; owner x; require r { holds b } }\n"
                   "criteria d edition 1 { vocabulary w 1; require r { holds b } }\n"
                   "criteria e edition 1 { tightens a edition 1; vocabulary v 1; "
                   "require s { age >= 1 years } }\n"
                   "criteria f edition 1 { tightens a edition 1; vocabulary v 1; "
                   "require r { age >= 2 years } }\n");
    assert_int_equal(library_vocabulary_count(library), 1);
    assert_int_equal(library_document_count(library), 6);
    assert_int_equal(library_count(library), 2);
    check_str(library_at(library, 0)->name, "a");
    check_str(library_at(library, 1)->name, "f");
    arena_release(&arena);
}

static void the_first_of_two_editions_stays(void **state)
{
    struct arena arena;
    const struct library *library;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    library = load(&arena,
                   "criteria x edition 1 { note \"first\"; require r { age >= 1 years } }\n"
                   "criteria x edition 1 { note \"second\"; require r { age >= 1 years } }\n"
                   "criteria x edition 1 { require r { age >= 2 years } }\n");
    assert_int_equal(library_count(library), 1);
    check_str(library_at(library, 0)->document->items.at[0].text.text, "first");
    arena_release(&arena);
}

static void an_empty_library_is_a_library(void **state)
{
    struct arena arena;
    const struct library *library;
    size_t count;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    library = load(&arena, "");
    assert_int_equal(library_count(library), 0);
    assert_int_equal(library_vocabulary_count(library), 0);
    assert_null(library_find(library, STR("x"), (struct edition_number){ { 1 }, 1 }));
    (void)library_editions(library, STR("x"), &count);
    assert_int_equal(count, 0);
    assert_false(library_knows_credential(library, STR("x")));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(editions_stand_by_name_and_then_number),
        cmocka_unit_test(vocabularies_stand_by_name_and_then_number),
        cmocka_unit_test(documents_and_vocabularies_declare_credentials),
        cmocka_unit_test(documents_stand_in_the_order_they_were_added),
        cmocka_unit_test(what_is_without_fault_can_be_looked_up),
        cmocka_unit_test(the_first_of_two_editions_stays),
        cmocka_unit_test(an_empty_library_is_a_library),
    };

    return run_refusals("library", tests, ARRAY_LEN(tests), refusals, ARRAY_LEN(refusals));
}
