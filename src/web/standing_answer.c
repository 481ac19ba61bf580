#include "web/standing_answer.h"

#include "hash/sha256.h"
#include "register/standing.h"
#include "web/standing_complete.h"

#define WARNINGS_SHOWN 50

static RESULT check(struct arena *arena, const struct answer_question *question,
                    const struct dossier *dossier, day on, struct standing_check *ret)
{
    const struct standing_question asked = {
        .scheme = question->scheme,
        .dossier = dossier,
        .on = on,
        .names = question->facts->only,
        .go_on = question->go_on,
        .context = question->context,
    };

    return standing_check(arena, &asked, ret);
}

/* ---- what a plan would change ---- */

static void set_verdicts(struct arena *arena, struct value *object, const char *key,
                         const struct standing_result *result)
{
    struct value *verdicts = value_object(arena);
    struct value *claims = value_object(arena);
    bool differ = result->verdict[DECIDE] != result->verdict[PREVIEW];

    value_set_text(arena, verdicts, "verdict", str_from_c(verdict_name(result->verdict[DECIDE])));
    value_set_text(arena, claims, "verdict", str_from_c(verdict_name(result->verdict[PREVIEW])));
    value_set(arena, verdicts, "claims", differ ? claims : value_null(arena));
    value_set(arena, object, key, verdicts);
}

/* Verified evidence counts for more than claims. */
static const char *change_of(const struct standing_result *before,
                             const struct standing_result *after)
{
    for (int reading = DECIDE; reading < READINGS; reading++)
        if (before->verdict[reading] != after->verdict[reading])
            return before->verdict[reading] < after->verdict[reading] ? "better" : "worse";
    return "same";
}

static struct value *changes_value(struct arena *arena, const struct standing_check *before,
                                   const struct standing_check *after)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < before->count; i++) {
        const struct standing_result *now = &before->entries[i].result;
        const struct standing_result *then = &after->entries[i].result;
        struct value *one;

        if (before->entries[i].beside)
            continue;
        one = value_object(arena);
        value_set_text(arena, one, "name", before->entries[i].name);
        value_set_text(arena, one, "title", before->entries[i].title);
        set_verdicts(arena, one, "before", now);
        set_verdicts(arena, one, "after", then);
        value_set_text(arena, one, "change", str_from_c(change_of(now, then)));
        value_push(arena, list, one);
    }
    return list;
}

static RESULT plan_value(struct arena *arena, const struct answer_question *question,
                         const struct standing_check *before, struct value **ret)
{
    const struct standing_facts *facts = question->facts;
    struct standing_check after;
    struct value *plan;

    if (!facts->plans) {
        *ret = value_null(arena);
        return OK;
    }
    TRY(check(arena, question, &facts->then_dossier, facts->then, &after));
    plan = value_object(arena);
    value_set(arena, plan, "on", value_day(arena, facts->then));
    value_set_int(arena, plan, "records", (int64_t)facts->planned);
    value_set(arena, plan, "changes", changes_value(arena, before, &after));
    *ret = plan;
    return OK;
}

/* ---- what the answer was made from ---- */

static struct value *file_value(struct arena *arena, struct str name, struct str bytes)
{
    struct value *object;
    char hex[SHA256_HEX_SIZE];

    if (!bytes.p)
        return value_null(arena);
    object = value_object(arena);
    value_set(arena, object, "name", name.p ? value_text(arena, name) : value_null(arena));
    value_set_int(arena, object, "bytes", (int64_t)bytes.n);
    value_set_text(arena, object, "sha256",
                   str_copy(arena, str_from_c(sha256_hex(sha256(bytes), hex))));
    return object;
}

static const char *const marks_names[] = { "stand", "claims", "assume" };

static struct value *receipt_value(struct arena *arena, const struct answer_question *question)
{
    const struct standing_facts *facts = question->facts;
    const struct sent *sent = question->sent;
    struct str text = form_get(&sent->fields, STR("text"));
    struct value *object = value_object(arena);

    if (sent_text(sent, STR("text")).n == 0)
        text = sent->records;
    value_set(arena, object, "made", value_day(arena, question->today));
    value_set(arena, object, "log",
              sent->log.name.p ? file_value(arena, sent->log.name, sent->log.bytes)
                               : file_value(arena, STR_NONE, text));
    value_set(arena, object, "person", file_value(arena, sent->person.name, sent->person.bytes));
    value_set_int(arena, object, "from_log", (int64_t)facts->from_log);
    value_set_int(arena, object, "typed", (int64_t)(facts->now.evidence_count - facts->from_log));
    value_set_text(arena, object, "marks", str_from_c(marks_names[facts->marks]));
    return object;
}

static bool nothing_is_verified(const struct dossier *dossier)
{
    size_t counts[STANDINGS];

    count_standings(dossier, counts);
    return counts[STANDING_VERIFIED] == 0 && counts[STANDING_CLAIMED] > 0;
}

RESULT standing_answer_value(struct arena *arena, const struct answer_question *question,
                             struct value **ret)
{
    const struct standing_facts *facts = question->facts;
    struct value *answer = value_object(arena);
    struct standing_check checked;
    struct value *summary;
    struct value *plan;

    TRY(check(arena, question, &facts->now, facts->on, &checked));
    TRY(plan_value(arena, question, &checked, &plan));
    TRY(standing_summary_value(arena, &checked, ANSWER_RECORDS_SHOWN, &summary));
    TRY(summary_complete(arena, &checked, question->go_on, question->context, summary));
    value_set_bool(arena, answer, "assumed", facts->marks == MARKS_ASSUME);
    value_set_bool(arena, answer, "unverified", nothing_is_verified(&facts->now));
    value_set(arena, answer, "standing", summary);
    value_set(arena, answer, "plan", plan);
    value_set(arena, answer, "receipt", receipt_value(arena, question));
    value_set(arena, answer, "warnings",
              standing_faults_value(arena, facts, SEVERITY_WARNING, WARNINGS_SHOWN));
    *ret = answer;
    return OK;
}
