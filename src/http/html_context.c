#include "http/html_context.h"

#include <string.h>

#include "base/attr.h"
#include "http/escape.h"

#define STRAY "this does not belong in a tag"

void html_context_init(struct html_context *context)
{
    *context = (struct html_context){ .place = HTML_TEXT };
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* ---- names ---- */

static void name_add(struct html_context *context, char c)
{
    if (context->name_length < sizeof(context->name))
        context->name[context->name_length] = lower(c);
    context->name_length++;
}

static void name_begin(struct html_context *context, char c)
{
    context->name_length = 0;
    name_add(context, c);
}

/* STR_NONE if it is longer than any name that matters. */
static struct str name_read(const struct html_context *context)
{
    if (context->name_length > sizeof(context->name))
        return STR_NONE;
    return (struct str){ context->name, context->name_length };
}

static enum html_element element_of(struct str name)
{
    if (str_eq_c(name, "script"))
        return HTML_ELEMENT_SCRIPT;
    return str_eq_c(name, "style") ? HTML_ELEMENT_STYLE : HTML_ELEMENT_PLAIN;
}

static enum html_attribute attribute_of(const struct html_context *context)
{
    static const char *const addresses[] = {
        "action",   "background", "cite", "data",   "formaction", "href",   "imagesrcset",
        "longdesc", "manifest",   "ping", "poster", "src",        "srcset", "xlink:href",
    };
    struct str name = name_read(context);

    if (context->name_length > 2 && context->name[0] == 'o' && context->name[1] == 'n')
        return HTML_ATTRIBUTE_EVENT;
    if (str_eq_c(name, "style"))
        return HTML_ATTRIBUTE_STYLE;
    if (str_eq_c(name, "srcdoc"))
        return HTML_ATTRIBUTE_DOCUMENT;
    for (size_t i = 0; i < ARRAY_LEN(addresses); i++)
        if (str_eq_c(name, addresses[i]))
            return HTML_ATTRIBUTE_URL;
    return HTML_ATTRIBUTE_PLAIN;
}

/* ---- reading, one function for each kind of place ---- */

static void end_of_tag(struct html_context *context)
{
    if (context->end_tag)
        context->element = HTML_ELEMENT_PLAIN;
    context->place = context->element == HTML_ELEMENT_PLAIN ? HTML_TEXT : HTML_RAW;
}

static void end_of_tag_name(struct html_context *context)
{
    context->element = context->end_tag ? HTML_ELEMENT_PLAIN : element_of(name_read(context));
    context->place = HTML_TAG;
}

static void read_outside(struct html_context *context, char c)
{
    switch (context->place) {
    case HTML_OPEN:
    case HTML_OPEN_END:
        if (is_letter(c)) {
            context->end_tag = context->place == HTML_OPEN_END;
            context->place = HTML_TAG_NAME;
            name_begin(context, c);
        } else if (context->place == HTML_OPEN_END) {
            context->place = c == '>' ? HTML_TEXT : HTML_DECLARATION;
        } else if (c == '/') {
            context->place = HTML_OPEN_END;
        } else if (c == '!') {
            context->place = HTML_OPEN_BANG;
            context->dashes = 0;
        } else if (c == '?') {
            context->place = HTML_DECLARATION;
        } else if (c != '<') {
            context->place = HTML_TEXT;
        }
        break;
    case HTML_OPEN_BANG:
        if (c == '-')
            context->place = ++context->dashes == 2 ? HTML_COMMENT : HTML_OPEN_BANG;
        else
            context->place = c == '>' ? HTML_TEXT : HTML_DECLARATION;
        break;
    case HTML_COMMENT:
        if (c == '>' && context->dashes >= 2)
            context->place = HTML_TEXT;
        context->dashes = c == '-' ? context->dashes + 1 : 0;
        break;
    case HTML_DECLARATION:
        if (c == '>')
            context->place = HTML_TEXT;
        break;
    default:
        if (c == '<')
            context->place = HTML_OPEN;
    }
}

static const char *read_tag(struct html_context *context, char c)
{
    if (context->place == HTML_TAG_NAME && !is_space(c) && c != '/' && c != '>') {
        name_add(context, c);
        return NULL;
    }
    if (context->place == HTML_TAG_NAME)
        end_of_tag_name(context);
    if (c == '>') {
        end_of_tag(context);
    } else if (c == '/') {
        context->place = HTML_TAG;
    } else if (is_space(c)) {
        context->place = context->place == HTML_NAME || context->place == HTML_AFTER_NAME
                             ? HTML_AFTER_NAME
                             : HTML_TAG;
    } else if (c == '=' && (context->place == HTML_NAME || context->place == HTML_AFTER_NAME)) {
        context->place = HTML_BEFORE_VALUE;
    } else if (strchr("=\"'<", c)) {
        return STRAY;
    } else if (context->place == HTML_NAME) {
        name_add(context, c);
    } else {
        bool cut = context->place == HTML_NAME_END;

        context->place = HTML_NAME;
        name_begin(context, c);
        return cut ? "a section begins or ends within a name; put a space there" : NULL;
    }
    return NULL;
}

static void begin_value(struct html_context *context, enum html_place place)
{
    context->place = place;
    context->attribute = attribute_of(context);
    context->scheme_open = context->attribute == HTML_ATTRIBUTE_URL;
    context->name_length = 0;
}

/* Keeps the beginning of an address, to see whether it has a scheme. */
static void read_scheme(struct html_context *context, char c)
{
    if (c == '/' || c == '?' || c == '#') {
        context->scheme_open = false;
    } else if (c == ':') {
        context->scheme_open = false;
        if (!url_scheme_is_safe(name_read(context)))
            context->attribute = HTML_ATTRIBUTE_SCRIPT_URL;
    } else {
        name_add(context, c);
    }
}

static void read_value(struct html_context *context, char c)
{
    bool ends = (context->place == HTML_DOUBLE_QUOTED && c == '"') ||
                (context->place == HTML_SINGLE_QUOTED && c == '\'') ||
                (context->place == HTML_UNQUOTED && is_space(c));

    if (ends)
        context->place = HTML_TAG;
    else if (context->place == HTML_UNQUOTED && c == '>')
        end_of_tag(context);
    else if (context->scheme_open)
        read_scheme(context, c);
}

static const char *read_before_value(struct html_context *context, char c)
{
    if (is_space(c))
        return NULL;
    if (c == '>') {
        end_of_tag(context);
        return "this attribute has no value after its '='";
    }
    if (c == '"' || c == '\'') {
        begin_value(context, c == '"' ? HTML_DOUBLE_QUOTED : HTML_SINGLE_QUOTED);
        return NULL;
    }
    begin_value(context, HTML_UNQUOTED);
    read_value(context, c);
    return NULL;
}

static void read_raw(struct html_context *context, char c)
{
    if (context->place == HTML_RAW_OPEN && c == '/') {
        context->place = HTML_RAW_NAME;
        context->name_length = 0;
    } else if (context->place == HTML_RAW_NAME && is_letter(c)) {
        name_add(context, c);
    } else if (context->place == HTML_RAW_NAME && (is_space(c) || c == '/' || c == '>') &&
               element_of(name_read(context)) == context->element) {
        context->end_tag = true;
        context->place = HTML_TAG;
        if (c == '>')
            end_of_tag(context);
    } else {
        context->place = c == '<' ? HTML_RAW_OPEN : HTML_RAW;
    }
}

static const char *read_byte(struct html_context *context, char c)
{
    switch (context->place) {
    case HTML_TAG_NAME:
    case HTML_TAG:
    case HTML_NAME:
    case HTML_NAME_END:
    case HTML_AFTER_NAME:
        return read_tag(context, c);
    case HTML_BEFORE_VALUE:
        return read_before_value(context, c);
    case HTML_DOUBLE_QUOTED:
    case HTML_SINGLE_QUOTED:
    case HTML_UNQUOTED:
        read_value(context, c);
        return NULL;
    case HTML_RAW:
    case HTML_RAW_OPEN:
    case HTML_RAW_NAME:
        read_raw(context, c);
        return NULL;
    default:
        read_outside(context, c);
        return NULL;
    }
}

const char *html_context_read(struct html_context *context, struct str text)
{
    const char *first = NULL;

    for (size_t i = 0; i < text.n; i++) {
        const char *fault = read_byte(context, text.p[i]);

        first = first ? first : fault;
    }
    return first;
}

/* ---- questions ---- */

static const char *value_refusal(enum html_attribute attribute, bool address)
{
    switch (attribute) {
    case HTML_ATTRIBUTE_PLAIN:
        return NULL;
    case HTML_ATTRIBUTE_URL:
        return address ? NULL
                       : "a value in an address needs the filter url, or part for one part of it";
    case HTML_ATTRIBUTE_SCRIPT_URL:
        return "a value may not stand in an address of this scheme";
    case HTML_ATTRIBUTE_EVENT:
        return "a value may not stand in an event handler";
    case HTML_ATTRIBUTE_STYLE:
        return "a value may not stand in a style attribute; use a class";
    case HTML_ATTRIBUTE_DOCUMENT:
        return "a value may not stand in srcdoc";
    }
    BUG("an unknown kind of attribute");
}

const char *html_context_refusal(const struct html_context *context, bool address)
{
    switch (context->place) {
    case HTML_TEXT:
        return NULL;
    case HTML_DOUBLE_QUOTED:
        return value_refusal(context->attribute, address);
    case HTML_SINGLE_QUOTED:
        return "a value in an attribute stands in double quotes";
    case HTML_BEFORE_VALUE:
    case HTML_UNQUOTED:
        return "an attribute with a value from the view needs double quotes";
    case HTML_COMMENT:
        return "a value may not stand in a comment of the page";
    case HTML_RAW:
    case HTML_RAW_OPEN:
    case HTML_RAW_NAME:
        return context->element == HTML_ELEMENT_SCRIPT ? "a value may not stand in a script"
                                                       : "a value may not stand in a style sheet";
    default:
        return "a value may not stand in a tag outside an attribute's quotes";
    }
}

bool html_context_cut(struct html_context *context)
{
    switch (context->place) {
    case HTML_TAG_NAME:
        end_of_tag_name(context);
        context->place = HTML_NAME_END;
        return true;
    case HTML_NAME:
        context->place = HTML_NAME_END;
        return true;
    case HTML_AFTER_NAME:
        context->place = HTML_TAG;
        return true;
    case HTML_TEXT:
    case HTML_TAG:
    case HTML_NAME_END:
    case HTML_DOUBLE_QUOTED:
    case HTML_SINGLE_QUOTED:
    case HTML_COMMENT:
    case HTML_RAW:
        return true;
    default:
        return false;
    }
}

static bool in_tag(const struct html_context *context)
{
    return context->place == HTML_TAG || context->place == HTML_NAME_END;
}

static bool in_value(const struct html_context *context)
{
    return context->place == HTML_DOUBLE_QUOTED || context->place == HTML_SINGLE_QUOTED;
}

static bool is_address(const struct html_context *context)
{
    return context->attribute == HTML_ATTRIBUTE_URL ||
           context->attribute == HTML_ATTRIBUTE_SCRIPT_URL;
}

bool html_context_join(struct html_context *context, const struct html_context *other)
{
    if (in_tag(context) && in_tag(other)) {
        if (context->element != other->element || context->end_tag != other->end_tag)
            return false;
        if (other->place == HTML_NAME_END)
            context->place = HTML_NAME_END;
        return true;
    }
    if (context->place != other->place)
        return false;
    if (context->place == HTML_COMMENT && other->dashes < context->dashes)
        context->dashes = other->dashes;
    if (context->place == HTML_RAW)
        return context->element == other->element;
    if (!in_value(context))
        return true;
    if (context->element != other->element || context->end_tag != other->end_tag)
        return false;
    if (!is_address(context) || !is_address(other))
        return context->attribute == other->attribute;
    /* Of two readings of one address, the one that is forbidden or may still become so. */
    if (other->attribute == HTML_ATTRIBUTE_SCRIPT_URL ||
        (context->attribute == HTML_ATTRIBUTE_URL && !context->scheme_open))
        *context = *other;
    return true;
}
