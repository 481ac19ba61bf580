#include "web/standing_shape.h"

/* The shape of a summary (register/standing.h), with the timelines that the page adds to it. */

static const char *const verdict_words[] = { "eligible", "refer",       "not-yet",
                                             "barred",   "unavailable", NULL };

static const struct shape verdict = { .kind = IS_WORD, .words = verdict_words };

static const char *const finding_words[] = { "met", "refer", "not-yet", NULL };

static const struct shape finding = { .kind = IS_WORD, .words = finding_words };

static const char *const reason_words[] = { "used",
                                            "field-differs",
                                            "field-unknown",
                                            "outside-window",
                                            "outside-slice",
                                            "after-reference-date",
                                            "before-the-first",
                                            "unverified",
                                            "rejected",
                                            "withdrawn",
                                            "duplicate",
                                            "same-matter",
                                            "over-limit",
                                            "used-by-another-count",
                                            "not-accredited-then",
                                            NULL };

static const struct shape reason = { .kind = IS_WORD, .words = reason_words };

static const char *const basis_words[] = { "nothing",   "evidence", "exemption", "referral",
                                           "judgement", "waiver",   "unclear",   NULL };

static const struct shape basis = { .kind = IS_WORD, .words = basis_words };

static const struct shape_member record_members[] = {
    { "id", &shape_text, false,
      "The number of the record, such as e17, in the order in which records were given" },
    { "row", &shape_int, true,
      "The row of the logbook it stands in, or the number of the record in JSON; null for one that "
      "was typed" },
    { "from", &shape_date, false, "Its first day" },
    { "to", &shape_date, false, "Its last day, on which it counts" },
    { "kind", &shape_text, false, "What kind of record it is" },
    { "minutes", &shape_int, true, "How long it took, in minutes; null where it does not say" },
    { NULL, NULL, false, NULL },
};

static const struct shape record = { .kind = IS_OBJECT,
                                     .name = "StandingRecord",
                                     .members = record_members };

static const struct shape records = { .kind = IS_LIST, .item = &record };

static const struct shape_member group_members[] = {
    { "reason", &reason, false, "What becomes of these records by verified evidence alone" },
    { "by_claims", &reason, true,
      "What becomes of them once claims count too, where that is something else" },
    { "field", &shape_text, true, "The field that the reason is about" },
    { "text", &shape_text, false, "The reason as it is said of so many records" },
    { "count", &shape_int, false, "How many records there are" },
    { "from", &shape_date, false, "The first day of the first of them" },
    { "to", &shape_date, false, "The last day of the last of them" },
    { "records", &records, false, "The first of them" },
    { "more", &shape_int, false, "How many there are beyond those" },
    { "cut", &shape_bool, false, "Whether there are any beyond those" },
    { NULL, NULL, false, NULL },
};

static const struct shape group = { .kind = IS_OBJECT,
                                    .name = "StandingRecords",
                                    .members = group_members };

static const struct shape groups = { .kind = IS_LIST, .item = &group };

static const struct shape_member window_members[] = {
    { "from", &shape_date, true, "The first day that is looked at; null where there is none" },
    { "to", &shape_date, true, "The last day that is looked at; null where there is none" },
    { "empty", &shape_bool, false, "Whether no day lies in it" },
    { "known", &shape_bool, false, "Whether its bounds are certain" },
    { "months", &shape_int, true,
      "How many months it looks back from the day of the question; null where it does not move" },
    { NULL, NULL, false, NULL },
};

static const struct shape window = { .kind = IS_OBJECT, .members = window_members };

static const struct shape_member selection_members[] = {
    { "kind", &shape_text, false, "The kind of record that is looked at" },
    { "window", &window, false, "The days that are looked at" },
    { "groups", &groups, false,
      "The records of the kind by what becomes of them, those that count first" },
    { NULL, NULL, false, NULL },
};

static const struct shape selection = { .kind = IS_OBJECT, .members = selection_members };

static const struct shape_member bounds_members[] = {
    { "lo", &shape_int, false, "How much there is at least" },
    { "hi", &shape_int, true,
      "How much there may be where facts are missing; null where there is no bound" },
    { "done", &shape_int, false,
      "The share of the need that is done, in thousandths; 1000 only where it is met" },
    { "text", &shape_text, false, "What there is at least, in words" },
    { NULL, NULL, false, NULL },
};

static const struct shape bounds = { .kind = IS_OBJECT, .members = bounds_members };

static const struct shape_member count_members[] = {
    { "need", &shape_int, false, "What is asked for, in the unit" },
    { "scale", &shape_int, false,
      "100 where bounds and need are in hundredths of the unit, else 1" },
    { "unit", &shape_text, false,
      "What is counted: matters, records, minutes, points, values or days" },
    { "decide", &bounds, false, "By verified evidence" },
    { "preview", &bounds, false, "By claims too" },
    { "text", &shape_text, false, "What is asked for, in words" },
    { NULL, NULL, false, NULL },
};

static const struct shape count = { .kind = IS_OBJECT, .members = count_members };

static const struct shape_member judgement_members[] = {
    { "by", &shape_text, false, "The body or programme that judged" },
    { "title", &shape_text, false, "Its title" },
    { "on", &shape_date, false, "The day" },
    { "satisfied", &shape_bool, false, "Whether it found the requirement satisfied" },
    { NULL, NULL, false, NULL },
};

static const struct shape judgement = { .kind = IS_OBJECT, .members = judgement_members };

static const struct shape node;
static const struct shape nodes = { .kind = IS_LIST, .item = &node };

static const struct shape_member slice_members[] = {
    { "from", &shape_date, false, "The first day of the period" },
    { "to", &shape_date, false, "Its last day" },
    { "children", &nodes, false, "What is asked of the period, with what there is" },
    { NULL, NULL, false, NULL },
};

static const struct shape slice = { .kind = IS_OBJECT, .members = slice_members };

static const struct shape slices = { .kind = IS_LIST, .item = &slice };

static const struct shape_member node_members[] = {
    { "id", &shape_text, false, "Its place in the rule" },
    { "kind", &shape_text, false, "What kind of condition it is, in a word of the language" },
    { "text", &shape_text, false, "What it asks for" },
    { "said", &shape_text, false, "What it asks for, with what there is" },
    { "decide", &finding, false, "Its value by verified evidence" },
    { "preview", &finding, false, "Its value by claims too" },
    { "count", &count, true, "The numbers of a count or a sum" },
    { "records", &selection, true, "The records that it looks at" },
    { "also", &selection, true, "The records that may take the place of some of them" },
    { "judgement", &judgement, true, "What the body said that is asked here" },
    { "slices", &slices, false, "The periods, where something is asked of each of several" },
    { "children", &nodes, false, "The conditions it is put together from" },
    { "parts", &shape_bool, false, "Whether there are periods or conditions within it" },
    { NULL, NULL, false, NULL },
};

static const struct shape node = { .kind = IS_OBJECT,
                                   .name = "StandingCondition",
                                   .members = node_members };

static const struct shape_member wording_members[] = {
    { "language", &shape_text, false, "The language of the text" },
    { "text", &shape_text, false, "The wording that was adopted" },
    { NULL, NULL, false, NULL },
};

static const struct shape wording = { .kind = IS_OBJECT, .members = wording_members };

static const struct shape wordings = { .kind = IS_LIST, .item = &wording };

static const struct shape_member outcome_members[] = {
    { "value", &finding, false, "Whether the requirement is met" },
    { "by", &basis, false, "What the value comes from" },
    { "who", &shape_text, true, "The exemption or the body it comes from" },
    { "text", &shape_text, true, "The same in words, where there is something to say" },
    { "on", &shape_date, false,
      "The day it was evaluated on: that of the question, or a later one that was granted" },
    { "done", &shape_int, false,
      "How much of it is done, in thousandths; 1000 only where it is met" },
    { NULL, NULL, false, NULL },
};

static const struct shape outcome = { .kind = IS_OBJECT, .members = outcome_members };

static const struct shape_member exemption_members[] = {
    { "id", &shape_text, false, "Its id" },
    { "title", &shape_text, false, "Its label" },
    { "text", &shape_text, false, "Whom it exempts, and from what" },
    { "applies", &shape_bool, false, "Whether the requirement is met by it" },
    { "when", &node, false, "Its condition" },
    { "instead", &node, true, "What is asked in place of the rule" },
    { NULL, NULL, false, NULL },
};

static const struct shape exemption = { .kind = IS_OBJECT, .members = exemption_members };

static const struct shape exemptions = { .kind = IS_LIST, .item = &exemption };

static const struct shape_member referral_members[] = {
    { "body", &shape_text, false, "The body that has to look" },
    { "title", &shape_text, false, "Its title" },
    { "text", &shape_text, false, "When it has to look" },
    { "judgement", &judgement, true, "What it found" },
    { "when", &node, false, "The condition" },
    { NULL, NULL, false, NULL },
};

static const struct shape referral = { .kind = IS_OBJECT, .members = referral_members };

static const struct shape referrals = { .kind = IS_LIST, .item = &referral };

static const struct shape_member discretion_members[] = {
    { "body", &shape_text, false, "The body that may decide otherwise" },
    { "title", &shape_text, false, "Its title" },
    { "text", &shape_text, false, "What it may do" },
    { "waive", &shape_bool, false, "Whether it may waive the requirement" },
    { "reasons", &shape_texts, false, "The reasons for which it may; none where any will do" },
    { "admit", &shape_bool, false, "Whether it may admit a record that the rule does not" },
    { "extend_until", &shape_date, true, "The day until which it may give time" },
    { "floor", &node, true, "What must be met even so" },
    { NULL, NULL, false, NULL },
};

static const struct shape discretion = { .kind = IS_OBJECT, .members = discretion_members };

static const struct shape discretions = { .kind = IS_LIST, .item = &discretion };

static const struct shape_member face_members[] = {
    { "have", &shape_text, false, "What there is by verified evidence" },
    { "need", &shape_text, false, "What is asked for" },
    { NULL, NULL, false, NULL },
};

static const struct shape face = { .kind = IS_OBJECT, .members = face_members };

static const struct shape_member requirement_members[] = {
    { "id", &shape_text, false, "Its id" },
    { "title", &shape_text, false, "Its label" },
    { "wording", &wordings, false, "The adopted wording, in each language there is" },
    { "text", &shape_text, false, "How it is checked" },
    { "decide", &outcome, false, "By verified evidence" },
    { "preview", &outcome, false, "By claims too" },
    { "groups", &groups, false,
      "The records under it by what becomes of them, those that count first" },
    { "rule", &node, false, "The rule, with what there is" },
    { "records", &shape_bool, false, "Whether it looks at any records of the person" },
    { "face", &face, true, "The count that a ring shows; null where no one count says it" },
    { "differ", &shape_bool, false, "Whether claims would change its value" },
    { "full", &shape_bool, false, "Whether it is met by verified evidence" },
    { "exemptions", &exemptions, false, "Who is exempt" },
    { "referrals", &referrals, false, "When a body has to look" },
    { "discretions", &discretions, false, "What bodies may decide otherwise" },
    { NULL, NULL, false, NULL },
};

const struct shape standing_requirement_shape = { .kind = IS_OBJECT,
                                                  .name = "StandingRequirement",
                                                  .members = requirement_members };

static const struct shape requirements = { .kind = IS_LIST, .item = &standing_requirement_shape };

static const char *const effect_words[] = { "refuse", "refer", NULL };

static const struct shape effect = { .kind = IS_WORD, .words = effect_words };

static const struct shape_member bar_members[] = {
    { "id", &shape_text, false, "Its id" },
    { "title", &shape_text, false, "Its label" },
    { "effect", &effect, false, "What it does" },
    { "value", &finding, false, "Whether it stands in the way: not-yet where it does not" },
    { "rule", &node, false, "Its condition" },
    { NULL, NULL, false, NULL },
};

static const struct shape bar = { .kind = IS_OBJECT, .members = bar_members };

static const struct shape bars = { .kind = IS_LIST, .item = &bar };

static const struct shape_member claims_members[] = {
    { "count", &shape_int, false, "How many claims would help once they are verified" },
    { "suffice", &shape_bool, false, "Whether nothing else would be missing then" },
    { "text", &shape_text, false, "The same in words" },
    { NULL, NULL, false, NULL },
};

static const struct shape claims = { .kind = IS_OBJECT, .members = claims_members };

static const char *const waiting_kind_words[] = { "judgement", "facts", NULL };

static const struct shape waiting_kind = { .kind = IS_WORD, .words = waiting_kind_words };

static const struct shape_member waiting_members[] = {
    { "kind", &waiting_kind, false, "Whether a body has to look, or facts are missing" },
    { "text", &shape_text, false, "The same in words" },
    { "requirement", &shape_text, false, "The requirement that waits" },
    { "body", &shape_text, true, "The body" },
    { "title", &shape_text, true, "Its title" },
    { NULL, NULL, false, NULL },
};

static const struct shape waiting = { .kind = IS_OBJECT, .members = waiting_members };

static const struct shape waitings = { .kind = IS_LIST, .item = &waiting };

static const struct shape_member advice_members[] = {
    { "kind", &shape_text, false,
      "What is missing, in a word: count, sum, distinct, months, wait, credential, declare, "
      "judgement or none" },
    { "text", &shape_text, false, "The same in words" },
    { "requirement", &shape_text, false, "The requirement it serves" },
    { "title", &shape_text, false, "Its label" },
    { "node", &shape_text, true, "The condition it serves" },
    { "word", &shape_text, true, "The kind of record, credential, statement or body" },
    { "n", &shape_int, true, "How many or how much more" },
    { "measure", &shape_text, true, "Of a sum, what is added up" },
    { "until", &shape_date, true, "The day to wait for" },
    { "matching", &shape_text, true, "What the records must be" },
    { NULL, NULL, false, NULL },
};

static const struct shape advice = { .kind = IS_OBJECT, .members = advice_members };

static const struct shape advices = { .kind = IS_LIST, .item = &advice };

static const struct shape_member nearest_members[] = {
    { "claims", &claims, true, "Claims that would help" },
    { "waiting", &waitings, false, "What only somebody else can settle" },
    { "advice", &advices, false, "What else is missing, by verified evidence" },
    { NULL, NULL, false, NULL },
};

const struct shape standing_nearest_shape = { .kind = IS_OBJECT, .members = nearest_members };

static const char *const end_kind_words[] = { "closed", "requirement", "bar", NULL };

static const struct shape end_kind = { .kind = IS_WORD, .words = end_kind_words };

static const struct shape_member end_members[] = {
    { "kind", &end_kind, false, "What stands in the way then" },
    { "id", &shape_text, true, "Its id" },
    { "title", &shape_text, true, "Its label" },
    { NULL, NULL, false, NULL },
};

static const struct shape end = { .kind = IS_OBJECT, .members = end_members };

static const struct shape ends = { .kind = IS_LIST, .item = &end };

static const struct shape_member lasts_members[] = {
    { "until", &shape_date, true,
      "The last day on which the result stands if nothing happens; null where nothing ends it "
      "within 20 years" },
    { "ends", &ends, false, "What stands in the way on the day after" },
    { NULL, NULL, false, NULL },
};

const struct shape standing_lasts_shape = { .kind = IS_OBJECT, .members = lasts_members };

static const struct shape_member ending_members[] = {
    { "on", &shape_date, false, "The first day on which it does not count any more" },
    { "kind", &shape_text, false, "What ends, in a word" },
    { "name", &shape_text, true, "The credential or the statement" },
    { "requirement", &shape_text, true, "The requirement it counts for" },
    { "title", &shape_text, true, "Its label" },
    { "node", &shape_text, true, "The condition it counts for" },
    { "count", &shape_int, false, "How many records leave" },
    { NULL, NULL, false, NULL },
};

static const struct shape ending = { .kind = IS_OBJECT, .members = ending_members };

static const struct shape endings = { .kind = IS_LIST, .item = &ending };

static const struct shape assessed;

static const struct shape_member assessed_members[] = {
    { "name", &shape_text, false, "The name of the document" },
    { "edition", &shape_text, false, "Its edition" },
    { "title", &shape_text, false, "Its title" },
    { "decide", &verdict, false, "The result under it by verified evidence" },
    { "preview", &verdict, false, "The result by claims too" },
    { "open", &shape_bool, false, "Whether one can apply on the day" },
    { "open_from", &shape_date, true, "The first day on which one can" },
    { "open_until", &shape_date, true, "The last day on which one can" },
    { "overlay_rejected", &shape_bool, false,
      "Whether a programme's own document was set aside because it is not proved to be as strict" },
    { "requirements", &requirements, false, "Each requirement, in the order of the document" },
    { "bars", &bars, false, "What may stand in the way" },
    { "nearest", &standing_nearest_shape, true,
      "What is missing, and the nearest way; null where nothing is or no way leads there" },
    { "lasts", &standing_lasts_shape, true,
      "How long the result stands; null unless it is eligible" },
    { "days", &endings, false,
      "The days on which something that counts today ends, the nearest first" },
    { "more_days", &shape_int, false, "How many there are beyond those" },
    { "ending", &shape_bool, false, "Whether there are such days" },
    { "later", &shape_bool, false, "Whether there are any beyond those" },
    { "tightens", &assessed, true, "The document that must be met as well" },
    { NULL, NULL, false, NULL },
};

static const struct shape assessed = { .kind = IS_OBJECT,
                                       .name = "StandingEdition",
                                       .members = assessed_members };

static const struct shape_member by_claims_members[] = {
    { "edition", &shape_text, false, "The edition" },
    { "preview", &verdict, false, "The result under it by claims" },
    { NULL, NULL, false, NULL },
};

static const struct shape by_claims = { .kind = IS_OBJECT, .members = by_claims_members };

static const struct shape_member year_members[] = {
    { "year", &shape_int, false, "The year" },
    { "x", &shape_int, false, "Where it begins, in thousandths of the width" },
    { "at", &shape_text, false, "The same in percent" },
    { NULL, NULL, false, NULL },
};

static const struct shape year = { .kind = IS_OBJECT, .members = year_members };

static const struct shape years = { .kind = IS_LIST, .item = &year };

static const struct shape_member expiry_members[] = {
    { "last", &shape_date, false, "The last day on which they count" },
    { "records", &shape_int, false, "How many records leave the window then" },
    { "x", &shape_int, false, "Where the day lies, in thousandths of the width" },
    { "at", &shape_text, false, "The same in percent" },
    { NULL, NULL, false, NULL },
};

static const struct shape expiry = { .kind = IS_OBJECT, .members = expiry_members };

static const struct shape expiries = { .kind = IS_LIST, .item = &expiry };

static const struct shape_member lane_counts_members[] = {
    { "used", &shape_int, false, "Records that count" },
    { "claimed", &shape_int, false, "Records that would count once verified" },
    { "unused", &shape_int, false, "Records that do not count" },
    { NULL, NULL, false, NULL },
};

static const struct shape lane_counts = { .kind = IS_OBJECT, .members = lane_counts_members };

static const struct shape_member lane_paths_members[] = {
    { "used", &shape_text, false, "Strokes for records that count" },
    { "claimed", &shape_text, false, "Strokes for records that would count once verified" },
    { "unused", &shape_text, false, "Strokes for records that do not count" },
    { NULL, NULL, false, NULL },
};

static const struct shape lane_paths = { .kind = IS_OBJECT, .members = lane_paths_members };

static const struct shape_member lane_members[] = {
    { "text", &shape_text, false, "What is counted" },
    { "requirement", &shape_text, false, "The requirement it is counted for" },
    { "from", &shape_date, true, "The first day that is looked at; null where there is none" },
    { "to", &shape_date, false, "The last day that is looked at" },
    { "x", &shape_int, false, "Where the window begins, in thousandths of the width" },
    { "width", &shape_int, false, "How wide the window is" },
    { "counts", &lane_counts, false, "How many records there are" },
    { "paths", &lane_paths, false, "Paths of SVG in a box 1000 wide and 10 high" },
    { "expiries", &expiries, false, "The next days on which records leave a window that moves on" },
    { NULL, NULL, false, NULL },
};

static const struct shape lane = { .kind = IS_OBJECT, .members = lane_members };

static const struct shape lanes = { .kind = IS_LIST, .item = &lane };

static const struct shape_member timeline_members[] = {
    { "from", &shape_date, false, "The first day of the axis" },
    { "to", &shape_date, false, "Its last day" },
    { "on", &shape_date, false, "The day of the question" },
    { "x", &shape_int, false, "Where it lies, in thousandths of the width" },
    { "at", &shape_text, false, "The same in percent" },
    { "left_out", &shape_int, false, "How many counts are not drawn" },
    { "years", &years, false, "The years that are written on the axis" },
    { "lanes", &lanes, false, "One for each count" },
    { NULL, NULL, false, NULL },
};

static const struct shape timeline = { .kind = IS_OBJECT,
                                       .name = "StandingTimeline",
                                       .members = timeline_members };

static const char *const reading_words[] = { "decide", "preview", NULL };
static const struct shape reading_name = { .kind = IS_WORD, .words = reading_words };

static const struct shape_member reading_members[] = {
    { "reading", &reading_name, false, "By verified evidence, or by claims too" },
    { "verdict", &verdict, false, "The result" },
    { "met", &shape_int, false, "How many requirements are met" },
    { "of", &shape_int, false, "How many there are" },
    { "done", &shape_int, false, "How much of them is done, in thousandths" },
    { "full", &shape_bool, false, "Whether all of them are met" },
    { NULL, NULL, false, NULL },
};

static const struct shape reading = { .kind = IS_OBJECT, .members = reading_members };

const struct shape standing_readings_shape = { .kind = IS_LIST, .item = &reading };

static const struct shape_member entry_members[] = {
    { "name", &shape_text, false,
      "The name of the certification, or of a document that is shown beside one" },
    { "title", &shape_text, false, "Its title" },
    { "beside", &shape_bool, false, "Whether it is shown beside the certification before it" },
    { "decide", &verdict, false, "The result by verified evidence" },
    { "preview", &verdict, false, "The result by claims too" },
    { "first_in_force", &shape_date, true,
      "The first day on which an edition is in force, where none is yet" },
    { "by_claims", &by_claims, true, "The edition that claims alone would let govern" },
    { "result", &assessed, true, "The edition that decides; null where none governs" },
    { "readings", &standing_readings_shape, false, "The two results, and how far each is" },
    { "differ", &shape_bool, false, "Whether claims would change the result" },
    { "text_hash", &shape_text, true, "The SHA-256 of the text of the edition that decides" },
    { "rule_hash", &shape_text, true, "The SHA-256 of its rule" },
    { "timeline", &timeline, true,
      "Its counts on an axis of years; null where it counts no records or there are none" },
    { NULL, NULL, false, NULL },
};

static const struct shape entry = { .kind = IS_OBJECT,
                                    .name = "Standing",
                                    .members = entry_members };

static const struct shape entries = { .kind = IS_LIST, .item = &entry };

static const struct shape_member entry_group_members[] = {
    { "id", &shape_text, true, "The group of certifications; null for those in none" },
    { "title", &shape_text, true, "Its title" },
    { "certifications", &entries, false, "What is shown, in the order of the scheme" },
    { NULL, NULL, false, NULL },
};

static const struct shape entry_group = { .kind = IS_OBJECT, .members = entry_group_members };

static const struct shape entry_groups = { .kind = IS_LIST, .item = &entry_group };

static const struct shape_member record_counts_members[] = {
    { "count", &shape_int, false, "How many records there are" },
    { "verified", &shape_int, false, "Of these verified" },
    { "claimed", &shape_int, false, "Of these only claimed" },
    { "rejected", &shape_int, false, "Of these rejected" },
    { "withdrawn", &shape_int, false, "Of these withdrawn" },
    { "duplicate", &shape_int, false, "Of these duplicates" },
    { "from", &shape_date, true, "The first day of the first" },
    { "to", &shape_date, true, "The last day of the last" },
    { NULL, NULL, false, NULL },
};

const struct shape standing_records_shape = { .kind = IS_OBJECT, .members = record_counts_members };

static const struct shape_member summary_members[] = {
    { "scheme", &shape_text, false, "The id of the scheme" },
    { "title", &shape_text, false, "Its title" },
    { "on", &shape_date, false, "The day of the question" },
    { "known", &shape_date, true,
      "The day of knowledge, where the answer is as of an earlier one" },
    { "records", &standing_records_shape, false, "The records that were looked at" },
    { "groups", &entry_groups, false, "Where the person stands, by the groups of the scheme" },
    { NULL, NULL, false, NULL },
};
const struct shape standing_summary_shape = { .kind = IS_OBJECT,
                                              .name = "StandingSummary",
                                              .members = summary_members };
