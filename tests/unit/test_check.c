#include "refusals.h"

static const struct frame clause = {
    "vocabulary v 1 {\n"
    "levels degree none, bachelor, master\n"
    "record a { field role of lead, co; field client id; field points integer; field prep minutes; "
    "field level ordered degree }\n"
    "record b { field role of lead }\n"
    "programmes qap\n"
    "bodies board\n"
    "statements code\n"
    "anchors join\n"
    "reasons health\n"
    "credentials card\n"
    "term in-this-cycle is a { in cycle }\n"
    "}\n"
    "criteria x edition 1 {\n"
    "vocabulary v 1\n"
    "require r {\n"
    "count a >= 1 {\n",
    "\n"
    "}\n"
    "}\n"
    "}\n",
    true
};
static const struct frame rule = {
    "vocabulary v 1 {\n"
    "levels degree none, bachelor, master\n"
    "record a { field role of lead, co; field client id; field points integer; field prep minutes; "
    "field level ordered degree }\n"
    "record b { field role of lead }\n"
    "programmes qap\n"
    "bodies board\n"
    "statements code\n"
    "anchors join\n"
    "reasons health\n"
    "credentials card\n"
    "term in-this-cycle is a { in cycle }\n"
    "}\n"
    "criteria x edition 1 {\n"
    "vocabulary v 1\n"
    "require r {\n",
    "\n"
    "}\n"
    "}\n",
    true
};
static const struct frame cyclic = {
    "vocabulary v 1 {\n"
    "levels degree none, bachelor, master\n"
    "record a { field role of lead, co; field client id; field points integer; field prep minutes; "
    "field level ordered degree }\n"
    "record b { field role of lead }\n"
    "programmes qap\n"
    "bodies board\n"
    "statements code\n"
    "anchors join\n"
    "reasons health\n"
    "credentials card\n"
    "term in-this-cycle is a { in cycle }\n"
    "}\n"
    "criteria x edition 1 {\n"
    "vocabulary v 1\n"
    "cycle 2 years from join\n"
    "require r {\n",
    "\n"
    "}\n"
    "}\n",
    true
};
static const struct frame item = {
    "vocabulary v 1 {\n"
    "levels degree none, bachelor, master\n"
    "record a { field role of lead, co; field client id; field points integer; field prep minutes; "
    "field level ordered degree }\n"
    "record b { field role of lead }\n"
    "programmes qap\n"
    "bodies board\n"
    "statements code\n"
    "anchors join\n"
    "reasons health\n"
    "credentials card\n"
    "term in-this-cycle is a { in cycle }\n"
    "}\n"
    "criteria x edition 1 {\n"
    "vocabulary v 1\n",
    "\n"
    "require r {\n"
    "age >= 1 years\n"
    "}\n"
    "}\n",
    true
};

static const struct refusal refusals[] = {
    { "refuses in cycle without a cycle", &clause, "in cycle",
      "17:1: this document has no cycle / add an item 'cycle', such as: cycle 3 years from "
      "ANCHOR" },
    { "refuses a term of a cycle without one", &rule, "count in-this-cycle >= 1",
      "16:7: the term 'in-this-cycle' speaks of a cycle, and this document has none / add an item "
      "'cycle'" },
    { "refuses slices of no cycle", &rule, "each 12 months of cycle { count a >= 1 }",
      "16:1: this document has no cycle / add an item 'cycle', or write 'of last' and a duration" },
    { "refuses slices that do not divide the cycle", &cyclic,
      "each 7 months of cycle { count a >= 1 }",
      "17:1: 7 months do not divide 24 months / choose slices that fill it without a rest" },
    { "refuses more than 240 slices", &rule, "each 1 month of last 21 years { count a >= 1 }",
      "16:1: an 'each' has at most 240 slices / choose longer slices" },
    { "refuses slices that do not divide the last months", &rule,
      "each 12 months of last 30 months { count a >= 1 }",
      "16:1: 12 months do not divide 30 months / choose slices that fill it without a rest" },
    { "refuses an unknown credential", &rule, "holds cart",
      "16:7: no credential is named 'cart' / expected the name of a credential; did you mean "
      "'card'?" },
    { "refuses a route of no document", &rule, "holds x.renewal",
      "16:7: no credential is named 'x.renewal' / expected the name of a credential" },
    { "refuses an unknown statement", &rule, "declared cod",
      "16:10: 'cod' is not known to the vocabulary / expected a statement; did you mean 'code'?" },
    { "refuses an unknown judge", &rule, "judged \"Q?\" by bord",
      "16:16: no body is named 'bord' / expected a body or a type of programme; did you mean "
      "'board'?" },
    { "refuses an unknown body to refer to", &rule,
      "age >= 1 years\n"
      "refer to nobody when { age >= 2 years }",
      "17:10: no body is named 'nobody' / expected a body or a type of programme" },
    { "refuses an unknown body with discretion", &rule,
      "age >= 1 years\n"
      "discretion nobody { admit }",
      "17:12: no body is named 'nobody' / expected a body or a type of programme" },
    { "refuses an unknown owner", &item, "owner nobody",
      "15:7: no body is named 'nobody' / expected a body or a type of programme" },
    { "refuses an unknown anchor", &item, "cycle 2 years from issue",
      "15:20: 'issue' is not known to the vocabulary / expected an anchor" },
    { "refuses an unknown reason", &rule,
      "age >= 1 years\n"
      "discretion board { waive for wealth }",
      "17:30: 'wealth' is not known to the vocabulary / expected a reason; did you mean "
      "'health'?" },
    { "refuses an unknown name in a floor", &rule,
      "age >= 1 years\n"
      "discretion board { waive; floor { holds cart } }",
      "17:41: no credential is named 'cart' / expected the name of a credential; did you mean "
      "'card'?" },
    { "refuses an unknown name in a bar", &item, "bar q \"Q\" { count c >= 1 } effect refuse",
      "15:19: no kind or term is named 'c' / expected a kind or a term; did you mean 'a'?" },
    { "refuses an unknown name in a transition", &item,
      "transition from 1 { accept old for c started before 2024-01-01 until 1 year after that "
      "start }",
      "15:36: no kind or term is named 'c' / expected a kind or a term; did you mean 'a'?" },
    { "refuses two questions to one body", &rule,
      "judged \"Q?\" by board\n"
      "judged \"P?\" by board",
      "17:16: 'board' judges this requirement already / the other one stands on line 16; divide "
      "the requirement" },
    { "refuses a question and a referral to one body", &rule,
      "judged \"Q?\" by board\n"
      "refer to board when { age >= 1 years }",
      "17:10: 'board' judges this requirement already / the other one stands on line 16; divide "
      "the requirement" },
    { "refuses two referrals to one body", &rule,
      "age >= 1 years\n"
      "refer to board when { age >= 2 years }\n"
      "refer to board when { age >= 3 years }",
      "18:10: 'board' judges this requirement already / the other one stands on line 17; divide "
      "the requirement" },
    { "refuses a judge in an exemption too", &rule,
      "judged \"Q?\" by qap\n"
      "exempt e \"E\" when { judged \"P?\" by qap }",
      "17:36: 'qap' judges this requirement already / the other one stands on line 16; divide the "
      "requirement" },
    { "refuses a term that uses one below", &item,
      "term t is u { role lead }\n"
      "term u is a { role co }",
      "15:11: a term uses only terms above it, and 'u' is none / move it down, or that term up" },
    { "refuses a term that uses itself", &item, "term t is t { role lead }",
      "15:11: a term uses only terms above it, and 't' is none / move it down, or that term up" },
    { "refuses a term named as a kind", &item, "term a is b { role lead }",
      "15:6: the name 'a' is taken by a kind / give the term another name" },
    { "refuses a term of the vocabulary named again", &item,
      "term in-this-cycle is a { role lead }",
      "15:6: the name 'in-this-cycle' is taken by another term / give the term another name" },
    { "refuses a faulty term once", &item,
      "term t is a { role led }\n"
      "require s { count t >= 1 }",
      "15:20: 'led' is no value of 'role' / expected a value; did you mean 'lead'?" },
    { "refuses a term of an unknown kind once", &item,
      "term t is c { role lead }\n"
      "require s { count t >= 1 { role nothing }; sum hours t >= 1 h }",
      "15:11: no kind or term is named 'c' / expected a kind or a term; did you mean 'a'?" },
};

static const char vocabulary_text[] = "vocabulary v 1 {\n"
                                      "  levels degree none, bachelor, master\n"
                                      "  record a {\n"
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

static void accepts(const char *text)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    check_str(faults_of(&arena, str_format(&arena, "%s%s", vocabulary_text, text), true), "");
    arena_release(&arena);
}

static void everything_that_is_known_may_be_used(void **state)
{
    (void)state;
    accepts(
        "criteria x edition 1 {\n"
        "vocabulary v 1; owner board; cycle 2 years from join\n"
        "term t is base { points >= 2; level >= bachelor }\n"
        "term u is t { after first base { prep >= 30 min } }\n"
        "require r {\n"
        "  count u >= 1 { level none, master; programme qap accredited; days >= 2 }\n"
        "  sum prep t >= 3 h { at most 1 h each client role lead { at most 30 min each matter } }\n"
        "  sum days t >= 3 { weigh 50% role co; at most 2 each programme }\n"
        "  count distinct matter of t >= 2\n"
        "  each 12 months of cycle { any { months covered t >= 2; count u >= 1 { also b at most 1 "
        "} } }\n"
        "  holds card, x, y on 2020-01-01\n"
        "  declared code edition current\n"
        "  judged \"Q?\" by qap\n"
        "  refer to board when { age >= 3 years }\n"
        "  discretion qap { waive for health; floor { count a >= 1 } }\n"
        "}\n"
        "transition from 0 { accept old for u started before 2020-01-01 "
        "until 1 year after that start }\n"
        "}\n"
        "criteria y.renewal edition 1 { vocabulary v 1; require r { age >= 1 years } }\n");
}

static void one_body_judges_in_several_requirements(void **state)
{
    (void)state;
    accepts("criteria x edition 1 {\n"
            "vocabulary v 1\n"
            "require r { judged \"Q?\" by board; discretion board { admit } }\n"
            "require s { age >= 1 years; refer to board when { age >= 2 years } }\n"
            "}\n");
}

static void a_term_may_stand_below_what_requires_it(void **state)
{
    (void)state;
    accepts("criteria x edition 1 {\n"
            "vocabulary v 1\n"
            "require r { count t >= 1 }\n"
            "term t is a { role lead }\n"
            "}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_that_is_known_may_be_used),
        cmocka_unit_test(one_body_judges_in_several_requirements),
        cmocka_unit_test(a_term_may_stand_below_what_requires_it),
    };

    return run_refusals("check", tests, ARRAY_LEN(tests), refusals, ARRAY_LEN(refusals));
}
