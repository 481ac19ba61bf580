#include "criteria/rule.h"

#include "criteria_fixture.h"

static struct str json(struct arena *arena, const struct value *value)
{
    struct buf out;
    buf_init(&out, (size_t)1024 * 1024);
    value_write_json(value, JSON_CANONICAL, &out);
    return buf_take(&out, arena);
}

static struct str rule_of(struct arena *arena, const char *lines)
{
    return json(arena, rule_of_node(arena, load_rule(arena, lines)->requirements[0].rule));
}

static void check_rule(const char *lines, const char *expected)
{
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    check_str(rule_of(&arena, lines), expected);
    arena_release(&arena);
}

static void test_every_kind_of_node_has_its_members(void **state)
{
    (void)state;
    check_rule("count mediation >= 20",
               "{\"need\":20,\"node\":\"count\",\"records\":{\"kind\":\"mediation\"}}");
    check_rule("count distinct client of mediation >= 3",
               "{\"field\":\"client\",\"need\":3,\"node\":\"count-distinct\","
               "\"records\":{\"kind\":\"mediation\"}}");
    check_rule("sum hours mediation >= 200 h",
               "{\"measure\":\"hours\",\"need\":12000,\"node\":\"sum\","
               "\"records\":{\"kind\":\"mediation\"}}");
    check_rule("months covered mediation >= 36",
               "{\"need\":36,\"node\":\"months-covered\",\"records\":{\"kind\":\"mediation\"}}");
    check_rule("months since first mediation >= 6", "{\"need\":6,\"node\":\"months-since-first\","
                                                    "\"records\":{\"kind\":\"mediation\"}}");
    check_rule("age >= 18 years", "{\"need\":18,\"node\":\"age\"}");
    check_rule("judged \"Fit?\" by board",
               "{\"by\":\"board\",\"node\":\"judged\",\"question\":\"Fit?\"}");
    check_rule("holds second-card, first-card ever for 2 years issued before 2020-01-01",
               "{\"credentials\":[\"first-card\",\"second-card\"],\"ever\":true,"
               "\"for-months\":24,\"issued-before\":\"2020-01-01\",\"node\":\"holds\"}");
    check_rule("holds first-card on 2020-01-01",
               "{\"credentials\":[\"first-card\"],\"node\":\"holds\",\"on\":\"2020-01-01\"}");
    check_rule("declared code-of-conduct edition 2.1 within 1 year",
               "{\"edition\":\"2.1\",\"node\":\"declared\",\"statement\":\"code-of-conduct\","
               "\"within-months\":12}");
    check_rule("declared motivation edition current",
               "{\"edition\":\"current\",\"node\":\"declared\",\"statement\":\"motivation\"}");
}

static void test_combinations_keep_their_children_in_order(void **state)
{
    (void)state;
    check_rule("any {\nage >= 2 years\nall {\nage >= 1 years\nage >= 3 years\n}\n}"
               "\nat least 1 of {\nage >= 4 years\nage >= 5 years\n}",
               "{\"node\":\"all\",\"of\":[{\"node\":\"any\",\"of\":[{\"need\":2,\"node\":\"age\"},"
               "{\"node\":\"all\",\"of\":[{\"need\":1,\"node\":\"age\"},"
               "{\"need\":3,\"node\":\"age\"}]}]},{\"need\":1,\"node\":\"at-least\",\"of\":["
               "{\"need\":4,\"node\":\"age\"},{\"need\":5,\"node\":\"age\"}]}]}");
    check_rule("each 12 months of last 3 years {\ncount mediation >= 2\n}",
               "{\"last-months\":36,\"months\":12,\"node\":\"each\",\"of\":[{\"need\":2,"
               "\"node\":\"count\",\"records\":{\"kind\":\"mediation\"}}]}");
}

static void test_conditions_stand_sorted_and_once(void **state)
{
    (void)state;
    check_rule("count mediation >= 1 {\n"
               "role party, adviser; mode not online; role adviser, party\n"
               "hours >= 2 h; within 2 years; within 36 months\n"
               "from 2020-01-01; before 2022-01-01\n"
               "programme qap, cmtp accredited throughout\n"
               "after first training { level >= master }\n}",
               "{\"need\":1,\"node\":\"count\",\"records\":{"
               "\"after-first\":[{\"fields\":[{\"at-least\":\"master\",\"field\":\"level\"}],"
               "\"kind\":\"training\"}],"
               "\"fields\":[{\"at-least\":120,\"field\":\"hours\"},"
               "{\"field\":\"mode\",\"not-in\":[\"online\"]},"
               "{\"field\":\"role\",\"in\":[\"adviser\",\"party\"]}],"
               "\"from\":\"2020-01-01\",\"kind\":\"mediation\","
               "\"programmes\":[{\"accredited\":\"throughout\",\"types\":[\"cmtp\",\"qap\"]}],"
               "\"until\":\"2021-12-31\",\"within-months\":24}}");
}

static void test_weights_limits_and_also_are_in_it(void **state)
{
    (void)state;
    check_rule("count mediation >= 4 {\nweigh 50% mode online\nweigh 25% role party\n}",
               "{\"need\":4,\"node\":\"count\",\"records\":{\"kind\":\"mediation\"},"
               "\"weights\":[{\"field\":\"mode\",\"in\":[\"online\"],\"percent\":50},"
               "{\"field\":\"role\",\"in\":[\"party\"],\"percent\":25}]}");
    check_rule("sum hours mediation >= 10 h {\n"
               "at most 5 h mode online {\nat most 2 h each client\n}\nat most 6 h\n}",
               "{\"limits\":[{\"limits\":[{\"each\":\"client\",\"most\":120}],\"most\":300,"
               "\"of\":{\"field\":\"mode\",\"in\":[\"online\"]}},{\"most\":360}],"
               "\"measure\":\"hours\",\"need\":600,\"node\":\"sum\","
               "\"records\":{\"kind\":\"mediation\"}}");
    check_rule("count mediation >= 4 {\nalso training at most 2 { completed yes }\n}",
               "{\"also\":{\"most\":2,\"records\":{\"fields\":[{\"field\":\"completed\","
               "\"in\":[\"yes\"]}],\"kind\":\"training\"}},\"need\":4,\"node\":\"count\","
               "\"records\":{\"kind\":\"mediation\"}}");
}

static void test_a_requirement_has_its_modifiers(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition = load_rule(
        &arena, "wording \"W\"\nage >= 18 years\n"
                "exempt old \"Old\" when { holds first-card } instead { age >= 1 years }\n"
                "refer to board when { age >= 2 years }\n"
                "discretion rap { waive for health, family; admit;"
                " extend until 2020-01-01; floor { age >= 3 years } }");
    check_str(json(&arena, rule_of_requirement(&arena, &edition->requirements[0])),
              "{\"discretions\":[{\"admit\":true,\"by\":\"rap\",\"extend-until\":\"2020-01-01\","
              "\"floor\":{\"need\":3,\"node\":\"age\"},\"reasons\":[\"family\",\"health\"],"
              "\"waive\":true}],\"exemptions\":[{\"id\":\"old\",\"instead\":{\"need\":1,"
              "\"node\":\"age\"},\"when\":{\"credentials\":[\"first-card\"],\"node\":\"holds\"}}],"
              "\"id\":\"r\",\"referrals\":[{\"by\":\"board\",\"when\":{\"need\":2,"
              "\"node\":\"age\"}}],\"rule\":{\"need\":18,\"node\":\"age\"}}");
    arena_release(&arena);
}

static void test_a_document_has_its_facts(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition = load_body(
        &arena, "title \"T\"; audience \"A\"; route \"R\"; note \"N\"; group g; owner board\n"
                "open from 2015-02-01 before 2015-07-01\nin force from 2022-03-01\n"
                "valid 1 year grace 3 months renew from 6 months before end\n"
                "cycle 2 years from year 07-01\n"
                "require r \"L\" { wording \"W\"; age >= 18 years }\n"
                "bar b \"B\" { holds first-card } effect refer\n"
                "transition from 0.9 { require old for applications until 2023-01-01\n"
                "holders keep until renewal }\n"
                "transition from other 3 {\n"
                "accept old for applications from 2022-01-01 until 2023-01-01\n"
                "accept old for training { completed yes } started before 2022-01-01"
                " until 3 years after that start\nholders keep until 2024-01-01 }");
    check_str(json(&arena, rule_of_edition(&arena, edition)),
              "{\"bars\":[{\"effect\":\"refer\",\"id\":\"b\",\"rule\":{\"credentials\":["
              "\"first-card\"],\"node\":\"holds\"}}],\"cycle\":{\"months\":24,\"year\":\"07-01\"},"
              "\"in-force-from\":\"2022-03-01\",\"open\":{\"from\":\"2015-02-01\","
              "\"until\":\"2015-06-30\"},\"owner\":\"board\",\"requirements\":[{\"id\":\"r\","
              "\"rule\":{\"need\":18,\"node\":\"age\"}}],\"transitions\":[{\"clauses\":[{"
              "\"clause\":\"require-old\",\"until\":\"2023-01-01\"},{\"clause\":\"holders-keep\","
              "\"until\":\"renewal\"}],\"edition\":\"0.9\"},{\"clauses\":[{\"clause\":"
              "\"accept-old\",\"from\":\"2022-01-01\",\"until\":\"2023-01-01\"},{\"clause\":"
              "\"accept-old-started\",\"months\":36,\"records\":{\"fields\":[{\"field\":"
              "\"completed\",\"in\":[\"yes\"]}],\"kind\":\"training\"},\"started-before\":"
              "\"2022-01-01\"},{\"clause\":\"holders-keep\",\"until\":\"2024-01-01\"}],"
              "\"edition\":\"3\",\"name\":\"other\"}],\"valid\":{\"grace-months\":3,"
              "\"months\":12,\"renew-months\":6},\"vocabulary\":{\"edition\":\"1\","
              "\"name\":\"sample\"}}");
    arena_release(&arena);
}

/* ---- hashes ---- */

struct variant {
    const char *vocabulary, *number, *body;
};

static const struct variant base = {
    TEST_VOCABULARY, "1",
    "owner board\ncycle 2 years from join\n"
    "term done is mediation { role mediator; mode online, hybrid }\n"
    "require r \"Label\" {\nwording \"Text.\"\ncount done >= 20 { in cycle }\n}\n"
    "require s { judged \"Fit?\" by board }"
};

static struct hashes hashes_of(struct arena *arena, const struct variant *variant)
{
    return edition_hashes(arena,
                          load_under(arena, variant->vocabulary, variant->number, variant->body));
}

static struct hashes hashes_of_first(struct arena *arena, const struct variant *variant)
{
    const struct edition *edition =
        load_under(arena, variant->vocabulary, variant->number, variant->body);
    return requirement_hashes(arena, edition, &edition->requirements[0]);
}

static void test_hashes_are_hexadecimal(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    struct hashes hashes = hashes_of(&arena, &base);
    assert_int_equal(hashes.text.n, 64);
    assert_int_equal(hashes.rule.n, 64);
    assert_false(str_eq(hashes.text, hashes.rule));
    for (size_t i = 0; i < 64; i++)
        assert_non_null(strchr("0123456789abcdef", hashes.rule.p[i]));
    arena_release(&arena);
}

static void test_the_rule_hash_does_not_see_words(void **state)
{
    (void)state;
    static const struct variant same[] = {
        /* another edition, texts, comments, group, examples */
        { TEST_VOCABULARY, "2",
          "# A comment.\ntitle \"T\"; group g; audience \"A\"; route \"R\"; note \"N\"\n"
          "owner board\ncycle 2 years from join\nlabel r de \"Name\"\n"
          "question s board de \"Geeignet?\"\n"
          "term done is mediation { role mediator; mode online, hybrid } # here too\n"
          "require r \"Other label\" {\nwording \"Other text.\"\nwording de \"Text.\"\n"
          "note \"N\"\ncount done >= 20 { in cycle }\n}\n"
          "require s { judged \"Fit?\" by board }\n"
          "example \"None\" asof 2024-01-01 {\nexpect decide not-yet\n}" },
        /* order of filters, values and items; durations in other units */
        { TEST_VOCABULARY, "1",
          "cycle 24 months from join; owner board\n"
          "term done is mediation { mode hybrid, online; role mediator }\n"
          "require r { wording \"Text.\"; count done >= 20 { in cycle } }\n"
          "require s { judged \"Fit?\" by board }" },
        /* the term written out, and under another name */
        { TEST_VOCABULARY, "1",
          "owner board\ncycle 2 years from join\n"
          "require r {\nwording \"Text.\"\n"
          "count mediation >= 20 { in cycle; role mediator; mode online, hybrid }\n}\n"
          "require s { judged \"Fit?\" by board }" },
        { TEST_VOCABULARY, "1",
          "owner board\ncycle 2 years from join\n"
          "term by-role is mediation { role mediator }\n"
          "term finished is by-role { mode online, hybrid; in cycle }\n"
          "require r {\nwording \"Text.\"\ncount finished >= 20\n}\n"
          "require s { judged \"Fit?\" by board }" },
    };
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    struct hashes document = hashes_of(&arena, &base);
    struct hashes first = hashes_of_first(&arena, &base);
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        struct hashes hashes = hashes_of(&arena, &same[i]);
        if (!str_eq(document.rule, hashes.rule))
            fail_msg("the rule hash of variant %zu differs", i);
        if (str_eq(document.text, hashes.text))
            fail_msg("the text hash of variant %zu does not differ", i);
        if (!str_eq(first.rule, hashes_of_first(&arena, &same[i]).rule))
            fail_msg("the requirement's rule hash of variant %zu differs", i);
    }
    arena_release(&arena);
}

#define REST "require s { judged \"Fit?\" by board }"
#define TERM "term done is mediation { role mediator; mode online, hybrid }\n"
#define RULE "require r { count done >= 20 { in cycle } }\n"
#define CYCLE "cycle 2 years from join\n"

static void test_the_rule_hash_sees_whatever_can_change_a_value(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "owner rap\n" CYCLE TERM RULE REST,
        CYCLE TERM RULE REST,
        "owner board\ncycle 3 years from join\n" TERM RULE REST,
        "owner board\ncycle 2 years from issue\n" TERM RULE REST,
        "owner board\ncycle 2 years from year 01-01\n" TERM RULE REST,
        "owner board\n" CYCLE "open until 2030-01-01\n" TERM RULE REST,
        "owner board\n" CYCLE "open from 2030-01-01\n" TERM RULE REST,
        "owner board\n" CYCLE "in force from 2030-01-01\n" TERM RULE REST,
        "owner board\n" CYCLE "valid without end\n" TERM RULE REST,
        "owner board\n" CYCLE "valid 1 year\n" TERM RULE REST,
        "owner board\n" CYCLE "valid 1 year grace 1 month\n" TERM RULE REST,
        "owner board\n" CYCLE "transition from 0.1 { holders keep until renewal }\n" TERM RULE REST,
        "owner board\n" CYCLE "bar b \"B\" { holds first-card } effect refer\n" TERM RULE REST,
        "owner board\n" CYCLE "bar b \"B\" { holds first-card } effect refuse\n" TERM RULE REST,
        "owner board\n" CYCLE TERM REST "\n" RULE,
        "owner board\n" CYCLE TERM "require q { count done >= 20 { in cycle } }\n" REST,
        "owner board\n" CYCLE TERM "require r { count done >= 21 { in cycle } }\n" REST,
        "owner board\n" CYCLE TERM "require r { count done >= 20 }\n" REST,
        "owner board\n" CYCLE TERM
        "require r { count done >= 20 { in cycle; within 1 year } }\n" REST,
        "owner board\n" CYCLE TERM "require r { sum hours done >= 20 h { in cycle } }\n" REST,
        "owner board\n" CYCLE TERM
        "require r { count done >= 20 { in cycle }; age >= 1 years }\n" REST,
        "owner board\n" CYCLE "term done is mediation { role mediator; mode online }\n" RULE REST,
        "owner board\n" CYCLE
        "term done is mediation { role mediator; mode not online, hybrid }\n" RULE REST,
        "owner board\n" CYCLE TERM RULE "require s { judged \"Able?\" by board }",
        "owner board\n" CYCLE TERM RULE "require s { judged \"Fit?\" by rap }",
        "owner board\n" CYCLE TERM RULE
        "require s { judged \"Fit?\" by board; discretion rap { waive } }",
        "owner board\n" CYCLE TERM RULE
        "require s { judged \"Fit?\" by board; discretion rap { waive for health } }",
        "owner board\n" CYCLE TERM RULE
        "require s { judged \"Fit?\" by board; discretion rap { admit } }",
        "owner board\n" CYCLE TERM RULE
        "require s { judged \"Fit?\" by board; refer to rap when { age >= 1 years } }",
        "owner board\n" CYCLE TERM RULE
        "require s { judged \"Fit?\" by board; exempt e \"E\" when { age >= 1 years } }",
    };
    struct arena arena;
    struct str seen[ARRAY_LEN(bodies) + 1];
    arena_init(&arena, ARENA_UNLIMITED);
    seen[ARRAY_LEN(bodies)] = hashes_of(&arena, &base).rule;
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct variant variant = { TEST_VOCABULARY, "1", bodies[i] };
        seen[i] = hashes_of(&arena, &variant).rule;
    }
    for (size_t i = 0; i < ARRAY_LEN(seen); i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(seen[i], seen[k]))
                fail_msg("documents %zu and %zu have one rule hash", k, i);
    arena_release(&arena);
}

static void test_a_requirement_hash_sees_the_cycle_it_speaks_of(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    struct variant two = { TEST_VOCABULARY, "1",
                           "cycle 2 years from join\n"
                           "require r { count mediation >= 1 { in cycle } }\n"
                           "require s { count mediation >= 1 }" };
    struct variant three = { TEST_VOCABULARY, "1",
                             "cycle 3 years from join\n"
                             "require r { count mediation >= 1 { in cycle } }\n"
                             "require s { count mediation >= 1 }" };
    const struct edition *a = load_under(&arena, two.vocabulary, "1", two.body);
    const struct edition *b = load_under(&arena, three.vocabulary, "1", three.body);
    assert_false(str_eq(requirement_hashes(&arena, a, &a->requirements[0]).rule,
                        requirement_hashes(&arena, b, &b->requirements[0]).rule));
    assert_true(str_eq(requirement_hashes(&arena, a, &a->requirements[1]).rule,
                       requirement_hashes(&arena, b, &b->requirements[1]).rule));
    assert_true(str_eq(requirement_hashes(&arena, a, &a->requirements[0]).text,
                       requirement_hashes(&arena, b, &b->requirements[0]).text));
    arena_release(&arena);
}

static void test_the_vocabulary_edition_is_in_the_hash(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const char *body = "require r { count mediation >= 1 }";
    const struct edition *one = load_body(&arena, body);
    const struct edition *two =
        library_at(load_texts(&arena, STR("vocabulary sample 2 { record mediation { } }\n"
                                          "criteria sample edition 1 { vocabulary sample 2\n"
                                          "require r { count mediation >= 1 } }")),
                   0);
    const struct edition *none = library_at(
        load_texts(&arena, STR("criteria sample edition 1 { require r { count mediation >= 1 } }")),
        0);
    struct str a = edition_hashes(&arena, one).rule, b = edition_hashes(&arena, two).rule;
    assert_false(str_eq(a, b));
    assert_false(str_eq(a, edition_hashes(&arena, none).rule));
    assert_false(str_eq(requirement_hashes(&arena, one, &one->requirements[0]).rule,
                        requirement_hashes(&arena, two, &two->requirements[0]).rule));
    check_str(json(&arena, rule_of_edition(&arena, none)),
              "{\"requirements\":[{\"id\":\"r\",\"rule\":{\"need\":1,\"node\":\"count\","
              "\"records\":{\"kind\":\"mediation\"}}}],\"vocabulary\":null}");
    arena_release(&arena);
}

static void test_hashing_leaves_nothing_but_the_hashes(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition = load_under(&arena, base.vocabulary, base.number, base.body);
    size_t used = arena.used;
    edition_hashes(&arena, edition);
    assert_in_range(arena.used - used, 128, 512);
    arena_release(&arena);
}

/* ---- signatures ---- */

static struct str signature(struct arena *arena, const char *lines)
{
    return node_signature(arena, load_rule(arena, lines)->requirements[0].rule);
}

static void test_a_signature_is_all_but_the_need(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    struct str a = signature(&arena, "count mediation >= 20 { role party, adviser; mode online }");
    struct str b = signature(&arena, "count mediation >= 5 { mode online; role adviser, party }");
    check_str(a, str_to_c(&arena, b));
    assert_false(str_eq(a, signature(&arena, "count mediation >= 20 { mode online }")));
    assert_false(str_eq(signature(&arena, "count mediation >= 20"),
                        signature(&arena, "months covered mediation >= 20")));
    assert_false(str_eq(signature(&arena, "sum hours mediation >= 1 h"),
                        signature(&arena, "sum preparation mediation >= 1 h")));
    assert_false(
        str_eq(signature(&arena, "sum hours mediation >= 1 h"),
               signature(&arena, "sum hours mediation >= 1 h { at most 1 h each client }")));
    assert_false(str_eq(signature(&arena, "count mediation >= 1"),
                        signature(&arena, "count mediation >= 1 { weigh 50% mode online }")));
    assert_false(str_eq(signature(&arena, "count mediation >= 2"),
                        signature(&arena, "count mediation >= 2 { also training at most 1 }")));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_of_node_has_its_members),
        cmocka_unit_test(test_combinations_keep_their_children_in_order),
        cmocka_unit_test(test_conditions_stand_sorted_and_once),
        cmocka_unit_test(test_weights_limits_and_also_are_in_it),
        cmocka_unit_test(test_a_requirement_has_its_modifiers),
        cmocka_unit_test(test_a_document_has_its_facts),
        cmocka_unit_test(test_hashes_are_hexadecimal),
        cmocka_unit_test(test_the_rule_hash_does_not_see_words),
        cmocka_unit_test(test_the_rule_hash_sees_whatever_can_change_a_value),
        cmocka_unit_test(test_a_requirement_hash_sees_the_cycle_it_speaks_of),
        cmocka_unit_test(test_the_vocabulary_edition_is_in_the_hash),
        cmocka_unit_test(test_hashing_leaves_nothing_but_the_hashes),
        cmocka_unit_test(test_a_signature_is_all_but_the_need),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
