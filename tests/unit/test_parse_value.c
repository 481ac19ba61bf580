#include "refusals.h"

static const struct frame file = { "", "", false };
static const struct frame item = { "criteria x edition 1 {\n",
                                   "\n"
                                   "require r {\n"
                                   "age >= 1 years\n"
                                   "}\n"
                                   "}\n",
                                   false };
static const struct frame rule = { "criteria x edition 1 {\n"
                                   "require r {\n",
                                   "\n"
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

static const struct refusal refusals[] = {
    { "refuses an edition with a leading zero", &file,
      "criteria x edition 01 {\n"
      "}\n",
      "1:20: '01' cannot stand here / expected the number of an edition, such as 3 or 2024.1" },
    { "refuses a document name with a capital", &file,
      "criteria Big.name edition 1 {\n"
      "}\n",
      "1:10: 'Big.name' cannot stand here / expected the name of the criteria: words of small "
      "letters, digits and single hyphens, joined by full stops" },
    { "refuses a name with an empty part", &file,
      "criteria a..b edition 1 {\n"
      "}\n",
      "1:10: 'a..b' cannot stand here / expected the name of the criteria: words of small letters, "
      "digits and single hyphens, joined by full stops" },
    { "refuses a title without text", &item, "title",
      "2:6: the statement ends too early / expected a text in quotes" },
    { "refuses a title that is a word", &item, "title T",
      "2:7: 'T' cannot stand here / expected a language such as en or pt-br" },
    { "refuses a title in no language", &item, "title English \"T\"",
      "2:7: 'English' cannot stand here / expected a language such as en or pt-br" },
    { "refuses a language with a capital", &item, "language EN",
      "2:10: 'EN' cannot stand here / expected a language such as en or pt-br" },
    { "refuses a date that does not exist", &item, "open from 2023-02-29",
      "2:11: '2023-02-29' cannot stand here / expected a date that exists, as YYYY-MM-DD" },
    { "refuses a date in another form", &item, "open before 31.12.2018",
      "2:13: '31.12.2018' cannot stand here / expected a date that exists, as YYYY-MM-DD" },
    { "refuses a valid of zero", &item, "valid 0 years", "2:7: a duration is at least one month" },
    { "refuses a cycle from 29 february", &item, "cycle 1 year from year 02-29",
      "2:24: 29 February does not come every year / choose 28 February or 1 March" },
    { "refuses a cycle from a day that does not exist", &item, "cycle 1 year from year 04-31",
      "2:24: '04-31' cannot stand here / expected a day of the year that exists, as MM-DD" },
    { "refuses a duration in weeks", &item, "cycle 6 weeks from join",
      "2:9: 'weeks' cannot stand here / expected 'months' or 'years'" },
    { "refuses a duration too long", &item, "cycle 201 years from join",
      "2:7: a duration is longer than 2400 months" },
    { "refuses a need of zero", &rule, "count a >= 0",
      "3:12: 0 is always reached and so asks for nothing / write 1 or more, or leave the statement "
      "out" },
    { "refuses a need too large", &rule, "count a >= 1000000000",
      "3:12: a number is greater than 999999999" },
    { "refuses a need that is no number", &rule, "count a >= many",
      "3:12: 'many' cannot stand here / expected a whole number" },
    { "refuses a need with a sign", &rule, "count a >= -1",
      "3:12: '-1' cannot stand here / expected a whole number" },
    { "refuses a need below", &rule, "count a <= 3",
      "3:9: '<=' cannot stand here / expected '>='" },
    { "refuses a sum too long", &rule, "sum hours a >= 999999999 h",
      "3:16: a time is longer than 999999999 minutes" },
    { "refuses a unit glued to its number", &rule, "sum hours a >= 20h",
      "3:16: '20h' cannot stand here / expected a whole number, then 'h' or 'min' if it is one of "
      "time" },
    { "refuses a kind that is a word of the language", &rule, "count programme >= 1",
      "3:7: 'programme' is a word of the language and names no kind, field or term / expected a "
      "kind or a term" },
    { "refuses a list that goes on below", &clause,
      "role b,\n"
      "c",
      "4:8: the statement ends too early / expected a value behind the comma, on its line" },
    { "refuses a weight of nothing", &clause, "weigh 0% role b",
      "4:7: '0%' cannot stand here / expected a percentage from 1% to 100%" },
    { "refuses a weight above all", &clause, "weigh 101% role b",
      "4:7: '101%' cannot stand here / expected a percentage from 1% to 100%" },
    { "refuses a weight without a percent sign", &clause, "weigh 50 role b",
      "4:7: '50' cannot stand here / expected a percentage from 1% to 100%" },
    { "refuses more than 64 values", &clause,
      "role v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, "
      "v19, v20, v21, v22, v23, v24, v25, v26, v27, v28, v29, v30, v31, v32, v33, v34, v35, v36, "
      "v37, v38, v39, v40, v41, v42, v43, v44, v45, v46, v47, v48, v49, v50, v51, v52, v53, v54, "
      "v55, v56, v57, v58, v59, v60, v61, v62, v63, v64",
      "4:316: more than 64 words stand in one list / shorten the list" },
    { "refuses a word too long", &clause,
      "role xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      "4:6: a name is longer than 64 bytes / shorten it" },
};

int main(void)
{
    return run_refusals("parse_value", NULL, 0, refusals, ARRAY_LEN(refusals));
}
