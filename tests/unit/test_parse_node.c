#include "refusals.h"

static const struct frame rule = { "criteria x edition 1 {\n"
                                   "require r {\n",
                                   "\n"
                                   "}\n"
                                   "}\n",
                                   false };

static const struct refusal refusals[] = {
    { "refuses a sum of nothing", &rule, "sum hours a >= 0 h",
      "3:16: 0 is always reached and so asks for nothing / write 1 or more, or leave the statement "
      "out" },
    { "refuses an unknown unit", &rule, "sum hours a >= 20 hours",
      "3:19: 'hours' cannot stand here / expected the end of the statement: a new line, ';' or "
      "'}'" },
    { "refuses an empty combination", &rule,
      "any {\n"
      "}",
      "3:5: a combination holds at least one rule / expected a rule such as 'count', 'any' or "
      "'holds'" },
    { "refuses a combination without braces", &rule, "any count a >= 1",
      "3:5: 'count' cannot stand here / expected '{' on the line that it continues" },
    { "refuses an at least above its branches", &rule,
      "at least 3 of {\n"
      "age >= 1 years\n"
      "age >= 2 years\n"
      "}",
      "3:10: 'at least' asks for 3 of 2" },
    { "refuses an at least of zero", &rule, "at least 0 of { age >= 1 years }",
      "3:10: 0 is always reached and so asks for nothing / write 1 or more, or leave the statement "
      "out" },
    { "refuses a lone separately", &rule,
      "separately {\n"
      "count a >= 1\n"
      "}",
      "3:1: 'separately' holds 2 to 6 counts, not 1" },
    { "refuses a separately of seven", &rule,
      "separately {\n"
      "count a >= 1\n"
      "count a >= 1\n"
      "count a >= 1\n"
      "count a >= 1\n"
      "count a >= 1\n"
      "count a >= 1\n"
      "count a >= 1\n"
      "}",
      "3:1: 'separately' holds 2 to 6 counts, not 7" },
    { "refuses a separately that weighs", &rule,
      "separately {\n"
      "count a >= 1 { weigh 50% role b }\n"
      "count a >= 2\n"
      "}",
      "4:1: 'separately' holds only plain counts / expected a count without 'weigh' and 'also'" },
    { "refuses a separately with also", &rule,
      "separately {\n"
      "count a >= 1 { also b at most 1 }\n"
      "count a >= 2\n"
      "}",
      "4:1: 'separately' holds only plain counts / expected a count without 'weigh' and 'also'" },
    { "refuses a separately of sums", &rule,
      "separately {\n"
      "sum hours a >= 1 h\n"
      "count a >= 2\n"
      "}",
      "4:1: 'separately' holds only plain counts / expected a count without 'weigh' and 'also'" },
    { "refuses a separately of distinct counts", &rule,
      "separately {\n"
      "count distinct f of a >= 1\n"
      "count a >= 2\n"
      "}",
      "4:1: 'separately' holds only plain counts / expected a count without 'weigh' and 'also'" },
    { "refuses an each within an each", &rule,
      "each 12 months of last 24 months {\n"
      "each 6 months of last 12 months {\n"
      "count a >= 1\n"
      "}\n"
      "}",
      "4:1: this cannot stand in an 'each' / expected 'count', 'sum', 'months covered' or a "
      "combination of them" },
    { "refuses a credential in an each", &rule,
      "each 12 months of last 24 months {\n"
      "any {\n"
      "holds b\n"
      "}\n"
      "}",
      "5:1: this cannot stand in an 'each' / expected 'count', 'sum', 'months covered' or a "
      "combination of them" },
    { "refuses months since first in an each", &rule,
      "each 12 months of last 24 months {\n"
      "months since first a >= 3\n"
      "}",
      "4:1: this cannot stand in an 'each' / expected 'count', 'sum', 'months covered' or a "
      "combination of them" },
    { "refuses an each of nothing", &rule, "each 12 months of year { count a >= 1 }",
      "3:19: 'year' cannot stand here / expected 'cycle' or 'last'" },
    { "refuses months of nothing", &rule, "months spent a >= 3",
      "3:8: 'spent' cannot stand here / expected 'covered' or 'since first'" },
    { "refuses an age above 200 years", &rule, "age >= 201 years",
      "3:12: an age is at most 200 years" },
    { "refuses an age without years", &rule, "age >= 18",
      "3:10: the statement ends too early / expected 'years'" },
    { "refuses a holds ever and on", &rule, "holds b ever on 2024-01-01",
      "3:14: 'on' cannot stand here / expected the end of the statement: a new line, ';' or '}'" },
    { "refuses a judged without a body", &rule, "judged \"Q?\"",
      "3:12: the statement ends too early / expected 'by'" },
    { "refuses a judged without a question", &rule, "judged by board",
      "3:8: 'by' cannot stand here / expected the question that is judged, in quotes" },
    { "refuses a declared within nothing", &rule, "declared code within",
      "3:21: the statement ends too early / expected a number of months or years" },
    { "refuses a negated condition", &rule, "not holds b",
      "3:1: 'not' cannot stand here / no condition is negated; values of a field are excluded by "
      "FIELD not VALUE" },
};

int main(void)
{
    return run_refusals("parse_node", NULL, 0, refusals, ARRAY_LEN(refusals));
}
