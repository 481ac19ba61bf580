#include "scheme/scheme.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "unit.h"

static const char conf_text[] =
    "# A sample.\n"
    "scheme small {\n"
    "  title \"A small scheme\"\n"
    "  zone Europe/London\n"
    "  organisation \"Sample Body\" {\n"
    "    short \"SB\"\n"
    "  }\n"
    "  colours {\n"
    "    ink \"#000001\" dark \"#000002\"\n"
    "    paper \"#000003\" dark \"#000004\"\n"
    "    accent \"#000005\" dark \"#000006\"\n"
    "    gold \"#000007\" dark \"#000008\"\n"
    "  }\n"
    "  group crafts \"Crafts\" {\n"
    "    column \"Craft\" from title\n"
    "    column \"Minimum\" from wording, reading # two parts\n"
    "    certifications carpenter, joiner\n"
    "  }\n"
    "  group others \"Others\" {\n"
    "    column \"Craft\" from title\n"
    "    certifications glazier\n"
    "  }\n"
    "  body guild \"Guild\" {\n"
    "    kind committee\n"
    "    mandate \"Answers for the crafts.\"\n"
    "    from 2000-02\n"
    "    sections school\n"
    "    drafts joiner\n"
    "  }\n"
    "  body old-guild \"Old guild\" {\n"
    "    kind board\n"
    "    mandate \"Answered for the crafts.\"\n"
    "    from 1950; until 2000-02-29\n"
    "    state dissolved\n"
    "    successor guild\n"
    "  }\n"
    "  programme school \"School\" {\n"
    "    short \"S\"\n"
    "    kind training\n"
    "    purpose \"Teaches.\"\n"
    "    leads to carpenter\n"
    "    route \"Go there.\"\n"
    "  }\n"
    "  pathway \"Path\" {\n"
    "    text \"From the first day on.\"\n"
    "    stage learn \"Learn\" {\n"
    "      text \"Learn a craft.\"\n"
    "      certification carpenter \"Carpenter\" { text \"Works wood.\" }\n"
    "      next work\n"
    "    }\n"
    "    stage work \"Work\" {\n"
    "      text \"Work in it.\"\n"
    "      assisted by glazier\n"
    "    }\n"
    "    specialisation joiner \"Joiner\" {\n"
    "      text \"Joins wood.\"\n"
    "      from learn, work\n"
    "    }\n"
    "  }\n"
    "  record {\n"
    "    pairs allowed\n"
    "    opinions praise, test\n"
    "    confidential praise\n"
    "    areas 2 {\n"
    "      area wood \"Wood\" {\n"
    "        area oak \"Oak\"\n"
    "      }\n"
    "      area glass \"Glass\"\n"
    "    }\n"
    "    styles 1.1 { style plain \"Plain\" }\n"
    "  }\n"
    "  benefit trust \"Trust\" {\n"
    "    text \"People know.\"\n"
    "    for joiner\n"
    "  }\n"
    "  text about \"About\"\n"
    "  text crafts \"Crafts\" { for crafts, glazier }\n"
    "}\n";

static const char criteria_text[] = "criteria carpenter edition 1 {\n"
                                    "  group crafts\n"
                                    "  owner guild\n"
                                    "  vocabulary trade 1\n"
                                    "  require pass \"Pass\" {\n"
                                    "    count test >= 1 {\n"
                                    "      programme school accredited\n"
                                    "    }\n"
                                    "  }\n"
                                    "}\n"
                                    "criteria carpenter.renewal edition 1 {\n"
                                    "  owner guild\n"
                                    "  vocabulary trade 1\n"
                                    "  require again \"Again\" {\n"
                                    "    count test >= 1\n"
                                    "    refer to guild when {\n"
                                    "      judged \"Is it enough?\" by school\n"
                                    "    }\n"
                                    "  }\n"
                                    "}\n"
                                    "criteria joiner edition 1 {\n"
                                    "  group crafts\n"
                                    "  owner guild\n"
                                    "  vocabulary trade 1\n"
                                    "  require skill \"Skill\" {\n"
                                    "    judged \"Does it hold?\" by guild\n"
                                    "  }\n"
                                    "}\n"
                                    "criteria glazier edition 1 {\n"
                                    "  group others\n"
                                    "  owner guild\n"
                                    "  vocabulary trade 1\n"
                                    "  require pass \"Pass\" {\n"
                                    "    count test >= 2\n"
                                    "  }\n"
                                    "}\n";

static const char vocabulary_text[] = "vocabulary trade 1 {\n"
                                      "  record test {\n"
                                      "  }\n"
                                      "  record praise {\n"
                                      "  }\n"
                                      "  programmes school, academy\n"
                                      "  bodies guild, old-guild, council\n"
                                      "}\n";

struct fixture {
    struct arena arena;
    struct diags diags;
    struct str folder;
};

static const char *const subfolders[] = { "criteria", "vocabulary", "cases", "texts" };

static const char *path_in(struct fixture *f, const char *name)
{
    return str_to_c(&f->arena, str_format(&f->arena, "%.*s/%s", STR_ARG(f->folder), name));
}

static void put(struct fixture *f, const char *name, const char *text)
{
    assert_false(failed(file_write(path_in(f, name), str_from_c(text))));
}

static int set_up(void **state)
{
    static struct fixture f;
    char *folder;

    arena_init(&f.arena, ARENA_UNLIMITED);
    diags_init(&f.diags, &f.arena);
    folder = (char *)str_to_c(&f.arena, STR("/tmp/assay-test-scheme-XXXXXX"));
    if (!mkdtemp(folder))
        return -1;
    f.folder = str_from_c(folder);
    for (size_t i = 0; i < ARRAY_LEN(subfolders); i++) {
        if (mkdir(path_in(&f, subfolders[i]), 0700) != 0)
            return -1;
    }
    put(&f, "scheme.conf", conf_text);
    put(&f, "criteria/crafts.criteria", criteria_text);
    put(&f, "vocabulary/trade.vocabulary", vocabulary_text);
    put(&f, "cases/crafts.cases", "# none yet\n");
    put(&f, "texts/about.md", "# About\n");
    put(&f, "texts/crafts.md", "# Crafts\n");
    *state = &f;
    return 0;
}

static void remove_files(struct fixture *f, const char *folder)
{
    struct str_list names;

    if (failed(folder_list(&f->arena, folder, &names)))
        return;
    for (size_t i = 0; i < names.count; i++)
        unlink(str_to_c(&f->arena, str_format(&f->arena, "%s/%.*s", folder, STR_ARG(names.at[i]))));
    rmdir(folder);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(subfolders); i++)
        remove_files(f, path_in(f, subfolders[i]));
    remove_files(f, f->folder.p);
    arena_release(&f->arena);
    return 0;
}

/* Loads a folder that must be without fault. */
static struct scheme *load_folder(struct fixture *f, const char *folder)
{
    struct scheme *scheme = NULL;
    struct result result = scheme_load(&f->arena, folder, &f->diags, &scheme);

    if (f->diags.count > 0)
        print_error("%.*s\n", STR_ARG(f->diags.list[0].message));
    assert_int_equal(f->diags.count, 0);
    assert_false(failed(result));
    assert_non_null(scheme);
    return scheme;
}

static struct scheme *load(struct fixture *f)
{
    return load_folder(f, f->folder.p);
}

static void check_record(const struct scheme_record *record)
{
    assert_int_equal(record->pairs, PAIRS_ALLOWED);
    assert_int_equal(record->opinions.count, 2);
    check_str(record->confidential.at[0].text, "praise");
    check_str(record->areas.edition, "2");
    assert_int_equal(record->areas.count, 3);
    check_str(term_of(&record->areas, STR("oak"))->title, "Oak");
    assert_true(term_within(&record->areas, STR("oak"), STR("wood")));
    assert_false(term_within(&record->areas, STR("glass"), STR("wood")));
    assert_false(term_within(&record->areas, STR("ash"), STR("ash")));
    check_str(record->styles.edition, "1.1");
    check_str(record->styles.at[0].id, "plain");
}

static void a_sound_folder_is_loaded(void **state)
{
    struct scheme *scheme = load(*state);
    const struct scheme_group *crafts = scheme_group(scheme, STR("crafts"));

    check_str(scheme->id.text, "small");
    check_str(scheme->title, "A small scheme");
    check_str(scheme->language.text, "en");
    check_str(scheme->zone.text, "Europe/London");
    check_str(scheme->organisation.name, "Sample Body");
    check_str(scheme->organisation.short_name, "SB");
    assert_null(scheme->organisation.footer.p);
    check_str(scheme->colours.ink.light, "#000001");
    check_str(scheme->colours.gold.dark, "#000008");
    assert_int_equal(scheme->groups.count, 2);
    check_str(crafts->title, "Crafts");
    assert_int_equal(crafts->columns.count, 2);
    check_str(crafts->columns.at[1].heading, "Minimum");
    assert_int_equal(crafts->columns.at[1].part_count, 2);
    assert_int_equal(crafts->columns.at[1].parts[0], PART_OF_WORDING);
    assert_int_equal(crafts->columns.at[1].parts[1], PART_OF_READING);
    check_str(crafts->certifications.at[1].text, "joiner");
    assert_null(scheme_group(scheme, STR("craft")));
    assert_int_equal(library_count(scheme->library), 4);
    assert_int_equal(scheme->cases.count, 1);
    check_str(scheme->cases.at[0]->text, "# none yet\n");
    check_str(scheme_text(scheme, STR("about"))->source->text, "# About\n");
    check_str(scheme->benefits.at[0].certifications.at[0].text, "joiner");
    assert_int_equal(scheme_text(scheme, STR("about"))->subjects.count, 0);
    assert_int_equal(scheme_text(scheme, STR("crafts"))->subjects.count, 2);
    check_str(scheme_text(scheme, STR("crafts"))->subjects.at[1].text, "glazier");
    check_record(&scheme->record);
}

static void a_slash_at_the_end_changes_no_name(void **state)
{
    struct fixture *f = *state;
    struct scheme *scheme = load_folder(f, path_in(f, ""));

    assert_true(str_eq(scheme->conf->name, str_from_c(path_in(f, "scheme.conf"))));
}

static void bodies_own_what_documents_say(void **state)
{
    struct scheme *scheme = load(*state);
    const struct scheme_body *guild = scheme_body(scheme, STR("guild"));
    const struct scheme_body *old = scheme_body(scheme, STR("old-guild"));

    assert_string_equal(scheme_body_kind_name(guild->kind), "committee");
    assert_int_equal(guild->owns.count, 4);
    check_str(guild->owns.at[1], "carpenter.renewal");
    assert_int_equal(old->owns.count, 0);
    assert_int_equal(guild->state, BODY_ACTIVE);
    assert_int_equal(old->state, BODY_DISSOLVED);
    check_str(old->successor.text, "guild");
}

static void dates_stand_for_all_their_days(void **state)
{
    struct scheme *scheme = load(*state);
    const struct scheme_body *guild = scheme_body(scheme, STR("guild"));
    const struct scheme_body *old = scheme_body(scheme, STR("old-guild"));
    char text[DAY_TEXT_SIZE];

    check_str(guild->from.text, "2000-02");
    assert_string_equal(day_text(guild->from.first, text), "2000-02-01");
    assert_string_equal(day_text(guild->from.last, text), "2000-02-29");
    assert_string_equal(day_text(old->from.first, text), "1950-01-01");
    assert_string_equal(day_text(old->from.last, text), "1950-12-31");
    assert_string_equal(day_text(old->until.first, text), "2000-02-29");
    assert_string_equal(day_text(old->until.last, text), "2000-02-29");
    assert_null(guild->until.text.p);
}

static void the_pathway_keeps_its_order(void **state)
{
    const struct scheme_pathway *pathway = &load(*state)->pathway;

    check_str(pathway->title, "Path");
    assert_int_equal(pathway->stages.count, 2);
    check_str(pathway->stages.at[0].id.text, "learn");
    check_str(pathway->stages.at[0].next.at[0].text, "work");
    check_str(pathway->stages.at[0].cards.at[0].text, "Works wood.");
    check_str(pathway->stages.at[1].assisted_by.at[0].text, "glazier");
    check_str(pathway->specialisations.at[0].certification.text, "joiner");
    assert_int_equal(pathway->specialisations.at[0].from.count, 2);
}

/* ---- faults ---- */

/* `old` in a file of the sound folder becomes `changed`. The fault stands at the text `at`. */
struct fault {
    const char *file;
    const char *old;
    const char *changed;
    const char *at;
    const char *message;
};

static const char conf[] = "scheme.conf";
static const char criteria[] = "criteria/crafts.criteria";
static const char vocabulary[] = "vocabulary/trade.vocabulary";

static const struct fault faults[] = {
    /* Statements. */
    { conf, "zone Europe/London", "zones Europe/London", "zones",
      "a scheme has no statement 'zones'" },
    { conf, "  zone Europe/London\n", "", "small", "a scheme needs a 'zone'" },
    { conf, "zone Europe/London", "zone Europe//London", "Europe//London",
      "'Europe//London' does not belong here" },
    { conf, "zone Europe/London", "zone Europe/London Paris", "Paris",
      "'Paris' does not belong here" },
    { conf, "zone Europe/London", "zone Europe/London; zone UTC", "zone",
      "'zone' stands twice in a scheme" },
    { conf, "title \"A small scheme\"", "title small", "small", "'small' does not belong here" },
    { conf, "title \"A small scheme\"", "title \" \"", "\" \"", "this text is empty" },
    { conf, "title \"A small scheme\"", "title", "", "the statement ends here" },
    { conf, "short \"SB\"", "", "\"Sample Body\"", "an organisation needs a 'short'" },
    { conf, "\"#000001\"", "\"#00000G\"", "\"#00000G\"", "this is not a colour" },
    { conf, " dark \"#000002\"", "", "", "the statement ends here" },
    { conf, "    gold \"#000007\" dark \"#000008\"\n", "", "{",
      "the block of colours needs a 'gold'" },
    { conf, "kind board", "kind comittee", "comittee",
      "'comittee' is not one of board, committee, taskforce, panel, office and initiative" },
    { conf, "from 1950;", "from 1950-13;", "1950-13", "'1950-13' does not belong here" },
    { conf, "leads to", "leads for", "for", "'for' does not belong here" },
    { conf, "wording, reading", "wording, wording", "wording",
      "'wording' stands twice in this column" },
    { conf, "from title\n    certifications glazier", "certifications glazier", "certifications",
      "'certifications' does not belong here" },
    { conf, "    column \"Craft\" from title\n    certifications glazier",
      "    certifications glazier", "others", "a group needs at least one 'column'" },
    { conf, "carpenter, joiner", "carpenter, carpenter, joiner", "carpenter",
      "'carpenter' stands twice in this list" },
    { conf, "glazier }\n}\n", "glazier }\n", "small", "this block does not end" },
    { conf, "glazier }\n}\n", "glazier }\n}\nmore\n", "more", "'more' does not belong here" },
    { conf, "{ for crafts, glazier }", "{ }", "crafts", "the block of a text needs a 'for'" },
    { conf, "{ for crafts, glazier }", "for crafts", "for", "'for' does not belong here" },
    { conf, "pairs allowed", "pairs never", "never", "'never' is not one of refused and allowed" },
    { conf, "opinions praise, test", "opinions praise, tests", "tests",
      "there is no kind of entry 'tests'" },
    { conf, "opinions praise, test", "opinions test", "praise", "'praise' is no kind of opinion" },
    { conf, "areas 2", "areas", "{", "'{' does not belong here" },
    { conf, "area glass", "area oak", "oak", "'oak' stands twice in this list" },
    { conf, "styles 1.1", "styles 1.", "1.", "'1.' does not belong here" },
    { conf, "scheme small {", "schema small {", "schema", "'schema' does not belong here" },

    /* Names within scheme.conf. */
    { conf, "group others", "group crafts", "crafts", "the group 'crafts' stands twice" },
    { conf, "body old-guild", "body guild", "guild", "the body 'guild' stands twice" },
    { conf, "stage work", "stage learn", "learn", "the stage 'learn' stands twice" },
    { conf, "successor guild", "successor gild", "gild", "there is no body 'gild'" },
    { conf, "successor guild", "successor old-guild", "old-guild",
      "a body does not succeed itself" },
    { conf, "sections school", "sections academy", "academy",
      "there is no type of programme 'academy'" },
    { conf, "    state dissolved\n", "", "old-guild", "'old-guild' is active and yet has an end" },
    { conf, "    from 1950; until 2000-02-29\n    state dissolved\n", "", "old-guild",
      "'old-guild' is active and yet has a successor" },
    { conf, "from 1950;", "from 2000-03;", "old-guild", "'old-guild' ends before it begins" },
    { conf, "next work", "next rest", "rest", "there is no stage 'rest'" },
    { conf, "next work", "next learn, work", "learn", "'learn' does not come after 'learn'" },
    { conf, "      next work\n", "", "work", "no stage leads to 'work'" },
    { conf, "from learn, work", "from learn, rest", "rest", "there is no stage 'rest'" },
    { conf, "specialisation joiner", "specialisation carpenter", "carpenter",
      "'carpenter' stands twice on the pathway" },

    /* Names of certifications. */
    { conf, "certifications glazier", "certifications glaziers", "glaziers",
      "there is no certification 'glaziers'" },
    { conf, "carpenter, joiner", "carpenter, joiner, glazier", "glazier",
      "'glazier' does not stand in the group 'crafts'" },
    { conf, "carpenter, joiner", "joiner", "crafts",
      "the group 'crafts' does not list 'carpenter'" },
    { conf, "drafts joiner", "drafts joiners", "joiners", "there is no certification 'joiners'" },
    { conf, "drafts joiner", "drafts carpenter.renewal", "carpenter.renewal",
      "there is no certification 'carpenter.renewal'" },
    { conf, "leads to carpenter", "leads to carpenters, carpenter", "carpenters",
      "there is no certification 'carpenters'" },
    { conf, "certification carpenter", "certification roofer", "roofer",
      "there is no certification 'roofer'" },
    { conf, "assisted by glazier", "assisted by roofer", "roofer",
      "there is no certification 'roofer'" },
    { conf, "for joiner", "for roofer", "roofer", "there is no certification 'roofer'" },
    { conf, "for crafts, glazier", "for crafts, roofer", "roofer",
      "there is no group or certification 'roofer'" },

    /* What documents and vocabularies say. */
    { criteria, "group others", "group other", "other", "there is no group 'other'" },
    { criteria, "  group others\n  owner guild", "  group others\n  owner council", "council",
      "there is no body 'council'" },
    { criteria, "  group others\n  owner guild", "  group others\n  owner old-guild", "old-guild",
      "'old-guild' is dissolved" },
    { criteria, "by guild", "by council", "council", "there is no body 'council'" },
    { criteria, "refer to guild", "refer to council", "council", "there is no body 'council'" },
    { criteria, "count test >= 2", "count test >= 2 { programme academy accredited }", "academy",
      "there is no type of programme 'academy'" },
    { criteria, "count test >= 2", "count test >= 2 { programme school accredited }", "school",
      "'school' does not lead to 'glazier'" },
    { conf, "leads to carpenter", "leads to carpenter, glazier", "glazier",
      "'glazier' asks for no programme of the type 'school'" },
    { vocabulary, "programmes school", "programmes schools", "school",
      "no vocabulary knows the type of programme 'school'" },
    { conf, "body old-guild", "body school", "school", "'school' is also a type of programme" },

    /* Files. */
    { conf, "text about \"About\"", "text abut \"About\"", "abut", "there is no text 'abut'" },
    { conf, "  text about \"About\"\n", "", "", "scheme.conf does not name this text" },
};

static const char *sound_text(const char *file)
{
    return file == conf ? conf_text : file == criteria ? criteria_text : vocabulary_text;
}

static struct str replaced(struct arena *arena, struct str text, struct str old, struct str changed)
{
    for (size_t i = 0; i + old.n <= text.n; i++) {
        if (str_starts(str_drop(text, i), old))
            return str_format(arena, "%.*s%.*s%.*s", STR_ARG(str_take(text, i)), STR_ARG(changed),
                              STR_ARG(str_drop(text, i + old.n)));
    }
    fail_msg("the sound folder has no '%.*s'", STR_ARG(old));
    return STR_NONE;
}

static bool is_told(const struct diags *diags, const struct fault *fault)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->list[i];

        if (diag->span.source && str_eq_c(diag->message, fault->message) &&
            str_eq_c(
                str_take(str_drop(diag->span.source->text, diag->span.offset), diag->span.length),
                fault->at))
            return true;
    }
    return false;
}

static void every_fault_is_told_where_it_stands(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        const struct fault *fault = &faults[i];
        struct str text = replaced(&f->arena, str_from_c(sound_text(fault->file)),
                                   str_from_c(fault->old), str_from_c(fault->changed));
        struct scheme *scheme = NULL;
        struct diags diags;
        struct result result;

        diags_init(&diags, &f->arena);
        assert_false(failed(file_write(path_in(f, fault->file), text)));
        result = scheme_load(&f->arena, f->folder.p, &diags, &scheme);
        if (!is_told(&diags, fault)) {
            for (size_t j = 0; j < diags.count; j++)
                print_error("told: %.*s\n", STR_ARG(diags.list[j].message));
            fail_msg("not told at '%s': %s", fault->at, fault->message);
        }
        assert_int_equal(failed(result), diags.errors > 0);
        assert_int_equal(scheme == NULL, diags.errors > 0);
        put(f, fault->file, sound_text(fault->file));
    }
}

static void one_mistake_gives_one_fault(void **state)
{
    struct fixture *f = *state;
    struct scheme *scheme = NULL;
    struct str text =
        replaced(&f->arena, str_from_c(conf_text), STR("stage work"), STR("stag work"));

    assert_false(failed(file_write(path_in(f, "scheme.conf"), text)));
    assert_true(failed(scheme_load(&f->arena, f->folder.p, &f->diags, &scheme)));
    assert_int_equal(f->diags.errors, 3); /* and the two places that name the stage */
    assert_null(scheme);
}

static void a_near_word_is_proposed(void **state)
{
    struct fixture *f = *state;
    struct scheme *scheme = NULL;
    struct str text =
        replaced(&f->arena, str_from_c(conf_text), STR("successor guild"), STR("successor gild"));

    assert_false(failed(file_write(path_in(f, "scheme.conf"), text)));
    assert_true(failed(scheme_load(&f->arena, f->folder.p, &f->diags, &scheme)));
    assert_int_equal(f->diags.count, 1);
    check_str(f->diags.list[0].hint,
              "expected a body that scheme.conf declares; did you mean 'guild'?");
    assert_int_equal(f->diags.list[0].span.line, 35);
    assert_int_equal(f->diags.list[0].span.column, 15);
}

static void faults_of_all_files_are_gathered(void **state)
{
    struct fixture *f = *state;
    struct scheme *scheme = NULL;

    put(f, "criteria/broken.criteria", "criteria roofer edition {\n}\n");
    put(f, "vocabulary/broken.vocabulary", "vocabulary roofs {\n}\n");
    assert_false(
        failed(file_write(path_in(f, "scheme.conf"),
                          replaced(&f->arena, str_from_c(conf_text), STR("zone"), STR("zones")))));
    assert_true(failed(scheme_load(&f->arena, f->folder.p, &f->diags, &scheme)));
    assert_true(f->diags.errors >= 4);
    assert_null(scheme);
}

static void a_folder_that_is_not_there_is_refused(void **state)
{
    struct fixture *f = *state;
    struct scheme *scheme = NULL;
    struct result result = scheme_load(&f->arena, path_in(f, "elsewhere"), &f->diags, &scheme);

    assert_ptr_equal(result.error, &ERROR_READ);
    assert_int_equal(f->diags.errors, 1);
    assert_null(scheme);
}

static void criteria_must_be_there(void **state)
{
    struct fixture *f = *state;
    struct scheme *scheme = NULL;

    remove_files(f, path_in(f, "criteria"));
    assert_true(failed(scheme_load(&f->arena, f->folder.p, &f->diags, &scheme)));
    assert_true(f->diags.errors > 0);
}

static void other_subfolders_need_not_be_there(void **state)
{
    struct fixture *f = *state;

    remove_files(f, path_in(f, "cases"));
    assert_int_equal(load(f)->cases.count, 0);
}

static void other_files_are_not_read(void **state)
{
    struct fixture *f = *state;
    struct scheme *scheme = NULL;

    put(f, "criteria/notes.txt", "criteria");
    assert_false(failed(scheme_load(&f->arena, f->folder.p, &f->diags, &scheme)));
    assert_int_equal(f->diags.warnings, 1);
    assert_int_equal(f->diags.errors, 0);
    assert_int_equal(library_count(scheme->library), 4);
}

static void a_text_that_is_not_utf8_is_refused(void **state)
{
    struct fixture *f = *state;
    struct scheme *scheme = NULL;

    put(f, "texts/about.md", "# About\n\n\xc3\xa9t\xe9\n");
    assert_true(failed(scheme_load(&f->arena, f->folder.p, &f->diags, &scheme)));
    assert_int_equal(f->diags.count, 1);
    assert_int_equal(f->diags.list[0].span.line, 3);
    assert_int_equal(f->diags.list[0].span.column, 3);
}

/* ---- the scheme that is shipped ---- */

static void the_mediation_scheme_is_sound(void **state)
{
    struct fixture *f = *state;
    const char *source = getenv("ASSAY_SOURCE");
    struct edition_number first = { .part = { 1 }, .parts = 1 };
    const struct scheme_programme *cmtp;
    const struct scheme_pathway *pathway;
    const struct scheme *scheme;

    assert_non_null(source);
    scheme =
        load_folder(f, str_to_c(&f->arena, str_format(&f->arena, "%s/schemes/mediation", source)));

    check_str(scheme->organisation.short_name, "IMI");
    assert_int_equal(scheme->groups.count, 4);
    check_str(scheme->groups.at[0].certifications.at[0].text, "imi-certified-mediator");
    cmtp = scheme_programme(scheme, STR("cmtp"));
    check_str(cmtp->title, "Certified Mediator Training Program");
    assert_int_equal(cmtp->kind, PROGRAMME_TRAINING);
    pathway = &scheme->pathway;
    assert_int_equal(pathway->stages.count, 3);
    check_str(pathway->stages.at[1].assisted_by.at[0].text, "young-mediator");
    assert_non_null(library_find(scheme->library, STR("young-mediation-advocate"), first));
    assert_true(scheme_body(scheme, STR("appraisal-committee"))->owns.count > 10);
    assert_int_equal(scheme->cases.count, 18);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sound_folder_is_loaded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_slash_at_the_end_changes_no_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bodies_own_what_documents_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_stand_for_all_their_days, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_pathway_keeps_its_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_fault_is_told_where_it_stands, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_mistake_gives_one_fault, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_near_word_is_proposed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faults_of_all_files_are_gathered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(criteria_must_be_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_subfolders_need_not_be_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_files_are_not_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_that_is_not_utf8_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_mediation_scheme_is_sound, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
