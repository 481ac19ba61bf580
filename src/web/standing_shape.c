#include "web/standing_shape.h"

#include "web/standing.h"

static const char *const verdict_words[] = { "eligible", "refer",       "not-yet",
                                             "barred",   "unavailable", NULL };

static const struct shape verdict = { .kind = IS_WORD, .words = verdict_words };

static const char *const file_words[] = { "form", "logbook", "person", NULL };

static const struct shape file = { .kind = IS_WORD, .words = file_words };

static const struct shape_member fault_members[] = {
    { "of", &file, false, "What it is a fault of" },
    { "field", &shape_text, true, "The field of the form that it is about" },
    { "place", &shape_text, true, "The line of the form, in words" },
    { "row", &shape_int, true, "The row of the logbook, or the number of the record in JSON" },
    { "column", &shape_text, true, "The letters of the column, as spreadsheets have them" },
    { "heading", &shape_text, true,
      "The heading of the column, the key of a record, or the place in the person file" },
    { "value", &shape_text, true, "What stands there" },
    { "message", &shape_text, false, "What is wrong with it" },
    { "hint", &shape_text, true, "What to write instead" },
    { NULL, NULL, false, NULL },
};

static const struct shape fault = { .kind = IS_OBJECT,
                                    .name = "StandingFault",
                                    .members = fault_members };

const struct shape standing_faults_shape = { .kind = IS_LIST, .item = &fault };

static const struct shape_member field_fault_members[] = {
    { "message", &shape_text, false, "What is wrong" },
    { "hint", &shape_text, true, "What to write instead" },
    { NULL, NULL, false, NULL },
};

static const struct shape field_fault = { .kind = IS_OBJECT, .members = field_fault_members };

static const struct shape field_faults = { .kind = IS_LIST, .item = &field_fault };

static const struct shape_member option_members[] = {
    { "value", &shape_text, false, "What is sent" },
    { "label", &shape_text, false, "What is shown" },
    { "chosen", &shape_bool, false, "Whether it is chosen" },
    { NULL, NULL, false, NULL },
};

static const struct shape option = { .kind = IS_OBJECT, .members = option_members };

static const struct shape options = { .kind = IS_LIST, .item = &option };

static const struct shape_member cell_members[] = {
    { "name", &shape_text, false, "The name of the field" },
    { "is", &shape_text, false,
      "What it is: count, from, to, hours, at, held-from, held-to, declared, anchor, born, on, "
      "then; or own and choice, fields of the vocabulary" },
    { "label", &shape_text, false, "What it is called; empty where the page knows by what it is" },
    { "value", &shape_text, false, "What stands in it" },
    { "options", &options, false, "What may be chosen; none where it is typed" },
    { "choice", &shape_bool, false, "Whether it is chosen from options" },
    { "faulty", &shape_bool, false, "Whether something is wrong with it" },
    { "faults", &field_faults, false, "What is wrong with it" },
    { NULL, NULL, false, NULL },
};

static const struct shape cell = { .kind = IS_OBJECT,
                                   .name = "StandingField",
                                   .members = cell_members };

static const struct shape cells = { .kind = IS_LIST, .item = &cell };

static const struct shape_member row_members[] = {
    { "number", &shape_int, false, "Its number, from 1" },
    { "cells", &cells, false, "Its fields" },
    { NULL, NULL, false, NULL },
};

static const struct shape row = { .kind = IS_OBJECT, .members = row_members };

static const struct shape rows = { .kind = IS_LIST, .item = &row };

static const struct shape_member kind_members[] = {
    { "name", &shape_text, false, "The kind of record" },
    { "title", &shape_text, false, "What it is called" },
    { "rows", &rows, false, "The rows of the form" },
    { "filled", &shape_bool, false, "Whether something stands in them" },
    { "add", &shape_text, true, "The action that adds a row; null where there is no room" },
    { NULL, NULL, false, NULL },
};

static const struct shape kind = { .kind = IS_OBJECT, .members = kind_members };

static const struct shape kinds = { .kind = IS_LIST, .item = &kind };

static const struct shape_member credential_members[] = {
    { "title", &shape_text, false, "The credential" },
    { "from", &cell, false, "Since when it is or was held" },
    { "to", &cell, false, "Until when" },
    { NULL, NULL, false, NULL },
};

static const struct shape credential = { .kind = IS_OBJECT, .members = credential_members };

static const struct shape credentials = { .kind = IS_LIST, .item = &credential };

static const struct shape_member choice_members[] = {
    { "name", &shape_text, false, "The name of the certification" },
    { "title", &shape_text, false, "Its title" },
    { "chosen", &shape_bool, false, "Whether it alone is asked about" },
    { NULL, NULL, false, NULL },
};

static const struct shape choice = { .kind = IS_OBJECT, .members = choice_members };

static const struct shape choices = { .kind = IS_LIST, .item = &choice };

static const struct shape_member kept_members[] = {
    { "name", &shape_text, false, "The name of the file, as it was sent" },
    { "bytes", &shape_int, false, "Its size" },
    { "packed", &shape_text, true,
      "The file, packed, for the field that carries it on; null where it is too large for that" },
    { NULL, NULL, false, NULL },
};

static const struct shape kept = { .kind = IS_OBJECT, .members = kept_members };

static const char *const marks_words[] = { "stand", "claims", "assume", NULL };

static const struct shape marks = { .kind = IS_WORD, .words = marks_words };

static const struct shape_member plan_form_members[] = {
    { "then", &cell, false, "The day of the plan" },
    { "plan", &kinds, false, "What is planned" },
    { "planned", &shape_bool, false, "Whether something stands in the plan" },
    { NULL, NULL, false, NULL },
};
const struct shape standing_plan_form_shape = { .kind = IS_OBJECT,
                                                .name = "StandingPlanForm",
                                                .members = plan_form_members };

static const struct shape_member form_members[] = {
    { "on", &cell, false, "The day of the question" },
    { "then", &cell, false, "The day of the plan" },
    { "marks", &marks, false, "What the marks of verification in a logbook are worth" },
    { "certifications", &choices, false, "The certifications that can be asked about alone" },
    { "text", &shape_text, false, "A logbook that was pasted" },
    { "log", &kept, true, "The logbook that was sent" },
    { "person", &kept, true, "The person file that was sent" },
    { "kinds", &kinds, false, "What has been done, by kind of record" },
    { "plan", &kinds, false, "What is planned" },
    { "planned", &shape_bool, false, "Whether something stands in the plan" },
    { "more_filled", &shape_bool, false, "Whether something stands in what follows" },
    { "born", &cell, true, "The date of birth; null where no standard asks for it" },
    { "credentials", &credentials, false, "The credentials that standards ask about" },
    { "declarations", &cells, false, "The days of declarations that standards ask for" },
    { "anchors", &cells, false, "The days that cycles are counted from" },
    { NULL, NULL, false, NULL },
};

static const struct shape form = { .kind = IS_OBJECT,
                                   .name = "StandingForm",
                                   .members = form_members };

static const struct shape_member by_claims_members[] = {
    { "verdict", &verdict, false, "The result by claims too" },
    { NULL, NULL, false, NULL },
};

static const struct shape by_claims = { .kind = IS_OBJECT, .members = by_claims_members };

static const struct shape_member verdicts_members[] = {
    { "verdict", &verdict, false, "The result by verified evidence" },
    { "claims", &by_claims, true, "The result by claims too, where it is another" },
    { NULL, NULL, false, NULL },
};

static const struct shape verdicts = { .kind = IS_OBJECT, .members = verdicts_members };

static const char *const change_word_words[] = { "better", "same", "worse", NULL };

static const struct shape change_word = { .kind = IS_WORD, .words = change_word_words };

static const struct shape_member change_members[] = {
    { "name", &shape_text, false, "The certification" },
    { "title", &shape_text, false, "Its title" },
    { "before", &verdicts, false, "The result as it is" },
    { "after", &verdicts, false, "The result if the plan comes true" },
    { "change", &change_word, false, "Whether that is better" },
    { NULL, NULL, false, NULL },
};

static const struct shape change = { .kind = IS_OBJECT, .members = change_members };

static const struct shape changes = { .kind = IS_LIST, .item = &change };

static const struct shape_member plan_members[] = {
    { "on", &shape_date, false, "The day of the plan" },
    { "records", &shape_int, false, "How many records are planned" },
    { "changes", &changes, false, "What they change" },
    { NULL, NULL, false, NULL },
};

static const struct shape plan = { .kind = IS_OBJECT, .members = plan_members };

static const struct shape_member receipt_file_members[] = {
    { "name", &shape_text, true,
      "The name of the file; null for a text that was pasted or sent in JSON" },
    { "bytes", &shape_int, false, "Its size" },
    { "sha256", &shape_text, false, "Its SHA-256, in hexadecimal" },
    { NULL, NULL, false, NULL },
};

static const struct shape receipt_file = { .kind = IS_OBJECT, .members = receipt_file_members };

static const struct shape_member receipt_members[] = {
    { "made", &shape_date, false, "The day on which the check was made" },
    { "log", &receipt_file, true, "The logbook" },
    { "person", &receipt_file, true, "The person file" },
    { "from_log", &shape_int, false, "How many records came from the logbook" },
    { "typed", &shape_int, false, "How many were typed" },
    { "marks", &marks, false, "What records are taken for" },
    { NULL, NULL, false, NULL },
};

static const struct shape receipt = { .kind = IS_OBJECT, .members = receipt_members };

static const struct shape_member answer_members[] = {
    { "assumed", &shape_bool, false,
      "Whether all claims count as if they were verified, as they do where there is no logbook" },
    { "unverified", &shape_bool, false, "Whether there are claims and nothing is verified" },
    { "standing", &standing_summary_shape, false, "Where the person stands" },
    { "plan", &plan, true, "What the plan would change; null where there is none" },
    { "receipt", &receipt, false, "What the answer was made from" },
    { "warnings", &standing_faults_shape, false, "What may be wrong and did not stand in the way" },
    { NULL, NULL, false, NULL },
};

static const struct shape answer = { .kind = IS_OBJECT,
                                     .name = "StandingAnswer",
                                     .members = answer_members };

static const struct shape_member limits_members[] = {
    { "bytes", &shape_int, false, "Bytes of a logbook" },
    { "records", &shape_int, false, "Records of a logbook" },
    { NULL, NULL, false, NULL },
};

static const struct shape limits = { .kind = IS_OBJECT, .members = limits_members };

static const struct shape_member page_members[] = {
    { "faulty", &shape_bool, false, "Whether something stands in the way of an answer" },
    { "faulty_files", &shape_bool, false, "Whether some of it stands in a file" },
    { "fault_count", &shape_int, false, "How many faults there are, shown or not" },
    { "faults", &standing_faults_shape, false, "What stands in the way of an answer" },
    { "answer", &answer, true, "The answer; null where nothing was asked yet or there are faults" },
    { "limits", &limits, false, "How much is looked at" },
    { "form", &form, true, "The form as it was filled in; null in an answer to a program" },
    { NULL, NULL, false, NULL },
};
const struct shape standing_page_shape = { .kind = IS_OBJECT,
                                           .name = "StandingPage",
                                           .members = page_members };

const struct route_field standing_fields[] = {
    { "log", "A logbook: CSV or JSON", false, true },
    { "text", "The same as a text", false, false },
    { "person", "A person file: JSON", false, true },
    { "on", "The day of the question, YYYY-MM-DD; today where it is empty", false, false },
    { "marks",
      "What counts as verified: stand (what the logbook marks so), claims (nothing), assume (all)",
      false, false },
    { "only", "The name of the one certification to look at; all where it is empty", false, false },
    { "then", "The day on which to look again, with what is planned", false, false },
    { "born", "The date of birth", false, false },
    { "KIND.N.KEY", "Of the N-th row of a kind of record: count, from, to, hours, at, or a field",
      false, false },
    { "plan.KIND.N.KEY", "The same, of what is planned", false, false },
    { "held.from.NAME", "The first day on which a credential was held", false, false },
    { "held.to.NAME", "The last day on which it was held", false, false },
    { "declared.NAME", "The day of a declaration", false, false },
    { "anchor.NAME", "A day that cycles are counted from", false, false },
    { NULL, NULL, false, false },
};
