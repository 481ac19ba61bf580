#include "refusals.h"

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

static const struct refusal refusals[] = {
    { "refuses a requirement without a rule", &item,
      "require s \"S\" {\n"
      "wording \"W\"\n"
      "}",
      "2:1: a requirement holds at least one rule / expected a rule such as 'count', 'any' or "
      "'holds'" },
    { "refuses a requirement without an id", &item,
      "require \"S\" {\n"
      "age >= 1 years\n"
      "}",
      "2:9: a text cannot stand here / expected the id of the requirement" },
    { "refuses a misspelt part", &rule,
      "wordin \"W\"\n"
      "age >= 1 years",
      "3:1: 'wordin' cannot stand here / expected a rule, a wording, a note, 'exempt', 'refer to' "
      "or 'discretion'; did you mean 'wording'?" },
    { "refuses a misspelt require", &item,
      "reqire s {\n"
      "age >= 1 years\n"
      "}",
      "2:1: 'reqire' cannot stand here / expected an item such as 'title', 'require' or 'term'; "
      "did you mean 'require'?" },
    { "refuses an exemption without a name", &rule,
      "age >= 1 years\n"
      "exempt e when { age >= 2 years }",
      "4:10: 'when' cannot stand here / expected the name of the exemption, in quotes" },
    { "refuses an exemption without when", &rule,
      "age >= 1 years\n"
      "exempt e \"E\" { age >= 2 years }",
      "4:14: '{' cannot stand here / expected 'when'" },
    { "refuses an instead on the next line", &rule,
      "age >= 1 years\n"
      "exempt e \"E\" when { age >= 2 years }\n"
      "instead { age >= 3 years }",
      "5:1: 'instead' cannot stand here / it stands on the line that it continues" },
    { "refuses an empty exemption", &rule,
      "age >= 1 years\n"
      "exempt e \"E\" when { }",
      "4:19: an exemption holds at least one rule / expected a rule such as 'count', 'any' or "
      "'holds'" },
    { "refuses a refer without when", &rule,
      "age >= 1 years\n"
      "refer to board { age >= 2 years }",
      "4:16: '{' cannot stand here / expected 'when'" },
    { "refuses an unknown grant", &rule,
      "age >= 1 years\n"
      "discretion board { waves }",
      "4:20: 'waves' cannot stand here / expected 'waive', 'admit', 'extend' or 'floor'; did you "
      "mean 'waive'?" },
    { "refuses a grant given twice", &rule,
      "age >= 1 years\n"
      "discretion board { admit; admit }",
      "4:27: a discretion has one 'admit' / keep one of them" },
    { "refuses a floor without waive", &rule,
      "age >= 1 years\n"
      "discretion board {\n"
      "floor { age >= 1 years }\n"
      "admit\n"
      "}",
      "5:1: a floor is what remains when a body waives, and here none may / add 'waive', or remove "
      "the floor" },
    { "refuses an extension without a date", &rule,
      "age >= 1 years\n"
      "discretion board { extend }",
      "4:27: '}' cannot stand here / expected 'until'" },
};

int main(void)
{
    return run_refusals("parse_require", NULL, 0, refusals, ARRAY_LEN(refusals));
}
