/* What attachment.h promises, on both engines. */
#include "register/attachment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "record.h"

static const char PDF[] = "%PDF-1.7\nsample data\n%%EOF\n";
static const char PNG[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\0\0\0\0\0\1\2\3\4"
                          "\0\0\0\0IEND\xae\x42\x60\x82";
static const char JPEG[] = "\xff\xd8\xff\xe0sample data\xff\xd9";

#define BYTES(array) ((struct str){ array, sizeof(array) - 1 })

static char folder[100];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/assay-papers-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int delete_folder(void **state)
{
    char command[200];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

static const char *in_folder(struct record *record, const char *path)
{
    return str_to_c(&record->arena, str_format(&record->arena, "%s/%s", folder, path));
}

static void types_are_told_by_what_is_in_it(void **state)
{
    enum attachment_type type;

    (void)state;
    assert_true(attachment_type_of(BYTES(PDF), &type));
    assert_int_equal(type, ATTACHMENT_PDF);
    assert_true(attachment_type_of(BYTES(PNG), &type));
    assert_int_equal(type, ATTACHMENT_PNG);
    assert_true(attachment_type_of(BYTES(JPEG), &type));
    assert_int_equal(type, ATTACHMENT_JPEG);
    assert_string_equal(attachment_media(ATTACHMENT_JPEG), "image/jpeg");
}

static void what_is_no_paper_is_refused(void **state)
{
    static const char *const others[] = {
        "<html><script>",   "%PDF-1.7\nwithout an end",
        " %PDF-1.7\n%%EOF", "\x89PNG\r\n",
        "\xff\xd8",         "MZ",
        "GIF89a",           "<?xml version=\"1.0\"?><svg></svg>"
    };
    struct record *record = record_open();
    struct attachment_file file;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        assert_ptr_equal(
            attachment_store(&record->arena, in_folder(record, "a"), str_from_c(others[i]), &file)
                .error,
            &ATTACHMENT_TYPE);
    assert_ptr_equal(attachment_store(&record->arena, in_folder(record, "a"), STR(""), &file).error,
                     &ATTACHMENT_SIZE);
    assert_ptr_equal(attachment_store(&record->arena, in_folder(record, "a"),
                                      (struct str){ PDF, ATTACHMENT_MAX + 1 }, &file)
                         .error,
                     &ATTACHMENT_SIZE);
    record_close(record);
}

static void a_paper_is_stored_once_by_its_hash(void **state)
{
    struct record *record = record_open();
    const char *papers = in_folder(record, "b");
    struct attachment_file file = { 0 };
    struct attachment_file again = { 0 };
    struct str bytes = STR_NONE;
    struct str path;
    struct stat info;

    (void)state;
    check_ok(record->store, attachment_store(&record->arena, papers, BYTES(PDF), &file));
    check_ok(record->store, attachment_store(&record->arena, papers, BYTES(PDF), &again));
    assert_memory_equal(file.digest.bytes, again.digest.bytes, SHA256_SIZE);
    assert_int_equal(file.size, sizeof(PDF) - 1);
    path = attachment_path(&record->arena, &file.digest);
    assert_int_equal(path.n, 65);
    assert_int_equal(path.p[2], '/');
    assert_int_equal(stat(papers, &info), 0);
    assert_int_equal(info.st_mode & 077, 0);
    check_ok(record->store, attachment_fetch(&record->arena, papers, &file.digest, &bytes));
    check_str(bytes, PDF);
    /* Somebody changes the file. */
    check_ok(
        record->store,
        file_write(in_folder(record, str_to_c(&record->arena,
                                              str_format(&record->arena, "b/%.*s", STR_ARG(path)))),
                   STR("%PDF-other")));
    assert_ptr_equal(attachment_fetch(&record->arena, papers, &file.digest, &bytes).error,
                     &ATTACHMENT_LOST);
    /* Bringing the paper again mends it. */
    check_ok(record->store, attachment_store(&record->arena, papers, BYTES(PDF), &again));
    check_ok(record->store, attachment_fetch(&record->arena, papers, &file.digest, &bytes));
    file.digest.bytes[0] ^= 1;
    assert_ptr_equal(attachment_fetch(&record->arena, papers, &file.digest, &bytes).error,
                     &ATTACHMENT_LOST);
    record_close(record);
}

static void papers_belong_to_an_entry(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id entry_id = have_entry(record, ada, "walk 2026-11-01 2026-11-01 60 - |");
    const struct act act = by(ada.n);
    struct attachment_file file = { 0 };
    struct attachment attachment = { 0 };
    struct attachment_list list = { 0 };
    struct attachment_id id = { 0 };

    (void)state;
    check_ok(record->store,
             attachment_store(&record->arena, in_folder(record, "c"), BYTES(PNG), &file));
#define ADDS_PAPER(name) attachment_add(STORE(record), &act, entry_id, &file, STR(name), &id)
    REFUSES(record, ADDS_PAPER(" "), ATTACHMENT_NAME);
    REFUSES(record, ADDS_PAPER("two\nlines"), ATTACHMENT_NAME);
    DOES(record, ADDS_PAPER("../../minutes.png"));
    check_ok(record->store, attachment_load(STORE(record), id, &attachment));
    assert_int_equal(attachment.person.n, ada.n);
    assert_int_equal(attachment.file.type, ATTACHMENT_PNG);
    assert_int_equal(attachment.file.size, sizeof(PNG) - 1);
    assert_memory_equal(attachment.file.digest.bytes, file.digest.bytes, SHA256_SIZE);
    check_str(attachment.name, "../../minutes.png");
    for (int i = 1; i < ATTACHMENTS_MAX; i++)
        DOES(record, ADDS_PAPER("more"));
    REFUSES(record, ADDS_PAPER("too many"), ATTACHMENT_MANY);
    DOES(record, attachment_remove(STORE(record), &act, id));
    REFUSES(record, attachment_remove(STORE(record), &act, id), ATTACHMENT_UNKNOWN);
    check_ok(record->store, attachments_of(STORE(record), entry_id, &list));
    assert_int_equal(list.count, ATTACHMENTS_MAX - 1);
    DOES(record, evidence_withdraw(STORE(record), &act, entry_id, STR("")));
    REFUSES(record, ADDS_PAPER("late"), EVIDENCE_STANDING);
    record_close(record);
}

static void orphans_and_missing_files_are_found(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id entry_id = have_entry(record, ada, "walk 2026-11-01 2026-11-01 60 - |");
    const char *papers = in_folder(record, "d");
    const struct act act = by(ada.n);
    struct attachment_file kept = { 0 };
    struct attachment_file orphan = { 0 };
    struct attachment_file lost = { 0 };
    struct str_list orphans = { 0 };
    struct str_list missing = { 0 };
    struct attachment_id id;
    struct str path;

    (void)state;
    check_ok(record->store,
             attachment_orphans(STORE(record), papers, INT64_MAX, &orphans, &missing));
    assert_int_equal(orphans.count + missing.count, 0);
    check_ok(record->store, attachment_store(&record->arena, papers, BYTES(PDF), &kept));
    check_ok(record->store, attachment_store(&record->arena, papers, BYTES(PNG), &orphan));
    check_ok(record->store, attachment_store(&record->arena, papers, BYTES(JPEG), &lost));
    DOES(record, attachment_add(STORE(record), &act, entry_id, &kept, STR("a"), &id));
    DOES(record, attachment_remove(STORE(record), &act, id)); /* the row keeps its file */
    DOES(record, attachment_add(STORE(record), &act, entry_id, &lost, STR("b"), &id));
    path = attachment_path(&record->arena, &lost.digest);
    assert_int_equal(
        unlink(in_folder(
            record, str_to_c(&record->arena, str_format(&record->arena, "d/%.*s", STR_ARG(path))))),
        0);
    check_ok(record->store,
             attachment_orphans(STORE(record), papers, INT64_MAX, &orphans, &missing));
    assert_int_equal(orphans.count, 1);
    assert_true(str_eq(orphans.at[0], attachment_path(&record->arena, &orphan.digest)));
    assert_int_equal(missing.count, 1);
    assert_true(str_eq(missing.at[0], path));
    /* What was written since an instant may still get its row. */
    check_ok(record->store, attachment_orphans(STORE(record), papers, 0, &orphans, &missing));
    assert_int_equal(orphans.count, 0);
    assert_int_equal(missing.count, 1);
    record_close(record);
}

static int begin(void **state)
{
    return engine_begin(state) || make_folder(state);
}

static int end(void **state)
{
    return engine_end(state) || delete_folder(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_told_by_what_is_in_it),
        cmocka_unit_test(what_is_no_paper_is_refused),
        cmocka_unit_test(a_paper_is_stored_once_by_its_hash),
        cmocka_unit_test(papers_belong_to_an_entry),
        cmocka_unit_test(orphans_and_missing_files_are_found),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, begin, end);
}
