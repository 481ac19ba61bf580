#include "record.h"

#include "criteria/library.h"
#include "store/installation.h"

#define DAY_MICROSECONDS INT64_C(86400000000)

static const char words[] = "vocabulary walks 1 {\n"
                            "  record walk \"Walk\" {\n"
                            "    field role of leader, helper\n"
                            "    field mode of slow, fast\n"
                            "    field guide id\n"
                            "    field points integer\n"
                            "    field talk minutes\n"
                            "  }\n"
                            "  record course \"Course\" { field completed of yes, no }\n"
                            "  record praise \"Praise\" { field giver of party, member }\n"
                            "  programmes school\n"
                            "  statements promise\n"
                            "  anchors join\n"
                            "}\n";

static struct record the_record;
static const struct source source = { STR("walks.vocabulary"), { words, sizeof(words) - 1 } };

struct record *record_open(void)
{
    struct record *record = &the_record;
    char id[INSTALLATION_ID_SIZE];
    struct library *library;
    struct diags diags;

    record->store = engine_open_migrated(engine_database());
    arena_init(&record->arena, 256 << 20);
    check_ok(record->store, installation_ensure(record->store, NOW, "test", id));
    diags_init(&diags, &record->arena);
    library = library_new(&record->arena);
    library_add(library, &source, &diags);
    check_ok(record->store, library_finish(library, &diags));
    record->vocabulary = library_vocabulary_at(library, 0);
    return record;
}

void record_close(struct record *record)
{
    store_close(record->store);
    arena_release(&record->arena);
}

struct act by_after(int64_t person, int64_t days)
{
    return (struct act){
        .now = NOW + days * DAY_MICROSECONDS,
        .actor = person ? ACTOR_PERSON : ACTOR_COMMAND,
        .actor_id = person,
        .authority = STR("test"),
    };
}

struct act by(int64_t person)
{
    return by_after(person, 0);
}

struct person_id have_person(struct record *record, const char *name)
{
    const struct act act = by(0);
    struct person_id person = { 0 };

    DOES(record, person_add(STORE(record), &act, str_from_c(name), &person));
    return person;
}

static struct str next_word(struct str *rest)
{
    struct str word = STR_NONE;

    if (rest->p)
        *rest = str_split(*rest, ' ', &word);
    return word;
}

static int64_t measure(struct str word)
{
    int64_t number = -1;

    assert_true(str_eq_c(word, "-") || str_to_int(word, 0, 100000, &number));
    return number;
}

struct evidence entry(struct record *record, const char *line)
{
    struct str rest = str_from_c(line);
    struct evidence evidence = { .days = -1, .verified_on = DAY_NONE, .matter = STR_NONE };
    struct fact *facts = ARENA_ARRAY(&record->arena, 10, struct fact);
    struct str word;

    evidence.kind = next_word(&rest);
    assert_true(day_parse(next_word(&rest), &evidence.start));
    assert_true(day_parse(next_word(&rest), &evidence.end));
    evidence.hours = measure(next_word(&rest));
    word = next_word(&rest);
    if (!str_eq_c(word, "-"))
        evidence.matter = word;
    word = next_word(&rest); /* the bar */
    for (word = next_word(&rest); word.n > 0; word = next_word(&rest))
        facts[evidence.fact_count++] = (struct fact){ word, next_word(&rest) };
    evidence.facts = facts;
    evidence.standing = STANDING_CLAIMED;
    return evidence;
}

struct evidence_id have_entry(struct record *record, struct person_id person, const char *line)
{
    const struct act act = by(person.n);
    struct evidence evidence = entry(record, line);
    struct evidence_id id = { 0 };

    DOES(record, evidence_add(STORE(record), &act, record->vocabulary, person, &evidence, &id));
    return id;
}

const char *standing_now(struct record *record, struct evidence_id id)
{
    struct evidence_row row = { 0 };

    check_ok(record->store, evidence_load(STORE(record), id, &row));
    return standing_name(row.says.standing);
}
