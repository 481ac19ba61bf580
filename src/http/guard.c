#include "http/guard.h"

#include "http/error.h"

struct result guard_post(const struct request *request, struct str base)
{
    struct str site = request_header_list(request, STR("sec-fetch-site"));
    struct str origin = request_header_list(request, STR("origin"));
    bool good = true;

    if (site.p)
        good = str_eq_c(site, "same-origin");
    else if (origin.p)
        good = str_eq(origin, base);
    return good ? OK : fail(&HTTP_FOREIGN_ORIGIN);
}
