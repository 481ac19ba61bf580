#include "register/person.h"

#include <string.h>

#include "base/buf.h"
#include "unit.h"

static const char documents[] = "vocabulary practice 1 {\n"
                                "  record mediation { field role of mediator, other }\n"
                                "  programmes qap, cmtp\n"
                                "  bodies committee, panel\n"
                                "  statements motivation, code\n"
                                "  anchors join, issue\n"
                                "  reasons health, family\n"
                                "  credentials other-body\n"
                                "}\n"
                                "criteria basic edition 1 {\n"
                                "  vocabulary practice 1\n"
                                "  require experience { count mediation >= 1 }\n"
                                "}\n"
                                "criteria basic.renewal edition 1 {\n"
                                "  vocabulary practice 1\n"
                                "  require recent { count mediation >= 1 }\n"
                                "}\n";

struct fixture {
    struct arena arena;
    struct source source;
    struct library *library;
    struct faults faults;
    struct dossier dossier;
};

static int set_up_with(struct fixture *f, const char *text)
{
    struct diags diags;

    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&diags, &f->arena);
    f->source = (struct source){ STR("documents"), str_from_c(text) };
    f->library = library_new(&f->arena);
    library_add(f->library, &f->source, &diags);
    dossier_init(&f->dossier);
    return failed(library_finish(f->library, &diags)) ? -1 : 0;
}

static int set_up(void **state)
{
    static struct fixture fixture;

    *state = &fixture;
    return set_up_with(&fixture, documents);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    arena_release(&f->arena);
    return 0;
}

static bool read_person(struct fixture *f, struct str bytes)
{
    faults_init(&f->faults, &f->arena);
    return !failed(person_read(&f->arena, bytes, f->library, &f->faults, &f->dossier));
}

static struct str told(struct fixture *f)
{
    struct buf out;

    buf_init(&out, 1000000);
    faults_print(&f->faults, STR("p"), &out, false);
    return buf_take(&out, &f->arena);
}

static void show_day(struct buf *out, const char *before, day d)
{
    char text[DAY_TEXT_SIZE];

    if (d == DAY_NONE)
        return;
    buf_format(out, "%s%s", before,
               d == DAY_LAST    ? ""
               : d == DAY_FIRST ? "always"
                                : day_text(d, text));
}

static void show_credential(struct fixture *f, const struct credential *c, struct buf *out)
{
    (void)f;
    buf_format(out, "credential %.*s", STR_ARG(c->name));
    show_day(out, " ", c->from);
    show_day(out, "..", c->to);
    for (size_t i = 0; i < c->suspension_count; i++) {
        show_day(out, " suspended=", c->suspensions[i].from);
        show_day(out, "..", c->suspensions[i].to);
    }
    show_day(out, " withdrawn=", c->withdrawn);
    if (c->annulled)
        buf_add_c(out, " annulled");
    show_day(out, "@", c->annulled_on);
    buf_add_c(out, c->claimed ? " claimed\n" : "\n");
}

static void show_acts(const struct dossier *d, struct buf *out)
{
    for (size_t i = 0; i < d->judgement_count; i++) {
        const struct judgement *j = &d->judgements[i];

        buf_format(out, "judgement %.*s %s by=%.*s", STR_ARG(j->requirement),
                   j->satisfied ? "satisfied" : "not-satisfied", STR_ARG(j->by));
        show_day(out, " on=", j->on);
        buf_byte(out, '\n');
    }
    for (size_t i = 0; i < d->decision_count; i++) {
        const struct decision *e = &d->decisions[i];

        buf_format(out, "decision %d %.*s by=%.*s", (int)e->kind, STR_ARG(e->requirement),
                   STR_ARG(e->by));
        show_day(out, " on=", e->on);
        if (e->reason.p)
            buf_format(out, " reason=%.*s", STR_ARG(e->reason));
        if (e->record.p)
            buf_format(out, " record=%.*s", STR_ARG(e->record));
        show_day(out, " until=", e->until);
        buf_byte(out, '\n');
    }
}

static struct str shown(struct fixture *f)
{
    const struct dossier *d = &f->dossier;
    struct buf out;

    buf_init(&out, 100000);
    show_day(&out, "born ", d->born);
    for (size_t i = 0; i < d->anchor_count; i++) {
        buf_format(&out, "\nanchor %.*s", STR_ARG(d->anchors[i].name));
        show_day(&out, " ", d->anchors[i].on);
    }
    buf_byte(&out, '\n');
    for (size_t i = 0; i < d->accreditation_count; i++) {
        buf_format(&out, "programme %.*s %.*s", STR_ARG(d->accreditations[i].programme),
                   STR_ARG(d->accreditations[i].type));
        show_day(&out, " ", d->accreditations[i].from);
        show_day(&out, "..", d->accreditations[i].to);
        buf_byte(&out, '\n');
    }
    for (size_t i = 0; i < d->current_count; i++) {
        buf_format(&out, "current %.*s %.*s", STR_ARG(d->currents[i].statement),
                   STR_ARG(edition_number_text(&f->arena, d->currents[i].edition)));
        show_day(&out, " ", d->currents[i].from);
        buf_byte(&out, '\n');
    }
    for (size_t i = 0; i < d->credential_count; i++)
        show_credential(f, &d->credentials[i], &out);
    for (size_t i = 0; i < d->declaration_count; i++) {
        buf_format(&out, "declared %.*s", STR_ARG(d->declarations[i].statement));
        show_day(&out, " ", d->declarations[i].on);
        if (d->declarations[i].edition.parts > 0)
            buf_format(&out, " edition=%.*s",
                       STR_ARG(edition_number_text(&f->arena, d->declarations[i].edition)));
        buf_byte(&out, '\n');
    }
    show_acts(d, &out);
    return buf_take(&out, &f->arena);
}

static void check_refused_at(struct fixture *f, struct str bytes, const char *expected, int line)
{
    if (read_person(f, bytes))
        check_str_at(STR("it was read"), expected, __FILE__, line);
    check_str_at(told(f), expected, __FILE__, line);
    check_str_at(shown(f), "\n", __FILE__, line);
}

#define check_refused(bytes, expected) check_refused_at(*state, STR(bytes), (expected), __LINE__)

static void everything_that_is_known_is_read(void **state)
{
    struct fixture *f = *state;

    assert_true(read_person(
        f,
        STR("\xef\xbb\xbf{\n"
            "\"note\": \"sample data\",\n"
            "\"born\": \"1980-02-29\",\n"
            "\"anchors\": {\"join\": \"2019-01-15\", \"note on issue\": [1], \"issue\": "
            "\"2020-03-01\"},\n"
            "\"programmes\": [\n"
            "  {\"id\": \"sample-1\", \"type\": \"qap\", \"from\": \"2015-01-01\"},\n"
            "  {\"id\": \"sample-1\", \"type\": \"cmtp\", \"from\": \"2015-01-01\", \"to\": "
            "\"2016-12-31\", \"note\": null}],\n"
            "\"editions\": [{\"statement\": \"code\", \"edition\": \"2\"},\n"
            "  {\"statement\": \"code\", \"edition\": \"2024.1\", \"from\": \"2024-01-01\"}],\n"
            "\"credentials\": [\n"
            "  {\"name\": \"basic\", \"from\": \"2019-05-01\", \"to\": \"2022-04-30\",\n"
            "   \"suspended\": [{\"from\": \"2020-01-01\", \"to\": \"2020-02-01\"},\n"
            "                 {\"from\": \"2021-01-01\"}], \"withdrawn\": \"2022-01-01\"},\n"
            "  {\"name\": \"other-body\", \"from\": \"2019-05-01\", \"claimed\": true},\n"
            "  {\"name\": \"basic\", \"from\": \"2018-01-01\", \"annulled\": true,\n"
            "   \"annulled-on\": \"2018-02-01\"}],\n"
            "\"declarations\": [{\"statement\": \"motivation\", \"on\": \"2024-01-01\"},\n"
            "  {\"statement\": \"code\", \"on\": \"2024-01-02\", \"edition\": \"2024.1\"}],\n"
            "\"judgements\": [\n"
            "  {\"requirement\": \"experience\", \"satisfied\": true, \"by\": \"committee\", "
            "\"on\": \"2024-01-03\"},\n"
            "  {\"requirement\": \"recent\", \"satisfied\": false, \"by\": \"sample-1\", \"on\": "
            "\"2024-01-04\"}],\n"
            "\"decisions\": [\n"
            "  {\"kind\": \"waive\", \"requirement\": \"experience\", \"by\": \"panel\", \"on\": "
            "\"2024-01-05\", \"reason\": \"health\"},\n"
            "  {\"kind\": \"waive\", \"requirement\": \"experience\", \"by\": \"panel\", \"on\": "
            "\"2024-01-06\"},\n"
            "  {\"kind\": \"admit\", \"requirement\": \"experience\", \"by\": \"panel\", \"on\": "
            "\"2024-01-07\", \"record\": \"e7\"},\n"
            "  {\"kind\": \"extend\", \"requirement\": \"experience\", \"by\": \"panel\", \"on\": "
            "\"2024-01-08\", \"until\": \"2024-06-30\"}]\n"
            "}\n")));
    check_str(shown(f), "born 1980-02-29\n"
                        "anchor join 2019-01-15\n"
                        "anchor issue 2020-03-01\n"
                        "programme sample-1 qap 2015-01-01..\n"
                        "programme sample-1 cmtp 2015-01-01..2016-12-31\n"
                        "current code 2 always\n"
                        "current code 2024.1 2024-01-01\n"
                        "credential basic 2019-05-01..2022-04-30 suspended=2020-01-01..2020-02-01 "
                        "suspended=2021-01-01.. withdrawn=2022-01-01\n"
                        "credential other-body 2019-05-01.. claimed\n"
                        "credential basic 2018-01-01.. annulled@2018-02-01\n"
                        "declared motivation 2024-01-01\n"
                        "declared code 2024-01-02 edition=2024.1\n"
                        "judgement experience satisfied by=committee on=2024-01-03\n"
                        "judgement recent not-satisfied by=sample-1 on=2024-01-04\n"
                        "decision 0 experience by=panel on=2024-01-05 reason=health\n"
                        "decision 0 experience by=panel on=2024-01-06\n"
                        "decision 1 experience by=panel on=2024-01-07 record=e7\n"
                        "decision 2 experience by=panel on=2024-01-08 until=2024-06-30\n");
    check_str(told(f), "");
}

static void an_empty_object_says_nothing(void **state)
{
    struct fixture *f = *state;

    assert_true(read_person(f, STR("{}")));
    check_str(shown(f), "\n");
}

static void unknown_keys_are_refused_everywhere(void **state)
{
    check_refused("{\"birn\": \"1980-01-01\", \"anchors\": {\"joined\": \"2019-01-01\"},"
                  " \"credentials\": [{\"name\": \"basic\", \"from\": \"2019-01-01\","
                  " \"suspended\": [{\"from\": \"2019-01-01\", \"til\": 1}],"
                  " \"withdrawn-on\": \"2019-02-01\"}]}",
                  "p: error: 'birn' is no key that is known here\n"
                  "   did you mean 'born'? the key of a remark begins with \"note\"\n"
                  "p: anchors: error: 'joined' is no key that is known here\n"
                  "   did you mean 'join'? the key of a remark begins with \"note\"\n"
                  "p: credentials[0]: error: 'withdrawn-on' is no key that is known here\n"
                  "   did you mean 'withdrawn'? the key of a remark begins with \"note\"\n"
                  "p: credentials[0].suspended[0]: error: 'til' is no key that is known here\n"
                  "   the key of a remark begins with \"note\"\n");
}

static void missing_keys_are_told(void **state)
{
    check_refused("{\"programmes\": [{}], \"editions\": [{}], \"credentials\": [{}],"
                  " \"declarations\": [{}], \"judgements\": [{}],"
                  " \"decisions\": [{\"kind\": \"admit\"}, {\"kind\": \"extend\", \"on\": null}]}",
                  "p: programmes[0]: error: the key \"id\" is missing\n"
                  "p: programmes[0]: error: the key \"type\" is missing\n"
                  "p: programmes[0]: error: the key \"from\" is missing\n"
                  "p: editions[0]: error: the key \"statement\" is missing\n"
                  "p: editions[0]: error: the key \"edition\" is missing\n"
                  "p: credentials[0]: error: the key \"name\" is missing\n"
                  "p: credentials[0]: error: the key \"from\" is missing\n"
                  "p: declarations[0]: error: the key \"statement\" is missing\n"
                  "p: declarations[0]: error: the key \"on\" is missing\n"
                  "p: judgements[0]: error: the key \"requirement\" is missing\n"
                  "p: judgements[0]: error: the key \"satisfied\" is missing\n"
                  "p: judgements[0]: error: the key \"by\" is missing\n"
                  "p: judgements[0]: error: the key \"on\" is missing\n"
                  "p: decisions[0]: error: the key \"requirement\" is missing\n"
                  "p: decisions[0]: error: the key \"by\" is missing\n"
                  "p: decisions[0]: error: the key \"on\" is missing\n"
                  "p: decisions[0]: error: the key \"record\" is missing\n"
                  "p: decisions[1]: error: the key \"requirement\" is missing\n"
                  "p: decisions[1]: error: the key \"by\" is missing\n"
                  "p: decisions[1]: error: the key \"on\" is missing\n"
                  "p: decisions[1]: error: the key \"until\" is missing\n");
}

static void values_of_another_sort_are_refused(void **state)
{
    check_refused("{\"born\": 1980, \"anchors\": [], \"programmes\": {}, \"credentials\": ["
                  "1, {\"name\": \"\", \"from\": true, \"claimed\": \"yes\"}],"
                  " \"editions\": [{\"statement\": \"code\", \"edition\": 2}]}",
                  "p: born: error: a text in double quotes belongs here\n"
                  "p: anchors: error: an object belongs here\n"
                  "   write { \"key\": value, … }\n"
                  "p: programmes: error: an array belongs here\n"
                  "   write [ … ], also around a single item\n"
                  "p: editions[0].edition: error: a text in double quotes belongs here\n"
                  "p: credentials[0]: error: an object belongs here\n"
                  "   write { \"key\": value, … }\n"
                  "p: credentials[1].name: error: a text in double quotes belongs here\n"
                  "p: credentials[1].from: error: a text in double quotes belongs here\n"
                  "p: credentials[1].claimed: error: true or false belongs here\n");
    check_refused("[]", "p: error: an object belongs here\n"
                        "   write { \"key\": value, … }\n");
}

static void names_that_nobody_has_are_refused(void **state)
{
    check_refused(
        "{\"programmes\": [{\"id\": \"a b\", \"type\": \"qup\", \"from\": \"2015-01-01\"},"
        " {\"id\": \"#1\", \"type\": \"qap\", \"from\": \"2015-01-01\"}],"
        " \"editions\": [{\"statement\": \"cods\", \"edition\": \"1\"}],"
        " \"credentials\": [{\"name\": \"basics\", \"from\": \"2015-01-01\"},"
        " {\"name\": \"basic.renewal\", \"from\": \"2015-01-01\"}],"
        " \"declarations\": [{\"statement\": \"x\", \"on\": \"2015-01-01\"}],"
        " \"judgements\": [{\"requirement\": \"experiance\", \"satisfied\": true, \"by\": "
        "\"comitee\", \"on\": \"2015-01-01\"}],"
        " \"decisions\": [{\"kind\": \"waiver\", \"requirement\": \"recent\", \"by\": \"panel\","
        " \"on\": \"2015-01-01\", \"reason\": \"helth\"}]}",
        "p: programmes[0].id: error: 'a b' holds a space or a character that is not seen\n"
        "   write it in one piece, with hyphens instead of spaces\n"
        "p: programmes[0].type: error: 'qup' is no type of programme\n"
        "   did you mean 'qap'?\n"
        "p: programmes[1].id: error: '#1' begins as a comment does in a case\n"
        "   begin it with a letter or a digit\n"
        "p: editions[0].statement: error: 'cods' is no statement\n"
        "   did you mean 'code'?\n"
        "p: credentials[0].name: error: 'basics' is no credential that a document or a vocabulary "
        "names\n"
        "   did you mean 'basic'?\n"
        "p: credentials[1].name: error: 'basic.renewal' is no credential that a document or a "
        "vocabulary names\n"
        "p: declarations[0].statement: error: 'x' is no statement\n"
        "p: judgements[0].requirement: error: 'experiance' is no requirement of a loaded document\n"
        "   did you mean 'experience'?\n"
        "p: judgements[0].by: error: 'comitee' is no body, and no programme of this file\n"
        "   did you mean 'committee'?\n"
        "p: decisions[0].kind: error: 'waiver' is no decision: it is waive, admit or extend\n"
        "   did you mean 'waive'?\n"
        "p: decisions[0].reason: error: 'helth' is no reason\n"
        "   did you mean 'health'?\n");
}

static void values_that_cannot_be_are_refused(void **state)
{
    check_refused("{\"born\": \"1980-02-30\", \"anchors\": {\"join\": \"1.1.2020\"},"
                  " \"editions\": [{\"statement\": \"code\", \"edition\": \"two\"}],"
                  " \"credentials\": [{\"name\": \"basic\", \"from\": \"2020-01-02\", \"to\": "
                  "\"2020-01-01\", \"annulled-on\": \"2020-01-01\"}],"
                  " \"decisions\": [{\"kind\": \"waive\", \"requirement\": \"recent\", \"by\": "
                  "\"panel\", \"on\": \"2015-01-01\", \"until\": \"2016-01-01\", \"record\": "
                  "\"e1\"}]}",
                  "p: born: error: '1980-02-30' is no day of the calendar\n"
                  "   write the date as \"YYYY-MM-DD\"\n"
                  "p: anchors.join: error: '1.1.2020' is no day of the calendar\n"
                  "   write the date as \"YYYY-MM-DD\"\n"
                  "p: editions[0].edition: error: 'two' is no edition\n"
                  "   write its number in double quotes, as in \"2\" or \"2024.1\"\n"
                  "p: credentials[0]: error: it ends before it begins\n"
                  "   correct one of the two\n"
                  "p: credentials[0].annulled-on: error: the credential is not said to be "
                  "annulled\n"
                  "   write \"annulled\": true as well\n"
                  "p: decisions[0].record: error: a decision of this kind does not have this key\n"
                  "p: decisions[0].until: error: a decision of this kind does not have this "
                  "key\n");
}

static void text_that_is_no_json_is_refused(void **state)
{
    check_refused("{\"born\": }", "p: error: line 1, column 10 of the file: this is not JSON\n");
    check_refused("", "p: error: line 1, column 1 of the file: the text ends in the middle of a "
                      "value\n");
    check_refused("{\"born\": \"1980-01-01\", \"born\": \"1981-01-01\"}",
                  "p: error: line 1, column 29 of the file: an object has this key twice\n");
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    struct fixture *f = *state;
    struct buf text;

    buf_init(&text, PERSON_BYTES_MAX + 1);
    buf_add_c(&text, "{}");
    buf_repeat(&text, ' ', PERSON_BYTES_MAX - 2);
    assert_true(read_person(f, buf_str(&text)));
    buf_byte(&text, ' ');
    assert_false(read_person(f, buf_str(&text)));
    buf_release(&text);
}

/* As many items as may be, each with the faults that cost most, end soon. */
static void a_hostile_file_ends_soon(void **state)
{
    struct fixture *f = *state;
    struct buf text;

    buf_init(&text, PERSON_BYTES_MAX);
    buf_add_c(&text, "{\"programmes\":[");
    for (int i = 0; i < 1999; i++)
        buf_add_c(&text, "{\"id\":\"#\",\"type\":\"qop\",\"form\":1},");
    buf_add_c(&text, "2]}");
    assert_false(text.overflow);
    assert_false(read_person(f, buf_str(&text)));
    assert_int_equal(f->faults.count, FAULTS_MAX);
    buf_release(&text);
}

/* {"key": [ITEM, ITEM, ...]}, of which `most` are read and one more is refused. */
static void check_most(struct fixture *f, const char *head, const char *item, const char *tail,
                       size_t most, const char *expected)
{
    for (size_t count = most; count <= most + 1; count++) {
        struct buf text;
        bool read;

        buf_init(&text, PERSON_BYTES_MAX);
        buf_add_c(&text, head);
        for (size_t i = 0; i < count; i++)
            buf_format(&text, "%s%s", i > 0 ? "," : "", item);
        buf_add_c(&text, tail);
        assert_false(text.overflow);
        read = read_person(f, buf_str(&text));
        buf_release(&text);
        assert_int_equal(read, count == most);
        if (!read)
            check_str(told(f), expected);
    }
}

static void lists_that_are_too_long_are_refused(void **state)
{
    check_most(*state, "{\"credentials\":[", "{\"name\":\"basic\",\"from\":\"2020-01-01\"}", "]}",
               100,
               "p: credentials: error: more than 100 items stand here\n"
               "   leave out what the answer does not rest on\n");
    check_most(*state,
               "{\"credentials\":[{\"name\":\"basic\",\"from\":\"2020-01-01\",\"suspended\":[",
               "{\"from\":\"2020-01-01\"}", "]}]}", 20,
               "p: credentials[0].suspended: error: more than 20 items stand here\n"
               "   leave out what the answer does not rest on\n");
    check_most(*state, "{\"declarations\":[", "{\"statement\":\"code\",\"on\":\"2020-01-01\"}",
               "]}", 200,
               "p: declarations: error: more than 200 items stand here\n"
               "   leave out what the answer does not rest on\n");
}

static void a_faulty_file_leaves_the_dossier_as_it_was(void **state)
{
    struct fixture *f = *state;

    assert_true(read_person(f, STR("{\"born\": \"1980-01-01\", \"anchors\": {\"join\": "
                                   "\"2019-01-01\"}}")));
    assert_false(read_person(f, STR("{\"born\": \"1990-01-01\", \"anchors\": {\"issue\": "
                                    "\"2020-01-01\"}, \"editions\": 1}")));
    check_str(shown(f), "born 1980-01-01\nanchor join 2019-01-01\n");
    assert_true(read_person(f, STR("{\"anchors\": {\"issue\": \"2020-01-01\"}}")));
    check_str(shown(f), "born 1980-01-01\nanchor join 2019-01-01\nanchor issue 2020-01-01\n");
}

/* Where no vocabulary is loaded, any name may be right. */
static void names_are_not_checked_without_a_vocabulary(void **state)
{
    struct fixture f;

    (void)state;
    assert_int_equal(set_up_with(&f, "criteria basic edition 1 { require a { count x >= 1 } }"), 0);
    assert_true(read_person(
        &f, STR("{\"anchors\": {\"any\": \"2019-01-01\"}, \"declarations\": [{\"statement\": "
                "\"some\", \"on\": \"2019-01-01\"}], \"judgements\": [{\"requirement\": \"a\", "
                "\"satisfied\": true, \"by\": \"whoever\", \"on\": \"2019-01-01\"}]}")));
    check_str(shown(&f), "\nanchor any 2019-01-01\n"
                         "declared some 2019-01-01\n"
                         "judgement a satisfied by=whoever on=2019-01-01\n");
    assert_false(read_person(&f, STR("{\"judgements\": [{\"requirement\": \"b\", \"satisfied\": "
                                     "true, \"by\": \"whoever\", \"on\": \"2019-01-01\"}]}")));
    arena_release(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everything_that_is_known_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_object_says_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_keys_are_refused_everywhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(missing_keys_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_of_another_sort_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_that_nobody_has_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_that_cannot_be_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_that_is_no_json_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_too_large_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hostile_file_ends_soon, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_that_are_too_long_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_faulty_file_leaves_the_dossier_as_it_was, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(names_are_not_checked_without_a_vocabulary, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
