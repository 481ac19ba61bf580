#include "criteria/parse.h"

static const char *const entry_words[] = {
    "record",     "levels",  "effort",  "programmes",  "bodies",
    "statements", "anchors", "reasons", "credentials", "term",
};

/* ---- kinds and their fields ---- */

static bool read_type(struct parser *p, struct field_entry *field)
{
    static const char *const words[] = { "of", "ordered", "id", "integer", "minutes" };
    struct word levels;

    if (parse_skip_word(p, "of")) {
        field->type = FIELD_OF;
        return parse_words(p, "a value", &field->values);
    }
    if (parse_skip_word(p, "ordered")) {
        field->type = FIELD_ORDERED;
        if (!parse_word(p, "the name of levels", &levels))
            return false;
        *ARENA_PUSH(p->arena, field->values.at, field->values.count, field->values.room) = levels;
        return true;
    }
    if (parse_skip_word(p, "id"))
        field->type = FIELD_ID;
    else if (parse_skip_word(p, "integer"))
        field->type = FIELD_INTEGER;
    else if (parse_skip_word(p, "minutes"))
        field->type = FIELD_MINUTES;
    else
        return parse_unexpected_word(p, "'of', 'ordered', 'id', 'integer' or 'minutes'", words,
                                     ARRAY_LEN(words));
    return true;
}

static bool read_field(struct parser *p, void *into)
{
    static const char *const words[] = { "field" };
    struct field_entry_list *fields = into;
    struct field_entry field = { .span = p->token.span, .comments = parse_comments(p) };

    if (!parse_at_word(p, "field"))
        return parse_no_statement(p, "'field'", words, ARRAY_LEN(words));
    parse_next(p);
    if (!parse_own_name(p, "the name of a field", &field.name) || !read_type(p, &field))
        return false;
    field.span = parse_line_from(p, field.span);
    if (!parse_end(p, &field.comments.after))
        return false;
    *ARENA_PUSH(p->arena, fields->at, fields->count, fields->room) = field;
    return true;
}

static bool read_record(struct parser *p, struct entry *entry)
{
    bool head;

    entry->kind = ENTRY_RECORD;
    parse_next(p);
    head = parse_own_name(p, "the name of a kind", &entry->word) &&
           (p->token.kind != TOKEN_TEXT || parse_text(p, "a label", &entry->text)) &&
           (p->token.kind == TOKEN_OPEN ||
            parse_unexpected(p, "a label in quotes, or '{' on the line that it continues"));
    if (!head && !parse_resume_at_block(p))
        return false;
    return parse_block(p, read_field, &entry->fields, &entry->comments);
}

/* ---- other entries ---- */

static bool read_levels(struct parser *p, struct entry *entry)
{
    entry->kind = ENTRY_LEVELS;
    parse_next(p);
    return parse_word(p, "the name of the levels", &entry->word) &&
           parse_words(p, "a level, the lowest first", &entry->values);
}

/* The units that may be named beside kinds are words of the language. */
static bool read_effort(struct parser *p, struct entry *entry)
{
    entry->kind = ENTRY_EFFORT;
    parse_next(p);
    return parse_word(p, "a kind or a unit", &entry->word) &&
           parse_number(p, "a whole number", &entry->n);
}

static bool read_list(struct parser *p, struct entry *entry, enum entry_kind kind)
{
    entry->kind = kind;
    parse_next(p);
    if (kind == ENTRY_CREDENTIALS)
        return parse_names(p, "the name of a credential", &entry->values);
    return parse_words(p, "a name", &entry->values);
}

static bool read_entry(struct parser *p, struct entry *entry)
{
    if (parse_at_word(p, "record"))
        return read_record(p, entry);
    if (parse_at_word(p, "levels"))
        return read_levels(p, entry);
    if (parse_at_word(p, "effort"))
        return read_effort(p, entry);
    if (parse_at_word(p, "programmes"))
        return read_list(p, entry, ENTRY_PROGRAMMES);
    if (parse_at_word(p, "bodies"))
        return read_list(p, entry, ENTRY_BODIES);
    if (parse_at_word(p, "statements"))
        return read_list(p, entry, ENTRY_STATEMENTS);
    if (parse_at_word(p, "anchors"))
        return read_list(p, entry, ENTRY_ANCHORS);
    if (parse_at_word(p, "reasons"))
        return read_list(p, entry, ENTRY_REASONS);
    if (parse_at_word(p, "credentials"))
        return read_list(p, entry, ENTRY_CREDENTIALS);
    return parse_no_statement(p, "an entry such as 'record', 'levels' or 'bodies'", entry_words,
                              ARRAY_LEN(entry_words));
}

/* Terms end themselves. */
static bool read_entry_whole(struct parser *p, struct entry *entry)
{
    struct comments *comments = &entry->comments;

    if (parse_skip_word(p, "term")) {
        entry->kind = ENTRY_TERM;
        return parse_term(p, &entry->word, &entry->record, &entry->has_body, &entry->clauses,
                          comments);
    }
    return read_entry(p, entry) &&
           parse_end(p, entry->kind == ENTRY_RECORD ? &comments->after_close : &comments->after);
}

static bool read_entry_statement(struct parser *p, void *into)
{
    struct entry_list *entries = into;
    struct span first = p->token.span;
    struct entry entry = { .span = first, .comments = parse_comments(p) };

    if (!read_entry_whole(p, &entry))
        return false;
    entry.span = parse_line_from(p, first);
    *ARENA_PUSH(p->arena, entries->at, entries->count, entries->room) = entry;
    return true;
}

bool parse_vocabulary(struct parser *p, struct vocabulary_text *vocabulary)
{
    bool head =
        parse_name(p, "the name of the vocabulary", &vocabulary->name) &&
        parse_edition(p, &vocabulary->edition) &&
        (p->token.kind == TOKEN_OPEN || parse_unexpected(p, "'{' on the line that it continues"));

    if (!head && !parse_resume_at_block(p))
        return false;
    return parse_block(p, read_entry_statement, &vocabulary->entries, &vocabulary->comments);
}
