#include "cli/progress.h"

#define BAR 30 /* signs, on terminals that are wide enough */
#define BAR_NARROW 10
#define THINGS_STEP 1000 /* where the end is not known */

void progress_init(struct progress *progress, struct output *err, const char *noun, int64_t bytes)
{
    *progress = (struct progress){ .err = err, .noun = noun, .bytes = bytes, .shown = -1 };
}

static void draw_bar(const struct progress *progress, int64_t permille, int64_t bytes_done,
                     int64_t things_done)
{
    struct output *err = progress->err;
    int signs = err->width < OUTPUT_WIDTH ? BAR_NARROW : BAR;
    int filled = (int)(permille * signs / 1000);
    int64_t left = 0;

    if (bytes_done > 0)
        left = things_done * (progress->bytes - bytes_done) / bytes_done;
    output_raw(err, STR("\r["));
    for (int i = 0; i < signs; i++)
        output_raw(err, i < filled ? STR("#") : STR(" "));
    output_format(err, "] %3d %%  %lld %s done, about %lld left  ", (int)(permille / 10),
                  (long long)things_done, progress->noun, (long long)left);
}

void progress_show(struct progress *progress, int64_t bytes_done, int64_t things_done)
{
    int64_t mark = progress->bytes > 0 ? bytes_done * 1000 / progress->bytes
                                       : things_done / THINGS_STEP;

    if (!progress->err->terminal || mark == progress->shown)
        return;
    progress->shown = mark;
    if (progress->bytes > 0) {
        draw_bar(progress, mark, bytes_done, things_done);
    } else {
        output_raw(progress->err, STR("\r"));
        output_format(progress->err, "%lld %s done", (long long)things_done, progress->noun);
    }
    fflush(progress->err->file);
}

void progress_end(struct progress *progress)
{
    if (progress->shown < 0)
        return;
    output_raw(progress->err, STR("\r"));
    output_spaces(progress->err, progress->err->width - 1);
    output_raw(progress->err, STR("\r"));
    fflush(progress->err->file);
    progress->shown = -1;
}
