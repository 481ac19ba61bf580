#include "cli/steps.h"

#include "register/nearest.h"

#define STEP 2 /* columns of indentation */

struct steps {
    const struct view *view;
    int indent;
    size_t count; /* printed so far */
};

static void print_step(struct steps *steps, struct str text)
{
    struct str lead = steps->count == 0 ? STR("Nearest path:") : STR("          or:");

    output_paragraph(steps->view->out, steps->indent, lead,
                     steps->count == 0 ? TONE_STRONG : TONE_FAINT, text);
    steps->count++;
}

static void print_advice(struct steps *steps, const struct advice_list *advice)
{
    const struct view *view = steps->view;
    struct str *items = ARENA_ARRAY(view->from.arena, advice->count + 1, struct str);
    size_t count = 0;

    for (size_t i = 0; i < advice->count; i++)
        if (advice->at[i].kind != ADVICE_NONE)
            items[count++] = nearest_item(&view->from, &advice->at[i]);
    if (count == 1)
        print_step(steps, items[0]);
    if (count > 1)
        print_step(steps, STR("all of these:"));
    for (size_t i = 0; count > 1 && i < count; i++)
        output_paragraph(view->out, steps->indent + STEP, STR("-"), TONE_FAINT, items[i]);
    for (size_t i = 0; i < advice->count; i++)
        if (advice->at[i].kind == ADVICE_NONE)
            output_paragraph(view->out, steps->indent, STR("No path:"), TONE_STRONG,
                             nearest_item(&view->from, &advice->at[i]));
}

void steps_print(const struct view *view, int indent)
{
    struct steps steps = { .view = view, .indent = indent };
    struct nearest nearest;

    if (!nearest_find(&view->from, &nearest))
        return;
    if (nearest.claims > 0)
        print_step(&steps, nearest_claims(&view->from, &nearest));
    for (size_t i = 0; i < nearest.waiting_count; i++)
        print_step(&steps, nearest_waiting(&view->from, &nearest.waiting[i]));
    print_advice(&steps, &nearest.advice);
}
