#include "register/person.h"

#include "register/encoding.h"
#include "register/person_part.h"
#include "json/read.h"

#define JSON_DEPTH 6 /* of what may be read; a person file needs five */
#define VALUES_MAX 50000
#define NESTED_MAX 10000

/* How many there may be: what a person has behind them, and more than they will ever have. Some
   questions about credentials ask each of every other. */
#define REGISTER_MAX 2000 /* of programmes' periods, and of editions */
#define CREDENTIALS_MAX 100
#define SUSPENSIONS_MAX 20 /* of one credential */
#define ACTS_MAX 200       /* of declarations, of judgements, of decisions */
#define ANCHORS_MAX 100

/* The names that may stand in the file. Of an empty list every name may. */
struct known {
    struct str_list statements;
    struct str_list anchors;
    struct str_list reasons;
    struct str_list types;
    struct str_list bodies; /* and the programmes of the file */
    struct str_list credentials;
    struct str_list requirements;
};

struct person {
    struct arena *arena;
    struct known known;
    struct dossier dossier; /* as it was, with what has been read so far */
};

#define KEYS(...)                                                                                  \
    ((struct str_list){ (const struct str[]){ __VA_ARGS__ },                                       \
                        sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str) })

/* ---- names ---- */

struct names {
    struct arena *arena;
    struct str *at;
    size_t count, room;
};

static void add_names(struct names *names, struct str_list list)
{
    for (size_t i = 0; i < list.count; i++)
        *ARENA_PUSH(names->arena, names->at, names->count, names->room) = list.at[i];
}

static struct str_list list_of(const struct names *names)
{
    return (struct str_list){ names->at, names->count };
}

static void know_vocabularies(struct known *known, struct arena *arena,
                              const struct library *library)
{
    struct names statements = { .arena = arena };
    struct names anchors = statements;
    struct names reasons = statements;
    struct names types = statements;
    struct names bodies = statements;

    for (size_t i = 0; i < library_vocabulary_count(library); i++) {
        const struct vocabulary *vocabulary = library_vocabulary_at(library, i);

        add_names(&statements, vocabulary->statements);
        add_names(&anchors, vocabulary->anchors);
        add_names(&reasons, vocabulary->reasons);
        add_names(&types, vocabulary->programmes);
        add_names(&bodies, vocabulary->bodies);
    }
    known->statements = list_of(&statements);
    known->anchors = list_of(&anchors);
    known->reasons = list_of(&reasons);
    known->types = list_of(&types);
    known->bodies = list_of(&bodies);
}

static void know_documents(struct known *known, struct arena *arena, const struct library *library)
{
    struct names credentials = { .arena = arena };
    struct names requirements = { .arena = arena };

    for (size_t i = 0; i < library_vocabulary_count(library); i++)
        add_names(&credentials, library_vocabulary_at(library, i)->credentials);
    for (size_t i = 0; i < library_count(library); i++) {
        const struct edition *edition = library_at(library, i);
        struct str name;

        (void)str_split(edition->name, '.', &name);
        add_names(&credentials, (struct str_list){ &name, 1 });
        for (size_t j = 0; j < edition->requirement_count; j++)
            add_names(&requirements, (struct str_list){ &edition->requirements[j].id, 1 });
    }
    known->credentials = list_of(&credentials);
    known->requirements = list_of(&requirements);
}

/* A programme may judge where its type stands for a body. */
static void know_programmes(struct person *person)
{
    struct names bodies = { .arena = person->arena };

    if (person->known.bodies.count == 0)
        return;
    add_names(&bodies, person->known.bodies);
    for (size_t i = 0; i < person->dossier.accreditation_count; i++)
        add_names(&bodies, (struct str_list){ &person->dossier.accreditations[i].programme, 1 });
    person->known.bodies = list_of(&bodies);
}

/* ---- what the file holds, key by key ---- */

static void read_anchors(struct person *person, const struct person_part *root)
{
    struct person_part part = part_object(root, "anchors");
    struct dossier *dossier = &person->dossier;

    if (part.value->count > ANCHORS_MAX) {
        part_fault(root, "anchors", STR_NONE, STR("leave out what the answer does not rest on"),
                   "more than %d items stand here", ANCHORS_MAX);
        return;
    }
    if (person->known.anchors.count > 0 || part.value->kind != VALUE_OBJECT)
        part_check_keys(&part, person->known.anchors);
    for (size_t i = 0; part.value->kind == VALUE_OBJECT && i < part.value->count; i++) {
        struct str name = part.value->members[i].key;
        day on;

        if (str_starts(name, STR("note")))
            continue;
        on = part_day(&part, str_to_c(person->arena, name), NEEDED, DAY_NONE);
        *ARENA_PUSH(person->arena, dossier->anchors, dossier->anchor_count, dossier->anchor_room) =
            (struct anchor){ name, on };
    }
}

static void read_programme(struct person *person, const struct person_part *part)
{
    struct dossier *dossier = &person->dossier;
    struct accreditation accreditation;

    part_check_keys(part, KEYS(STR("id"), STR("type"), STR("from"), STR("to")));
    accreditation.programme = part_id(part, "id", NEEDED);
    accreditation.type =
        part_name(part, "type", NEEDED, person->known.types, "is no type of programme");
    part_range(part, &accreditation.from, &accreditation.to);
    *ARENA_PUSH(person->arena, dossier->accreditations, dossier->accreditation_count,
                dossier->accreditation_room) = accreditation;
}

static void read_suspensions(struct person *person, const struct person_part *part,
                             struct credential *credential)
{
    size_t count = part_items(part, "suspended", SUSPENSIONS_MAX);
    struct suspension *suspensions = ARENA_ARRAY(person->arena, count, struct suspension);

    for (size_t i = 0; i < count; i++) {
        struct person_part item = part_item(part, "suspended", i);

        part_check_keys(&item, KEYS(STR("from"), STR("to")));
        part_range(&item, &suspensions[i].from, &suspensions[i].to);
    }
    credential->suspensions = suspensions;
    credential->suspension_count = count;
}

static void read_credential(struct person *person, const struct person_part *part)
{
    struct dossier *dossier = &person->dossier;
    struct credential credential = { 0 };

    part_check_keys(part,
                    KEYS(STR("name"), STR("from"), STR("to"), STR("suspended"), STR("withdrawn"),
                         STR("annulled"), STR("annulled-on"), STR("claimed")));
    credential.name = part_name(part, "name", NEEDED, person->known.credentials,
                                "is no credential that a document or a vocabulary names");
    part_range(part, &credential.from, &credential.to);
    read_suspensions(person, part, &credential);
    credential.withdrawn = part_day(part, "withdrawn", OPTIONAL, DAY_NONE);
    credential.annulled = part_flag(part, "annulled", OPTIONAL);
    credential.annulled_on = part_day(part, "annulled-on", OPTIONAL, DAY_NONE);
    credential.claimed = part_flag(part, "claimed", OPTIONAL);
    if (credential.annulled_on != DAY_NONE && !credential.annulled)
        part_fault(part, "annulled-on", STR_NONE, STR("write \"annulled\": true as well"),
                   "the credential is not said to be annulled");
    *ARENA_PUSH(person->arena, dossier->credentials, dossier->credential_count,
                dossier->credential_room) = credential;
}

static void read_declaration(struct person *person, const struct person_part *part)
{
    struct dossier *dossier = &person->dossier;
    struct declaration declaration;

    part_check_keys(part, KEYS(STR("statement"), STR("on"), STR("edition")));
    declaration.statement =
        part_name(part, "statement", NEEDED, person->known.statements, "is no statement");
    declaration.on = part_day(part, "on", NEEDED, DAY_NONE);
    declaration.edition = part_edition(part, "edition", OPTIONAL);
    *ARENA_PUSH(person->arena, dossier->declarations, dossier->declaration_count,
                dossier->declaration_room) = declaration;
}

static void read_edition(struct person *person, const struct person_part *part)
{
    struct dossier *dossier = &person->dossier;
    struct current_edition current;

    part_check_keys(part, KEYS(STR("statement"), STR("edition"), STR("from")));
    current.statement =
        part_name(part, "statement", NEEDED, person->known.statements, "is no statement");
    current.edition = part_edition(part, "edition", NEEDED);
    current.from = part_day(part, "from", OPTIONAL, DAY_FIRST);
    *ARENA_PUSH(person->arena, dossier->currents, dossier->current_count, dossier->current_room) =
        current;
}

static void read_judgement(struct person *person, const struct person_part *part)
{
    struct dossier *dossier = &person->dossier;
    struct judgement judgement;

    part_check_keys(part, KEYS(STR("requirement"), STR("satisfied"), STR("by"), STR("on")));
    judgement.requirement = part_name(part, "requirement", NEEDED, person->known.requirements,
                                      "is no requirement of a loaded document");
    judgement.satisfied = part_flag(part, "satisfied", NEEDED);
    judgement.by = part_name(part, "by", NEEDED, person->known.bodies,
                             "is no body, and no programme of this file");
    judgement.on = part_day(part, "on", NEEDED, DAY_NONE);
    *ARENA_PUSH(person->arena, dossier->judgements, dossier->judgement_count,
                dossier->judgement_room) = judgement;
}

/* What only one kind of decision has: its own key, and the name of that kind. */
struct decision_key {
    const char *key;
    enum decision_kind kind;
};

static enum decision_kind read_decision_kind(const struct person_part *part)
{
    static const struct str names[] = {
        [DECISION_WAIVE] = STR("waive"),
        [DECISION_ADMIT] = STR("admit"),
        [DECISION_EXTEND] = STR("extend"),
    };
    struct str kind = part_name(part, "kind", NEEDED, (struct str_list){ names, 3 },
                                "is no decision: it is waive, admit or extend");

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(kind, names[i]))
            return (enum decision_kind)i;
    return DECISION_WAIVE;
}

static void check_decision_keys(const struct person_part *part, enum decision_kind kind)
{
    static const struct decision_key keys[] = {
        { "reason", DECISION_WAIVE },
        { "record", DECISION_ADMIT },
        { "until", DECISION_EXTEND },
    };

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (keys[i].kind != kind && value_get(part->value, keys[i].key))
            part_fault(part, keys[i].key, STR_NONE, STR_NONE,
                       "a decision of this kind does not have this key");
}

static void read_decision(struct person *person, const struct person_part *part)
{
    struct dossier *dossier = &person->dossier;
    struct decision decision = { .until = DAY_NONE };

    part_check_keys(part, KEYS(STR("kind"), STR("requirement"), STR("by"), STR("on"), STR("reason"),
                               STR("record"), STR("until")));
    decision.kind = read_decision_kind(part);
    check_decision_keys(part, decision.kind);
    decision.requirement = part_name(part, "requirement", NEEDED, person->known.requirements,
                                     "is no requirement of a loaded document");
    decision.by = part_name(part, "by", NEEDED, person->known.bodies,
                            "is no body, and no programme of this file");
    decision.on = part_day(part, "on", NEEDED, DAY_NONE);
    if (decision.kind == DECISION_WAIVE)
        decision.reason =
            part_name(part, "reason", OPTIONAL, person->known.reasons, "is no reason");
    if (decision.kind == DECISION_ADMIT)
        decision.record = part_id(part, "record", NEEDED);
    if (decision.kind == DECISION_EXTEND)
        decision.until = part_day(part, "until", NEEDED, DAY_NONE);
    *ARENA_PUSH(person->arena, dossier->decisions, dossier->decision_count,
                dossier->decision_room) = decision;
}

/* ---- the file ---- */

static void read_items(struct person *person, const struct person_part *root, const char *key,
                       size_t most, void (*read)(struct person *, const struct person_part *))
{
    size_t count = part_items(root, key, most);

    for (size_t i = 0; i < count; i++) {
        struct person_part item = part_item(root, key, i);

        read(person, &item);
    }
}

static void read_root(struct person *person, const struct person_part *root)
{
    part_check_keys(root, KEYS(STR("born"), STR("anchors"), STR("programmes"), STR("editions"),
                               STR("credentials"), STR("declarations"), STR("judgements"),
                               STR("decisions")));
    person->dossier.born = part_day(root, "born", OPTIONAL, person->dossier.born);
    read_anchors(person, root);
    read_items(person, root, "programmes", REGISTER_MAX, read_programme);
    know_programmes(person);
    read_items(person, root, "editions", REGISTER_MAX, read_edition);
    read_items(person, root, "credentials", CREDENTIALS_MAX, read_credential);
    read_items(person, root, "declarations", ACTS_MAX, read_declaration);
    read_items(person, root, "judgements", ACTS_MAX, read_judgement);
    read_items(person, root, "decisions", ACTS_MAX, read_decision);
}

struct result person_read(struct arena *arena, struct str bytes, const struct library *library,
                          struct faults *faults, struct dossier *dossier)
{
    struct json_limits limits = {
        .bytes = PERSON_BYTES_MAX,
        .depth = JSON_DEPTH,
        .values = VALUES_MAX,
        .nested = NESTED_MAX,
    };
    struct person person = { .arena = arena, .dossier = *dossier };
    struct person_part root = { .faults = faults, .path = STR("") };
    struct json_fault fault;
    struct value *value;
    size_t errors = faults->errors;

    if (failed(json_read(arena, encoding_unmarked(bytes), &limits, &fault, &value))) {
        faults_add_json(faults, &fault);
        return fail(&ERROR_INPUT);
    }
    root.value = value;
    know_vocabularies(&person.known, arena, library);
    know_documents(&person.known, arena, library);
    read_root(&person, &root);
    if (faults->errors > errors)
        return fail(&ERROR_INPUT);
    *dossier = person.dossier;
    return OK;
}
