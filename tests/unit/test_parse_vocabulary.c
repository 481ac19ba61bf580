#include "refusals.h"

static const struct frame entry = { "vocabulary v 1 {\n",
                                    "\n"
                                    "}\n",
                                    false };

static const struct refusal refusals[] = {
    { "refuses an unknown entry", &entry, "kind a { }",
      "2:1: 'kind' cannot stand here / expected an entry such as 'record', 'levels' or 'bodies'" },
    { "refuses a kind named by a word of the language", &entry, "record case { }",
      "2:8: 'case' is a word of the language and names no kind, field or term / expected the name "
      "of a kind" },
    { "refuses a field named as an implicit one", &entry, "record a { field hours minutes }",
      "2:18: 'hours' is a word of the language and names no kind, field or term / expected the "
      "name of a field" },
    { "refuses a field of no type", &entry, "record a { field b text }",
      "2:20: 'text' cannot stand here / expected 'of', 'ordered', 'id', 'integer' or 'minutes'" },
    { "refuses an ordered field without levels", &entry, "record a { field b ordered }",
      "2:28: '}' cannot stand here / expected the name of levels" },
    { "refuses an effort without a number", &entry, "effort a",
      "2:9: the statement ends too early / expected a whole number" },
    { "refuses levels without a level", &entry, "levels a",
      "2:9: the statement ends too early / expected a level, the lowest first" },
};

int main(void)
{
    return run_refusals("parse_vocabulary", NULL, 0, refusals, ARRAY_LEN(refusals));
}
