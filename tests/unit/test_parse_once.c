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
    { "refuses two titles in a language", &item,
      "title \"A\"\n"
      "title en \"B\"",
      "3:1: the title in the language 'en' is given twice / the first stands on line 2" },
    { "refuses two owners", &item,
      "owner a\n"
      "owner b",
      "3:1: the owner is given twice / the first stands on line 2" },
    { "refuses two vocabularies", &item,
      "vocabulary a 1\n"
      "vocabulary b 1",
      "3:1: the vocabulary is given twice / the first stands on line 2" },
    { "refuses two cycles", &item,
      "cycle 1 year from join\n"
      "cycle 2 years from join",
      "3:1: the cycle is given twice / the first stands on line 2" },
    { "refuses a requirement id given twice", &item, "require r { age >= 2 years }",
      "3:9: the id 'r' is given twice / the first stands on line 2" },
    { "refuses a bar with the id of a requirement", &item,
      "bar r \"R\" { age >= 1 years } effect refuse",
      "3:9: the id 'r' is given twice / the first stands on line 2" },
    { "refuses a term given twice", &item,
      "term t is a { role b }\n"
      "term t is a { role c }",
      "3:6: the term 't' is given twice / the first stands on line 2" },
    { "refuses an exemption given twice", &rule,
      "age >= 1 years\n"
      "exempt e \"E\" when { age >= 2 years }\n"
      "exempt e \"F\" when { age >= 3 years }",
      "5:8: the exemption 'e' of 'r' is given twice / the first stands on line 4" },
    { "refuses two discretions of a body", &rule,
      "age >= 1 years\n"
      "discretion board { waive }\n"
      "discretion board { admit }",
      "5:12: the discretion of 'board' in 'r' is given twice / the first stands on line 4" },
    { "refuses a label given twice", &item,
      "label r de \"A\"\n"
      "label r de \"B\"",
      "3:1: the label of 'r' in the language 'de' is given twice / the first stands on line 2" },
    { "refuses a label of nothing", &item, "label s de \"S\"",
      "2:7: nothing here is called 's' / expected a requirement, a bar, or REQUIREMENT.EXEMPTION "
      "of this document" },
    { "refuses a label of no exemption", &item, "label r.e de \"S\"",
      "2:7: nothing here is called 'r.e' / expected a requirement, a bar, or REQUIREMENT.EXEMPTION "
      "of this document" },
    { "refuses a label in the language of the document", &item,
      "require s \"S\" { age >= 1 years }\n"
      "label s en \"S\"",
      "3:1: 's' has a label in 'en' already / change it where it stands, or name another "
      "language" },
    { "refuses a question of no requirement", &item, "question s board de \"Q?\"",
      "2:10: no requirement here is called 's' / expected a requirement of this document" },
    { "refuses a question of a body that is not asked", &item, "question r board de \"Q?\"",
      "2:12: 'board' is asked nothing in 'r' / expected a body that judges, is referred to or has "
      "discretion there" },
    { "refuses a question that is there already", &item,
      "require s { judged \"Q?\" by board }\n"
      "question s board en \"Q?\"",
      "3:1: 'board' has a question in 'en' already / change it where it stands, or name another "
      "language" },
};

static void accepts(const char *text)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    check_str(faults_of(&arena, str_from_c(text), false), "");
    arena_release(&arena);
}

static void translations_stand_beside_each_other(void **state)
{
    (void)state;
    accepts("criteria x edition 1 {\n"
            "language de\n"
            "title \"T\"; title en \"T\"; title fr \"T\"\n"
            "note \"N\"; note \"N\"\n"
            "label r en \"R\"; label r fr \"R\"; label r.e en \"E\"; label b en \"B\"\n"
            "question r board en \"Q?\"; question r rap en \"Q?\"; question r rap de \"Q?\"\n"
            "require r \"R\" {\n"
            "  judged \"Q?\" by board\n"
            "  exempt e \"E\" when { age >= 1 years }\n"
            "  refer to rap when { age >= 2 years }\n"
            "}\n"
            "bar b \"B\" { age >= 3 years } effect refuse\n"
            "transition from 1 { }\n"
            "transition from old 1 { }\n"
            "}\n");
}

static void two_requirements_have_exemptions_and_bodies_of_the_same_name(void **state)
{
    (void)state;
    accepts("criteria x edition 1 {\n"
            "require r { age >= 1 years; exempt e \"E\" when { holds y }; discretion d { } }\n"
            "require s { age >= 1 years; exempt e \"E\" when { holds y }; discretion d { } }\n"
            "}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(translations_stand_beside_each_other),
        cmocka_unit_test(two_requirements_have_exemptions_and_bodies_of_the_same_name),
    };

    return run_refusals("parse_once", tests, ARRAY_LEN(tests), refusals, ARRAY_LEN(refusals));
}
