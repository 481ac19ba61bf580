#include "criteria/reading.h"

#include "criteria_fixture.h"

static void check_node(const char *lines, const char *expected)
{
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition =
        load_body(&arena, str_to_c(&arena, str_format(&arena,
                                                      "cycle 2 years from join\n"
                                                      "require r {\n%s\n}",
                                                      lines)));
    check_str(reading_of_node(&arena, edition, edition->requirements[0].rule), expected);
    arena_release(&arena);
}

static void test_counts_agree_in_number(void **state)
{
    (void)state;
    check_node("count mediation >= 20", "at least 20 mediations");
    check_node("count mediation >= 1", "at least 1 mediation");
    check_node("count training >= 3", "at least 3 records of training");
    check_node("count training >= 1", "at least 1 record of training");
}

static void test_fields_become_phrases(void **state)
{
    (void)state;
    check_node("count mediation >= 20 { role mediator }", "at least 20 mediations as mediator");
    check_node("count mediation >= 20 { role party, mediator, adviser }",
               "at least 20 mediations as adviser, mediator or party");
    check_node("count mediation >= 20 { role not party }", "at least 20 mediations not as party");
    check_node("count mediation >= 20 { mode online }", "at least 20 mediations with mode online");
    check_node("count mediation >= 20 { mode not online, hybrid }",
               "at least 20 mediations with mode other than hybrid or online");
    check_node("count mediation >= 20 { paid yes }", "at least 20 paid mediations");
    check_node("count mediation >= 20 { paid not no }", "at least 20 paid mediations");
    check_node("count mediation >= 20 { paid no }", "at least 20 mediations, not paid");
    check_node("count training >= 2 { completed yes }", "at least 2 records of completed training");
    check_node("count mediation >= 2 { hours >= 4 h }",
               "at least 2 mediations lasting at least 4 hours");
    check_node("count mediation >= 2 { hours >= 90 min }",
               "at least 2 mediations lasting at least 1 h 30 min");
    check_node("count mediation >= 2 { hours >= 1 h }",
               "at least 2 mediations lasting at least 1 hour");
    check_node("count mediation >= 2 { days >= 2 }",
               "at least 2 mediations lasting at least 2 days");
    check_node("count mediation >= 2 { preparation >= 30 min }",
               "at least 2 mediations with preparation of at least 30 min");
    check_node("count training >= 2 { points >= 3 }",
               "at least 2 records of training with points of at least 3");
    check_node("count training >= 1 { level >= bachelor }",
               "at least 1 record of training with level bachelor or higher");
    check_node("count mediation >= 5 { mode online; role mediator; paid yes; hours >= 2 h }",
               "at least 5 paid mediations as mediator lasting at least 2 hours with mode online");
}

static void test_programmes(void **state)
{
    (void)state;
    check_node("count assessment >= 1 { result pass; programme qap accredited }",
               "at least 1 assessment with result pass at a QAP accredited on the day it ended");
    check_node("count assessment >= 1 { programme ma-qap, cmtp accredited at start }",
               "at least 1 assessment at a CMTP or MA-QAP accredited on the day it began");
    check_node("count assessment >= 1 { programme ma-qap accredited throughout }",
               "at least 1 assessment at an MA-QAP accredited from the day it began to the day it "
               "ended");
}

static void test_windows(void **state)
{
    (void)state;
    check_node("count mediation >= 5 { within 24 months }",
               "at least 5 mediations in the 24 months up to the application");
    check_node("count mediation >= 5 { within 5 years }",
               "at least 5 mediations in the 5 years up to the application");
    check_node("count mediation >= 5 { within 1 month }",
               "at least 5 mediations in the 1 month up to the application");
    check_node("count mediation >= 5 { from 2020-01-31 }",
               "at least 5 mediations from 31 January 2020 on");
    check_node("count mediation >= 5 { before 2020-03-01 }",
               "at least 5 mediations up to 29 February 2020");
    check_node("count mediation >= 5 { from 2020-01-31; until 2020-12-01 }",
               "at least 5 mediations from 31 January 2020 to 1 December 2020");
    check_node("count mediation >= 5 { in cycle }", "at least 5 mediations in the current cycle");
    check_node("count mediation >= 5 { within 1 year; after first training { completed yes } }",
               "at least 5 mediations in the 12 months up to the application, begun no earlier "
               "than the first completed training");
}

static void test_other_aggregates(void **state)
{
    (void)state;
    check_node("count distinct client of mediation >= 25",
               "at least 25 different clients among mediations");
    check_node("count distinct matter of training >= 1",
               "at least 1 matter among records of training");
    check_node("sum hours mediation >= 200 h { role mediator }",
               "at least 200 hours of mediation as mediator");
    check_node("sum hours mediation >= 1 h", "at least 1 hour of mediation");
    check_node("sum hours mediation >= 90 min", "at least 1 hour 30 minutes of mediation");
    check_node("sum points training >= 48 { completed yes }",
               "at least 48 points of completed training");
    check_node("sum points training >= 1", "at least 1 point of training");
    check_node("sum days mediation >= 3", "at least 3 days of mediation");
    check_node("sum preparation mediation >= 90 min",
               "at least 1 h 30 min of preparation in mediation");
    check_node("months covered training >= 36", "at least 36 months covered by training");
    check_node("months since first mediation >= 6 { role mediator }",
               "at least 6 months since the first mediation as mediator");
}

static void test_weights_limits_and_also(void **state)
{
    (void)state;
    check_node("count mediation >= 5 { weigh 50% mode online; weigh 25% role party }",
               "at least 5 mediations (those with mode online counting 50 %, otherwise those as "
               "party counting 25 %)");
    check_node("count mediation >= 5 { weigh 50% paid no }",
               "at least 5 mediations (those that are not paid counting 50 %)");
    check_node("sum hours mediation >= 9 h { at most 4 h mode online { at most 2 h each client }; "
               "at most 6 h }",
               "at least 9 hours of mediation (counting at most 4 hours with mode online (of these "
               "at most 2 hours for each client); at most 6 hours of the rest)");
    check_node("sum hours mediation >= 9 h { at most 9 h }",
               "at least 9 hours of mediation (counting at most 9 hours in all)");
    check_node("count mediation >= 6 { also training at most 2 { completed yes } }",
               "at least 6 mediations, up to 2 of which may instead be records of completed "
               "training");
}

static void test_combinations_are_bracketed(void **state)
{
    (void)state;
    check_node("any { age >= 18 years; holds first-card }",
               "at least 18 years of age, or the credential first-card in force on the day of the "
               "application");
    check_node("any { age >= 18 years }\nage >= 20 years",
               "at least 18 years of age, and at least 20 years of age");
    check_node("any { all { age >= 1 years; age >= 2 years }; age >= 3 years }",
               "(at least 1 year of age, and at least 2 years of age), or at least 3 years of age");
    check_node("at least 2 of { age >= 1 years; age >= 2 years; age >= 3 years }",
               "at least 2 of these 3: at least 1 year of age; at least 2 years of age; at least 3 "
               "years of age");
    check_node("separately { count mediation >= 1; count mediation >= 2 { paid yes } }",
               "at least 1 mediation, and at least 2 paid mediations, with nothing counted twice");
    check_node("each 12 months of last 36 months { count mediation >= 2 }",
               "in every 12 months of the last 36 months: at least 2 mediations");
    check_node("each 12 months of cycle { count mediation >= 2; sum hours mediation >= 8 h }",
               "in every 12 months of the current cycle: at least 2 mediations, and at least 8 "
               "hours of mediation");
}

static void test_credentials_declarations_and_questions(void **state)
{
    (void)state;
    check_node("holds first-card",
               "the credential first-card in force on the day of the application");
    check_node("holds first-card, second-card ever",
               "the credential first-card or second-card held at some time up to the application");
    check_node("holds first-card ever for 2 years",
               "the credential first-card held at some time up to the application for 24 months "
               "without a break");
    check_node("holds first-card on 2020-06-01",
               "the credential first-card in force on 1 June 2020");
    check_node("holds first-card on 2020-06-01 for 1 year",
               "the credential first-card held on 1 June 2020 and for 12 months before it without "
               "a break");
    check_node("holds first-card for 1 year",
               "the credential first-card held on the day of the application and for 12 months "
               "before it without a break");
    check_node("holds first-card issued before 2020-06-01",
               "the credential first-card issued before 1 June 2020, in force on the day of the "
               "application");
    check_node("declared code-of-conduct", "a declaration of the code of conduct");
    check_node("declared code-of-conduct edition 2.1 within 1 year",
               "a declaration of the code of conduct, made in the 12 months up to the application, "
               "in edition 2.1");
    check_node("declared code-of-conduct edition current",
               "a declaration of the code of conduct, in the edition current that day");
    check_node("judged \"Is this person fit?\" by appraisal-committee",
               "a yes from the appraisal committee to the question “Is this person fit?”");
    check_node("judged \"Fit?\" by rap", "a yes from RAP to the question “Fit?”");
    check_node("judged \"Fit?\" by qap", "a yes from a QAP to the question “Fit?”");
}

static void check_requirement(const char *lines, const char *expected)
{
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition = load_rule(&arena, lines);
    check_str(reading_of_requirement(&arena, edition, &edition->requirements[0]), expected);
    arena_release(&arena);
}

static void test_requirements_say_dates_and_standing(void **state)
{
    (void)state;
    check_requirement(
        "any {\ncount mediation >= 20 { role mediator }\n"
        "sum hours mediation >= 200 h { role mediator }\n}",
        "at least 20 mediations as mediator, or at least 200 hours of mediation as mediator. Any "
        "date up to the application. Evidence must be verified.");
    check_requirement(
        "count mediation >= 20 { within 24 months }",
        "at least 20 mediations in the 24 months up to the application. Evidence must "
        "be verified.");
    check_requirement("count mediation >= 20 { within 24 months }\ncount training >= 1",
                      "at least 20 mediations in the 24 months up to the application, and at least "
                      "1 record of training. Where no dates are given, any date up to the "
                      "application. Evidence must be verified.");
    check_requirement("each 12 months of last 24 months { count mediation >= 1 }",
                      "in every 12 months of the last 24 months: at least 1 mediation. Evidence "
                      "must be verified.");
    check_requirement("holds first-card",
                      "the credential first-card in force on the day of the application.");
}

static void test_modifiers_are_sentences(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition = load_rule(
        &arena, "count mediation >= 20 { paid yes; role mediator }\n"
                "exempt a \"A\" when { holds first-card }\n"
                "exempt b \"B\" when { any { age >= 70 years; holds second-card } }"
                " instead { count mediation >= 5 }\n"
                "refer to appraisal-committee when { count mediation >= 15 }\n"
                "discretion rap { waive for health, family; admit; extend until 2015-12-31;"
                " floor { count mediation >= 10 } }\n"
                "discretion appraisal-committee { admit }\ndiscretion board { waive }");
    const struct requirement *r = &edition->requirements[0];
    check_str(reading_of_exemption(&arena, edition, &r->exemptions[0]),
              "Not asked of anyone with the credential first-card in force on the day of the "
              "application.");
    check_str(reading_of_exemption(&arena, edition, &r->exemptions[1]),
              "For anyone with at least 70 years of age, or the credential second-card in force on "
              "the day of the application, this is asked instead: at least 5 mediations.");
    check_str(reading_of_referral(&arena, edition, &r->referrals[0]),
              "Otherwise the appraisal committee decides on anyone with at least 15 mediations.");
    check_str(reading_of_discretion(&arena, edition, &r->discretions[0]),
              "RAP may waive this requirement for family or health, given at least 10 mediations; "
              "may let a record count that does not fit; may extend the time until 31 December "
              "2015.");
    check_str(reading_of_discretion(&arena, edition, &r->discretions[1]),
              "The appraisal committee may let a record count that does not fit.");
    check_str(reading_of_discretion(&arena, edition, &r->discretions[2]),
              "The board may waive this requirement.");
    check_str(reading_of_selection(&arena, edition, &r->rule->selection),
              "A paid mediation as mediator.");
    arena_release(&arena);
}

static void test_articles_and_labels(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition = library_at(
        load_texts(&arena,
                   STR("vocabulary words 1 {\n"
                       "record assessment { }\nrecord case-study { }\n"
                       "record uni \"University course\" { }\nrecord cpd \"CPD\" { }\n"
                       "record inquiry \"Child inquiry\" { field observed of yes, no }\n"
                       "record box { }\n}\n"
                       "criteria words edition 1 { vocabulary words 1\n"
                       "require a { count assessment >= 2 }\nrequire b { count case-study >= 2 }\n"
                       "require c { count uni >= 2 }\nrequire d { count cpd >= 2 }\n"
                       "require e { count inquiry >= 2 { observed yes } }\n"
                       "require f { count box >= 2 }\n"
                       "require g { sum hours case-study >= 2 h }\n}")),
        0);
    static const char *const counted[] = {
        "at least 2 assessments",
        "at least 2 case studies",
        "at least 2 university courses",
        "at least 2 CPDs",
        "at least 2 observed child inquiries",
        "at least 2 boxes",
        "at least 2 hours of case studies",
    };
    static const char *const single[] = { "An assessment.",
                                          "A case study.",
                                          "A university course.",
                                          "A CPD.",
                                          "An observed child inquiry.",
                                          "A box." };
    for (size_t i = 0; i < ARRAY_LEN(counted); i++)
        check_str(reading_of_node(&arena, edition, edition->requirements[i].rule), counted[i]);
    for (size_t i = 0; i < ARRAY_LEN(single); i++)
        check_str(reading_of_selection(&arena, edition, &edition->requirements[i].rule->selection),
                  single[i]);
    arena_release(&arena);
}

/* The term that the document declares n-th, from 0, as one record. */
static struct str term_read(struct arena *arena, const struct edition *edition, size_t n)
{
    const struct item_list *items = &edition->document->items;
    struct selection selection;
    for (size_t i = 0; i < items->count; i++)
        if (items->at[i].kind == ITEM_TERM && n-- == 0) {
            assert_true(edition_term(arena, edition, &items->at[i], &selection));
            return reading_of_selection(arena, edition, &selection);
        }
    fail_msg("there are fewer terms");
    return STR_NONE;
}

static void test_terms_are_read_with_those_they_build_upon(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition = load_body(&arena, "term lead is mediation { role mediator }\n"
                                                      "term far is lead { mode online }\n"
                                                      "require r { count far >= 1 }");
    check_str(term_read(&arena, edition, 0), "A mediation as mediator.");
    check_str(term_read(&arena, edition, 1), "A mediation as mediator with mode online.");
    arena_release(&arena);
}

static void test_quantities_and_months(void **state)
{
    (void)state;
    static const struct field hours = { .name = { "hours", 5 }, .type = FIELD_MINUTES };
    static const struct field points = { .name = { "points", 6 }, .type = FIELD_INTEGER };
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    check_str(reading_of_quantity(&arena, &hours, 54000), "900 h");
    check_str(reading_of_quantity(&arena, &hours, 90), "1 h 30 min");
    check_str(reading_of_quantity(&arena, &hours, 45), "45 min");
    check_str(reading_of_quantity(&arena, &hours, 0), "0 h");
    check_str(reading_of_quantity(&arena, &points, 90), "90");
    check_str(reading_of_months(&arena, 24), "24 months");
    check_str(reading_of_months(&arena, 1), "1 month");
    check_str(reading_of_months(&arena, 48), "4 years");
    check_str(reading_of_months(&arena, 54), "54 months");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_agree_in_number),
        cmocka_unit_test(test_fields_become_phrases),
        cmocka_unit_test(test_programmes),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_other_aggregates),
        cmocka_unit_test(test_weights_limits_and_also),
        cmocka_unit_test(test_combinations_are_bracketed),
        cmocka_unit_test(test_credentials_declarations_and_questions),
        cmocka_unit_test(test_requirements_say_dates_and_standing),
        cmocka_unit_test(test_modifiers_are_sentences),
        cmocka_unit_test(test_articles_and_labels),
        cmocka_unit_test(test_terms_are_read_with_those_they_build_upon),
        cmocka_unit_test(test_quantities_and_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
