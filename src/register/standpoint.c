#include "register/standpoint.h"

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
