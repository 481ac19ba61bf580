#include "store/ddl.h"

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static size_t word_length(struct str sql)
{
    size_t n = 0;

    while (n < sql.n && is_word(sql.p[n]))
        n++;
    return n;
}

/* The bytes up to and with the next `end`, or all of them. */
static size_t length_to(struct str sql, size_t from, char end)
{
    size_t at;

    return str_find(str_drop(sql, from), end, &at) ? from + at + 1 : sql.n;
}

static const char *meaning(struct str word, const struct ddl_words *words)
{
    const struct {
        const char *word;
        const char *meaning;
    } table[] = {
        { "ID", words->id },       { "INT64", words->int64 },   { "TEXT", words->text },
        { "BYTES", words->bytes }, { "STRICT", words->strict },
    };

    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        if (str_eq_c(word, table[i].word))
            return table[i].meaning;
    }
    return NULL;
}

void ddl_write(struct str sql, const struct ddl_words *words, struct buf *out)
{
    while (sql.n > 0) {
        const char *written = NULL;
        size_t n = word_length(sql);

        if (n > 0)
            written = meaning(str_take(sql, n), words);
        else if (sql.p[0] == '\'' || sql.p[0] == '"')
            n = length_to(sql, 1, sql.p[0]);
        else if (str_starts(sql, STR("--")))
            n = length_to(sql, 2, '\n');
        else
            n = 1;
        if (written)
            buf_add_c(out, written);
        else
            buf_add(out, str_take(sql, n));
        sql = str_drop(sql, n);
    }
}
