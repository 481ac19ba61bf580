#include "http/escape.h"
#include "http/mustache_parts.h"
#include "http/mustache_scope.h"

#define FILTERED_MAX ((size_t)64 * 1024) /* bytes that a filter may write for one value */

/* What parents pass on to the templates that they include, the innermost parent first. */
struct arguments {
    const struct mustache *mustache; /* that in which the parent stands */
    const struct op *parent;
    const struct arguments *outer;
};

/* What goes before each line of what is included; the outermost goes first. */
struct indent {
    struct str text;
    const struct indent *outer;
};

struct renderer {
    const struct language *language;
    bool strict;
    struct diags *drift;
    struct buf *out;
    struct buf filtered;
    const struct indent *indent; /* NULL: none */
    bool begins_line;            /* the next text is the first of a line; kept where there is an
                                    indentation */
    size_t depth;
    size_t steps;
    struct result result;
};

/* ---- values ---- */

static void tell_unfit(struct renderer *r, const struct op *op, const char *what)
{
    if (r->drift)
        diags_add(r->drift, SEVERITY_ERROR, op->span, STR_NONE, "%s", what);
}

static const struct value *find(struct renderer *r, const struct op *op, const struct scope *scope)
{
    const struct value *value = scope_find(scope, &op->path);

    if (!value && r->drift)
        scope_tell_missing(scope, op, r->drift);
    return value;
}

/* Whether a section asks for a word, which only strict templates do. */
static bool asks_word(const struct renderer *r, const struct op *op, const struct scope *scope,
                      bool *ret_is)
{
    return r->strict && scope_asks_word(scope, &op->path, ret_is);
}

static bool is_something(const struct value *value)
{
    if (!value)
        return false;
    switch (value->kind) {
    case VALUE_NULL:
        return false;
    case VALUE_BOOL:
        return value->boolean;
    case VALUE_TEXT:
    case VALUE_HTML:
        return value->text.n > 0;
    case VALUE_ARRAY:
        return value->count > 0;
    case VALUE_INT:
    case VALUE_REAL:
    case VALUE_OBJECT:
        break;
    }
    return true;
}

/* ---- writing ---- */

static void write_indent(const struct indent *indent, struct buf *out)
{
    if (!indent)
        return;
    write_indent(indent->outer, out);
    buf_add(out, indent->text);
}

/* Before a value or what is included within a line. */
static void begin_line(struct renderer *r)
{
    if (r->indent && r->begins_line)
        write_indent(r->indent, r->out);
    r->begins_line = false;
}

static void write_indented(struct renderer *r, struct str text)
{
    while (text.n > 0) {
        size_t end = text.n;

        if (str_find(text, '\n', &end))
            end++;
        /* An empty line stays empty. */
        if (text.p[0] != '\n')
            begin_line(r);
        buf_add(r->out, str_take(text, end));
        r->begins_line = text.p[end - 1] == '\n';
        text = str_drop(text, end);
    }
}

static void write_text(struct renderer *r, struct str text, bool escapes)
{
    if (escapes)
        escape_html(text, r->out);
    else
        buf_add(r->out, text);
}

static void write_filtered(struct renderer *r, const struct op *op, const struct value *value)
{
    buf_clear(&r->filtered);
    if (filter_write(op->filter, value, r->language, &r->filtered)) {
        if (r->filtered.overflow)
            r->result = fail(&ERROR_LIMIT);
        write_text(r, buf_str(&r->filtered), !op->raw);
    } else {
        tell_unfit(r, op, "the filter does not take such a value");
    }
}

static void print(struct renderer *r, const struct op *op, const struct scope *scope)
{
    const struct value *value = find(r, op, scope);

    begin_line(r);
    if (!value || value->kind == VALUE_NULL)
        return;
    if (op->filter) {
        write_filtered(r, op, value);
        return;
    }
    switch (value->kind) {
    case VALUE_TEXT:
        write_text(r, value->text, !op->raw);
        break;
    case VALUE_HTML:
        write_text(r, value->text, !op->raw && !op->takes_html);
        break;
    case VALUE_INT:
        buf_int(r->out, value->integer);
        break;
    case VALUE_BOOL:
    case VALUE_REAL:
        value_write_json(value, JSON_COMPACT, r->out);
        break;
    case VALUE_ARRAY:
    case VALUE_OBJECT:
        tell_unfit(r, op, "a list or an object cannot be printed; open it as a section");
        break;
    case VALUE_NULL:
        break;
    }
}

/* ---- running ---- */

static void run(struct renderer *r, const struct mustache *mustache, size_t from, size_t to,
                const struct scope *scope, const struct arguments *arguments);

/* Whether to go on; counts what is done. */
static bool goes_on(struct renderer *r)
{
    if (r->out->overflow || ++r->steps > MUSTACHE_STEPS_MAX)
        r->result = fail(&ERROR_LIMIT);
    return !failed(r->result);
}

static void run_section(struct renderer *r, const struct mustache *mustache, size_t at,
                        const struct scope *scope, const struct arguments *arguments)
{
    const struct op *op = &mustache->ops[at];
    struct scope inner = { NULL, scope };
    const struct value *value;
    bool is;

    if (asks_word(r, op, scope, &is)) {
        if (is)
            run(r, mustache, at + 1, op->end, scope, arguments);
        return;
    }
    value = find(r, op, scope);
    inner.value = value;
    if (!is_something(value))
        return;
    if (value->kind != VALUE_ARRAY) {
        run(r, mustache, at + 1, op->end, &inner, arguments);
        return;
    }
    for (size_t i = 0; i < value->count && goes_on(r); i++) {
        inner.value = value->items[i];
        run(r, mustache, at + 1, op->end, &inner, arguments);
    }
}

static void run_inverted(struct renderer *r, const struct mustache *mustache, size_t at,
                         const struct scope *scope, const struct arguments *arguments)
{
    const struct op *op = &mustache->ops[at];
    bool is;

    if (!asks_word(r, op, scope, &is))
        is = is_something(find(r, op, scope));
    if (!is)
        run(r, mustache, at + 1, op->end, scope, arguments);
}

/*
 * Runs what an op includes, ops of another template or of the same, with its indentation. What is
 * included within a line keeps the indentation of that line for those that follow if it is a block,
 * which is part of the text around it; a partial has lines of its own.
 */
static void include(struct renderer *r, const struct op *op, const struct mustache *mustache,
                    size_t from, size_t to, const struct scope *scope,
                    const struct arguments *arguments)
{
    const struct indent *outer = r->indent;
    struct indent own = { op->indent, outer };

    if (r->depth == MUSTACHE_DEPTH_MAX) {
        tell_unfit(r, op, "templates include each other too deeply from here");
        r->result = fail(&ERROR_TEMPLATE_DEPTH);
        return;
    }
    if (op->own_line)
        r->begins_line = true;
    else
        begin_line(r);
    if (op->indent.n > 0)
        r->indent = &own;
    else if (!op->own_line && op->kind != OP_BLOCK)
        r->indent = NULL;
    r->depth++;
    run(r, mustache, from, to, scope, arguments);
    r->depth--;
    r->indent = outer;
    if (op->own_line)
        r->begins_line = true;
}

static size_t after(const struct mustache *mustache, size_t at)
{
    return mustache->ops[at].end > at ? mustache->ops[at].end : at + 1;
}

static bool is_block(const struct op *op, struct str name)
{
    return op->kind == OP_BLOCK && str_eq(op->text, name);
}

/* The block that the outermost parent passes on under that name; NULL if none does. */
static const struct arguments *find_argument(const struct arguments *arguments, struct str name,
                                             size_t *ret_at)
{
    const struct arguments *found = NULL;

    for (; arguments; arguments = arguments->outer) {
        const struct mustache *mustache = arguments->mustache;
        size_t at = (size_t)(arguments->parent - mustache->ops) + 1;

        while (at < arguments->parent->end && !is_block(&mustache->ops[at], name))
            at = after(mustache, at);
        if (at < arguments->parent->end) {
            *ret_at = at;
            found = arguments;
        }
    }
    return found;
}

/* A block that is passed on belongs to the template of the parent that passes it: blocks in it are
   filled by those outside that parent. */
static void run_block(struct renderer *r, const struct mustache *mustache, size_t at,
                      const struct scope *scope, const struct arguments *arguments)
{
    const struct op *op = &mustache->ops[at];
    size_t body = at;
    const struct arguments *found = find_argument(arguments, op->text, &body);

    if (found)
        include(r, op, found->mustache, body + 1, found->mustache->ops[body].end, scope,
                found->outer);
    else
        include(r, op, mustache, at + 1, op->end, scope, arguments);
}

static void run_target(struct renderer *r, const struct mustache *mustache, const struct op *op,
                       const struct scope *scope, const struct arguments *arguments)
{
    struct arguments passed = { mustache, op, arguments };

    if (op->target)
        include(r, op, op->target, 0, op->target->count, scope,
                op->kind == OP_PARENT ? &passed : arguments);
}

static void run(struct renderer *r, const struct mustache *mustache, size_t from, size_t to,
                const struct scope *scope, const struct arguments *arguments)
{
    size_t at = from;

    while (at < to && goes_on(r)) {
        const struct op *op = &mustache->ops[at];

        switch (op->kind) {
        case OP_TEXT:
            if (r->indent)
                write_indented(r, op->text);
            else
                buf_add(r->out, op->text);
            break;
        case OP_PRINT:
            print(r, op, scope);
            break;
        case OP_SECTION:
            run_section(r, mustache, at, scope, arguments);
            break;
        case OP_INVERTED:
            run_inverted(r, mustache, at, scope, arguments);
            break;
        case OP_PARTIAL:
        case OP_PARENT:
            run_target(r, mustache, op, scope, arguments);
            break;
        case OP_BLOCK:
            run_block(r, mustache, at, scope, arguments);
            break;
        }
        at = after(mustache, at);
    }
}

struct result mustache_render(const struct mustache *mustache, const struct value *view,
                              struct diags *drift, struct buf *out)
{
    struct scope scope = { view, NULL };
    struct renderer r = {
        .language = mustache->set->language,
        .strict = mustache->set->mode != MUSTACHE_SPEC,
        .drift = drift,
        .out = out,
        .result = OK,
    };

    BUG_IF(!view || !mustache->set->finished || mustache->set->faulty);
    buf_init(&r.filtered, FILTERED_MAX);
    run(&r, mustache, 0, mustache->count, &scope, NULL);
    buf_release(&r.filtered);
    if (out->overflow)
        return fail(&ERROR_LIMIT);
    return r.result;
}
