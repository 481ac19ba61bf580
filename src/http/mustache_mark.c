#include "http/mustache_compiler.h"

struct str compiler_printed_name(const struct tag *tag)
{
    struct str name;

    str_split(tag->content, '|', &name);
    return str_trim(name);
}

/* The end of a marked text, or false. What it prints is added to the names. */
static bool find_mark_end(struct compiler *c, struct tag_reader *reader, struct str_list *ret_names,
                          struct tag *ret)
{
    struct str *names = NULL;
    size_t count = 0;
    size_t room = 0;
    struct diags ignored;
    struct tag tag;

    diags_init(&ignored, c->arena);
    while (tag_read(reader, &ignored, &tag)) {
        if (tag.kind == TAG_CLOSE && str_eq_c(tag.content, MUSTACHE_MARK)) {
            *ret_names = (struct str_list){ names, count };
            *ret = tag;
            return true;
        }
        if (tag.kind == TAG_PRINT)
            *ARENA_PUSH(c->arena, names, count, room) = compiler_printed_name(&tag);
    }
    return false;
}

/* Reads a translation in place of the text from which it was made. */
static void take_translation(struct compiler *c, struct str text, const struct str_list *names)
{
    struct source *source = ARENA_NEW(c->arena, struct source);
    struct tag_reader reader = c->reader;
    size_t floor = c->floor;
    size_t at = c->at;

    source->name = str_format(c->arena, "%.*s (translation)", STR_ARG(reader.source->name));
    source->text = text;
    tag_reader_init(&c->reader, source);
    c->at = 0;
    c->floor = c->depth;
    c->allowed = names;
    compiler_top(c)->dedent = 0;
    compiler_read_tags(c);
    c->allowed = NULL;
    c->floor = floor;
    c->at = at;
    c->reader = reader;
}

void compiler_take_mark(struct compiler *c, const struct tag *tag)
{
    struct tag_reader reader = c->reader;
    struct str_list names;
    struct str translation;
    struct str text;
    struct tag end;

    compiler_take_text(c, tag->from);
    c->at = tag->to;
    compiler_cut(c, tag);
    if (c->allowed) {
        compiler_fault(c, tag, STR_NONE, "a translation marks nothing for translation");
        return;
    }
    if (!compiler_push(c, FRAME_MARK, tag) || !find_mark_end(c, &reader, &names, &end))
        return;
    text = (struct str){ reader.source->text.p + tag->to, end.from - tag->to };
    translation = language_text(c->mustache->set->language, text);
    if (str_eq(translation, text))
        return;
    take_translation(c, translation, &names);
    reader.at = end.from;
    c->reader = reader;
    c->at = end.from;
}
