#include "cli/telling.h"

#include <string.h>

static void show(void *context, const char *things, int64_t count, int64_t done, int64_t all)
{
    struct telling *telling = context;

    if (!telling->begun || strcmp(telling->progress.noun, things) != 0 ||
        telling->progress.bytes != all) {
        telling_end(telling);
        progress_init(&telling->progress, telling->err, things, all);
        telling->begun = true;
    }
    progress_show(&telling->progress, done, count);
}

struct told telling_told(struct telling *telling)
{
    return (struct told){ .tell = show, .context = telling };
}

void telling_show(struct telling *telling, const char *noun, int64_t done, int64_t all)
{
    show(telling, noun, done, done, all);
}

void telling_end(struct telling *telling)
{
    if (telling->begun)
        progress_end(&telling->progress);
    telling->begun = false;
}
