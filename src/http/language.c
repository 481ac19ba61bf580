#include "http/language.h"

struct str language_text(const struct language *language, struct str text)
{
    struct str found = STR_NONE;

    if (language && language->text)
        found = language->text(language->context, text);
    return found.p ? found : text;
}

size_t language_form(const struct language *language, int64_t number)
{
    if (language && language->form)
        return language->form(language->context, number);
    return number == 1 ? 0 : 1;
}
