/*
 * The readers of a question where somebody stands, fed with any bytes: the first says which kind of
 * body the others are. What comes out is whole, however little of it made sense.
 */
#include "base/attr.h"
#include "register/standing.h"
#include "web/standing_facts.h"
#include "web/standing_sent.h"

#define MEMORY_MAX ((size_t)64 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char documents[] =
    "vocabulary practice 1 {\n"
    "  levels degree none, bachelor, master\n"
    "  record mediation {\n"
    "    field role of mediator, other; field client id; field points integer\n"
    "    field contact minutes; field level ordered degree\n"
    "  }\n"
    "  record training { field completed of yes, no }\n"
    "  programmes qap, cmtp\n"
    "  statements code-of-conduct\n"
    "  anchors join\n"
    "  credentials nmas\n"
    "}\n"
    "criteria certified edition 1 {\n"
    "  vocabulary practice 1\n"
    "  cycle 24 months from join\n"
    "  require experience {\n"
    "    count mediation >= 1 { role mediator; level >= bachelor; programme qap accredited }\n"
    "    count distinct client of mediation >= 2\n"
    "    sum hours mediation >= 2 h\n"
    "    sum points mediation >= 2\n"
    "    sum contact mediation >= 2 h\n"
    "  }\n"
    "  require rest { holds nmas; declared code-of-conduct; age >= 18 years }\n"
    "  require training { count training >= 1 { completed yes } }\n"
    "}\n";

struct setting {
    struct arena arena;
    struct source source;
    struct scheme scheme;
    struct asked asked;
};

static const struct setting *make_setting(void)
{
    static struct setting setting;
    struct library *library;
    struct diags diags;

    if (setting.scheme.library)
        return &setting;
    arena_init(&setting.arena, ARENA_UNLIMITED);
    diags_init(&diags, &setting.arena);
    setting.source = (struct source){ STR("documents"), str_from_c(documents) };
    library = library_new(&setting.arena);
    library_add(library, &setting.source, &diags);
    BUG_IF(failed(library_finish(library, &diags)));
    setting.scheme.library = library;
    asked_of_library(&setting.arena, library, spoken_vocabulary(library), &setting.asked);
    return &setting;
}

static void check_records(const struct dossier *dossier, day last)
{
    for (size_t i = 0; i < dossier->evidence_count; i++) {
        const struct evidence *record = &dossier->evidence[i];

        BUG_IF(!record->kind.p || !record->id.p || record->start > record->end);
        BUG_IF(record->end > last || record->hours < -1);
        for (size_t j = 0; j < record->fact_count; j++)
            BUG_IF(!record->facts[j].field.p || !record->facts[j].value.p);
    }
    for (size_t i = 0; i < dossier->credential_count; i++)
        BUG_IF(dossier->credentials[i].from > dossier->credentials[i].to);
}

static void check_faults(struct faults *faults)
{
    struct buf text;

    buf_init(&text, MEMORY_MAX);
    faults_print(faults, STR("form"), &text, false);
    BUG_IF(text.overflow || !str_is_utf8(buf_str(&text), NULL));
    buf_release(&text);
}

static void read_question(struct arena *arena, const struct request *request)
{
    const struct setting *setting = make_setting();
    const day today = 20780;
    struct standing_facts facts = { .on = DAY_NONE };
    struct sent sent;

    faults_init(&facts.form, arena);
    faults_init(&facts.log, arena);
    faults_init(&facts.person, arena);
    if (failed(sent_read(arena, request, &facts.form, &sent)))
        return;
    facts_read(arena, &setting->scheme, &setting->asked, &sent, today, &facts);
    BUG_IF(facts.on == DAY_NONE || facts.then == DAY_NONE);
    BUG_IF(facts.from_log > facts.now.evidence_count);
    check_records(&facts.now, today);
    check_records(&facts.then_dossier, day_add_months(today, FACTS_AHEAD_MONTHS));
    BUG_IF(facts.then_dossier.evidence_count != facts.now.evidence_count + facts.planned);
    check_faults(&facts.form);
    check_faults(&facts.log);
    check_faults(&facts.person);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str types[] = {
        STR("application/json"),
        STR("application/x-www-form-urlencoded"),
        STR("multipart/form-data; boundary=x"),
        STR("text/plain"),
    };
    struct header type = { STR("Content-Type"), STR_NONE };
    struct request request = { .headers = &type, .header_count = 1 };
    struct arena arena;

    if (size == 0)
        return 0;
    arena_init(&arena, ARENA_UNLIMITED);
    type.value = types[data[0] % ARRAY_LEN(types)];
    request.arena = &arena;
    request.body = (struct str){ (const char *)data + 1, size - 1 };
    read_question(&arena, &request);
    arena_release(&arena);
    return 0;
}
