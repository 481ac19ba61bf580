#include "mail/header.h"

#include <string.h>

#include "unit.h"

static struct buf out;

static struct str text_header(struct str text)
{
    buf_clear(&out);
    header_text("Subject", text, &out);
    return buf_str(&out);
}

static struct str mailbox(struct str name)
{
    buf_clear(&out);
    header_mailbox("From", name, STR("office@sample.example"), &out);
    return buf_str(&out);
}

static void plain_text_stands_as_it_is(void **state)
{
    (void)state;
    check_str(text_header(STR("Your invitation")), "Subject: Your invitation\r\n");
    check_str(text_header(STR("  Half a dozen = 6? ")), "Subject: Half a dozen = 6?\r\n");
    check_str(text_header(STR("")), "Subject: \r\n");
}

static void other_scripts_become_encoded_words(void **state)
{
    (void)state;
    check_str(text_header(STR("Zertifizierung für Käthe")),
              "Subject:\r\n =?UTF-8?B?WmVydGlmaXppZXJ1bmcgZsO8ciBLw6R0aGU=?=\r\n");
    check_str(mailbox(STR("調停人協会")),
              "From: =?UTF-8?B?6Kq/5YGc5Lq65Y2U5Lya?=\r\n <office@sample.example>\r\n");
}

/* Each word is whole code points, at most 75 bytes, and lines are no longer than 76. */
static void long_texts_are_folded(void **state)
{
    static const char cherry[] = "桜";
    char text[400] = "";
    size_t line = 0;

    (void)state;
    for (int i = 0; i < 100; i++)
        memcpy(text + 3 * i, cherry, 3);
    text_header(str_from_c(text));
    for (size_t i = 0; i < out.n; i++) {
        line = out.p[i] == '\n' ? 0 : line + 1;
        assert_true(line <= 78); /* with its CR */
    }
    /* Fifteen of three bytes a word, so seven words. */
    assert_int_equal(out.n, str_from_c("Subject:").n + 6 * (3 + 10 + 60 + 2) + 3 + 10 + 40 + 2 + 2);
    text_header(STR("The mediator's certification ends in thirty days, and these are the words "
                    "that make this subject longer than a line may be"));
    assert_non_null(memmem(out.p, out.n, "\r\n ", 3));
    for (size_t i = 0; i < out.n; i++) {
        line = out.p[i] == '\n' ? 0 : line + 1;
        assert_true(line <= 78);
    }
}

static void what_would_be_read_as_encoded_is_encoded(void **state)
{
    (void)state;
    check_str(text_header(STR("=?UTF-8?B?QQ==?=")),
              "Subject:\r\n =?UTF-8?B?PT9VVEYtOD9CP1FRPT0/PQ==?=\r\n");
}

static void no_text_begins_a_header_of_its_own(void **state)
{
    (void)state;
    check_str(text_header(STR("Hello\r\nBcc: bob@sample.example")),
              "Subject: Hello  Bcc: bob@sample.example\r\n");
    check_str(text_header(STR("a\0b\x7f")), "Subject: a b\r\n");
    check_str(mailbox(STR("Office\r\nBcc: bob@sample.example")),
              "From: \"Office  Bcc: bob@sample.example\"\r\n <office@sample.example>\r\n");
    text_header(STR("für\r\nBcc: bob@sample.example"));
    assert_null(memmem(out.p, out.n, "Bcc", 3));
}

static void names_are_quoted(void **state)
{
    (void)state;
    check_str(mailbox(STR("The \"Office\", Ltd.")),
              "From: \"The \\\"Office\\\", Ltd.\"\r\n <office@sample.example>\r\n");
    check_str(mailbox(STR_NONE), "From: <office@sample.example>\r\n");
}

static void dates_are_those_of_mail(void **state)
{
    (void)state;
    buf_clear(&out);
    header_date(INT64_C(1795478400000000) + INT64_C(45296000000), &out);
    check_str(buf_str(&out), "Date: Tue, 24 Nov 2026 12:34:56 +0000\r\n");
    buf_clear(&out);
    header_date(0, &out);
    check_str(buf_str(&out), "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n");
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
        cmocka_unit_test(plain_text_stands_as_it_is),
        cmocka_unit_test(other_scripts_become_encoded_words),
        cmocka_unit_test(long_texts_are_folded),
        cmocka_unit_test(what_would_be_read_as_encoded_is_encoded),
        cmocka_unit_test(no_text_begins_a_header_of_its_own),
        cmocka_unit_test(names_are_quoted),
        cmocka_unit_test(dates_are_those_of_mail),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
