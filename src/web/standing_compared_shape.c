/* The shape of a standing beside another (register/standing_compare.h). */
#include "web/standing_shape.h"

static const char *const verdict_words[] = { "eligible", "refer",       "not-yet",
                                             "barred",   "unavailable", NULL };
static const struct shape verdict_shape = { .kind = IS_WORD, .words = verdict_words };
static const char *const finding_words[] = { "met", "refer", "not-yet", NULL };
static const struct shape finding_word_shape = { .kind = IS_WORD, .words = finding_words };

static const struct shape_member side_members[] = {
    { "edition", &shape_text, true, "The edition that decides; null: none governs" },
    { "decide", &verdict_shape, false, "The result by verified evidence" },
    { "preview", &verdict_shape, false, "The result by claims too" },
    { "met", &shape_int, false, "How many requirements are met" },
    { "of", &shape_int, false, "Of how many" },
    { 0 },
};
static const struct shape side_shape = { .kind = IS_OBJECT,
                                         .name = "ThenAndNowSide",
                                         .members = side_members };

static const struct shape_member finding_members[] = {
    { "value", &finding_word_shape, false, "What came out, by verified evidence" },
    { "by", &shape_text, true, "What it is met by, if not by evidence" },
    { "asks", &shape_text, false, "What the edition asks for" },
    { "said", &shape_texts, false, "What there is of it, part by part" },
    { 0 },
};
static const struct shape finding_shape = { .kind = IS_OBJECT,
                                            .name = "ThenAndNowFinding",
                                            .members = finding_members };

static const struct shape_member requirement_members[] = {
    { "id", &shape_text, false, "The id of the requirement" },
    { "title", &shape_text, false, "Its label" },
    { "differs", &shape_bool, false, "Whether it asks or finds something else now" },
    { "then", &finding_shape, true, "What came out then; null: the edition did not ask for it" },
    { "now", &finding_shape, true, "What comes out now; null: the edition does not ask for it" },
    { 0 },
};
static const struct shape requirement_shape = { .kind = IS_OBJECT,
                                                .name = "ThenAndNowRequirement",
                                                .members = requirement_members };
static const struct shape requirements_shape = { .kind = IS_LIST, .item = &requirement_shape };

static const struct shape_member compared_members[] = {
    { "name", &shape_text, false, "The certification" },
    { "title", &shape_text, false, "Its title" },
    { "beside", &shape_bool, false, "Whether it is shown beside the certification before it" },
    { "differs", &shape_bool, false, "Whether anything is not as it was" },
    { "edition_differs", &shape_bool, false, "Whether another edition decides now" },
    { "then", &side_shape, true, "Where they stood; null: it was not shown" },
    { "now", &side_shape, true, "Where they stand; null: it is not shown any more" },
    { "requirements", &requirements_shape, false, "Those of both editions" },
    { 0 },
};
const struct shape standing_compared_shape = { .kind = IS_OBJECT,
                                               .name = "ThenAndNow",
                                               .members = compared_members };
const struct shape standing_compared_list_shape = { .kind = IS_LIST,
                                                    .item = &standing_compared_shape };
