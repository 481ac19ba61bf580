#include "scheme/check.h"

#include "scheme/mentions.h"

/* What one kind of thing is called in faults, and the names of those there are. */
struct known {
    const char *what;     /* "body" */
    const char *expected; /* "a body that scheme.conf declares" */
    struct str_list names;
};

struct check {
    struct arena *arena;
    struct diags *diags;
    struct scheme *scheme;
    struct mentions mentions;
    struct known certifications; /* names of documents without an ending such as .renewal */
    struct known groups;
    struct known bodies;
    struct known judges; /* bodies and types of programme */
    struct known programmes;
    struct known stages;
    struct known subjects; /* groups and certifications */
};

/* ---- names ---- */

static struct str certification_of(const struct document *document)
{
    struct str base;

    (void)str_split(document->name.text, '.', &base);
    return base;
}

static bool is_certification(const struct document *document)
{
    return certification_of(document).n == document->name.text.n;
}

static struct str_list with_name(struct arena *arena, struct str_list list, struct str name)
{
    struct str *names;

    if (str_list_has(list, name))
        return list;
    names = ARENA_ARRAY(arena, list.count + 1, struct str);
    for (size_t i = 0; i < list.count; i++)
        names[i] = list.at[i];
    names[list.count] = name;
    return (struct str_list){ names, list.count + 1 };
}

static struct str_list certification_names(struct arena *arena, const struct library *library)
{
    struct str_list names = { NULL, 0 };

    for (size_t i = 0; i < library_document_count(library); i++) {
        const struct document *document = library_document_at(library, i);

        if (is_certification(document))
            names = with_name(arena, names, document->name.text);
    }
    return names;
}

/* The ids of the elements of one of the scheme's lists; each element begins with its id. An id
   that stands twice is a fault. */
static struct str_list ids_of(struct check *check, const char *what, const void *at, size_t count,
                              size_t size)
{
    struct str *names = ARENA_ARRAY(check->arena, count, struct str);
    struct str_list list = { names, 0 };

    for (size_t i = 0; i < count; i++) {
        const struct word *id = (const void *)((const char *)at + i * size);

        if (str_list_has(list, id->text)) {
            diags_add(check->diags, SEVERITY_ERROR, id->span, STR("give each a word of its own"),
                      "the %s '%.*s' stands twice", what, STR_ARG(id->text));
            continue;
        }
        names[list.count++] = id->text;
    }
    return list;
}

static bool check_name(struct check *check, struct word word, const struct known *known)
{
    if (!word.text.p || str_list_has(known->names, word.text))
        return true;
    diags_add(check->diags, SEVERITY_ERROR, word.span,
              diags_hint(check->diags, known->expected, word.text, known->names),
              "there is no %s '%.*s'", known->what, STR_ARG(word.text));
    return false;
}

static void check_names(struct check *check, struct word_list words, const struct known *known)
{
    for (size_t i = 0; i < words.count; i++)
        (void)check_name(check, words.at[i], known);
}

static bool has_word(struct word_list words, struct str text)
{
    for (size_t i = 0; i < words.count; i++) {
        if (str_eq(words.at[i].text, text))
            return true;
    }
    return false;
}

static void gather_names(struct check *check)
{
    struct scheme *scheme = check->scheme;
    struct str_list all;

    check->mentions = mentions_gather(check->arena, scheme->library);
    check->certifications = (struct known){ "certification", "the name of a document in criteria",
                                            certification_names(check->arena, scheme->library) };
    check->groups = (struct known){ "group", "a group that scheme.conf declares",
                                    ids_of(check, "group", scheme->groups.at, scheme->groups.count,
                                           sizeof(*scheme->groups.at)) };
    check->bodies = (struct known){ "body", "a body that scheme.conf declares",
                                    ids_of(check, "body", scheme->bodies.at, scheme->bodies.count,
                                           sizeof(*scheme->bodies.at)) };
    check->programmes =
        (struct known){ "type of programme", "a programme that scheme.conf declares",
                        ids_of(check, "type of programme", scheme->programmes.at,
                               scheme->programmes.count, sizeof(*scheme->programmes.at)) };
    check->stages =
        (struct known){ "stage", "a stage of this pathway",
                        ids_of(check, "stage", scheme->pathway.stages.at,
                               scheme->pathway.stages.count, sizeof(*scheme->pathway.stages.at)) };
    (void)ids_of(check, "benefit", scheme->benefits.at, scheme->benefits.count,
                 sizeof(*scheme->benefits.at));
    (void)ids_of(check, "text", scheme->texts.at, scheme->texts.count, sizeof(*scheme->texts.at));

    all = check->bodies.names;
    for (size_t i = 0; i < check->programmes.names.count; i++)
        all = with_name(check->arena, all, check->programmes.names.at[i]);
    check->judges =
        (struct known){ "body", "a body or a programme that scheme.conf declares", all };

    all = check->certifications.names;
    for (size_t i = 0; i < check->groups.names.count; i++)
        all = with_name(check->arena, all, check->groups.names.at[i]);
    check->subjects = (struct known){ "group or certification",
                                      "a group that scheme.conf declares or a certification", all };
}

/* ---- what documents mention ---- */

static void check_owner(struct check *check, const struct mention *mention)
{
    struct scheme_bodies *bodies = &check->scheme->bodies;

    if (!check_name(check, mention->word, &check->bodies))
        return;
    for (size_t i = 0; i < bodies->count; i++) {
        struct scheme_body *body = &bodies->at[i];

        if (!str_eq(body->id.text, mention->word.text))
            continue;
        body->owns = with_name(check->arena, body->owns, mention->document->name.text);
        if (body->state == BODY_DISSOLVED)
            diags_add(check->diags, SEVERITY_WARNING, mention->word.span,
                      STR("name the body that answers for decisions today"), "'%.*s' is dissolved",
                      STR_ARG(body->id.text));
    }
}

static void check_mentions(struct check *check)
{
    for (size_t i = 0; i < check->mentions.count; i++) {
        const struct mention *mention = &check->mentions.at[i];

        switch (mention->kind) {
        case MENTION_GROUP:
            (void)check_name(check, mention->word, &check->groups);
            break;
        case MENTION_OWNER:
            check_owner(check, mention);
            break;
        case MENTION_BODY:
            (void)check_name(check, mention->word, &check->judges);
            break;
        case MENTION_PROGRAMME:
            (void)check_name(check, mention->word, &check->programmes);
            break;
        }
    }
}

/* ---- groups ---- */

/* The mention of a group by any edition of that certification, or NULL. The newest edition
   decides where editions differ. */
static const struct mention *group_mention(const struct check *check, struct str certification)
{
    const struct mention *found = NULL;

    for (size_t i = 0; i < check->mentions.count; i++) {
        const struct mention *mention = &check->mentions.at[i];

        if (mention->kind != MENTION_GROUP || !str_eq(mention->document->name.text, certification))
            continue;
        if (!found || edition_number_cmp(mention->document->edition, found->document->edition) >= 0)
            found = mention;
    }
    return found;
}

static void check_group(struct check *check, const struct scheme_group *group)
{
    for (size_t i = 0; i < group->certifications.count; i++) {
        struct word word = group->certifications.at[i];
        const struct mention *mention;

        if (!check_name(check, word, &check->certifications))
            continue;
        mention = group_mention(check, word.text);
        if (!mention || !str_eq(mention->word.text, group->id.text))
            diags_add(check->diags, SEVERITY_ERROR, word.span,
                      str_format(check->diags->arena, "expected `group %.*s` in its document",
                                 STR_ARG(group->id.text)),
                      "'%.*s' does not stand in the group '%.*s'", STR_ARG(word.text),
                      STR_ARG(group->id.text));
    }
}

/* Every certification stands in the table that its document names. */
static void check_listed(struct check *check, struct str certification)
{
    const struct mention *mention = group_mention(check, certification);
    const struct scheme_group *group;

    if (!mention)
        return;
    group = scheme_group(check->scheme, mention->word.text);
    if (group && !has_word(group->certifications, certification))
        diags_add(check->diags, SEVERITY_ERROR, mention->word.span,
                  STR("add it to `certifications` of that group in scheme.conf"),
                  "the group '%.*s' does not list '%.*s'", STR_ARG(mention->word.text),
                  STR_ARG(certification));
}

static void check_groups(struct check *check)
{
    for (size_t i = 0; i < check->scheme->groups.count; i++)
        check_group(check, &check->scheme->groups.at[i]);
    for (size_t i = 0; i < check->certifications.names.count; i++)
        check_listed(check, check->certifications.names.at[i]);
}

/* ---- bodies ---- */

static void check_body(struct check *check, const struct scheme_body *body)
{
    if (check_name(check, body->successor, &check->bodies) &&
        str_eq(body->successor.text, body->id.text))
        diags_add(check->diags, SEVERITY_ERROR, body->successor.span, STR_NONE,
                  "a body does not succeed itself");
    check_names(check, body->sections, &check->programmes);
    check_names(check, body->drafts, &check->certifications);
    if (body->state == BODY_ACTIVE && (body->until.text.p || body->successor.text.p))
        diags_add(check->diags, SEVERITY_ERROR, body->id.span, STR("expected `state dissolved`"),
                  "'%.*s' is active and yet has %s", STR_ARG(body->id.text),
                  body->until.text.p ? "an end" : "a successor");
    if (body->from.text.p && body->until.text.p && body->until.last < body->from.first)
        diags_add(check->diags, SEVERITY_ERROR, body->id.span, STR_NONE,
                  "'%.*s' ends before it begins", STR_ARG(body->id.text));
    if (scheme_programme(check->scheme, body->id.text))
        diags_add(check->diags, SEVERITY_ERROR, body->id.span,
                  STR("`by` could mean either: give one of them another word"),
                  "'%.*s' is also a type of programme", STR_ARG(body->id.text));
}

/* ---- programmes ---- */

static bool asks_for(const struct check *check, struct str certification, struct str type)
{
    for (size_t i = 0; i < check->mentions.count; i++) {
        const struct mention *mention = &check->mentions.at[i];

        if (mention->kind == MENTION_PROGRAMME && str_eq(mention->word.text, type) &&
            str_eq(mention->document->name.text, certification))
            return true;
    }
    return false;
}

static void check_programme(struct check *check, const struct scheme_programme *programme)
{
    const struct library *library = check->scheme->library;
    bool in_vocabulary = false;

    for (size_t i = 0; i < library_vocabulary_count(library); i++)
        in_vocabulary |=
            str_list_has(library_vocabulary_at(library, i)->programmes, programme->id.text);
    if (!in_vocabulary)
        diags_add(check->diags, SEVERITY_ERROR, programme->id.span,
                  STR("add it to `programmes` of a vocabulary"),
                  "no vocabulary knows the type of programme '%.*s'", STR_ARG(programme->id.text));
    for (size_t i = 0; i < programme->leads_to.count; i++) {
        struct word word = programme->leads_to.at[i];

        if (check_name(check, word, &check->certifications) &&
            !asks_for(check, word.text, programme->id.text))
            diags_add(check->diags, SEVERITY_WARNING, word.span, STR_NONE,
                      "'%.*s' asks for no programme of the type '%.*s'", STR_ARG(word.text),
                      STR_ARG(programme->id.text));
    }
}

/* A certification that asks for a type of programme is one that the type leads to. */
static void check_leads(struct check *check)
{
    for (size_t i = 0; i < check->mentions.count; i++) {
        const struct mention *mention = &check->mentions.at[i];
        const struct scheme_programme *programme;

        if (mention->kind != MENTION_PROGRAMME || !is_certification(mention->document))
            continue;
        programme = scheme_programme(check->scheme, mention->word.text);
        if (programme && !has_word(programme->leads_to, mention->document->name.text))
            diags_add(check->diags, SEVERITY_WARNING, mention->word.span,
                      STR("add the certification to its `leads to` in scheme.conf"),
                      "'%.*s' does not lead to '%.*s'", STR_ARG(mention->word.text),
                      STR_ARG(mention->document->name.text));
    }
}

/* ---- pathway ---- */

static size_t stage_number(const struct scheme_pathway *pathway, struct str id)
{
    for (size_t i = 0; i < pathway->stages.count; i++) {
        if (str_eq(pathway->stages.at[i].id.text, id))
            return i;
    }
    return pathway->stages.count;
}

/* Stages are followed by later ones only, and each but the first follows one. */
static void check_order(struct check *check, const struct scheme_pathway *pathway)
{
    bool *reached = ARENA_ARRAY(check->arena, pathway->stages.count, bool);

    for (size_t i = 0; i < pathway->stages.count; i++) {
        struct word_list next = pathway->stages.at[i].next;

        for (size_t j = 0; j < next.count; j++) {
            size_t number = stage_number(pathway, next.at[j].text);

            if (!check_name(check, next.at[j], &check->stages))
                continue;
            reached[number] = true;
            if (number <= i)
                diags_add(check->diags, SEVERITY_ERROR, next.at[j].span,
                          STR("stages stand in the order in which they are reached"),
                          "'%.*s' does not come after '%.*s'", STR_ARG(next.at[j].text),
                          STR_ARG(pathway->stages.at[i].id.text));
        }
    }
    for (size_t i = 1; i < pathway->stages.count; i++) {
        if (!reached[i])
            diags_add(check->diags, SEVERITY_ERROR, pathway->stages.at[i].id.span,
                      STR("add it to `next` of a stage before it"), "no stage leads to '%.*s'",
                      STR_ARG(pathway->stages.at[i].id.text));
    }
}

static void check_cards(struct check *check, const struct scheme_cards *cards,
                        struct str_list *shown)
{
    for (size_t i = 0; i < cards->count; i++) {
        const struct scheme_card *card = &cards->at[i];

        (void)check_name(check, card->certification, &check->certifications);
        check_names(check, card->from, &check->stages);
        if (str_list_has(*shown, card->certification.text))
            diags_add(check->diags, SEVERITY_ERROR, card->certification.span,
                      STR("keep it where it belongs"), "'%.*s' stands twice on the pathway",
                      STR_ARG(card->certification.text));
        *shown = with_name(check->arena, *shown, card->certification.text);
    }
}

static void check_pathway(struct check *check)
{
    const struct scheme_pathway *pathway = &check->scheme->pathway;
    struct str_list shown = { NULL, 0 };

    check_order(check, pathway);
    for (size_t i = 0; i < pathway->stages.count; i++) {
        check_cards(check, &pathway->stages.at[i].cards, &shown);
        check_names(check, pathway->stages.at[i].assisted_by, &check->certifications);
    }
    check_cards(check, &pathway->specialisations, &shown);
}

/* ---- records ---- */

/* The kinds of entries that any vocabulary of the scheme has. */
static struct known known_kinds(struct arena *arena, const struct library *library)
{
    struct known known = { "kind of entry", "a kind that a vocabulary has", { NULL, 0 } };

    for (size_t i = 0; i < library_vocabulary_count(library); i++) {
        const struct vocabulary *vocabulary = library_vocabulary_at(library, i);

        for (size_t k = 0; k < vocabulary->kind_count; k++)
            known.names = with_name(arena, known.names, vocabulary->kinds[k].name);
    }
    return known;
}

static void check_record(struct check *check)
{
    const struct scheme_record *record = &check->scheme->record;
    struct known kinds = known_kinds(check->arena, check->scheme->library);

    check_names(check, record->opinions, &kinds);
    for (size_t i = 0; i < record->confidential.count; i++) {
        struct word kind = record->confidential.at[i];

        if (!has_word(record->opinions, kind.text))
            diags_add(check->diags, SEVERITY_ERROR, kind.span,
                      STR("name it in 'opinions' too: what nobody is asked for has no giver"),
                      "'%.*s' is no kind of opinion", STR_ARG(kind.text));
    }
}

void scheme_check(struct arena *arena, struct scheme *scheme, struct diags *diags)
{
    struct check check = { .arena = arena, .diags = diags, .scheme = scheme };

    gather_names(&check);
    check_mentions(&check);
    check_groups(&check);
    for (size_t i = 0; i < scheme->bodies.count; i++)
        check_body(&check, &scheme->bodies.at[i]);
    for (size_t i = 0; i < scheme->programmes.count; i++)
        check_programme(&check, &scheme->programmes.at[i]);
    check_leads(&check);
    check_pathway(&check);
    check_record(&check);
    for (size_t i = 0; i < scheme->benefits.count; i++)
        check_names(&check, scheme->benefits.at[i].certifications, &check.certifications);
    for (size_t i = 0; i < scheme->texts.count; i++)
        check_names(&check, scheme->texts.at[i].subjects, &check.subjects);
}
