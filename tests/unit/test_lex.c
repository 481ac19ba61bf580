#include "base/lex.h"

#include <string.h>

#include "base/buf.h"
#include "unit.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct source source;
    struct lexer lexer;
    struct buf out;
};

static void begin(struct fixture *f, struct str text)
{
    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&f->diags, &f->arena);
    f->source = (struct source){ STR("s"), text };
    lexer_init(&f->lexer, &f->source, &f->diags);
    buf_init(&f->out, 100000);
}

static void end(struct fixture *f)
{
    buf_release(&f->out);
    arena_release(&f->arena);
}

/* All tokens in short: w(word) t(text) { } , >= ; #(comment) with a capital C on a line of its
   own; and after each its line and column. */
static struct str all_tokens(struct fixture *f)
{
    for (;;) {
        struct token token = lexer_next(&f->lexer);

        switch (token.kind) {
        case TOKEN_EOF:
            return buf_str(&f->out);
        case TOKEN_WORD:
            buf_format(&f->out, "w(%.*s)", STR_ARG(token.text));
            break;
        case TOKEN_TEXT:
            buf_format(&f->out, "t(%.*s)", STR_ARG(token.text));
            break;
        case TOKEN_OPEN:
        case TOKEN_CLOSE:
        case TOKEN_COMMA:
        case TOKEN_AT_LEAST:
            buf_add(&f->out, token.text);
            break;
        case TOKEN_END:
            buf_byte(&f->out, ';');
            break;
        case TOKEN_COMMENT:
            buf_format(&f->out, "%c(%.*s)", token.own_line ? 'C' : 'c', STR_ARG(token.text));
            break;
        }
        buf_format(&f->out, "@%u:%u ", token.span.line, token.span.column);
    }
}

static void check_tokens(struct str text, const char *expected)
{
    struct fixture f;

    begin(&f, text);
    check_str(all_tokens(&f), expected);
    assert_int_equal(f.diags.errors, 0);
    end(&f);
}

/* The text has exactly one fault, there, and its message holds those words. */
static void check_fault(struct str text, uint32_t line, uint32_t column, const char *words)
{
    struct fixture f;
    const struct diag *diag;

    begin(&f, text);
    all_tokens(&f);
    assert_int_equal(f.diags.count, 1);
    diag = &f.diags.list[0];
    if (!strstr(str_to_c(&f.arena, diag->message), words))
        fail_msg("'%s' does not say '%s'", str_to_c(&f.arena, diag->message), words);
    assert_int_equal(diag->severity, SEVERITY_ERROR);
    assert_int_equal(diag->span.line, line);
    assert_int_equal(diag->span.column, column);
    assert_true(diag->hint.n > 0);
    end(&f);
}

static void all_kinds_of_token(void **state)
{
    (void)state;
    check_tokens(STR("count mediation >= 20 { role mediator, party; mode not online } # why\n"),
                 "w(count)@1:1 w(mediation)@1:7 >=@1:17 w(20)@1:20 {@1:23 w(role)@1:25 "
                 "w(mediator)@1:30 ,@1:38 w(party)@1:40 ;@1:45 w(mode)@1:47 w(not)@1:52 "
                 "w(online)@1:56 }@1:63 c(# why)@1:65 ;@1:70 ");
}

static void words_are_all_that_is_nothing_else(void **state)
{
    (void)state;
    check_tokens(STR("a.b-c 2024-01-01 100% 1..2 x=y > = <"),
                 "w(a.b-c)@1:1 w(2024-01-01)@1:7 w(100%)@1:18 w(1..2)@1:23 w(x=y)@1:28 "
                 "w(>)@1:32 w(=)@1:34 w(<)@1:36 ");
    check_tokens(STR("a>=5>b"), "w(a)@1:1 >=@1:2 w(5>b)@1:4 ");
    check_tokens(STR("a\"b\"c{d}e,f#g"),
                 "w(a)@1:1 t(b)@1:2 w(c)@1:5 {@1:6 w(d)@1:7 }@1:8 w(e)@1:9 ,@1:10 w(f)@1:11 "
                 "c(#g)@1:12 ");
}

static void a_run_of_ends_is_one_token(void **state)
{
    (void)state;
    check_tokens(STR("a\n\n \t\n;;\r\n b"), "w(a)@1:1 ;@1:2 w(b)@5:2 ");
    check_tokens(STR("a ; ; b"), "w(a)@1:1 ;@1:3 w(b)@1:7 ");
    check_tokens(STR("\n\na"), ";@1:1 w(a)@3:1 ");
    check_tokens(STR("a\n# c\n\nb"), "w(a)@1:1 ;@1:2 C(# c)@2:1 ;@2:4 w(b)@4:1 ");
}

static void an_end_spans_its_run_without_the_white_space_after_it(void **state)
{
    struct fixture f;
    struct token token;

    (void)state;
    begin(&f, STR("a ;\n  b"));
    lexer_next(&f.lexer);
    token = lexer_next(&f.lexer);
    check_str(token.text, ";\n");
    assert_int_equal(token.span.offset, 2);
    assert_int_equal(token.span.length, 2);
    end(&f);
}

static void comments_know_whether_they_stand_alone(void **state)
{
    (void)state;
    check_tokens(STR("# one  \t\n  # two\r\na # three\nb;# four\n#"),
                 "C(# one)@1:1 ;@1:9 C(# two)@2:3 ;@2:9 w(a)@3:1 c(# three)@3:3 ;@3:10 w(b)@4:1 "
                 ";@4:2 c(# four)@4:3 ;@4:9 C(#)@5:1 ");
}

static void texts_keep_every_byte(void **state)
{
    (void)state;
    check_tokens(STR("\"a { # ; \t\r\n  b\"x"), "t(a { # ; \t\r\n  b)@1:1 w(x)@2:5 ");
    check_tokens(STR("\"\" \"\\\\\" \"\\\"\""), "t()@1:1 t(\\\\)@1:4 t(\\\")@1:9 ");
    check_tokens(STR("\"größer 小明\" y"), "t(größer 小明)@1:1 w(y)@1:13 ");
}

static void columns_count_code_points(void **state)
{
    (void)state;
    check_tokens(STR("größe x\n小明 y"), "w(größe)@1:1 w(x)@1:7 ;@1:8 w(小明)@2:1 w(y)@2:4 ");
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    check_tokens(STR("\xef\xbb\xbf# c\na"), "C(# c)@1:1 ;@1:4 w(a)@2:1 ");
    check_tokens(STR("\xef\xbb\xbf"), "");
}

static void the_end_comes_again_and_again(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, STR("a "));
    lexer_next(&f.lexer);
    for (int i = 0; i < 3; i++) {
        struct token token = lexer_next(&f.lexer);

        assert_int_equal(token.kind, TOKEN_EOF);
        assert_int_equal(token.span.offset, 2);
        assert_int_equal(token.span.column, 3);
    }
    end(&f);
    check_tokens(STR_NONE, "");
    check_tokens(STR(""), "");
}

static void a_text_that_does_not_end_is_told_at_its_quote(void **state)
{
    (void)state;
    check_fault(STR("a \"b\nc"), 1, 3, "does not end");
    check_fault(STR("\""), 1, 1, "does not end");
    check_fault(STR("\"a\\"), 1, 1, "does not end");
    check_fault(STR("\"a\\\""), 1, 1, "does not end");
}

static void an_unknown_escape_is_told_at_its_backslash(void **state)
{
    struct fixture f;

    (void)state;
    check_fault(STR("\"ab\\n\""), 1, 4, "escapes nothing");
    check_fault(STR("\"a\nb\\\n\""), 2, 2, "escapes nothing");
    begin(&f, STR("\"ab\\n\" x"));
    check_str(all_tokens(&f), "t(ab\\n)@1:1 w(x)@1:8 ");
    end(&f);
}

static void control_characters_are_told_wherever_they_stand(void **state)
{
    (void)state;
    check_fault(STR("a\x01z"), 1, 2, "U+0001");
    check_fault(STR("a\0b"), 1, 2, "U+0000");
    check_fault(STR("a \x7f"), 1, 3, "U+007F");
    check_fault(STR("a \xc2\x85"), 1, 3, "U+0085");
    check_fault(STR("a\rb"), 1, 2, "U+000D");
    check_fault(STR("a # b\rc\n"), 1, 6, "U+000D");
    check_fault(STR("\"a\n\033[2J\""), 2, 1, "U+001B");
    check_fault(STR("a\f\n"), 1, 2, "U+000C");
    check_fault(STR("\r"), 1, 1, "U+000D");
}

static void bytes_that_are_not_utf8_are_told(void **state)
{
    (void)state;
    check_fault(STR("a\xe4 b"), 1, 2, "0xe4");
    check_fault(STR("# \xff\xfe\xfd"), 1, 3, "0xff"); /* a run is one fault */
    check_fault(STR("\"\xed\xa0\x80\""), 1, 2, "0xed");
    check_fault(STR("a \xc3"), 1, 3, "0xc3");
}

static void faults_do_not_stop_the_lexer(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, STR("a\xff b \"\\x\" \x01 c\rd"));
    check_str(all_tokens(&f), "w(a\xff)@1:1 w(b)@1:4 t(\\x)@1:6 w(\x01)@1:11 w(c)@1:13 "
                              "w(d)@1:15 ");
    assert_int_equal(f.diags.errors, 4);
    end(&f);
}

/* The tokens and what stands between them are the whole source, for sources of any bytes. */
static void tokens_stand_in_the_source_in_order(void **state)
{
    static const char bytes[] = "ab{};,\"#\\>= \t\r\n\x01\xff\xc3\xa4";
    char text[64];
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct fixture f;
        size_t n;
        uint32_t at = 0;

        seed = seed * 1664525 + 1013904223;
        n = (seed >> 16) % sizeof(text);
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            text[i] = bytes[(seed >> 16) % (sizeof(bytes) - 1)];
        }
        begin(&f, (struct str){ text, n });
        for (;;) {
            struct token token = lexer_next(&f.lexer);

            assert_true(token.span.offset >= at);
            for (; at < token.span.offset; at++)
                if (!strchr(" \t\r", text[at]))
                    fail_msg("byte %u of '%.*s' is lost", at, (int)n, text);
            at = token.span.offset + token.span.length;
            assert_true(at <= n);
            if (token.kind == TOKEN_EOF)
                break;
            assert_true(token.span.length > 0);
        }
        assert_int_equal(at, n);
        end(&f);
    }
}

static struct token open_brace(struct fixture *f)
{
    struct token token = lexer_next(&f->lexer);

    while (token.kind != TOKEN_OPEN) {
        assert_int_not_equal(token.kind, TOKEN_EOF);
        token = lexer_next(&f->lexer);
    }
    return token;
}

static void raw_lines_end_at_a_line_with_only_a_brace(void **state)
{
    struct fixture f;
    struct str lines;
    uint32_t line;

    (void)state;
    begin(&f,
          STR("example \"e\" asof 2024-01-01 { # c\n\n  20 x mediation {}\n req x }\n  }\t\nq"));
    assert_true(lexer_raw_lines(&f.lexer, open_brace(&f), &lines, &line));
    check_str(lines, "\n  20 x mediation {}\n req x }\n");
    assert_int_equal(line, 2);
    check_str(all_tokens(&f), ";@5:5 w(q)@6:1 ");
    assert_int_equal(f.diags.errors, 0);
    end(&f);
}

static void raw_lines_may_be_none(void **state)
{
    struct fixture f;
    struct str lines = STR("x");
    uint32_t line;

    (void)state;
    begin(&f, STR("{\r\n}"));
    assert_true(lexer_raw_lines(&f.lexer, open_brace(&f), &lines, &line));
    assert_int_equal(lines.n, 0);
    assert_int_equal(line, 2);
    check_str(all_tokens(&f), "");
    end(&f);
}

static void raw_lines_are_looked_at_for_bad_bytes(void **state)
{
    struct fixture f;
    struct str lines;
    uint32_t line;

    (void)state;
    begin(&f, STR("{\n a \x02\n}"));
    assert_true(lexer_raw_lines(&f.lexer, open_brace(&f), &lines, &line));
    assert_int_equal(f.diags.errors, 1);
    assert_int_equal(f.diags.list[0].span.line, 2);
    assert_int_equal(f.diags.list[0].span.column, 4);
    end(&f);
}

static void raw_lines_without_an_end_are_refused(void **state)
{
    struct fixture f;
    struct str lines = STR("kept");
    uint32_t line = 7;

    (void)state;
    begin(&f, STR("a {\n b\n } c\n"));
    assert_false(lexer_raw_lines(&f.lexer, open_brace(&f), &lines, &line));
    check_str(lines, "kept");
    assert_int_equal(line, 7);
    assert_int_equal(f.diags.errors, 1);
    assert_int_equal(f.diags.list[0].span.column, 3);
    assert_int_equal(lexer_next(&f.lexer).kind, TOKEN_EOF);
    end(&f);
    begin(&f, STR("{"));
    assert_false(lexer_raw_lines(&f.lexer, open_brace(&f), &lines, &line));
    end(&f);
}

static void something_after_the_brace_of_raw_lines_is_refused(void **state)
{
    struct fixture f;
    struct str lines;
    uint32_t line;

    (void)state;
    begin(&f, STR("{ a\n}\n"));
    assert_false(lexer_raw_lines(&f.lexer, open_brace(&f), &lines, &line));
    assert_int_equal(f.diags.errors, 1);
    check_str(all_tokens(&f), "w(a)@1:3 ;@1:4 }@2:1 ;@2:2 ");
    end(&f);
}

static void escapes_are_resolved(void **state)
{
    struct fixture f;
    struct token token;

    (void)state;
    begin(&f, STR("\"a \\\"b\\\" \\\\ \\\\\\\" c\" \"plain\" \"\\q\\\\\""));
    check_str(token_text(&f.arena, lexer_next(&f.lexer)), "a \"b\" \\ \\\" c");
    token = lexer_next(&f.lexer);
    assert_ptr_equal(token_text(&f.arena, token).p, token.text.p);
    check_str(token_text(&f.arena, lexer_next(&f.lexer)), "\\q\\");
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds_of_token),
        cmocka_unit_test(words_are_all_that_is_nothing_else),
        cmocka_unit_test(a_run_of_ends_is_one_token),
        cmocka_unit_test(an_end_spans_its_run_without_the_white_space_after_it),
        cmocka_unit_test(comments_know_whether_they_stand_alone),
        cmocka_unit_test(texts_keep_every_byte),
        cmocka_unit_test(columns_count_code_points),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(the_end_comes_again_and_again),
        cmocka_unit_test(a_text_that_does_not_end_is_told_at_its_quote),
        cmocka_unit_test(an_unknown_escape_is_told_at_its_backslash),
        cmocka_unit_test(control_characters_are_told_wherever_they_stand),
        cmocka_unit_test(bytes_that_are_not_utf8_are_told),
        cmocka_unit_test(faults_do_not_stop_the_lexer),
        cmocka_unit_test(tokens_stand_in_the_source_in_order),
        cmocka_unit_test(raw_lines_end_at_a_line_with_only_a_brace),
        cmocka_unit_test(raw_lines_may_be_none),
        cmocka_unit_test(raw_lines_are_looked_at_for_bad_bytes),
        cmocka_unit_test(raw_lines_without_an_end_are_refused),
        cmocka_unit_test(something_after_the_brace_of_raw_lines_is_refused),
        cmocka_unit_test(escapes_are_resolved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
