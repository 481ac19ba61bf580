#include "criteria/print_parts.h"

static void print_field(struct buf *out, const struct field_entry *field, int level)
{
    line_begin(out, &field->comments, level, "field");
    line_word(out, field->name.text);
    switch (field->type) {
    case FIELD_OF:
        buf_add_c(out, " of");
        break;
    case FIELD_ORDERED:
        buf_add_c(out, " ordered");
        break;
    case FIELD_ID:
        buf_add_c(out, " id");
        break;
    case FIELD_INTEGER:
        buf_add_c(out, " integer");
        break;
    case FIELD_MINUTES:
        buf_add_c(out, " minutes");
        break;
    }
    line_words(out, &field->values);
    line_end(out, field->comments.after);
}

static void print_record(struct buf *out, const struct entry *entry, int level)
{
    line_begin(out, &entry->comments, level, "record");
    line_word(out, entry->word.text);
    if (entry->text.p)
        line_text(out, entry->text);
    block_open(out, &entry->comments);
    for (size_t i = 0; i < entry->fields.count; i++)
        print_field(out, &entry->fields.at[i], level + 1);
    block_end(out, &entry->comments, level);
}

static const char *const entry_words[] = {
    [ENTRY_LEVELS] = "levels",         [ENTRY_EFFORT] = "effort",
    [ENTRY_PROGRAMMES] = "programmes", [ENTRY_BODIES] = "bodies",
    [ENTRY_STATEMENTS] = "statements", [ENTRY_ANCHORS] = "anchors",
    [ENTRY_REASONS] = "reasons",       [ENTRY_CREDENTIALS] = "credentials",
};

static void print_entry(struct buf *out, const struct entry *entry, int level)
{
    if (entry->kind == ENTRY_RECORD) {
        print_record(out, entry, level);
        return;
    }
    if (entry->kind == ENTRY_TERM) {
        print_term(out, &entry->comments, entry->word.text, entry->record.text, &entry->clauses,
                   level);
        return;
    }
    line_begin(out, &entry->comments, level, entry_words[entry->kind]);
    if (entry->word.text.p)
        line_word(out, entry->word.text);
    if (entry->kind == ENTRY_EFFORT)
        line_int(out, entry->n);
    line_words(out, &entry->values);
    line_end(out, entry->comments.after);
}

void criteria_print_vocabulary(const struct vocabulary_text *vocabulary, struct buf *out)
{
    line_begin(out, &vocabulary->comments, 0, "vocabulary");
    line_word(out, vocabulary->name.text);
    line_edition(out, vocabulary->edition);
    block_open(out, &vocabulary->comments);
    for (size_t i = 0; i < vocabulary->entries.count; i++)
        print_entry(out, &vocabulary->entries.at[i], 1);
    block_end(out, &vocabulary->comments, 0);
}
