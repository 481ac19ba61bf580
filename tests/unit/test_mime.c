#include "mail/mime.h"

#include <string.h>

#include "unit.h"

static struct buf out;

static struct str encoded(struct str body, const char *how)
{
    buf_clear(&out);
    assert_string_equal(mime_encode(body, &out), how);
    return buf_str(&out);
}

static void check_lines(void)
{
    size_t line = 0;

    for (size_t i = 0; i < out.n; i++) {
        assert_true((unsigned char)out.p[i] < 0x80);
        if (out.p[i] == '\n') {
            assert_true(i > 0 && out.p[i - 1] == '\r');
            assert_true(line <= 77);
        }
        line = out.p[i] == '\n' ? 0 : line + 1;
    }
}

static void quoted_printable_keeps_what_can_be_read(void **state)
{
    (void)state;
    check_str(encoded(STR("Dear J\xc3\xb6rg Sample,\n1 + 1 = 2 \n"), "quoted-printable"),
              "Dear J=C3=B6rg Sample,\r\n1 + 1 =3D 2=20\r\n");
    check_str(encoded(STR("tab at the end\t"), "quoted-printable"), "tab at the end=09");
    check_str(encoded(STR("what is ASCII = all of it \n"), "7bit"),
              "what is ASCII = all of it \r\n");
    check_str(encoded(STR("a carriage\rreturn alone in a line"), "quoted-printable"),
              "a carriage=0Dreturn alone in a line");
}

static void long_lines_go_on(void **state)
{
    char text[301];

    (void)state;
    memset(text, 'x', 300);
    text[300] = '\n';
    encoded((struct str){ text, sizeof(text) }, "quoted-printable");
    check_lines();
    assert_int_equal(out.n, 300 + 3 * 3 + 2);
}

static void other_scripts_are_shorter_in_base64(void **state)
{
    (void)state;
    check_str(encoded(STR("\xe8\xaa\xbf\n\xe5\x81\x9c"), "base64"), "6Kq/DQrlgZw=\r\n");
}

static void a_message_has_both_texts_and_says_what_it_is(void **state)
{
    const struct mime_message message = {
        .from_name = STR("Sample Office"),
        .from = STR("office@sample.example"),
        .reply_to = STR("help@sample.example"),
        .to = STR("ada@sample.example"),
        .id = STR("7.1.abc@sample.example"),
        .date = INT64_C(1795478400000000),
        .subject = STR("Hello"),
        .text = STR("Hello.\n.\n"),
        .html = STR("<p>Hello.</p>\n"),
    };

    (void)state;
    buf_clear(&out);
    mime_write(&message, &out);
    check_str(buf_str(&out), "Date: Tue, 24 Nov 2026 00:00:00 +0000\r\n"
                             "Message-ID: <7.1.abc@sample.example>\r\n"
                             "From: \"Sample Office\"\r\n"
                             " <office@sample.example>\r\n"
                             "Reply-To: <help@sample.example>\r\n"
                             "To: <ada@sample.example>\r\n"
                             "Subject: Hello\r\n"
                             "Auto-Submitted: auto-generated\r\n"
                             "MIME-Version: 1.0\r\n"
                             "Content-Type: multipart/alternative; boundary=\"=_assay\"\r\n"
                             "\r\n"
                             "--=_assay\r\n"
                             "Content-Type: text/plain; charset=utf-8\r\n"
                             "Content-Transfer-Encoding: 7bit\r\n"
                             "\r\n"
                             "Hello.\r\n.\r\n\r\n"
                             "--=_assay\r\n"
                             "Content-Type: text/html; charset=utf-8\r\n"
                             "Content-Transfer-Encoding: 7bit\r\n"
                             "\r\n"
                             "<p>Hello.</p>\r\n\r\n"
                             "--=_assay--\r\n");
    check_lines();
}

/* What looks like a boundary does not end a part. */
static void no_text_ends_a_part(void **state)
{
    (void)state;
    encoded(STR("--=_assay--\n"), "quoted-printable");
    assert_null(memmem(out.p, out.n, "=_assay", 7));
}

static int begin(void **state)
{
    (void)state;
    buf_init(&out, 65536);
    return 0;
}

static int end(void **state)
{
    (void)state;
    buf_release(&out);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quoted_printable_keeps_what_can_be_read),
        cmocka_unit_test(long_lines_go_on),
        cmocka_unit_test(other_scripts_are_shorter_in_base64),
        cmocka_unit_test(a_message_has_both_texts_and_says_what_it_is),
        cmocka_unit_test(no_text_ends_a_part),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
