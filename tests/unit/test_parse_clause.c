#include "refusals.h"

static const struct frame item = { "criteria x edition 1 {\n",
                                   "\n"
                                   "require r {\n"
                                   "age >= 1 years\n"
                                   "}\n"
                                   "}\n",
                                   false };
static const struct frame clause = { "criteria x edition 1 {\n"
                                     "require r {\n"
                                     "count a >= 1 {\n",
                                     "\n"
                                     "}\n"
                                     "}\n"
                                     "}\n",
                                     false };
static const struct frame limit = { "criteria x edition 1 {\n"
                                    "require r {\n"
                                    "sum hours a >= 1 h {\n",
                                    "\n"
                                    "}\n"
                                    "}\n"
                                    "}\n",
                                    false };

static const struct refusal refusals[] = {
    { "refuses a weigh in a term", &item, "term t is a { weigh 50% role b }",
      "2:15: 'weigh' stands only in a count or a sum / expected a filter" },
    { "refuses a field without a value", &clause, "role",
      "4:5: the statement ends too early / expected a value of small letters, 'not' or '>='" },
    { "refuses a misspelt within", &clause, "withn 24 months",
      "4:1: no value of 'withn' follows it / did you mean 'within'?" },
    { "refuses a number as a value", &clause, "role 3",
      "4:6: '3' cannot stand here / expected a value of small letters, 'not' or '>='" },
    { "refuses a value with a capital", &clause, "role Mediator",
      "4:6: 'Mediator' cannot stand here / expected a value of small letters, 'not' or '>='" },
    { "refuses a word of the language as a field", &clause, "cycle a",
      "4:1: 'cycle' cannot stand here / expected a field or a filter" },
    { "refuses a programme that is excluded", &clause, "programme not qap",
      "4:15: 'qap' cannot stand here / expected 'accredited'" },
    { "refuses a programme at another time", &clause, "programme qap accredited at end",
      "4:29: 'end' cannot stand here / expected 'start'" },
    { "refuses an in without cycle", &clause, "in year",
      "4:4: 'year' cannot stand here / expected 'cycle'" },
    { "refuses a limit in a count", &clause, "at most 3", "4:1: 'at most' stands only in a sum" },
    { "refuses an also in a sum", &limit, "also b at most 3",
      "4:1: 'also' stands only in a count / expected a filter" },
    { "refuses an also in a term", &item, "term t is a { also b at most 3 }",
      "2:15: 'also' stands only in a count / expected a filter" },
    { "refuses two also", &clause,
      "also b at most 1\n"
      "also c at most 1",
      "5:1: a count has one 'also'" },
    { "refuses a weigh beside also", &clause,
      "weigh 50% role b\n"
      "also c at most 1",
      "5:1: 'weigh' and 'also' exclude each other / keep one of the two" },
    { "refuses an also beside weigh", &clause,
      "also c at most 1\n"
      "weigh 50% role b",
      "5:1: 'weigh' and 'also' exclude each other / keep one of the two" },
    { "refuses a filter in a limit", &limit,
      "at most 3 h {\n"
      "role b\n"
      "}",
      "5:1: 'role' cannot stand here / expected a limit that begins with 'at most'" },
    { "refuses a dated limit", &limit, "at most 3 h within 12 months",
      "4:13: 'within' cannot stand here / expected a field of the record itself" },
};

int main(void)
{
    return run_refusals("parse_clause", NULL, 0, refusals, ARRAY_LEN(refusals));
}
