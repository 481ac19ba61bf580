#include "web/standing.h"

/*
 * The JSON that POST /standing takes, for the description of the interface. standing_sent_json.c
 * reads it, and the readers of logbooks and person files what stands in it. A test asks with every
 * member of it.
 */

/* ---- the person file ---- */

static const struct shape dates_by_name = { .kind = IS_MAP, .item = &shape_date };

static const struct shape_member programme_members[] = {
    { "id", &shape_text, false, "Its id, as records name it" },
    { "type", &shape_text, false, "One of the vocabulary's types of programmes" },
    { "from", &shape_date, false, "The first day of its accreditation" },
    { "to", &shape_date, true, "The last day; without it, the programme is still accredited" },
    { 0 },
};
static const struct shape programme = { .kind = IS_OBJECT,
                                        .name = "PersonProgramme",
                                        .members = programme_members };
static const struct shape programmes = { .kind = IS_LIST, .item = &programme };

static const struct shape_member edition_members[] = {
    { "statement", &shape_text, false, "One of the vocabulary's statements" },
    { "edition", &shape_text, false, "Its number, as a text" },
    { "from", &shape_date, true, "The first day on which it is current; without it, always" },
    { 0 },
};
static const struct shape edition = { .kind = IS_OBJECT,
                                      .name = "PersonEdition",
                                      .members = edition_members };
static const struct shape editions = { .kind = IS_LIST, .item = &edition };

static const struct shape_member suspension_members[] = {
    { "from", &shape_date, false, "The first day of the suspension" },
    { "to", &shape_date, true, "The last day; without it, there is no end" },
    { 0 },
};
static const struct shape suspension = { .kind = IS_OBJECT,
                                         .name = "PersonSuspension",
                                         .members = suspension_members };
static const struct shape suspensions = { .kind = IS_LIST, .item = &suspension };

static const struct shape_member credential_members[] = {
    { "name", &shape_text, false, "A document of the scheme, or one of its other credentials" },
    { "from", &shape_date, false, "The first day on which it is held" },
    { "to", &shape_date, true, "The last day; without it, there is no end" },
    { "suspended", &suspensions, true, "The periods of its suspensions" },
    { "withdrawn", &shape_date, true, "The first day on which it is no longer held" },
    { "annulled", &shape_bool, true, "Whether it counts as never given" },
    { "annulled-on", &shape_date, true, "The day on which that was recorded" },
    { "claimed", &shape_bool, true, "Whether it is not verified yet" },
    { 0 },
};
static const struct shape credential = { .kind = IS_OBJECT,
                                         .name = "PersonCredential",
                                         .members = credential_members };
static const struct shape credentials = { .kind = IS_LIST, .item = &credential };

static const struct shape_member declaration_members[] = {
    { "statement", &shape_text, false, "One of the vocabulary's statements" },
    { "on", &shape_date, false, "The day of the declaration" },
    { "edition", &shape_text, true, "The edition that was declared, as a text" },
    { 0 },
};
static const struct shape declaration = { .kind = IS_OBJECT,
                                          .name = "PersonDeclaration",
                                          .members = declaration_members };
static const struct shape declarations = { .kind = IS_LIST, .item = &declaration };

static const struct shape_member judgement_members[] = {
    { "requirement", &shape_text, false, "The id of a requirement" },
    { "satisfied", &shape_bool, false, "Whether the body found it satisfied" },
    { "by", &shape_text, false, "A body of the vocabulary, or a programme of this person" },
    { "on", &shape_date, false, "The day of the judgement" },
    { 0 },
};
static const struct shape judgement = { .kind = IS_OBJECT,
                                        .name = "PersonJudgement",
                                        .members = judgement_members };
static const struct shape judgements = { .kind = IS_LIST, .item = &judgement };

static const char *const decision_kinds[] = { "waive", "admit", "extend", NULL };
static const struct shape decision_kind = { .kind = IS_WORD, .words = decision_kinds };
static const struct shape_member decision_members[] = {
    { "kind", &decision_kind, false, "What was decided" },
    { "requirement", &shape_text, false, "The id of a requirement" },
    { "by", &shape_text, false, "A body of the vocabulary, or a programme of this person" },
    { "on", &shape_date, false, "The day of the decision" },
    { "reason", &shape_text, true, "Of waive: one of the vocabulary's reasons" },
    { "record", &shape_text, true, "Of admit, needed there: the number of a record, such as e1" },
    { "until", &shape_date, true, "Of extend, needed there: the last day that the person has" },
    { 0 },
};
static const struct shape decision = { .kind = IS_OBJECT,
                                       .name = "PersonDecision",
                                       .members = decision_members };
static const struct shape decisions = { .kind = IS_LIST, .item = &decision };

static const struct shape_member person_members[] = {
    { "born", &shape_date, true, "The date of birth, for standards that ask for an age" },
    { "anchors", &dates_by_name, true, "The days that cycles are counted from, by their names" },
    { "programmes", &programmes, true, "The periods in which programmes are accredited" },
    { "editions", &editions, true, "Which edition of a declared text is current from when" },
    { "credentials", &credentials, true, "The credentials that the person holds or held" },
    { "declarations", &declarations, true, "What the person has declared" },
    { "judgements", &judgements, true, "What bodies found, in the order of the findings" },
    { "decisions", &decisions, true, "Waivers, admissions and extensions, in their order" },
    { 0 },
};
static const struct shape person = { .kind = IS_OBJECT,
                                     .name = "Person",
                                     .members = person_members };

/* ---- the question ---- */

static const struct shape record = { .kind = IS_MAP, .item = &shape_scalar };
static const struct shape records = { .kind = IS_LIST, .item = &record };

static const struct shape_member row_members[] = {
    { "kind", &shape_text, false, "The kind of record; fields of that kind may stand beside it" },
    { "count", &shape_int, true, "How many records the row stands for, at most 1,000; else one" },
    { "from", &shape_date, true, "The first day" },
    { "to", &shape_date, true, "The last day" },
    { "hours", &shape_scalar, true, "The hours of all its records together, as in a logbook" },
    { "at", &shape_text, true,
      "A type of programme, as if one had been accredited for it on that day" },
    { 0 },
};
static const struct shape row = { .kind = IS_OBJECT,
                                  .name = "QuestionRow",
                                  .members = row_members };
const struct shape standing_rows_shape = { .kind = IS_LIST, .item = &row };

static const char *const marks_words[] = { "stand", "claims", "assume", NULL };
static const struct shape marks = { .kind = IS_WORD, .words = marks_words };

static const struct shape_member question_members[] = {
    { "on", &shape_date, true, "The day of the question; today where it is left out" },
    { "log", &shape_text, true, "A logbook as a text, CSV or JSON" },
    { "records", &records, true, "A logbook as a list of records, by the names of its columns" },
    { "person", &person, true,
      "Who it is about; a remark, whose key begins with note, may stand in every object of it" },
    { "marks", &marks, true,
      "What counts as verified: what the logbook marks so (stand), nothing (claims), all "
      "(assume)" },
    { "only", &shape_text, true, "The one certification to look at; all where it is left out" },
    { "rows", &standing_rows_shape, true, "What was done, by hand" },
    { "planned", &standing_rows_shape, true,
      "What is planned: asks for a second answer, as if it were done" },
    { "then", &shape_date, true,
      "The day of the second answer; the last day of the plan where it is left out" },
    { 0 },
};
const struct shape standing_question_shape = { .kind = IS_OBJECT,
                                               .name = "StandingQuestion",
                                               .members = question_members };
