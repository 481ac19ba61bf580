/*
 * The reader of person files, fed with any bytes: either there is an error and nothing was taken,
 * or every date and name that is needed is there.
 */
#include "register/person.h"

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char documents[] = "vocabulary practice 1 {\n"
                                "  record mediation { field role of mediator, other }\n"
                                "  programmes qap, cmtp\n"
                                "  bodies appraisal-committee\n"
                                "  statements motivation-statement, code-of-conduct\n"
                                "  anchors join, issue\n"
                                "  reasons health\n"
                                "  credentials nmas\n"
                                "}\n"
                                "criteria imi-qualified-mediator edition 1 {\n"
                                "  vocabulary practice 1\n"
                                "  require experience { count mediation >= 1 }\n"
                                "}\n";

static const struct library *make_library(void)
{
    static struct library *library;
    static struct source source;
    static struct arena arena;
    struct diags diags;

    if (library)
        return library;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    source = (struct source){ STR("documents"), str_from_c(documents) };
    library = library_new(&arena);
    library_add(library, &source, &diags);
    BUG_IF(failed(library_finish(library, &diags)));
    return library;
}

static void check_dossier(const struct dossier *dossier)
{
    for (size_t i = 0; i < dossier->anchor_count; i++)
        BUG_IF(dossier->anchors[i].on == DAY_NONE);
    for (size_t i = 0; i < dossier->accreditation_count; i++)
        BUG_IF(!dossier->accreditations[i].programme.p || !dossier->accreditations[i].type.p ||
               dossier->accreditations[i].from > dossier->accreditations[i].to);
    for (size_t i = 0; i < dossier->credential_count; i++)
        BUG_IF(!dossier->credentials[i].name.p ||
               dossier->credentials[i].from > dossier->credentials[i].to);
    for (size_t i = 0; i < dossier->declaration_count; i++)
        BUG_IF(!dossier->declarations[i].statement.p || dossier->declarations[i].on == DAY_NONE);
    for (size_t i = 0; i < dossier->judgement_count; i++)
        BUG_IF(!dossier->judgements[i].requirement.p || !dossier->judgements[i].by.p ||
               dossier->judgements[i].on == DAY_NONE);
    for (size_t i = 0; i < dossier->decision_count; i++)
        BUG_IF((dossier->decisions[i].kind == DECISION_ADMIT) !=
                   (dossier->decisions[i].record.p != NULL) ||
               (dossier->decisions[i].kind == DECISION_EXTEND) !=
                   (dossier->decisions[i].until != DAY_NONE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct library *library = make_library();
    struct str bytes = { (const char *)data, size };
    struct dossier dossier;
    struct faults faults;
    struct arena arena;
    struct buf text;

    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    dossier_init(&dossier);
    if (failed(person_read(&arena, bytes, library, &faults, &dossier)))
        BUG_IF(faults.errors == 0 || dossier.born != DAY_NONE || dossier.anchor_count > 0 ||
               dossier.accreditation_count > 0 || dossier.judgement_count > 0);
    else
        BUG_IF(faults.errors > 0);
    check_dossier(&dossier);
    buf_init(&text, (size_t)100 * 1000 * 1000);
    faults_print(&faults, STR("person"), &text, false);
    BUG_IF(text.overflow || !str_is_utf8(buf_str(&text), NULL));
    buf_release(&text);
    arena_release(&arena);
    return 0;
}
