#include "scheme/terms.h"

const struct term *term_of(const struct term_list *terms, struct str id)
{
    for (size_t i = 0; i < terms->count; i++) {
        if (str_eq(terms->at[i].id, id))
            return &terms->at[i];
    }
    return NULL;
}

/* A parent comes before its children, so this ends. */
bool term_within(const struct term_list *terms, struct str id, struct str ancestor)
{
    const struct term *term = term_of(terms, id);

    while (term && !str_eq(term->id, ancestor)) {
        const struct term *parent = term->parent.p ? term_of(terms, term->parent) : NULL;

        term = parent && parent < term ? parent : NULL;
    }
    return term != NULL;
}
