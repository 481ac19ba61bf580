/*
 * To add a command:
 *  1. write `enum exit_code cmd_NAME(struct invocation *)` in a file cmd_NAME.c of its own, declare
 *     it in commands.h and add the file to meson.build;
 *  2. write its options, if it has any, as a list below, ended by an empty row; shared ones have a
 *     macro, so that they read the same everywhere;
 *  3. add its row to `commands`, in the order in which the overview should show it;
 *  4. write man/assay-NAME.1 and its section in docs/command-line.md, and add a case to tests/cli.
 * Help and completion follow from the row.
 *
 * A command with parts, `assay config check`, has a row without `run`, and behind it a row for each
 * part, whose name is both words. All parts stand on the page of the manual of the first.
 */
#include "cli/commands.h"

#include <string.h>

#define ANY_NUMBER ((size_t)-1)

/* clang-format off */
#define SCHEME_OPTION                                                                              \
    { .name = "scheme", .letter = 's', .argument = "DIR", .completes = COMPLETES_FOLDERS,          \
      .help = "the scheme's folder; ASSAY_SCHEME if not given" }
/* Of commands that work on an installation. */
#define DATA_OPTIONS                                                                               \
    { .name = "data", .argument = "DIR", .completes = COMPLETES_FOLDERS,                           \
      .help = "the folder of the installation; its assay.conf says how it is set up" },            \
    { .name = "config", .argument = "FILE", .completes = COMPLETES_FILES,                          \
      .help = "that file in place of DIR/assay.conf" },                                            \
    { .name = "database", .argument = "DATABASE", .completes = COMPLETES_FILES,                    \
      .help = "its file, or postgres://USER@HOST/NAME, in place of DIR/assay.db" }
/* Of commands that work with a scheme: a folder, or what an installation has. */
#define SCHEME_OPTIONS SCHEME_OPTION, DATA_OPTIONS
#define JSON_OPTION                                                                                \
    { .name = "json", .letter = 'j', .help = "print the answer as JSON" }
#define DATE_OPTION                                                                                \
    { .name = "on", .letter = 'd', .argument = "DATE",                                             \
      .help = "the reference date, YYYY-MM-DD; today's UTC date if not given" }
#define PERSON_OPTIONS                                                                             \
    { .name = "log", .letter = 'l', .argument = "LOGBOOK", .repeatable = true,                     \
      .completes = COMPLETES_FILES,                                                                \
      .help = "a logbook of the person's practice; - is standard input; may be repeated" },        \
    { .name = "person", .letter = 'p', .argument = "FILE", .completes = COMPLETES_FILES,           \
      .help = "what else is known of the person, as JSON; - is standard input" }
#define KNOWN_OPTION                                                                               \
    { .name = "known", .letter = 'k', .argument = "DATE",                                          \
      .help = "leave out what was recorded or verified after that day" }
#define END_OPTION { .name = NULL }

static const struct option_row lint_options[] = {
    SCHEME_OPTIONS,
    { .name = "strict", .help = "let warnings decide the exit status as errors do" },
    END_OPTION,
};

static const struct option_row fmt_options[] = {
    { .name = "check", .letter = 'c', .help = "write nothing; name the files that are not canonical" },
    { .name = "write", .letter = 'w', .help = "rewrite the files that are not canonical" },
    END_OPTION,
};

static const struct option_row test_options[] = { SCHEME_OPTIONS, END_OPTION };

static const struct option_row diff_options[] = {
    SCHEME_OPTIONS,
    JSON_OPTION,
    { .name = "exit-code", .help = "exit with 1 when the rules or the texts differ" },
    END_OPTION,
};

static const struct option_row simulate_options[] = {
    SCHEME_OPTIONS,
    { .name = "people", .letter = 'p', .argument = "FILE", .completes = COMPLETES_FILES,
      .help = "the people, one JSON object a line; - is standard input" },
    DATE_OPTION,
    JSON_OPTION,
    { .name = "named", .argument = "FILE", .completes = COMPLETES_FILES,
      .help = "write the people whose result changes to FILE (for staff)" },
    { .name = "staff", .help = "show small numbers that public tables hide" },
    END_OPTION,
};


static const struct option_row check_options[] = {
    SCHEME_OPTIONS, PERSON_OPTIONS, DATE_OPTION, KNOWN_OPTION, JSON_OPTION,
    { .name = "summary",
      .help = "print JSON as pages are made from, with a few records of each sort" },
    END_OPTION,
};

static const struct option_row explain_options[] = {
    SCHEME_OPTIONS, PERSON_OPTIONS, DATE_OPTION, KNOWN_OPTION, JSON_OPTION, END_OPTION,
};

static const struct option_row export_options[] = {
    SCHEME_OPTION,
    DATA_OPTIONS,
    { .name = "out", .letter = 'o', .argument = "FILE", .completes = COMPLETES_FILES,
      .help = "write the installation to FILE, for its owner alone" },
    END_OPTION,
};

static const struct option_row backup_options[] = {
    DATA_OPTIONS,
    { .name = "out", .letter = 'o', .argument = "FOLDER", .completes = COMPLETES_FOLDERS,
      .help = "the folder to be made, which must not be there yet" },
    JSON_OPTION,
    END_OPTION,
};

static const struct option_row restore_options[] = {
    { .name = "data", .argument = "DIR", .completes = COMPLETES_FOLDERS,
      .help = "the folder of the installation, empty or yet to be made" },
    { .name = "database", .argument = "DATABASE", .completes = COMPLETES_FILES,
      .help = "a file, or postgres://USER@HOST/NAME, in place of what the backup's assay.conf says" },
    END_OPTION,
};

static const struct option_row import_options[] = { DATA_OPTIONS, END_OPTION };

static const struct option_row journal_verify_options[] = {
    DATA_OPTIONS,
    { .name = "head", .argument = "HEAD", .repeatable = true, .completes = COMPLETES_FILES,
      .help = "an end that was kept, POSITION:HASH or HASH, or a file of such; may be repeated" },
    JSON_OPTION,
    END_OPTION,
};

static const struct option_row journal_list_options[] = {
    DATA_OPTIONS,
    { .name = "subject", .argument = "KIND[:ID]", .help = "what was done to that, person:12 say" },
    { .name = "actor", .argument = "KIND[:ID]",
      .help = "what was done by that: person:3, token, command, system" },
    { .name = "operation", .argument = "NAME", .help = "entries of that operation" },
    { .name = "from", .argument = "DATE", .help = "from that day on, UTC" },
    { .name = "until", .argument = "DATE", .help = "up to that day and with it, UTC" },
    { .name = "after", .argument = "POSITION", .help = "entries after that position" },
    { .name = "limit", .argument = "N", .help = "N entries at most" },
    { .name = "json", .letter = 'j', .help = "print each entry as a line of JSON" },
    END_OPTION,
};

#define INSTALLATION_OPTIONS                                                                       \
    DATA_OPTIONS,                                                                                  \
    SCHEME_OPTION,                                                                                 \
    { .name = "port", .argument = "N", .help = "the port to listen at; 0 takes any free one" },    \
    { .name = "address", .argument = "A",                                                          \
      .help = "the numeric address to listen at, IPv4 or IPv6" },                                  \
    { .name = "base", .argument = "ADDRESS",                                                       \
      .help = "how people reach it, such as https://standards.example.org" },                      \
    { .name = "admin-port", .argument = "N",                                                       \
      .help = "the port of this machine where metrics are read" }

static const struct option_row init_options[] = {
    DATA_OPTIONS,
    { .name = "scheme", .letter = 's', .argument = "DIR", .completes = COMPLETES_FOLDERS,
      .help = "the folder of a scheme to load; it can be loaded later, too" },
    JSON_OPTION,
    END_OPTION,
};

static const struct option_row migrate_options[] = {
    DATA_OPTIONS,
    { .name = "list", .help = "change nothing, and show what was applied and what is to do" },
    JSON_OPTION,
    END_OPTION,
};

static const struct option_row doctor_options[] = { DATA_OPTIONS, JSON_OPTION, END_OPTION };

static const struct option_row jobs_options[] = { DATA_OPTIONS, JSON_OPTION, END_OPTION };

static const struct option_row mail_list_options[] = {
    DATA_OPTIONS,
    { .name = "state", .argument = "STATE",
      .help = "waiting, claimed, sent, filed, dead or dropped" },
    JSON_OPTION,
    END_OPTION,
};
static const struct option_row mail_retry_options[] = {
    DATA_OPTIONS,
    { .name = "all", .help = "all that are dead" },
    JSON_OPTION,
    END_OPTION,
};
static const struct option_row mail_options[] = { DATA_OPTIONS, JSON_OPTION, END_OPTION };
static const struct option_row mail_test_options[] = { DATA_OPTIONS, END_OPTION };

static const struct option_row serve_options[] = {
    INSTALLATION_OPTIONS,
    { .name = "dev", .help = "read pages from the source tree, anew for each request" },
    END_OPTION,
};

static const struct option_row installation_options[] = { INSTALLATION_OPTIONS, END_OPTION };
static const struct option_row config_show_options[] = {
    INSTALLATION_OPTIONS, JSON_OPTION, END_OPTION,
};

/* Of commands that read an installation, or ask for a change of it. */
#define OFFICE_OPTIONS DATA_OPTIONS, JSON_OPTION

static const struct option_row office_options[] = { OFFICE_OPTIONS, END_OPTION };

static const struct option_row create_administrator_options[] = {
    OFFICE_OPTIONS,
    { .name = "name", .letter = 'n', .argument = "NAME", .help = "their name" },
    END_OPTION,
};

static const struct option_row why_options[] = {
    OFFICE_OPTIONS,
    { .name = "why", .letter = 'w', .argument = "TEXT",
      .help = "the reason, which the owner of the account is told" },
    END_OPTION,
};

static const struct option_row appointment_make_options[] = {
    OFFICE_OPTIONS,
    { .name = "from", .argument = "DATE", .help = "the first day; today if not given" },
    { .name = "last", .argument = "DATE", .help = "the last day; without it there is none" },
    { .name = "basis", .letter = 'b', .argument = "TEXT", .help = "the decision it rests on" },
    END_OPTION,
};

static const struct option_row appointment_end_options[] = {
    OFFICE_OPTIONS,
    { .name = "on", .letter = 'd', .argument = "DATE",
      .help = "the day from which on it does not hold; today if not given" },
    { .name = "why", .letter = 'w', .argument = "TEXT", .help = "the reason" },
    END_OPTION,
};

static const struct option_row appointment_list_options[] = {
    OFFICE_OPTIONS,
    { .name = "on", .letter = 'd', .argument = "DATE",
      .help = "those that hold on that day; today if not given" },
    { .name = "all", .letter = 'a', .help = "all that ever were" },
    { .name = "person", .letter = 'p', .argument = "PERSON", .help = "of that person, by number" },
    { .name = "within", .argument = "SCOPE",
      .help = "within installation, body:WORD, organisation:N or programme:N" },
    END_OPTION,
};

static const struct option_row same_person_options[] = {
    OFFICE_OPTIONS,
    { .name = "why", .letter = 'w', .argument = "TEXT",
      .help = "how that is known; the histories of both keep it" },
    END_OPTION,
};

static const struct option_row record_show_options[] = {
    OFFICE_OPTIONS,
    { .name = "at", .argument = "DATE",
      .help = "as it was known at the end of that day, UTC; now if not given" },
    END_OPTION,
};

static const struct option_row record_download_options[] = { DATA_OPTIONS, END_OPTION };

static const struct option_row record_erase_options[] = {
    OFFICE_OPTIONS,
    { .name = "yes", .letter = 'y', .help = "it is meant: what is erased does not come back" },
    END_OPTION,
};

static const struct option_row all_options[] = {
    OFFICE_OPTIONS,
    { .name = "all", .letter = 'a', .help = "also those that were decided" },
    END_OPTION,
};

static const struct option_row claim_decide_options[] = {
    OFFICE_OPTIONS,
    { .name = "person", .letter = 'p', .argument = "PERSON",
      .help = "accept it for that person, by number" },
    { .name = "new", .help = "accept it for a new person of the name that was given" },
    { .name = "refuse", .argument = "TEXT",
      .help = "refuse it for that reason, which whoever asked is told" },
    END_OPTION,
};

static const struct option_row recovery_refuse_options[] = {
    OFFICE_OPTIONS,
    { .name = "reason", .argument = "TEXT", .help = "the reason, which whoever asked is told" },
    END_OPTION,
};

static const struct option_row token_list_options[] = {
    OFFICE_OPTIONS,
    { .name = "person", .letter = 'p', .argument = "PERSON", .help = "of that person, by number" },
    END_OPTION,
};

static const struct option_row scheme_load_options[] = {
    DATA_OPTIONS,
    { .name = "dry-run", .help = "write nothing; say what would change" },
    JSON_OPTION,
    END_OPTION,
};

static const struct option_row scheme_diff_options[] = {
    DATA_OPTIONS,
    JSON_OPTION,
    { .name = "exit-code", .help = "exit with 1 when they differ" },
    END_OPTION,
};

static const struct option_row scheme_save_options[] = {
    DATA_OPTIONS,
    { .name = "force", .help = "write over a scheme's folder that holds something else" },
    END_OPTION,
};

static const struct option_row permissions_options[] = { JSON_OPTION, END_OPTION };
static const struct option_row version_options[] = { JSON_OPTION, END_OPTION };

static const struct option_row no_options[] = { END_OPTION };

const struct command commands[] = {
    { .name = "lint", .group = GROUP_STANDARDS,
      .summary = "Find faults and doubtful places in standards",
      .operands = "[FILE|DIR]...", .operands_max = ANY_NUMBER, .completes = COMPLETES_FILES,
      .options = lint_options, .run = cmd_lint,
      .about = "Reads all that is given as one (*.criteria, *.vocabulary), holds each document "
               "against its vocabulary, and prints every fault with its place, then the counts. "
               "Give files and folders, or a scheme. Exits with 1 when there are errors." },
    { .name = "fmt", .group = GROUP_STANDARDS,
      .summary = "Print standards in canonical form",
      .operands = "FILE|DIR...", .operands_min = 1, .operands_max = ANY_NUMBER,
      .completes = COMPLETES_FILES, .options = fmt_options, .run = cmd_fmt,
      .about = "Prints to standard output unless --write or --check is given. Comments stay. "
               "A file that has faults is not touched. - is standard input." },
    { .name = "test", .group = GROUP_STANDARDS,
      .summary = "Run the cases that a standard must satisfy",
      .operands = "[FILE|DIR]...", .operands_max = ANY_NUMBER, .completes = COMPLETES_FILES,
      .options = test_options, .run = cmd_test,
      .about = "Loads the documents of all files first (*.criteria, *.vocabulary, *.cases, and the "
               "fenced blocks of *.md), then runs every case and every worked example. One line for "
               "each expectation that is not met, and the counts at the end. With --scheme alone, "
               "the scheme's own cases. Exits with 1 when a case is not as expected." },
    { .name = "diff", .group = GROUP_STANDARDS,
      .summary = "Say what is looser and what is tighter between two editions",
      .operands = "OLD NEW | FILE", .operands_min = 1, .operands_max = 2, .completes = COMPLETES_FILES,
      .options = diff_options, .run = cmd_diff,
      .about = "OLD and NEW are NAME@EDITION of the scheme, or files that hold one document each; a "
               "FILE alone holds both, the old one first. Each requirement is equal, changed in "
               "wording only, looser, tighter, or mixed; so is the document." },
    { .name = "simulate", .group = GROUP_STANDARDS,
      .summary = "Run two editions over many people and compare",
      .operands = "NAME@OLD NAME@NEW [asof DATE]", .operands_min = 2, .operands_max = 4,
      .options = simulate_options, .run = cmd_simulate,
      .about = "Shows who would gain and who would lose, by which requirement, today and in twelve "
               "months, with and without the transition. Numbers under 10 are hidden unless --staff "
               "is given." },
    { .name = "export", .group = GROUP_STANDARDS,
      .summary = "Print an edition's rule as JSON, or a whole installation",
      .operands = "[NAME[@EDITION]|FILE]", .operands_max = 1,
      .completes = COMPLETES_FILES, .options = export_options, .run = cmd_export,
      .about = "With an operand, the compiled rule with its terms expanded, and the text and rule "
               "hashes of the document and of each requirement. Without an edition, the newest one. "
               "With --data alone, everything that the installation holds, as lines "
               "of JSON that assay import reads, also while a server runs." },
    { .name = "check", .group = GROUP_PEOPLE,
      .summary = "Show where a person stands in every certification",
      .operands = "[NAME]...", .operands_max = ANY_NUMBER,
      .options = check_options, .run = cmd_check,
      .about = "For each certification, or those named: the result by verified evidence and by "
               "claims too, what counts, what does not and why, the nearest way, and how long it "
               "lasts. A finding is not a grant: a named body issues the credential." },
    { .name = "explain", .group = GROUP_PEOPLE,
      .summary = "Show how one result came about, to the last record",
      .operands = "NAME[@EDITION]", .operands_min = 1, .operands_max = 1,
      .options = explain_options, .run = cmd_explain,
      .about = "The whole tree of the rule with the value and the bounds of each part in both "
               "readings, the records it used and the reason for each that it did not use. With an "
               "edition, that one; without, those that may govern the date." },
    { .name = "account", .group = GROUP_OFFICE,
      .summary = "Make administrators, invite people, look after accounts",
      .operands = "", .options = no_options,
      .about = "An account is what somebody signs in with. It belongs to a person of the register. "
               "ACCOUNT is its number, or an address that it has." },
    { .name = "account create-administrator", .group = GROUP_OFFICE,
      .summary = "Make a person an administrator and print the link to their account",
      .operands = "ADDRESS", .operands_min = 1, .operands_max = 1,
      .options = create_administrator_options, .run = cmd_account_create_administrator,
      .about = "For the first administrator of an installation: adds a person of that name, appoints "
               "them, and prints a link. Whoever opens it has an account with that address and is "
               "signed in. No mail is sent." },
    { .name = "account list", .group = GROUP_OFFICE,
      .summary = "List the accounts", .operands = "", .options = office_options,
      .run = cmd_account_list, .about = "With number, state, person, beginning and addresses." },
    { .name = "account show", .group = GROUP_OFFICE,
      .summary = "Show an account",
      .operands = "ACCOUNT", .operands_min = 1, .operands_max = 1, .options = office_options,
      .run = cmd_account_show,
      .about = "Its state, person and addresses, and what it is signed in with." },
    { .name = "account invite", .group = GROUP_OFFICE,
      .summary = "Invite a person of the register to an account",
      .operands = "PERSON ADDRESS", .operands_min = 2, .operands_max = 2,
      .options = office_options, .run = cmd_account_invite,
      .about = "Writes a letter to the address and prints its link. An invitation that was sent "
               "before is useless from then on." },
    { .name = "account block", .group = GROUP_OFFICE,
      .summary = "End all sessions of an account and let nobody sign in to it",
      .operands = "ACCOUNT", .operands_min = 1, .operands_max = 1, .options = why_options,
      .run = cmd_account_block, .about = "Its owner is told, with the reason." },
    { .name = "account unblock", .group = GROUP_OFFICE,
      .summary = "Open a blocked account again",
      .operands = "ACCOUNT", .operands_min = 1, .operands_max = 1, .options = why_options,
      .run = cmd_account_unblock, .about = "Its owner is told, with the reason." },
    { .name = "account end-sessions", .group = GROUP_OFFICE,
      .summary = "End all sessions of an account",
      .operands = "ACCOUNT", .operands_min = 1, .operands_max = 1, .options = office_options,
      .run = cmd_account_end_sessions,
      .about = "Its owner is signed out everywhere, and can sign in again." },
    { .name = "account link", .group = GROUP_OFFICE,
      .summary = "Print a link that signs in to an account",
      .operands = "ACCOUNT", .operands_min = 1, .operands_max = 1, .options = office_options,
      .run = cmd_account_link,
      .about = "For somebody whom no mail reaches. It works once, within an hour, and stands in that "
               "person's history. A second step is asked for as always." },
    { .name = "person", .group = GROUP_OFFICE,
      .summary = "Add, find, rename and merge people of the register",
      .operands = "", .options = no_options,
      .about = "People are in the register whether they have an account or not. PERSON is a number." },
    { .name = "person add", .group = GROUP_OFFICE,
      .summary = "Add a person to the register",
      .operands = "NAME", .operands_min = 1, .operands_max = 1, .options = office_options,
      .run = cmd_person_add, .about = "Prints the number that the person was given." },
    { .name = "person list", .group = GROUP_OFFICE,
      .summary = "List people by name",
      .operands = "[WORDS]", .operands_max = 1, .options = office_options,
      .run = cmd_person_list,
      .about = "All of them, or those in whose name some word begins with WORDS. Case and accents do "
               "not matter." },
    { .name = "person show", .group = GROUP_OFFICE,
      .summary = "Show a person with appointments and history",
      .operands = "PERSON", .operands_min = 1, .operands_max = 1, .options = office_options,
      .run = cmd_person_show,
      .about = "The history is what was done to the person and their account, the latest first, with "
               "who did it and by what authority: the last 50 entries." },
    { .name = "person rename", .group = GROUP_OFFICE,
      .summary = "Correct the name of a person",
      .operands = "PERSON NAME", .operands_min = 2, .operands_max = 2, .options = office_options,
      .run = cmd_person_rename, .about = "The name of before stays in their history." },
    { .name = "person alike", .group = GROUP_OFFICE,
      .summary = "Find people who are likely in the register twice",
      .operands = "[PERSON [OTHER]]", .operands_max = 2, .options = office_options,
      .run = cmd_person_alike,
      .about = "With PERSON, those who are likely the same as that one. With OTHER, the two beside each "
               "other, and what a merge would bring together that does not agree." },
    { .name = "person merge", .group = GROUP_OFFICE,
      .summary = "Say that two people of the register are one",
      .operands = "PERSON OTHER", .operands_min = 2, .operands_max = 2,
      .options = same_person_options, .run = cmd_person_merge,
      .about = "The record of OTHER is read together with that of PERSON, whose number is kept. Nothing "
               "is moved, and it can be undone. Needs --why." },
    { .name = "person unmerge", .group = GROUP_OFFICE,
      .summary = "Undo a merge",
      .operands = "MERGE", .operands_min = 1, .operands_max = 1, .options = same_person_options,
      .run = cmd_person_unmerge,
      .about = "MERGE is the number that 'person merge' and 'person show' print. Needs --why." },
    { .name = "person apart", .group = GROUP_OFFICE,
      .summary = "Say that two people who look alike are two",
      .operands = "PERSON OTHER", .operands_min = 2, .operands_max = 2,
      .options = same_person_options, .run = cmd_person_apart,
      .about = "They are not offered as one again. Needs --why." },
    { .name = "record", .group = GROUP_OFFICE,
      .summary = "See, download or erase the record of a person",
      .operands = "", .options = no_options,
      .about = "What a person has done, who confirmed it, and where they stand. PERSON is a number; one "
               "that was merged stands for the one that is kept." },
    { .name = "record show", .group = GROUP_OFFICE,
      .summary = "Show a person's record, now or as known on a day",
      .operands = "PERSON", .operands_min = 1, .operands_max = 1, .options = record_show_options,
      .run = cmd_record_show,
      .about = "Where they stand in every certification, the logbook with how each entry stands and who "
               "confirmed it, facts, papers, who was asked, references, audits and imports. With --at, "
               "where they stood then is shown beside where they stand now." },
    { .name = "record download", .group = GROUP_OFFICE,
      .summary = "Write all that is kept of a person to a file",
      .operands = "PERSON FILE", .operands_min = 2, .operands_max = 2,
      .completes = COMPLETES_FILES, .options = record_download_options, .run = cmd_record_download,
      .about = "A zip archive with record.json, record.html, which any browser shows, and the papers: "
               "what people download themselves. A FILE that is there is left alone." },
    { .name = "record erase", .group = GROUP_OFFICE,
      .summary = "Erase the record of a person but its stub",
      .operands = "PERSON", .operands_min = 1, .operands_max = 1, .options = record_erase_options,
      .run = cmd_record_erase,
      .about = "Names, logbook, papers, what the journal holds of them and their account go; the number "
               "stays, with when something was done. Roles have to be ended first. What was broken "
               "off goes on when it is asked for again. It cannot be undone." },
    { .name = "appointment", .group = GROUP_OFFICE,
      .summary = "Make, end and list appointments to roles",
      .operands = "", .options = no_options,
      .about = "A role is held by an appointment: of a person, within a body, an organisation, a "
               "programme or the installation, from a day on. None is ever deleted." },
    { .name = "appointment make", .group = GROUP_OFFICE,
      .summary = "Appoint a person to a role",
      .operands = "PERSON ROLE [SCOPE]", .operands_min = 2, .operands_max = 3,
      .options = appointment_make_options, .run = cmd_appointment_make,
      .about = "ROLE is administrator or officer, without a SCOPE; chair or member of a body, by its "
               "word; organisation-contact or programme-contact, by the number." },
    { .name = "appointment end", .group = GROUP_OFFICE,
      .summary = "End an appointment",
      .operands = "APPOINTMENT", .operands_min = 1, .operands_max = 1,
      .options = appointment_end_options, .run = cmd_appointment_end,
      .about = "APPOINTMENT is its number. From that day on the role does not hold." },
    { .name = "appointment list", .group = GROUP_OFFICE,
      .summary = "List who holds which role",
      .operands = "", .options = appointment_list_options, .run = cmd_appointment_list,
      .about = "Those that hold today, unless an option says otherwise." },
    { .name = "claim", .group = GROUP_OFFICE,
      .summary = "Decide which person an account is of",
      .operands = "", .options = no_options,
      .about = "Somebody who has an account and no person says who they are and what proves it. "
               "CLAIM is the number of what they asked." },
    { .name = "claim list", .group = GROUP_OFFICE,
      .summary = "List the claims that wait for a decision", .operands = "", .options = all_options,
      .run = cmd_claim_list, .about = "The oldest first." },
    { .name = "claim show", .group = GROUP_OFFICE,
      .summary = "Show a claim with what is stated as proof",
      .operands = "CLAIM", .operands_min = 1, .operands_max = 1, .options = office_options,
      .run = cmd_claim_show, .about = "'assay person list NAME' finds whom it may be about." },
    { .name = "claim decide", .group = GROUP_OFFICE,
      .summary = "Accept a claim, or refuse it",
      .operands = "CLAIM", .operands_min = 1, .operands_max = 1, .options = claim_decide_options,
      .run = cmd_claim_decide, .about = "Needs one of --person, --new and --refuse." },
    { .name = "recovery", .group = GROUP_OFFICE,
      .summary = "Give an account back to somebody who lost everything",
      .operands = "", .options = no_options,
      .about = "Two officers approve it for the same account; the command line counts as one. Then a "
               "waiting period runs. RECOVERY is the number of what was asked." },
    { .name = "recovery list", .group = GROUP_OFFICE,
      .summary = "List the recoveries that wait for an officer or for time",
      .operands = "", .options = all_options, .run = cmd_recovery_list, .about = "The oldest first." },
    { .name = "recovery show", .group = GROUP_OFFICE,
      .summary = "Show a recovery with what is stated as proof",
      .operands = "RECOVERY", .operands_min = 1, .operands_max = 1, .options = office_options,
      .run = cmd_recovery_show, .about = "And who has approved it, for which account." },
    { .name = "recovery approve", .group = GROUP_OFFICE,
      .summary = "Approve a recovery for an account",
      .operands = "RECOVERY ACCOUNT", .operands_min = 2, .operands_max = 2,
      .options = office_options, .run = cmd_recovery_approve,
      .about = "ACCOUNT is its number, or an address that it has. The second approval begins the "
               "waiting period and tells every address that the account ever had." },
    { .name = "recovery refuse", .group = GROUP_OFFICE,
      .summary = "Refuse a recovery",
      .operands = "RECOVERY", .operands_min = 1, .operands_max = 1,
      .options = recovery_refuse_options, .run = cmd_recovery_refuse,
      .about = "Also while its waiting period runs." },
    { .name = "token", .group = GROUP_OFFICE,
      .summary = "List and revoke tokens of programs",
      .operands = "", .options = no_options,
      .about = "People make tokens on the page of their account. TOKEN is a number, not the token." },
    { .name = "token list", .group = GROUP_OFFICE,
      .summary = "List the tokens of programs",
      .operands = "", .options = token_list_options, .run = cmd_token_list,
      .about = "With whose they are, what they may do and until when. The tokens themselves are "
               "stored nowhere." },
    { .name = "token revoke", .group = GROUP_OFFICE,
      .summary = "Revoke a token for good",
      .operands = "TOKEN", .operands_min = 1, .operands_max = 1, .options = office_options,
      .run = cmd_token_revoke, .about = "It stands in the history of whose it is." },
    { .name = "init", .group = GROUP_SERVING,
      .summary = "Make an installation",
      .operands = "", .options = init_options, .run = cmd_init,
      .about = "Makes the folder where it is missing, readable by its owner alone, and the database "
               "in it, or in an empty database of a PostgreSQL server. Where there is an "
               "installation already, nothing is changed and the status is 1." },
    { .name = "migrate", .group = GROUP_SERVING,
      .summary = "Bring a database up to date with the program",
      .operands = "", .options = migrate_options, .run = cmd_migrate,
      .about = "A server does the same when it starts, and this is refused while one runs. There is "
               "no way back but a backup: make one first." },
    { .name = "doctor", .group = GROUP_SERVING,
      .summary = "Look what is wrong with an installation",
      .operands = "", .options = doctor_options, .run = cmd_doctor,
      .about = "Looks at the folder, its files, the configuration, the database, the journal, the "
               "scheme, letters, the clock and the disk; says what is wrong, and what to do. Changes "
               "nothing, and works while a server runs. Exits with 1 when there is a fault; warnings "
               "alone do not change the status." },
    { .name = "serve", .group = GROUP_SERVING,
      .summary = "Serve the scheme's pages",
      .operands = "", .options = serve_options, .run = cmd_serve,
      .about = "Serves until it is told to stop (SIGTERM, or Ctrl-C): the scheme's public pages, and "
               "a check of where one stands that stores nothing. Makes DIR and its database where "
               "they are missing and a scheme is named. Options go before DIR/assay.conf. Says on "
               "standard output where it serves." },
    { .name = "config", .group = GROUP_SERVING,
      .summary = "Check or show how an installation is set up",
      .operands = "", .options = no_options,
      .about = "An installation is a folder. Its file assay.conf says how it is set up." },
    { .name = "config check", .group = GROUP_SERVING,
      .summary = "Find every fault of DIR/assay.conf",
      .operands = "", .options = installation_options, .run = cmd_config_check,
      .about = "Prints each fault with its place, and exits with 1 when there is one." },
    { .name = "config show", .group = GROUP_SERVING,
      .summary = "Print each setting, its value and where that comes from",
      .operands = "", .options = config_show_options, .run = cmd_config_show,
      .about = "A value comes from the file, an option, or the default." },
    { .name = "backup", .group = GROUP_SERVING,
      .summary = "Make a backup, also while a server runs",
      .operands = "", .options = backup_options, .run = cmd_backup,
      .about = "Makes a folder with the database, the attachments, assay.conf and a manifest with the "
               "SHA-256 of each file, all of one instant. The copy is opened and examined, its "
               "journal verified, before the folder has its name. A server goes on meanwhile." },
    { .name = "restore", .group = GROUP_SERVING,
      .summary = "Make an installation of a backup",
      .operands = "BACKUP", .operands_min = 1, .operands_max = 1, .completes = COMPLETES_FOLDERS,
      .options = restore_options, .run = cmd_restore,
      .about = "Verifies every file of the backup first. The folder and the database have to be "
               "empty; SQLite or PostgreSQL, whichever the backup is of. What was restored is opened "
               "and examined." },
    { .name = "import", .group = GROUP_SERVING,
      .summary = "Read an exported installation into an empty database",
      .operands = "FILE", .operands_min = 1, .operands_max = 1, .completes = COMPLETES_FILES,
      .options = import_options, .run = cmd_import,
      .about = "FILE is what assay export --data has written; - is standard input. SQLite or "
               "PostgreSQL, whichever it came from. All of it is read and verified, or nothing is "
               "kept. The database has to be empty, and no server may run on it." },
    { .name = "journal", .group = GROUP_SERVING,
      .summary = "Verify or show the journal of what was done",
      .operands = "", .options = no_options,
      .about = "Each change of an installation has an entry in its journal, chained to the entry "
               "before. Both parts read only, also while a server runs." },
    { .name = "journal verify", .group = GROUP_SERVING,
      .summary = "Look whether entries were changed, left out or put in",
      .operands = "", .options = journal_verify_options, .run = cmd_journal_verify,
      .about = "Prints what is wrong and where, and the head: the position and hash of the last "
               "entry. Keep it elsewhere, and give it with --head later: an end that was cut off, or "
               "a journal made anew, shows in no other way. Exits with 1 when something is wrong." },
    { .name = "journal list", .group = GROUP_SERVING,
      .summary = "Show entries with what they hold",
      .operands = "", .options = journal_list_options, .run = cmd_journal_list,
      .about = "In the order in which things happened. What was erased says so. Entries have to pass "
               "all that is asked for." },
    { .name = "scheme", .group = GROUP_SERVING,
      .summary = "Load, save or compare the scheme of an installation",
      .operands = "", .options = no_options,
      .about = "People edit the folder of a scheme; what stands in the database decides." },
    { .name = "scheme load", .group = GROUP_SERVING,
      .summary = "Put the scheme of a folder into the database",
      .operands = "DIR", .operands_min = 1, .operands_max = 1, .completes = COMPLETES_FOLDERS,
      .options = scheme_load_options, .run = cmd_scheme_load,
      .about = "Checks the folder as one, adds what is new and replaces what may change, all of it or "
               "nothing. An edition that was loaded before is adopted, and is neither changed nor "
               "taken out: then nothing is loaded, and it exits with 1. A server that runs shows the "
               "new scheme at once." },
    { .name = "scheme save", .group = GROUP_SERVING,
      .summary = "Write the scheme of the database into a folder",
      .operands = "DIR", .operands_min = 1, .operands_max = 1, .completes = COMPLETES_FOLDERS,
      .options = scheme_save_options, .run = cmd_scheme_save,
      .about = "Standards and vocabularies are written in canonical form, other files as they were "
               "loaded. DIR is made where it is missing. One that holds another scheme is left alone "
               "unless --force is given; of other files in it, none is touched." },
    { .name = "scheme diff", .group = GROUP_SERVING,
      .summary = "Say what differs between a folder and the database",
      .operands = "DIR", .operands_min = 1, .operands_max = 1, .completes = COMPLETES_FOLDERS,
      .options = scheme_diff_options, .run = cmd_scheme_diff,
      .about = "What loading the folder would change: editions as assay diff shows them, a new one "
               "held against the one before it, and the lines of other files." },
    { .name = "jobs", .group = GROUP_SERVING,
      .summary = "Show what the program does by itself",
      .operands = "", .options = jobs_options, .run = cmd_jobs,
      .about = "How far each consumer has followed the journal, and the timers, the next first, with "
               "what failed. Reads only, also while a server runs." },
    { .name = "mail", .group = GROUP_SERVING,
      .summary = "Look after letters, and try whether they arrive",
      .operands = "", .options = no_options,
      .about = "A mail is what leaves at once: a letter, or a day's news for one address. MAIL is its "
               "number. Without a mail server in assay.conf letters become files." },
    { .name = "mail list", .group = GROUP_SERVING,
      .summary = "List mails with what the server said",
      .operands = "", .options = mail_list_options, .run = cmd_mail_list,
      .about = "The latest first, a thousand at most." },
    { .name = "mail show", .group = GROUP_SERVING,
      .summary = "Show a mail and the letters in it",
      .operands = "MAIL", .operands_min = 1, .operands_max = 1,
      .options = mail_options, .run = cmd_mail_show,
      .about = "What the letters say is shown with --json while it is kept, without the links." },
    { .name = "mail retry", .group = GROUP_SERVING,
      .summary = "Send a dead or waiting mail now",
      .operands = "[MAIL]", .operands_max = 1,
      .options = mail_retry_options, .run = cmd_mail_retry,
      .about = "As if it had not been tried before. The server sends it if one runs, or the next one "
               "that is started." },
    { .name = "mail drop", .group = GROUP_SERVING,
      .summary = "Give a dead or waiting mail up",
      .operands = "MAIL", .operands_min = 1, .operands_max = 1,
      .options = mail_options, .run = cmd_mail_drop,
      .about = "It is not sent any more, and what it says is deleted." },
    { .name = "mail test", .group = GROUP_SERVING,
      .summary = "Send a letter to an address at once",
      .operands = "ADDRESS", .operands_min = 1, .operands_max = 1,
      .options = mail_test_options, .run = cmd_mail_test,
      .about = "With the settings of assay.conf, and without the database. Prints what the mail server "
               "said. Exits with 1 when it did not take the letter." },
    { .name = "permissions", .group = GROUP_SERVING,
      .summary = "Show who may do what",
      .operands = "", .options = permissions_options, .run = cmd_permissions,
      .about = "Prints the table that decides it: each permission, what it allows, and the roles that "
               "have it. What is sensitive asks people to show once more who they are." },
    { .name = "completion", .group = GROUP_PROGRAM,
      .summary = "Print the completion script of a shell",
      .operands = "bash|zsh|fish", .operands_min = 1, .operands_max = 1,
      .completes = COMPLETES_SHELLS, .options = no_options, .run = cmd_completion,
      .about = "For bash: assay completion bash > ~/.local/share/bash-completion/completions/assay" },
    { .name = "help", .group = GROUP_PROGRAM,
      .summary = "Show what a command does and takes",
      .operands = "[COMMAND [PART]]", .operands_max = 2, .completes = COMPLETES_COMMANDS,
      .options = no_options, .run = cmd_help,
      .about = "Without a command: all of them." },
    { .name = "version", .group = GROUP_PROGRAM,
      .summary = "Print the version",
      .operands = "", .options = version_options, .run = cmd_version,
      .about = "With --json also how this program was built." },
};
/* clang-format on */

const size_t command_count = ARRAY_LEN(commands);

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

bool command_is_part(const struct command *command)
{
    return strchr(command->name, ' ') != NULL;
}

bool command_is_part_of(const struct command *part, const struct command *command)
{
    size_t n = strlen(command->name);

    return strncmp(part->name, command->name, n) == 0 && part->name[n] == ' ';
}

const char *command_word(const struct command *command)
{
    const char *space = strchr(command->name, ' ');

    return space ? space + 1 : command->name;
}

const struct command *command_part(const struct command *command, const char *word)
{
    for (size_t i = 0; i < command_count; i++)
        if (command_is_part_of(&commands[i], command) &&
            strcmp(command_word(&commands[i]), word) == 0)
            return &commands[i];
    return NULL;
}

struct str_list command_words(struct arena *arena, const struct command *of)
{
    struct str *words = ARENA_ARRAY(arena, command_count, struct str);
    size_t count = 0;

    for (size_t i = 0; i < command_count; i++)
        if (of ? command_is_part_of(&commands[i], of) : !command_is_part(&commands[i]))
            words[count++] = str_from_c(command_word(&commands[i]));
    return (struct str_list){ words, count };
}
