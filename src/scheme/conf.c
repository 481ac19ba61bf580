#include "scheme/conf.h"

#include "scheme/conf_reader.h"

/*
 * Each block of scheme.conf is a table of the statements that may stand in it. To add a
 * statement: add the member that takes it to the struct of its block in scheme.h, add a row here
 * with its words, its shape and the member, and describe it in docs/scheme-folder.md.
 */

#define ROWS(rows) (rows), ARRAY_LEN(rows)

/* `ID "Title"`, which most blocks begin with. */
static bool read_header(struct conf_reader *reader, const char *what, struct word *ret_id,
                        struct str *ret_title)
{
    return conf_take_word(reader, what, ret_id) &&
           conf_take_text(reader, "its title in double quotes", ret_title);
}

static const struct conf_row organisation_rows[] = {
    { "short", NULL, SHAPE_TEXT, offsetof(struct scheme_organisation, short_name), NEEDED, NULL,
      NULL },
    { "footer", NULL, SHAPE_TEXT, offsetof(struct scheme_organisation, footer), ONCE, NULL, NULL },
};
static const struct conf_block organisation_block = { "an organisation", ROWS(organisation_rows) };

static bool read_organisation(struct conf_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct span header = reader->token.span;

    return conf_take_text(reader, "the name of the body in double quotes",
                          &scheme->organisation.name) &&
           conf_read_block(reader, &organisation_block, header, &scheme->organisation);
}

static const struct conf_row colours_rows[] = {
    { "ink", NULL, SHAPE_COLOUR, offsetof(struct scheme_colours, ink), NEEDED, NULL, NULL },
    { "paper", NULL, SHAPE_COLOUR, offsetof(struct scheme_colours, paper), NEEDED, NULL, NULL },
    { "accent", NULL, SHAPE_COLOUR, offsetof(struct scheme_colours, accent), NEEDED, NULL, NULL },
    { "gold", NULL, SHAPE_COLOUR, offsetof(struct scheme_colours, gold), NEEDED, NULL, NULL },
};
static const struct conf_block colours_block = { "the block of colours", ROWS(colours_rows) };

static bool read_colours(struct conf_reader *reader, void *into)
{
    struct scheme *scheme = into;

    return conf_read_block(reader, &colours_block, reader->token.span, &scheme->colours);
}

static const char *const part_names[] = {
    "title", "audience", "wording", "reading", "route", "note"
};
static const struct conf_choices parts = {
    "one of title, audience, wording, reading, route and note", part_names, ARRAY_LEN(part_names)
};

static bool read_column(struct conf_reader *reader, void *into)
{
    struct scheme_group *group = into;
    struct scheme_column column = { .part_count = 0 };

    if (!conf_take_text(reader, "the heading of the column in double quotes", &column.heading))
        return false;
    if (!conf_take_keyword(reader, "from", "'from' and what the column shows"))
        return false;
    for (;;) {
        struct span span = reader->token.span;
        int part = 0;

        if (!conf_take_choice(reader, &parts, &part))
            return false;
        for (size_t i = 0; i < column.part_count; i++) {
            if (column.parts[i] == (enum scheme_part)part) {
                diags_add(reader->diags, SEVERITY_ERROR, span, STR_NONE,
                          "'%s' stands twice in this column", part_names[part]);
                return false;
            }
        }
        column.parts[column.part_count++] = (enum scheme_part)part;
        if (reader->token.kind != TOKEN_COMMA)
            break;
        conf_advance(reader);
    }
    *ARENA_PUSH(reader->arena, group->columns.at, group->columns.count, group->columns.room) =
        column;
    return true;
}

static const struct conf_row group_rows[] = {
    { "introduction", NULL, SHAPE_TEXT, offsetof(struct scheme_group, introduction), ONCE, NULL,
      NULL },
    { "column", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_column },
    { "certifications", NULL, SHAPE_NAMES, offsetof(struct scheme_group, certifications), NEEDED,
      NULL, NULL },
};
static const struct conf_block group_block = { "a group", ROWS(group_rows) };

static bool read_group(struct conf_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_group group = { .introduction = STR_NONE };
    bool whole = read_header(reader, "a word for the group", &group.id, &group.title) &&
                 conf_read_block(reader, &group_block, group.id.span, &group);

    if (whole && group.columns.count == 0)
        diags_add(reader->diags, SEVERITY_ERROR, group.id.span, STR_NONE,
                  "a group needs at least one 'column'");
    if (group.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->groups.at, scheme->groups.count, scheme->groups.room) =
            group;
    return whole;
}

static const char *const body_kind_names[] = { "board", "committee", "taskforce",
                                               "panel", "office",    "initiative" };
static const struct conf_choices body_kinds = {
    "one of board, committee, taskforce, panel, office and initiative", body_kind_names,
    ARRAY_LEN(body_kind_names)
};
static const char *const body_state_names[] = { "active", "dissolved" };
static const struct conf_choices body_states = { "one of active and dissolved", body_state_names,
                                                 ARRAY_LEN(body_state_names) };

static const struct conf_row body_rows[] = {
    { "kind", NULL, SHAPE_CHOICE, offsetof(struct scheme_body, kind), NEEDED, &body_kinds, NULL },
    { "mandate", NULL, SHAPE_TEXT, offsetof(struct scheme_body, mandate), NEEDED, NULL, NULL },
    { "from", NULL, SHAPE_DATE, offsetof(struct scheme_body, from), ONCE, NULL, NULL },
    { "until", NULL, SHAPE_DATE, offsetof(struct scheme_body, until), ONCE, NULL, NULL },
    { "state", NULL, SHAPE_CHOICE, offsetof(struct scheme_body, state), ONCE, &body_states, NULL },
    { "successor", NULL, SHAPE_WORD, offsetof(struct scheme_body, successor), ONCE, NULL, NULL },
    { "sections", NULL, SHAPE_NAMES, offsetof(struct scheme_body, sections), ONCE, NULL, NULL },
    { "drafts", NULL, SHAPE_NAMES, offsetof(struct scheme_body, drafts), ONCE, NULL, NULL },
};
static const struct conf_block body_block = { "a body", ROWS(body_rows) };

static bool read_body(struct conf_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_body body = { .state = BODY_ACTIVE };
    bool whole = read_header(reader, "a word for the body", &body.id, &body.title) &&
                 conf_read_block(reader, &body_block, body.id.span, &body);

    if (body.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->bodies.at, scheme->bodies.count, scheme->bodies.room) =
            body;
    return whole;
}

static const char *const programme_kind_names[] = { "assessment", "training" };
static const struct conf_choices programme_kinds = { "one of assessment and training",
                                                     programme_kind_names,
                                                     ARRAY_LEN(programme_kind_names) };

static const struct conf_row programme_rows[] = {
    { "short", NULL, SHAPE_TEXT, offsetof(struct scheme_programme, short_name), NEEDED, NULL,
      NULL },
    { "kind", NULL, SHAPE_CHOICE, offsetof(struct scheme_programme, kind), NEEDED, &programme_kinds,
      NULL },
    { "purpose", NULL, SHAPE_TEXT, offsetof(struct scheme_programme, purpose), NEEDED, NULL, NULL },
    { "leads", "to", SHAPE_NAMES, offsetof(struct scheme_programme, leads_to), NEEDED, NULL, NULL },
    { "route", NULL, SHAPE_TEXT, offsetof(struct scheme_programme, route), NEEDED, NULL, NULL },
    { "note", NULL, SHAPE_TEXT, offsetof(struct scheme_programme, note), ONCE, NULL, NULL },
};
static const struct conf_block programme_block = { "a programme", ROWS(programme_rows) };

static bool read_programme(struct conf_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_programme programme = { .note = STR_NONE };
    bool whole =
        read_header(reader, "a word for the type of programme", &programme.id, &programme.title) &&
        conf_read_block(reader, &programme_block, programme.id.span, &programme);

    if (programme.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->programmes.at, scheme->programmes.count,
                    scheme->programmes.room) = programme;
    return whole;
}

static bool read_card(struct conf_reader *reader, const struct conf_block *block,
                      struct scheme_cards *cards)
{
    struct scheme_card card = { .text = STR_NONE };
    bool whole =
        read_header(reader, "the name of a certification", &card.certification, &card.title) &&
        conf_read_block(reader, block, card.certification.span, &card);

    if (card.certification.text.p)
        *ARENA_PUSH(reader->arena, cards->at, cards->count, cards->room) = card;
    return whole;
}

static const struct conf_row card_rows[] = {
    { "text", NULL, SHAPE_TEXT, offsetof(struct scheme_card, text), NEEDED, NULL, NULL },
};
static const struct conf_block card_block = { "a certification", ROWS(card_rows) };

static bool read_stage_card(struct conf_reader *reader, void *into)
{
    struct scheme_stage *stage = into;

    return read_card(reader, &card_block, &stage->cards);
}

static const struct conf_row specialisation_rows[] = {
    { "text", NULL, SHAPE_TEXT, offsetof(struct scheme_card, text), NEEDED, NULL, NULL },
    { "from", NULL, SHAPE_NAMES, offsetof(struct scheme_card, from), NEEDED, NULL, NULL },
};
static const struct conf_block specialisation_block = { "a specialisation",
                                                        ROWS(specialisation_rows) };

static bool read_specialisation(struct conf_reader *reader, void *into)
{
    struct scheme_pathway *pathway = into;

    return read_card(reader, &specialisation_block, &pathway->specialisations);
}

static const struct conf_row stage_rows[] = {
    { "text", NULL, SHAPE_TEXT, offsetof(struct scheme_stage, text), NEEDED, NULL, NULL },
    { "certification", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_stage_card },
    { "assisted", "by", SHAPE_NAMES, offsetof(struct scheme_stage, assisted_by), ONCE, NULL, NULL },
    { "next", NULL, SHAPE_NAMES, offsetof(struct scheme_stage, next), ONCE, NULL, NULL },
};
static const struct conf_block stage_block = { "a stage", ROWS(stage_rows) };

static bool read_stage(struct conf_reader *reader, void *into)
{
    struct scheme_pathway *pathway = into;
    struct scheme_stage stage = { .text = STR_NONE };
    bool whole = read_header(reader, "a word for the stage", &stage.id, &stage.title) &&
                 conf_read_block(reader, &stage_block, stage.id.span, &stage);

    if (stage.id.text.p)
        *ARENA_PUSH(reader->arena, pathway->stages.at, pathway->stages.count,
                    pathway->stages.room) = stage;
    return whole;
}

static const struct conf_row pathway_rows[] = {
    { "text", NULL, SHAPE_TEXT, offsetof(struct scheme_pathway, text), NEEDED, NULL, NULL },
    { "stage", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_stage },
    { "specialisation", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_specialisation },
};
static const struct conf_block pathway_block = { "a pathway", ROWS(pathway_rows) };

static bool read_pathway(struct conf_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct span header = reader->token.span;

    return conf_take_text(reader, "the title of the pathway in double quotes",
                          &scheme->pathway.title) &&
           conf_read_block(reader, &pathway_block, header, &scheme->pathway);
}

static const struct conf_row benefit_rows[] = {
    { "text", NULL, SHAPE_TEXT, offsetof(struct scheme_benefit, text), NEEDED, NULL, NULL },
    { "for", NULL, SHAPE_NAMES, offsetof(struct scheme_benefit, certifications), ONCE, NULL, NULL },
};
static const struct conf_block benefit_block = { "a benefit", ROWS(benefit_rows) };

static bool read_benefit(struct conf_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_benefit benefit = { .text = STR_NONE };
    bool whole = read_header(reader, "a word for the benefit", &benefit.id, &benefit.title) &&
                 conf_read_block(reader, &benefit_block, benefit.id.span, &benefit);

    if (benefit.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->benefits.at, scheme->benefits.count,
                    scheme->benefits.room) = benefit;
    return whole;
}

static const struct conf_row text_rows[] = {
    { "for", NULL, SHAPE_NAMES, offsetof(struct scheme_text, subjects), NEEDED, NULL, NULL },
};
static const struct conf_block text_block = { "the block of a text", ROWS(text_rows) };

/* Most texts say nothing but their title, and have no block then. */
static bool read_text(struct conf_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_text text = { .source = NULL };
    bool whole =
        read_header(reader, "the name of a file in texts/, without .md", &text.id, &text.title) &&
        (reader->token.kind != TOKEN_OPEN ||
         conf_read_block(reader, &text_block, text.id.span, &text));

    if (text.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->texts.at, scheme->texts.count, scheme->texts.room) =
            text;
    return whole;
}

static const struct conf_row scheme_rows[] = {
    { "title", NULL, SHAPE_TEXT, offsetof(struct scheme, title), NEEDED, NULL, NULL },
    { "language", NULL, SHAPE_WORD, offsetof(struct scheme, language), ONCE, NULL, NULL },
    { "zone", NULL, SHAPE_ZONE, offsetof(struct scheme, zone), NEEDED, NULL, NULL },
    { "organisation", NULL, SHAPE_OWN, 0, NEEDED, NULL, read_organisation },
    { "colours", NULL, SHAPE_OWN, 0, ONCE, NULL, read_colours },
    { "group", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_group },
    { "body", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_body },
    { "programme", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_programme },
    { "pathway", NULL, SHAPE_OWN, 0, ONCE, NULL, read_pathway },
    { "benefit", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_benefit },
    { "text", NULL, SHAPE_OWN, 0, OFTEN, NULL, read_text },
};
static const struct conf_block scheme_block = { "a scheme", ROWS(scheme_rows) };

bool scheme_conf_read(struct arena *arena, const struct source *source, struct diags *diags,
                      struct scheme *scheme)
{
    struct conf_reader reader = { .arena = arena, .diags = diags };

    lexer_init(&reader.lexer, source, diags);
    scheme->language.text = STR("en");
    do
        conf_advance(&reader);
    while (reader.token.kind == TOKEN_END);
    if (!conf_take_keyword(&reader, "scheme", "'scheme', its name and a block") ||
        !conf_take_word(&reader, "a name for the scheme", &scheme->id) ||
        !conf_read_block(&reader, &scheme_block, scheme->id.span, scheme))
        return false;
    while (reader.token.kind == TOKEN_END)
        conf_advance(&reader);
    if (reader.token.kind != TOKEN_EOF)
        conf_report(&reader, "nothing after the scheme's block");
    return true;
}

const char *scheme_body_kind_name(enum scheme_body_kind kind)
{
    BUG_IF((size_t)kind >= ARRAY_LEN(body_kind_names));
    return body_kind_names[kind];
}
