/*
 * The lexer, fed with any bytes: tokens stand in the source one after another and the end comes.
 * A first byte that is odd asks for raw lines after each opening brace.
 */
#include "base/lex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool raw = size > 0 && data[0] % 2 == 1;
    struct source source = { STR("fuzz"), { (const char *)data, size } };
    struct lexer lexer;
    struct diags diags;
    struct arena arena;
    struct token token;
    struct buf out;
    uint32_t at = 0;

    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    lexer_init(&lexer, &source, &diags);
    do {
        struct str lines;
        uint32_t line;

        token = lexer_next(&lexer);
        BUG_IF(token.span.offset < at);
        at = token.span.offset + token.span.length;
        BUG_IF(at > size);
        BUG_IF(token.kind != TOKEN_EOF && token.span.length == 0);
        BUG_IF(token_text(&arena, token).n > token.text.n);
        if (raw && token.kind == TOKEN_OPEN && lexer_raw_lines(&lexer, token, &lines, &line)) {
            BUG_IF(lines.p < source.text.p + at);
            at = (uint32_t)(lines.p + lines.n - source.text.p);
        }
    } while (token.kind != TOKEN_EOF);
    BUG_IF(at != size && !raw);

    buf_init(&out, 10000000);
    diags_print(&diags, &out, true);
    BUG_IF(!str_is_utf8(buf_str(&out), NULL));
    buf_release(&out);
    arena_release(&arena);
    return 0;
}
