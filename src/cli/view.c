#include "cli/view.h"

struct str view_body(const struct view *view, struct str id)
{
    const struct scheme_body *body = scheme_body(view->scheme, id);
    const struct scheme_programme *programme = scheme_programme(view->scheme, id);

    if (body)
        return body->title;
    return programme ? programme->title : id;
}

struct str view_certification(const struct view *view, struct str name)
{
    size_t count;
    const struct edition *const *editions = library_editions(view->scheme->library, name, &count);

    for (; count > 0; count--)
        if (editions[count - 1]->title.p)
            return editions[count - 1]->title;
    return name;
}

struct str requirement_title(const struct requirement *requirement)
{
    return requirement->label.p ? requirement->label : requirement->id;
}
