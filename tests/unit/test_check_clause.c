#include "refusals.h"

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
static const struct frame sum = {
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
    "sum hours a >= 1 h {\n",
    "\n"
    "}\n"
    "}\n"
    "}\n",
    true
};

static const struct refusal refusals[] = {
    { "refuses an unknown kind", &rule, "count aa >= 1",
      "16:7: no kind or term is named 'aa' / expected a kind or a term; did you mean 'a'?" },
    { "refuses an unknown field", &clause, "rol lead",
      "17:1: no field of a is named 'rol' / expected a field of a; did you mean 'role'?" },
    { "refuses an unknown value", &clause, "role led",
      "17:6: 'led' is no value of 'role' / expected a value; did you mean 'lead'?" },
    { "refuses an unknown field in after first", &clause, "after first b { client x }",
      "17:17: no field of b is named 'client' / expected a field of b" },
    { "refuses a listed id", &clause, "client x",
      "17:1: 'client' is an id and is not listed / an id tells records apart; it is not compared "
      "with values" },
    { "refuses a listed matter", &clause, "matter x",
      "17:1: 'matter' is an id and is not listed / an id tells records apart; it is not compared "
      "with values" },
    { "refuses an ordered id", &clause, "client >= 3",
      "17:1: 'client' has no order / list the values that will do, without '>='" },
    { "refuses a measure with values", &clause, "points three",
      "17:1: 'points' is a measure and has no values / compare it by '>='" },
    { "refuses a measure compared with a level", &clause, "points >= master",
      "17:1: 'points' is a measure and has no levels / write a number" },
    { "refuses levels compared with a number", &clause, "level >= 3",
      "17:1: 'level' has levels, not numbers / write the name of the lowest level that will do" },
    { "refuses an unknown level", &clause, "level >= mater",
      "17:10: 'mater' is no value of 'level' / expected a level; did you mean 'master'?" },
    { "refuses order where there is none", &clause, "role >= lead",
      "17:1: 'role' has no order / list the values that will do, without '>='" },
    { "refuses time without a unit", &clause, "hours >= 4",
      "17:1: 'hours' is measured in time and needs a unit / write 'h' or 'min' behind the number" },
    { "refuses a measure of time of its own without a unit", &clause, "prep >= 4",
      "17:1: 'prep' is measured in time and needs a unit / write 'h' or 'min' behind the number" },
    { "refuses points with a unit", &clause, "points >= 4 h",
      "17:1: 'points' is no measure of time and has no unit / remove the unit" },
    { "refuses days with a unit", &clause, "days >= 4 h",
      "17:1: 'days' is no measure of time and has no unit / remove the unit" },
    { "refuses a sum of time without a unit", &rule, "sum hours a >= 20",
      "16:5: 'hours' is measured in time and needs a unit / write 'h' or 'min' behind the number" },
    { "refuses a sum of points with a unit", &rule, "sum points a >= 20 h",
      "16:5: 'points' is no measure of time and has no unit / remove the unit" },
    { "refuses a sum of what is no measure", &rule, "sum role a >= 20",
      "16:5: 'role' of a is no measure / expected a measure of a" },
    { "refuses a sum of an id", &rule, "sum client a >= 20",
      "16:5: 'client' of a is no measure / expected a measure of a" },
    { "refuses a sum of an unknown measure", &rule, "sum point a >= 20",
      "16:5: no field of a is named 'point' / expected a field of a; did you mean 'points'?" },
    { "refuses a limit of time without a unit", &sum, "at most 3",
      "17:1: 'hours' is measured in time and needs a unit / write 'h' or 'min' behind the number" },
    { "refuses an inner limit without a unit", &sum,
      "at most 3 h role lead {\n"
      "at most 2 each client\n"
      "}",
      "18:1: 'hours' is measured in time and needs a unit / write 'h' or 'min' behind the number" },
    { "refuses a limit each unknown field", &sum, "at most 3 h each clint",
      "17:18: no field of a is named 'clint' / expected a field of a; did you mean 'client'?" },
    { "refuses a weight of an unknown value", &clause, "weigh 50% role assistant",
      "17:16: 'assistant' is no value of 'role' / expected a value" },
    { "refuses an also of an unknown kind", &clause, "also c at most 2",
      "17:6: no kind or term is named 'c' / expected a kind or a term; did you mean 'a'?" },
    { "refuses a distinct unknown field", &rule, "count distinct clients of a >= 2",
      "16:16: no field of a is named 'clients' / expected a field of a; did you mean 'client'?" },
    { "refuses an unknown type of programme", &clause, "programme qpa accredited",
      "17:11: 'qpa' is not known to the vocabulary / expected a type of programme; did you mean "
      "'qap'?" },
};

int main(void)
{
    return run_refusals("check_clause", NULL, 0, refusals, ARRAY_LEN(refusals));
}
