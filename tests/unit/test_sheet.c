#include "register/sheet.h"

#include "logbook_fixture.h"

static void rows_may_be_short_and_may_not_be_long(void **state)
{
    check_log("kind,date,role,mode\nmediation,2024-05-01\ncpd,2024-05-02,,,,,\n",
              "e1:2 mediation 2024-05-01\ne2:3 cpd 2024-05-02\n");
    check_refused("kind,date,role\nmediation,2024-05-01,mediator,online\n"
                  "mediation,2024-05-01,roll\n",
                  "log: row 2, column D: error: the row has a cell here, but the first row names "
                  "only 3 columns\n"
                  "   put a text that holds a separator in double quotes, or name the column\n"
                  "log: row 3, column C (role): error: 'roll' is no value that 'role' has\n"
                  "   write one of mediator, adviser, party, observer\n");
}

static void quotes_out_of_place_are_told_once(void **state)
{
    check_refused("kind,date,note\ncpd,2024-05-01,\"a\"b\nxx,\"2024\n",
                  "log: row 2, column C: error: something follows the closing double quote of "
                  "this cell\n"
                  "   write a quote that belongs to a text twice within quotes\n"
                  "log: row 3, column B: error: a double quote opens here and is never closed\n"
                  "   close it, or write a quote that belongs to a text twice within quotes\n");
}

static void quoted_cells_are_read_as_written(void **state)
{
    check_log("\"kind\",\"date\",\"note\",\"matter\"\r\n"
              "\"cpd\",\"2024-05-01\",\"two\r\nlines, \"\"quoted\"\"\",\"M\"\"1\"\r\n"
              "\"cpd\",\"2024-05-02\",,\r\n",
              "e1:2 cpd 2024-05-01 matter=M\"1\ne2:3 cpd 2024-05-02\n");
}

static void other_encodings_are_read(void **state)
{
    check_log("\xef\xbb\xbfkind;date;matter\r\ncpd;2024-05-01;\xc3\xbc\r\n",
              "e1:2 cpd 2024-05-01 matter=ü\n");
    check_log("kind;date;matter;N\xf3ta\ncpd;2024-05-01;\xfc;\x84x\x93\n",
              "e1:2 cpd 2024-05-01 matter=ü\n");
    check_log("\xff\xfek\0i\0n\0d\0\t\0d\0a\0t\0e\0\n\0c\0p\0d\0\t\0"
              "1\0.\0"
              "5\0.\0"
              "2\0"
              "0\0"
              "2\0"
              "4\0",
              "e1:2 cpd 2024-05-01\n");
    check_refused("kind;date\ncpd\x81;2024-05-01\n",
                  "log: error: line 2 of the file is neither UTF-8 nor Windows-1252: the byte 81 "
                  "stands for no character\n"
                  "   save the file as CSV in UTF-8\n");
}

static void files_without_records_are_refused(void **state)
{
    const char *const empty = "log: error: the file is empty\n"
                              "   the first row names the columns\n";

    check_refused_at(*state, STR_NONE, empty, __LINE__);
    check_refused_at(*state, STR("\n\n , \n"), empty, __LINE__);
    check_refused_at(*state, STR("\xef\xbb\xbf"), empty, __LINE__);
    check_refused("kind,date\n\n", "log: error: the file holds no records\n"
                                   "   each row below the headings is a record\n");
    check_refused("[]", "log: error: the file holds no records\n");
    check_refused("{\"records\": []}", "log: error: the file holds no records\n");
}

static void json_is_read_by_the_same_names(void **state)
{
    check_log(" [\n"
              "{\"kind\": \"mediation\", \"Date\": \"2024-05-01\", \"hours\": 1.333,"
              " \"paid\": true, \"role\": null, \"matter\": 17},\n"
              "{\"kind\": \"cpd\", \"Start\": \"1 May 2024\", \"End\": \"02.05.2024\","
              " \"points\": 12, \"hours\": \"2:30\", \"note\": \"x\", \"paid\": false},\n"
              "{\"kind\": \"cpd\", \"Date\": \"2024-05-03\", \"hours\": 2}\n"
              "]",
              "e1:1 mediation 2024-05-01 matter=17 hours=80 paid=yes\n"
              "e2:2 cpd 2024-05-01..2024-05-02 hours=150 paid=no points=12\n"
              "e3:3 cpd 2024-05-03 hours=120\n");
    check_log("{\"note\": \"sample\", \"records\": [{\"kind\": \"cpd\", \"date\": "
              "\"2024-05-01\"}]}",
              "e1:1 cpd 2024-05-01\n");
    check_log("\xef\xbb\xbf[{\"kind\": \"cpd\", \"date\": \"2024-05-01\"}]",
              "e1:1 cpd 2024-05-01\n");
}

static void faults_of_json_name_record_and_key(void **state)
{
    check_refused("[{\"kind\": \"cpd\", \"date\": \"2024-02-30\", \"roll\": 1, \"points\": 1.5,"
                  " \"Date \": 1},\n"
                  "{\"kind\": [], \"date\": {\"a\": 1}}, 7, {\"\": 1, \"kind\": \"cpd\", "
                  "\"date\": \"03/04/2024\"}]",
                  "log: error: 'roll' is the heading of no column that a logbook has\n"
                  "   did you mean 'role'? a column that is not to be read has a heading that "
                  "begins with \"note\"\n"
                  "log: error: 'Date ' means the same column as 'date'\n"
                  "   a column that is not to be read has a heading that begins with \"note\"\n"
                  "log: date: error: nothing in this column shows whether the day or the month "
                  "stands first: see record 4\n"
                  "   write the dates of this column as YYYY-MM-DD\n"
                  "log: record 1, date: error: '2024-02-30' is no day of the calendar\n"
                  "   write the date as YYYY-MM-DD, as in 2024-05-31\n"
                  "log: record 1, points: error: '1.5' is no whole number\n"
                  "   write digits only, as in 12\n"
                  "log: record 2, kind: error: an array or an object stands here instead of one "
                  "value\n"
                  "   write a text, a number, true, false or null\n"
                  "log: record 2, date: error: an array or an object stands here instead of one "
                  "value\n"
                  "   write a text, a number, true, false or null\n"
                  "log: record 3: error: this record is no object\n"
                  "log: record 4: error: '1' stands in a column without a heading\n"
                  "   name the column in the first row\n");
}

static void json_that_is_no_logbook_is_refused(void **state)
{
    check_refused("{\"rows\": []}",
                  "log: error: 'rows' is no key of a logbook\n"
                  "   a logbook is an array of records, or an object with the keys records and, "
                  "for remarks, note\n"
                  "log: error: the file holds no array of records\n"
                  "   write [{…}, {…}] or {\"records\": [{…}, {…}]}\n");
    check_refused("{\"records\": 1}", "log: error: the file holds no array of records\n"
                                      "   write [{…}, {…}] or {\"records\": [{…}, {…}]}\n");
    check_refused("[{\"kind\": \"cpd\",}]",
                  "log: error: line 1, column 17 of the file: this is not JSON\n");
    check_refused("[{\"kind\": \"cpd\", \"kind\": \"cpd\"}]",
                  "log: error: line 1, column 23 of the file: an object has this key twice\n");
    check_refused("[\"\xfc\"]",
                  "log: error: line 1, column 2 of the file: these bytes are not UTF-8\n");
    check_refused("[[[[[]]]]]", "log: error: line 1, column 5 of the file: arrays and objects "
                                "stand too deep in each other\n");
    check_refused("\xff\xfe[\0]\0", "log: error: a logbook in JSON must be saved as UTF-8\n");
}

static void what_exceeds_a_limit_is_refused(void **state)
{
    struct fixture *f = *state;

    f->limits.rows = 2;
    check_log("kind,date\ncpd,2024-05-01\n\ncpd,2024-05-02\n",
              "e1:2 cpd 2024-05-01\ne2:4 cpd 2024-05-02\n");
    check_refused("kind,date\ncpd,2024-05-01\ncpd,2024-05-02\ncpd,2024-05-03\n",
                  "log: error: the file has more than 2 rows\n"
                  "   split the file, or leave out what need not be read\n");
    check_refused("[{},{},{}]", "log: error: the file has more than 2 records\n"
                                "   split the file, or leave out what need not be read\n");
    f->limits.columns = 3;
    check_log("kind,date,note,,,\ncpd,2024-05-01\n", "e1:2 cpd 2024-05-01\n");
    check_refused("kind,date,note,role\ncpd,2024-05-01\n",
                  "log: error: the file has more than 3 columns\n"
                  "   split the file, or leave out what need not be read\n");
    check_refused("[{\"a\":1,\"b\":1},{\"a\":1,\"c\":1,\"d\":1}]",
                  "log: error: the file has more than 3 different keys\n"
                  "   split the file, or leave out what need not be read\n");
    f->limits.bytes = 25;
    check_log("kind,date\ncpd,2024-05-01\n", "e1:2 cpd 2024-05-01\n");
    check_refused("kind,date\ncpd,2024-05-01\n\n",
                  "log: error: the file has more than 25 bytes\n"
                  "   split the file, or leave out what need not be read\n");
}

static void very_many_faults_are_counted(void **state)
{
    struct fixture *f = *state;
    struct buf text;

    buf_init(&text, 1000000);
    buf_add_c(&text, "kind,date\n");
    for (int i = 0; i < FAULTS_MAX + 7; i++)
        buf_add_c(&text, "cpd,x\n");
    assert_false(read_log(f, buf_str(&text)));
    assert_int_equal(f->faults.errors, FAULTS_MAX + 7);
    assert_int_equal(f->faults.count, FAULTS_MAX);
    assert_true(str_ends(told(f), STR("log: 7 further faults are not shown\n")));
    buf_release(&text);
}

/* As many rows as are allowed, with all that a record may say, within what a request may use. */
static void the_largest_log_fits_into_a_request(void **state)
{
    struct fixture *f = *state;
    struct dossier dossier;
    struct arena arena;
    struct faults faults;
    struct buf text;

    buf_init(&text, logbook_limits.bytes);
    buf_add_c(&text, "matter,kind,start,end,hours,role,mode,outcome,paid,client,contact-hours,"
                     "standing,verified-on,programme,note\n");
    for (int i = 0; i < 20000; i++)
        buf_format(&text,
                   "\"M-%d\",mediation,2024-05-01,2024-05-%02d,2.5,mediator,online,agreement,yes,"
                   "C-%d,1:30,verified,2024-06-01,sample-programme,\"a \"\"remark\"\" that nobody "
                   "reads, with some length to it: %d %d %d\"\n",
                   i, i % 27 + 1, i, i, i, i);
    assert_false(text.overflow);
    arena_init(&arena, 16 * 1024 * 1024);
    faults_init(&faults, &arena);
    dossier_init(&dossier);
    assert_false(failed(logbook_read(&arena, buf_str(&text), f->vocabulary, &logbook_limits,
                                     f->today, &faults, &dossier)));
    assert_int_equal(dossier.evidence_count, 20000);
    assert_int_equal(faults.warnings, 0);
    arena_release(&arena);
    buf_release(&text);
}

/* Five megabytes of faults, of the sorts that cost most to explain, end soon and in little. */
static void hostile_logs_are_refused_in_bounds(void **state)
{
    static const char *const rows[] = {
        "meditation,2024-05-01,mediatr,\"\"\"\"\"\"\"\"\"\"\n",
        "mediation,3/4/2024,mediatr,x\n",
        "x\n",
        "mediation,2024-05-01,\"\"\"\"\"\"\"\"\"\"\"\"\"\",x\n",
        "\"\"\"\"\"\"\"\",,,x,x,x\n",
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct dossier dossier;
        struct arena arena;
        struct faults faults;
        struct buf text;

        buf_init(&text, logbook_limits.bytes);
        buf_add_c(&text, "kind,date,role,matter\n");
        for (int row = 0; row < 20000; row++)
            buf_add_c(&text, rows[i]);
        arena_init(&arena, 16 * 1024 * 1024);
        faults_init(&faults, &arena);
        dossier_init(&dossier);
        assert_true(failed(logbook_read(&arena, buf_str(&text), f->vocabulary, &logbook_limits,
                                        f->today, &faults, &dossier)));
        assert_int_equal(dossier.evidence_count, 0);
        arena_release(&arena);
        buf_release(&text);
    }
}

/* Whether the log needs more memory than that; under the leak checker this also shows that nothing
   is held when the arena is left. */
static bool needs_more(struct fixture *f, struct str log, size_t limit)
{
    struct dossier dossier;
    struct faults faults;
    struct arena arena;
    bool left;

    arena_init(&arena, limit);
    faults_init(&faults, &arena);
    dossier_init(&dossier);
    left = leaves_full(
        &arena,
        logbook_read(&arena, log, f->vocabulary, &f->limits, f->today, &faults, &dossier).error);
    arena_release(&arena);
    return left;
}

static void an_arena_that_is_too_small_is_left_by_its_exit(void **state)
{
    static const struct str logs[] = {
        STR("kind;date;r\xf4le\nmediation;03/04/2024;m\xe9"
            "diatr\ncpd;03/05/2024;\"a\"\"b\"\n"),
        STR("[{\"kind\":\"mediation\",\"date\":\"2024-05-01\",\"role\":\"party\"}]"),
    };

    for (size_t i = 0; i < ARRAY_LEN(logs); i++) {
        size_t limit = 0;

        while (needs_more(*state, logs[i], limit))
            limit += 64;
        assert_in_range(limit, 1000, 100000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_may_be_short_and_may_not_be_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quotes_out_of_place_are_told_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quoted_cells_are_read_as_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_encodings_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_without_records_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_is_read_by_the_same_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faults_of_json_name_record_and_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_that_is_no_logbook_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_exceeds_a_limit_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(very_many_faults_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_largest_log_fits_into_a_request, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_logs_are_refused_in_bounds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_arena_that_is_too_small_is_left_by_its_exit, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
