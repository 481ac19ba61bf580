#include "web/trouble.h"

#include "instance/instance.h"
#include "web/clock.h"

#define AGAIN_MS 60000

void trouble_init(struct trouble *trouble, FILE *err, const struct config *config)
{
    *trouble = (struct trouble){ .err = err, .config = config };
    pthread_mutex_init(&trouble->lock, NULL);
}

void trouble_release(struct trouble *trouble)
{
    pthread_mutex_destroy(&trouble->lock);
}

static bool is_news(struct trouble *trouble, const struct error *error)
{
    int64_t now = clock_now_ms(NULL);
    bool news;

    pthread_mutex_lock(&trouble->lock);
    news = trouble->last != error || now - trouble->told_at >= AGAIN_MS;
    if (news) {
        trouble->last = error;
        trouble->told_at = now;
    }
    pthread_mutex_unlock(&trouble->lock);
    return news;
}

void trouble_tell(void *context, const struct error *error, const struct store_fault *fault)
{
    struct trouble *trouble = context;
    struct arena arena;
    struct str text;

    if (!is_news(trouble, error))
        return;
    arena_init(&arena, ARENA_UNLIMITED);
    text = instance_complaint(&arena, trouble->config, fail(error), fault);
    fprintf(trouble->err, "assay serve: %.*s\n", STR_ARG(text));
    fflush(trouble->err);
    arena_release(&arena);
}
