/*
 * The words of each letter, over a sample of its data: templates and data agree, and the plain text
 * is that of tests/web/letters/NAME.txt.
 *
 * With --write those files are written instead of compared.
 */
#include "web/letters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "scheme/snapshot.h"
#include "unit.h"
#include "json/read.h"

#define LINK "\"path\":\"/account/link/SAMPLE\",\"until\":\"2026-11-24T00:15Z\""

/* What operations give. Names and reasons try what must be escaped in HTML and not in text. */
static const struct sample {
    const char *name;
    const char *data;
} samples[] = {
    { "account-blocked", "{\"why\":\"Two people use it.\"}" },
    { "account-closed", "{}" },
    { "account-exists", "{\"address\":\"ada@sample.example\"," LINK "}" },
    { "account-is-blocked", "{\"address\":\"ada@sample.example\"}" },
    { "account-unblocked", "{\"why\":\"It was a mistake of ours.\"}" },
    { "address-added", "{\"address\":\"ada@sample.example\"}" },
    { "address-current", "{\"address\":\"ada@sample.example\"," LINK "}" },
    { "address-new", "{\"address\":\"ada@sample.example\"," LINK "}" },
    { "address-primary", "{\"address\":\"ada@sample.example\"}" },
    { "address-removed", "{\"address\":\"ada@sample.example\"}" },
    { "address-wanted", "{\"address\":\"ada@sample.example\"}" },
    { "appointed", "{\"role\":\"officer\",\"scope\":\"installation\",\"from\":\"2026-11-24\"}" },
    { "appointment-ended", "{\"role\":\"organisation-contact\",\"scope\":\"organisation:17\","
                           "\"from\":\"2026-01-01\",\"ended\":\"2026-11-24\"}" },
    { "appointment-reminder", "{\"role\":\"officer\",\"scope\":\"installation\","
                              "\"from\":\"2024-12-25\",\"last\":\"2026-12-24\"}" },
    { "authenticator-added", "{}" },
    { "authenticator-removed", "{}" },
    { "claim-accepted", "{}" },
    { "claim-refused", "{\"reason\":\"The name in the passport is another.\"}" },
    { "claim-waiting", "{\"name\":\"Áda O'Sample <the elder>\",\"page\":\"/office/claims/17\"}" },
    { "invitation", "{\"name\":\"Áda O'Sample <the elder>\"," LINK "}" },
    { "no-account", "{\"address\":\"ada@sample.example\"," LINK "}" },
    { "opinion-asked", "{\"person\":\"Ada <Sample>\",\"name\":\"Dee O'Sample\"," LINK "}" },
    { "passkey-added", "{\"name\":\"Phone & watch\"}" },
    { "passkey-copied", "{}" },
    { "passkey-removed", "{\"name\":\"Phone & watch\"}" },
    { "password-removed", "{}" },
    { "password-set", "{}" },
    { "recovery-approved", "{\"from\":\"2026-11-23T00:15Z\"," LINK "}" },
    { "recovery-asked", "{" LINK "}" },
    { "recovery-cancelled", "{}" },
    { "recovery-codes-renewed", "{}" },
    { "recovery-done", "{}" },
    { "recovery-ready", "{" LINK "}" },
    { "recovery-refused", "{\"reason\":\"The proof is of somebody else.\"}" },
    { "recovery-waiting", "{\"name\":\"old@sample.example\","
                          "\"page\":\"/office/recoveries/17\"}" },
    { "recovery-warning", "{" LINK "}" },
    { "sign-in", "{\"address\":\"ada@sample.example\"," LINK "}" },
    { "sign-up", "{\"address\":\"ada@sample.example\"," LINK "}" },
    { "token-reminder", "{\"name\":\"Calendar & mail\",\"last\":\"2026-12-08\","
                        "\"page\":\"/account/tokens\"}" },
    { "verification-asked", "{\"person\":\"Ada <Sample>\",\"name\":\"Dee O'Sample\"," LINK "}" },
};

static bool writes;
static struct arena arena;
static struct letters *letters;
static struct scheme_snapshot *snapshot;

static const char *path_of(const char *name)
{
    const char *root = getenv("ASSAY_SOURCE");

    assert_non_null(root);
    return str_to_c(&arena, str_format(&arena, "%s/%s", root, name));
}

static const struct sample *sample_named(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        if (strcmp(samples[i].name, name) == 0)
            return &samples[i];
    }
    fail_msg("there is no sample %s", name);
    return NULL;
}

static struct mail_letter letter_of(const struct sample *sample)
{
    const struct json_limits limits = { .bytes = 65536, .depth = 4 };
    struct json_fault fault;
    struct value *data;

    assert_false(failed(json_read(&arena, str_from_c(sample->data), &limits, &fault, &data)));
    return (struct mail_letter){ .template = str_from_c(sample->name), .data = data };
}

static struct mail_words words_of(const struct mail_letter *at, size_t count)
{
    const struct letters_site site = {
        .scheme = scheme_snapshot_scheme(snapshot),
        .base = STR("https://standards.sample.example"),
    };
    struct diags drift;
    struct mail_words words = { 0 };
    struct buf out;

    diags_init(&drift, &arena);
    assert_false(failed(letters_write(letters, &site, &arena, at, count, &drift, &words)));
    if (drift.count > 0) {
        buf_init(&out, 65536);
        diags_print(&drift, &out, false);
        fail_msg("%.*s", STR_ARG(buf_str(&out)));
    }
    return words;
}

static void check_golden(const char *name, const struct mail_words *words)
{
    const char *path =
        path_of(str_to_c(&arena, str_format(&arena, "tests/web/letters/%s.txt", name)));
    struct str got =
        str_format(&arena, "Subject: %.*s\n\n%.*s", STR_ARG(words->subject), STR_ARG(words->text));
    struct str expected;

    if (writes) {
        assert_false(failed(file_write(path, got)));
        return;
    }
    if (failed(file_read(&arena, path, 65536, &expected)))
        fail_msg("there is no %s; run tests/web/test_letters --write and read it", path);
    if (!str_eq(got, expected))
        fail_msg("%s is not what the letter says now:\n%.*s\nif that is meant, run "
                 "tests/web/test_letters --write",
                 path, STR_ARG(got));
}

static bool holds(struct str text, const char *part)
{
    return memmem(text.p, text.n, part, strlen(part)) != NULL;
}

/* Nothing is fetched when it is read, and nothing in it acts. */
static void check_html(struct str html)
{
    static const char *const refused[] = { "<img", "<script", "<link", "<iframe",
                                           "url(", "@import", " src=", "onclick" };

    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        assert_false(holds(html, refused[i]));
    assert_true(holds(html, "<h1>"));
    assert_true(holds(html, "color-scheme"));
}

static void check_lines(struct str text)
{
    while (text.p) {
        struct str line;

        text = str_split(text, '\n', &line);
        if (str_code_points(line) > 72)
            fail_msg("a line is too long: %.*s", STR_ARG(line));
    }
}

/* The address of a page stands in a line of its own, and is a link. */
static void check_page(const struct mail_words *words, const struct value *page)
{
    const char *site = "https://standards.sample.example";

    if (!page)
        return;
    assert_true(holds(words->text, str_to_c(&arena, str_format(&arena, "\n%s%.*s\n", site,
                                                               STR_ARG(page->text)))));
    assert_true(
        holds(words->html, str_to_c(&arena, str_format(&arena, "<a class=\"go\" href=\"%s%.*s\">",
                                                       site, STR_ARG(page->text)))));
}

static void every_letter_says_what_its_data_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct mail_letter letter = letter_of(&samples[i]);
        struct mail_words words = words_of(&letter, 1);

        check_golden(samples[i].name, &words);
        check_html(words.html);
        check_lines(words.text);
        assert_true(words.subject.n > 0 && words.subject.n <= 70);
        if (value_get(letter.data, "path")) {
            assert_true(
                holds(words.text, "\nhttps://standards.sample.example/account/link/SAMPLE\n"));
            assert_true(holds(words.html, "<a class=\"go\" href=\"https://standards.sample.example"
                                          "/account/link/SAMPLE\">"));
        }
        check_page(&words, value_get(letter.data, "page"));
    }
}

static void html_is_escaped_and_text_is_not(void **state)
{
    const struct sample sample = { "invitation", "{\"name\":\"<b>O'Sample</b>\"," LINK "}" };
    struct mail_letter letter = letter_of(&sample);
    struct mail_words words = words_of(&letter, 1);

    (void)state;
    assert_true(holds(words.text, "<b>O'Sample</b>"));
    assert_false(holds(words.html, "<b>"));
    assert_true(holds(words.html, "&lt;b&gt;O&#39;Sample"));
}

static void a_body_is_called_by_its_title(void **state)
{
    const struct scheme *scheme = scheme_snapshot_scheme(snapshot);
    const struct sample sample = {
        "appointed",
        str_to_c(&arena, str_format(&arena,
                                    "{\"role\":\"chair\",\"scope\":\"body:%.*s\",\"from\":"
                                    "\"2026-11-24\",\"last\":\"2028-11-23\"}",
                                    STR_ARG(scheme->bodies.at[0].id.text))),
    };
    struct mail_letter letter = letter_of(&sample);
    struct mail_words words = words_of(&letter, 1);

    (void)state;
    assert_true(holds(
        words.text,
        str_to_c(&arena, str_format(&arena, "chair, %.*s", STR_ARG(scheme->bodies.at[0].title)))));
    assert_true(holds(words.text, "from 24 November 2026 to 23 November 2028"));
}

static void several_letters_are_one_digest(void **state)
{
    struct mail_letter two[] = { letter_of(sample_named("claim-waiting")),
                                 letter_of(sample_named("recovery-waiting")) };
    struct mail_words words = words_of(two, 2);

    (void)state;
    check_golden("digest", &words);
    check_html(words.html);
    assert_true(holds(words.html, "</section>\n<section>"));
}

static void what_is_missing_or_unknown_is_refused(void **state)
{
    const struct letters_site site = { scheme_snapshot_scheme(snapshot), STR("http://localhost") };
    const struct sample missing = { "passkey-added", "{}" };
    const struct sample unknown = { "of-a-later-version", "{}" };
    struct mail_letter letter = letter_of(&missing);
    struct mail_words words;

    (void)state;
    assert_ptr_equal(letters_write(letters, &site, &arena, &letter, 1, NULL, &words).error,
                     &LETTER_DATA);
    letter = letter_of(&unknown);
    assert_ptr_equal(letters_write(letters, &site, &arena, &letter, 1, NULL, &words).error,
                     &LETTER_TEMPLATE);
    assert_ptr_equal(letters_write(letters, &site, &arena, &letter, 0, NULL, &words).error,
                     &LETTER_DATA);
}

/* ---- the list ---- */

static bool is_layout(struct str name)
{
    return str_starts(name, STR("layout.")) || str_starts(name, STR("digest."));
}

static void each_letter_has_two_templates_and_a_sample(void **state)
{
    struct str_list names = letters_names(&arena);
    struct str_list files;
    size_t templates = 0;

    (void)state;
    assert_false(failed(folder_list(&arena, path_of("src/web/templates/mail"), &files)));
    for (size_t i = 0; i < files.count; i++)
        templates += !is_layout(files.at[i]);
    assert_int_equal(templates, 2 * names.count);
    assert_int_equal(names.count, ARRAY_LEN(samples));
    for (size_t i = 0; i < names.count; i++) {
        assert_true(str_list_has(files, str_format(&arena, "%.*s.txt", STR_ARG(names.at[i]))));
        assert_true(str_list_has(files, str_format(&arena, "%.*s.html", STR_ARG(names.at[i]))));
        check_str(names.at[i], samples[i].name);
    }
}

/* The table of docs/accounts.md names each letter, and no other. */
static void the_documents_name_each_letter(void **state)
{
    struct str_list names = letters_names(&arena);
    struct str text;
    struct str line;
    size_t found = 0;
    bool inside = false;

    (void)state;
    assert_false(failed(file_read(&arena, path_of("docs/accounts.md"), 1 << 20, &text)));
    while (text.p) {
        struct str cell;

        text = str_split(text, '\n', &line);
        inside = (inside || str_starts(line, STR("| Template |"))) && line.n > 0;
        if (!inside || str_starts(line, STR("| Template |")) || str_starts(line, STR("|---")))
            continue;
        str_split(str_drop(line, 1), '|', &cell);
        while (cell.p) {
            struct str name;

            cell = str_split(cell, '`', &name);
            cell = cell.p ? str_split(cell, '`', &name) : STR_NONE;
            if (!cell.p)
                break;
            if (!str_list_has(names, name))
                fail_msg("docs/accounts.md names %.*s, which is no letter", STR_ARG(name));
            found++;
        }
    }
    assert_int_equal(found, names.count);
}

static int begin(void **state)
{
    struct diags diags;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    snapshot = scheme_snapshot_new();
    if (failed(scheme_snapshot_read(snapshot, path_of("schemes/mediation"), &diags)))
        return -1;
    if (failed(letters_new(&diags, &letters))) {
        struct buf out;

        buf_init(&out, 65536);
        diags_print(&diags, &out, false);
        fwrite(out.p, 1, out.n, stderr);
        buf_release(&out);
        return -1;
    }
    return 0;
}

static int end(void **state)
{
    (void)state;
    letters_free(letters);
    scheme_snapshot_release(snapshot);
    arena_release(&arena);
    return 0;
}

int main(int argc, char *argv[])
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_says_what_its_data_are),
        cmocka_unit_test(html_is_escaped_and_text_is_not),
        cmocka_unit_test(a_body_is_called_by_its_title),
        cmocka_unit_test(several_letters_are_one_digest),
        cmocka_unit_test(what_is_missing_or_unknown_is_refused),
        cmocka_unit_test(each_letter_has_two_templates_and_a_sample),
        cmocka_unit_test(the_documents_name_each_letter),
    };

    writes = argc == 2 && strcmp(argv[1], "--write") == 0;
    return cmocka_run_group_tests(tests, begin, end);
}
