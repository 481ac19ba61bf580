/*
 * The intake of a logbook, fed with any bytes: either there is an error and nothing was taken, or
 * every record is one that a person could have had.
 */
#include "register/logbook.h"

#include "base/buf.h"
#include "criteria/library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MINUTES_A_DAY (24 * 60)
#define TODAY ((day)20000)

/* A kind with a field of every type, and one that shares a field with it. */
static const char vocabulary_text[] = "vocabulary practice 1 {\n"
                                      "  levels degree none, bachelor, master\n"
                                      "  record mediation \"Mediation\" {\n"
                                      "    field role of mediator, adviser, party, observer\n"
                                      "    field mode of in-person, online, hybrid\n"
                                      "    field completed of yes, no\n"
                                      "    field outcome of agreement, partial, none\n"
                                      "    field client id\n"
                                      "    field contact-hours minutes\n"
                                      "    field points integer\n"
                                      "    field level ordered degree\n"
                                      "  }\n"
                                      "  record training { field completed of yes, no }\n"
                                      "}\n";

static const struct vocabulary *make_vocabulary(void)
{
    static const struct vocabulary *vocabulary;
    static struct source source;
    static struct arena arena;
    struct library *library;
    struct diags diags;

    if (vocabulary)
        return vocabulary;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    source = (struct source){ STR("vocabulary"), str_from_c(vocabulary_text) };
    library = library_new(&arena);
    library_add(library, &source, &diags);
    BUG_IF(failed(library_finish(library, &diags)));
    vocabulary = library_vocabulary_at(library, 0);
    return vocabulary;
}

static void check_facts(const struct kind *kind, const struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->fact_count; i++) {
        const struct fact *fact = &evidence->facts[i];
        const struct field *field = kind_field(kind, fact->field);

        BUG_IF(!field || field->implicit || fact->value.n == 0);
        if (field->type == FIELD_OF || field->type == FIELD_ORDERED)
            BUG_IF(!str_list_has(field->values, fact->value));
        else if (field_is_measure(field))
            BUG_IF(evidence_measure(evidence, field) < 0);
    }
}

static void check_record(const struct vocabulary *vocabulary, const struct evidence *evidence)
{
    const struct kind *kind = vocabulary_kind(vocabulary, evidence->kind);
    int64_t days = (int64_t)evidence->end - evidence->start + 1;

    BUG_IF(!kind || evidence->line == 0 || evidence->id.n == 0);
    BUG_IF(evidence->start > evidence->end || evidence->end > TODAY);
    BUG_IF(evidence->days == 0 || evidence->days > days);
    BUG_IF(evidence->hours > days * MINUTES_A_DAY);
    BUG_IF(str_code_points(evidence->matter) > 20);
    BUG_IF(evidence->verified_on != DAY_NONE && evidence->standing != STANDING_VERIFIED);
    check_facts(kind, evidence);
}

static void check_faults(struct faults *faults)
{
    struct buf text;

    buf_init(&text, (size_t)100 * 1000 * 1000);
    faults_print(faults, STR("log"), &text, false);
    BUG_IF(text.overflow || !str_is_utf8(buf_str(&text), NULL));
    for (size_t i = 0; i < text.n; i++)
        BUG_IF((unsigned char)text.p[i] < ' ' && text.p[i] != '\n');
    buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct vocabulary *vocabulary = make_vocabulary();
    struct str bytes = { (const char *)data, size };
    struct dossier dossier;
    struct faults faults;
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    dossier_init(&dossier);
    if (failed(
            logbook_read(&arena, bytes, vocabulary, &logbook_limits, TODAY, &faults, &dossier))) {
        BUG_IF(faults.errors == 0 || dossier.evidence_count > 0);
    } else {
        BUG_IF(faults.errors > 0 || dossier.evidence_count == 0);
        for (size_t i = 0; i < dossier.evidence_count; i++)
            check_record(vocabulary, &dossier.evidence[i]);
    }
    check_faults(&faults);
    arena_release(&arena);
    return 0;
}
