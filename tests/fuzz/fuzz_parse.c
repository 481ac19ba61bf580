/*
 * The criteria parser, fed with any bytes. What it reads without fault prints, is read again
 * without fault and prints the same; and what compiles has the same rules when it is compiled
 * from its canonical form.
 */
#include "base/buf.h"
#include "criteria/library.h"

#define PRINT_MAX ((size_t)256 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct library *load(struct arena *arena, const struct source *source)
{
    struct library *library = library_new(arena);
    struct diags diags;
    struct result result;

    diags_init(&diags, arena);
    library_add(library, source, &diags);
    result = library_finish(library, &diags);
    BUG_IF(failed(result) != (diags.errors > 0));
    return library;
}

static void check_rules(struct arena *arena, const struct source *source,
                        const struct source *printed)
{
    const struct library *a = load(arena, source);
    const struct library *b = load(arena, printed);

    BUG_IF(library_count(a) != library_count(b));
    BUG_IF(library_vocabulary_count(a) != library_vocabulary_count(b));
    for (size_t i = 0; i < library_count(a); i++) {
        BUG_IF(!str_eq(library_at(a, i)->rule_hash, library_at(b, i)->rule_hash));
        BUG_IF(!str_eq(library_at(a, i)->text_hash, library_at(b, i)->text_hash));
    }
}

/* The canonical form, or STR_NONE where there were faults. */
static struct str print(struct arena *arena, const struct source *source)
{
    struct parsed_file file;
    struct diags diags;
    struct buf out;

    diags_init(&diags, arena);
    criteria_parse(arena, source, &diags, &file);
    buf_init(&out, PRINT_MAX);
    diags_print(&diags, &out, false);
    buf_clear(&out);
    if (diags.errors > 0) {
        buf_release(&out);
        return STR_NONE;
    }
    criteria_print_file(&file, &out);
    BUG_IF(out.overflow);
    return buf_take(&out, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source = { STR("fuzz"), { (const char *)data, size } };
    struct source printed = { STR("printed"), STR_NONE };
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    printed.text = print(&arena, &source);
    if (printed.text.p && printed.text.n <= CRITERIA_DOCUMENT_MAX) {
        BUG_IF(!str_eq(printed.text, print(&arena, &printed)));
        check_rules(&arena, &source, &printed);
    } else if (!printed.text.p) {
        (void)load(&arena, &source);
    }
    arena_release(&arena);
    return 0;
}
