#include "refusals.h"

static const struct frame item = { "criteria x edition 1 {\n",
                                   "\n"
                                   "require r {\n"
                                   "age >= 1 years\n"
                                   "}\n"
                                   "}\n",
                                   false };
static const struct frame file = { "", "", false };

static const struct refusal refusals[] = {
    { "refuses a misspelt item", &item, "tittle \"T\"",
      "2:1: 'tittle' cannot stand here / expected an item such as 'title', 'require' or 'term'; "
      "did you mean 'title'?" },
    { "refuses a group of two words", &item, "group a b",
      "2:9: 'b' cannot stand here / expected the end of the statement: a new line, ';' or '}'" },
    { "refuses a vocabulary without an edition", &item, "vocabulary practice",
      "2:20: the statement ends too early / expected the number of an edition, such as 3 or "
      "2024.1" },
    { "refuses an open with both ends", &item, "open until 2018-01-01 before 2019-01-01",
      "2:23: 'before' cannot stand here / expected the end of the statement: a new line, ';' or "
      "'}'" },
    { "refuses an in force without a date", &item, "in force from",
      "2:14: the statement ends too early / expected a date that exists, as YYYY-MM-DD" },
    { "refuses a valid of no duration", &item, "valid",
      "2:6: the statement ends too early / expected a number of months or years" },
    { "refuses a renewal behind the end", &item, "valid 3 years renew from 6 months after end",
      "2:35: 'after' cannot stand here / expected 'before'" },
    { "refuses a cycle without an anchor", &item, "cycle 1 year",
      "2:13: the statement ends too early / expected 'from'" },
    { "refuses a tightens without edition", &item, "tightens x 1",
      "2:12: '1' cannot stand here / expected 'edition'" },
    { "refuses a label without a language", &item, "label r \"R\"",
      "2:9: a text cannot stand here / expected a language such as en or pt-br" },
    { "refuses a question without a body", &item, "question r de \"Q?\"",
      "2:15: a text cannot stand here / expected a language such as en or pt-br" },
    { "refuses a term without braces", &item, "term t is a",
      "2:12: the statement ends too early / expected '{' on the line that it continues" },
    { "refuses a term named by a word of the language", &item, "term cycle is a { role b }",
      "2:6: 'cycle' is a word of the language and names no kind, field or term / expected the name "
      "of the term" },
    { "refuses a term named by a word of a case", &item, "term expect is a { role b }",
      "2:6: 'expect' is a word of the language and names no kind, field or term / expected the "
      "name of the term" },
    { "refuses a term named as an implicit field", &item, "term hours is a { role b }",
      "2:6: 'hours' is a word of the language and names no kind, field or term / expected the name "
      "of the term" },
    { "refuses a bar without an effect", &item, "bar b \"B\" { age >= 1 years }",
      "2:29: the statement ends too early / expected 'effect'" },
    { "refuses a bar with another effect", &item, "bar b \"B\" { age >= 1 years } effect refer-to",
      "2:37: 'refer-to' cannot stand here / expected 'refuse' or 'refer'; did you mean 'refer'?" },
    { "refuses a bar without a label", &item, "bar b { age >= 1 years } effect refuse",
      "2:7: '{' cannot stand here / expected the label of the bar, in quotes" },
    { "refuses a bar that is judged", &item,
      "bar b \"B\" {\n"
      "any {\n"
      "judged \"Q?\" by board\n"
      "}\n"
      "} effect refuse",
      "4:1: a bar holds no 'judged' / expected facts: a bar is not for judgement" },
    { "refuses an effect on the next line", &item,
      "bar b \"B\" { age >= 1 years }\n"
      "effect refuse",
      "2:29: the statement ends too early / expected 'effect'" },
    { "refuses a bar without a rule", &item,
      "bar b \"B\" {\n"
      "} effect refuse",
      "2:11: a bar holds at least one rule / expected a rule such as 'count', 'any' or 'holds'" },
    { "refuses a transition without an edition", &item,
      "transition from old {\n"
      "holders keep until renewal\n"
      "}",
      "2:21: '{' cannot stand here / expected the number of an edition, such as 3 or 2024.1" },
    { "refuses a clause of no transition", &item,
      "transition from 1 {\n"
      "keep holders\n"
      "}",
      "3:1: 'keep' cannot stand here / expected 'accept old', 'require old' or 'holders keep'" },
    { "refuses an accept without an end", &item,
      "transition from 1 {\n"
      "accept old for applications from 2024-01-01\n"
      "}",
      "3:44: the statement ends too early / expected 'until'" },
    { "refuses a require old for records", &item,
      "transition from 1 {\n"
      "require old for training started before 2024-01-01\n"
      "}",
      "3:17: 'training' cannot stand here / expected 'applications'" },
    { "refuses holders that keep for a duration", &item,
      "transition from 1 {\n"
      "holders keep until 3 years\n"
      "}",
      "3:20: '3' cannot stand here / expected 'renewal' or a date that exists, as YYYY-MM-DD" },
    { "refuses an example without a date", &item,
      "example \"E\" {\n"
      "}",
      "2:13: '{' cannot stand here / expected 'asof'" },
    { "refuses an example on one line", &item,
      "example \"E\" asof 2024-01-01 { expect decide eligible }",
      "2:29: something follows this brace on its line / expected the first line of the block below "
      "this one" },
    { "refuses an example that does not end", &file,
      "criteria x edition 1 {\n"
      "example \"E\" asof 2024-01-01 {\n"
      "expect decide eligible\n",
      "2:29: this block does not end / expected a line with only } after the lines of the block" },
};

int main(void)
{
    return run_refusals("parse_document", NULL, 0, refusals, ARRAY_LEN(refusals));
}
