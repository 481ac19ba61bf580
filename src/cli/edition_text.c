#include "cli/edition_text.h"

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

void edition_change_print(struct output *out, struct arena *arena,
                          const struct edition_change *diff)
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
