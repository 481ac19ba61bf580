#include "cli/load.h"
#include "criteria/diff.h"
#include "register/phrases.h"

static enum tone change_tone(enum change change)
{
    switch (change) {
    case CHANGE_LOOSER:
        return TONE_GOOD;
    case CHANGE_TIGHTER:
        return TONE_WAIT;
    case CHANGE_MIXED:
        return TONE_BAD;
    case CHANGE_EQUAL:
    case CHANGE_WORDING:
        break;
    }
    return TONE_FAINT;
}

/* What differs, with its own label where it has one: dates of force are shown, not labelled. */
static void print_details(struct output *out, struct arena *arena,
                          const struct change_detail *details, size_t count, int indent)
{
    for (size_t i = 0; i < count; i++) {
        const struct change_detail *detail = &details[i];
        struct str where = detail->where.n > 0 ? str_format(arena, "%.*s:", STR_ARG(detail->where))
                                               : STR_NONE;
        struct str what = detail->what;

        if (detail->change != CHANGE_EQUAL && detail->change != CHANGE_WORDING)
            what = str_format(arena, "%.*s (%s)", STR_ARG(what), change_name(detail->change));
        output_paragraph(out, indent, where, TONE_FAINT, what);
    }
}

static const char *presence_text(enum presence presence)
{
    return presence == ADDED ? " added" : presence == REMOVED ? " removed" : "";
}

static void print_changes(struct output *out, struct arena *arena, const char *what,
                          const struct requirement_change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct requirement_change *change = &changes[i];

        output_spaces(out, 2);
        output_ends(out, 2,
                    str_format(arena, "%s%.*s%s", what, STR_ARG(change->id),
                               presence_text(change->presence)),
                    TONE_PLAIN, str_from_c(change_name(change->change)),
                    change_tone(change->change));
        print_details(out, arena, change->details, change->detail_count, 4);
    }
}

static struct str edition_label(struct arena *arena, const struct edition *edition)
{
    return str_format(arena, "%.*s@%.*s", STR_ARG(edition->name),
                      STR_ARG(edition_number_text(arena, edition->number)));
}

static void print_diff(struct output *out, struct arena *arena, const struct edition_change *diff)
{
    output_ends(out, 0,
                str_format(arena, "%.*s to %.*s", STR_ARG(edition_label(arena, diff->old)),
                           STR_ARG(edition_label(arena, diff->new))),
                TONE_STRONG, str_from_c(change_name(diff->change)), change_tone(diff->change));
    print_changes(out, arena, "", diff->requirements, diff->requirement_count);
    print_changes(out, arena, "bar ", diff->bars, diff->bar_count);
    if (diff->detail_count > 0) {
        output_c(out, "  document\n");
        print_details(out, arena, diff->details, diff->detail_count, 4);
    }
    output_paragraph(out, 0, STR("In a line:"), TONE_FAINT, edition_change_line(arena, diff));
    if (diff->change == CHANGE_MIXED)
        output_paragraph(out, 0, STR_NONE, TONE_PLAIN,
                         STR("Mixed: the rules alone do not prove who gains and who loses; "
                             "'assay simulate' shows it."));
}

/* Two operands, or the two documents of one file. */
static enum exit_code load_both(const struct invocation *invocation, const struct edition **both)
{
    const char *const *operands = invocation->operands;
    const struct scheme *scheme = NULL;
    enum exit_code code;
    size_t count;

    if (invocation->operand_count == 2) {
        code = load_edition(invocation, operands[0], &scheme, &both[0]);
        return code == EXIT_OK ? load_edition(invocation, operands[1], &scheme, &both[1]) : code;
    }
    code = load_file_editions(invocation, operands[0], 2, both, &count);
    if (code == EXIT_OK && count < 2) {
        complain(invocation, "'%s' holds one document: there is nothing to compare it with",
                 operands[0]);
        code = EXIT_INPUT;
    }
    return code;
}

enum exit_code cmd_diff(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct output *out = &invocation->around->out;
    const struct edition *both[2];
    struct edition_change diff;
    enum exit_code code = load_both(invocation, both);

    if (code != EXIT_OK)
        return code;
    edition_diff(arena, both[0], both[1], &diff);
    if (option_given(invocation, "json"))
        output_json(out, edition_change_value(arena, &diff));
    else
        print_diff(out, arena, &diff);
    if (option_given(invocation, "exit-code") && diff.change != CHANGE_EQUAL)
        return EXIT_NO;
    return EXIT_OK;
}
