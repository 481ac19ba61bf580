#include "register/standpoint.h"

#include "register/phrases.h"

struct str body_title(const struct scheme *scheme, struct str id)
{
    const struct scheme_body *body = scheme_body(scheme, id);
    const struct scheme_programme *programme = scheme_programme(scheme, id);

    if (body)
        return body->title;
    return programme ? programme->title : id;
}

struct str certification_title(const struct library *library, struct str name)
{
    size_t count;
    const struct edition *const *editions = library_editions(library, name, &count);

    for (; count > 0; count--)
        if (editions[count - 1]->title.p)
            return editions[count - 1]->title;
    return name;
}

struct str requirement_title(const struct requirement *requirement)
{
    return requirement->label.p ? requirement->label : requirement->id;
}

static struct str exemption_label(const struct requirement *requirement, struct str id)
{
    for (size_t i = 0; i < requirement->exemption_count; i++)
        if (str_eq(requirement->exemptions[i].id, id) && requirement->exemptions[i].label.p)
            return requirement->exemptions[i].label;
    return id;
}

struct str basis_phrase(const struct standpoint *from, const struct requirement *requirement,
                        const struct basis_text *by)
{
    struct arena *arena = from->arena;

    switch (by->basis) {
    case BY_EXEMPTION:
        return str_format(arena, "exempt: %.*s", STR_ARG(exemption_label(requirement, by->who)));
    case BY_REFERRAL:
        return body_title(from->scheme, by->who);
    case BY_JUDGEMENT:
        return str_format(arena, "judged by the %.*s", STR_ARG(body_title(from->scheme, by->who)));
    case BY_WAIVER:
        return str_format(arena, "waived by the %.*s", STR_ARG(body_title(from->scheme, by->who)));
    case BY_UNCLEAR:
        return requirement->judged ? STR("not judged yet") : STR("facts are missing");
    case BY_NOTHING:
    case BY_EVIDENCE:
        break;
    }
    return STR_NONE;
}

struct str closed_phrase(struct arena *arena, const struct edition *edition, day on)
{
    if (edition->open_until < on)
        return str_format(arena, "Applications were open until %.*s.",
                          STR_ARG(phrase_date(arena, edition->open_until)));
    return str_format(arena, "Applications open on %.*s.",
                      STR_ARG(phrase_date(arena, edition->open_from)));
}
