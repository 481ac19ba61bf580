#include "sample.h"

const char *const sample_vocabulary = "vocabulary sample 1 {\n"
                                      "  levels degree none, bachelor, master\n"
                                      "  record mediation {\n"
                                      "    field role of mediator, co, party\n"
                                      "    field mode of online, in-person\n"
                                      "    field client id\n"
                                      "    field points integer\n"
                                      "    field prep minutes\n"
                                      "  }\n"
                                      "  record training {\n"
                                      "    field completed of yes, no\n"
                                      "    field level ordered degree\n"
                                      "    field points integer\n"
                                      "  }\n"
                                      "  record cpd {\n"
                                      "    field category of education, reading, other-things\n"
                                      "    field activity of conference, course\n"
                                      "    field points integer\n"
                                      "  }\n"
                                      "  record finding { field outcome of removal, warning }\n"
                                      "  programmes qap, cmtp\n"
                                      "  bodies board, panel, council\n"
                                      "  statements code, oath\n"
                                      "  anchors join, issue\n"
                                      "  reasons health, access\n"
                                      "  credentials card, licence\n"
                                      "  effort mediation 10; effort training 40\n"
                                      "}\n";

#define POINTS                                                                                     \
    {                                                                                              \
        "points", SORT_NUMBER, { NULL }, 0                                                         \
    }

const struct sample_kind sample_kinds[SAMPLE_KINDS] = {
    { "mediation",
      { { "role", SORT_VALUES, { "mediator", "co", "party" }, 3 },
        { "mode", SORT_VALUES, { "online", "in-person" }, 2 },
        { "client", SORT_ID, { NULL }, 0 },
        POINTS,
        { "prep", SORT_TIME, { NULL }, 0 } },
      5 },
    { "training",
      { { "completed", SORT_VALUES, { "yes", "no" }, 2 },
        { "level", SORT_LEVELS, { "none", "bachelor", "master" }, 3 },
        POINTS },
      3 },
    { "cpd",
      { { "category", SORT_VALUES, { "education", "reading", "other-things" }, 3 },
        { "activity", SORT_VALUES, { "conference", "course" }, 2 },
        POINTS },
      3 },
    { "finding", { { "outcome", SORT_VALUES, { "removal", "warning" }, 2 } }, 1 },
};

const char *const sample_credentials[2] = { "card", "licence" };
const char *const sample_statements[2] = { "code", "oath" };
const char *const sample_types[2] = { "qap", "cmtp" };

day sample_date(struct dice *dice, int first_year, int last_year)
{
    static const int32_t mdays[] = { 1, 1, 2, 15, 27, 28, 29, 30, 31, 31 };
    struct civil civil;

    civil.year = first_year + (int32_t)dice_below(dice, (uint32_t)(last_year - first_year + 1));
    civil.month = 1 + (int32_t)dice_below(dice, 12);
    civil.mday = mdays[dice_below(dice, ARRAY_LEN(mdays))];
    if (civil.mday > month_length(civil.year, civil.month))
        civil.mday = month_length(civil.year, civil.month);
    return day_from_civil(civil);
}

void sample_add_day(struct buf *out, day d)
{
    char text[DAY_TEXT_SIZE];

    buf_add_c(out, day_text(d, text));
}
