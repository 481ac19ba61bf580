#!/usr/bin/env python3
"""Drives the built program as a person would: answers, exit codes, and which stream says what.

Usage: test_cli.py PROGRAM [TEST...]

The scheme and the people in this folder are made up for these tests.
"""

import fcntl
import json
import os
import pathlib
import pty
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import unittest
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
PROGRAM = ""

OK, NO, USAGE, INPUT, SYSTEM = range(5)


class Answer:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr


def assay(*arguments, stdin="", env=None, cwd=HERE):
    variables = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    for name, value in os.environ.items():
        if name.startswith(("ASAN_", "UBSAN_")):
            variables[name] = value
    variables.update(env or {})
    return Answer(
        subprocess.run(
            [PROGRAM, *arguments],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=variables,
            cwd=cwd,
            timeout=60,
            check=False,
        )
    )


def on_terminal(*arguments, width=80, env=None):
    """What the program writes where both streams are one terminal."""
    try:
        pid, fd = pty.fork()
    except OSError as refusal:
        raise unittest.SkipTest(f"this machine gives no terminal: {refusal}") from refusal
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        os.chdir(HERE)
        variables = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm"}
        variables.update(env or {})
        os.execve(PROGRAM, [PROGRAM, *arguments], variables)
    written = b""
    while True:
        try:
            piece = os.read(fd, 65536)
        except OSError:
            break
        if not piece:
            break
        written += piece
    os.close(fd)
    os.waitpid(pid, 0)
    return written.decode("utf-8")


CHECK = ("check", "--scheme", "scheme", "--log", "data/logbook.csv", "--on", "2024-06-15")
PERSON = ("--person", "data/person.json")


class Case(unittest.TestCase):
    maxDiff = None

    def expect(self, answer, code, out="", err=""):
        """An exit code, and what each stream holds; a stream that is not named stays empty."""
        self.assertEqual(answer.code, code, answer.out + answer.err)
        if out:
            self.assertIn(out, answer.out)
        else:
            self.assertEqual(answer.out, "")
        if err:
            self.assertIn(err, answer.err)
        else:
            self.assertEqual(answer.err, "")

    def temporary(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return pathlib.Path(folder.name)


class CommandLine(Case):
    def test_no_command_shows_the_overview_on_standard_error(self):
        self.expect(assay(), USAGE, err="assay COMMAND")

    def test_help_is_an_answer(self):
        overview = assay("--help")
        self.expect(overview, OK, out="simulate")
        self.assertEqual(overview.out, assay("help").out)
        self.assertEqual(overview.out, assay("-h").out)

    def test_each_command_has_help_and_a_page_of_the_manual(self):
        names = [line.split()[0] for line in assay("--help").out.splitlines()
                 if line.startswith("  ") and not line.startswith("  assay")]
        self.assertGreaterEqual(len(names), 11)
        for name in names:
            self.look_at_help(name)
            for part in self.parts_of(name):
                self.look_at_help(name, part)
                page = SOURCE / "man" / f"assay-{name}.1"
                self.assertIn(f"Cm {part}", page.read_text(encoding="utf-8"), page)

    def parts_of(self, name):
        """The parts that the help of a command lists."""
        _, found, rest = assay(name, "--help").out.partition("\nParts\n")
        return [line.split()[0] for line in rest.splitlines() if line.startswith("  ")
                and not line.startswith("   ")] if found else []

    def look_at_help(self, *words):
        """The help of a command or a part, whose options stand in the manual."""
        self.expect(assay(*words, "--help"), OK, out=f"assay {' '.join(words)}")
        self.assertEqual(assay("help", *words).out, assay(*words, "-h").out)
        page = SOURCE / "man" / f"assay-{words[0]}.1"
        self.assertTrue(page.exists(), page)
        manual = page.read_text(encoding="utf-8").replace("\\-", "-")
        for line in assay(*words, "--help").out.splitlines():
            for word in line.split():
                if line.startswith("  -") and word.startswith("--"):
                    self.assertIn(f"Fl {word[1:]}", manual, f"{page}: {word}")

    def test_a_command_with_parts_asks_for_one(self):
        self.assertEqual(self.parts_of("config"), ["check", "show"])
        self.expect(assay("config"), USAGE, err="assay config PART")
        self.expect(assay("config", "chek"), USAGE, err="no part 'chek'; did you mean 'check'?")
        self.expect(assay("help", "config", "chek"), USAGE, err="did you mean 'check'?")
        self.expect(assay("help", "config", "qqqqq"), USAGE, err="no part 'qqqqq'\n")

    def test_help_fits_80_columns(self):
        for name in ("", "check", "simulate", "lint"):
            for line in assay("help", *name.split()).out.splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_refuses_an_unknown_command_and_names_a_near_one(self):
        self.expect(assay("chek"), USAGE, err="did you mean 'check'?")
        self.expect(assay("help", "chek"), USAGE, err="did you mean 'check'?")
        self.expect(assay("qqqqq"), USAGE, err="no command 'qqqqq'\n")

    def test_refuses_an_unknown_option_and_names_a_near_one(self):
        self.expect(assay("lint", "--strct"), USAGE, err="did you mean '--strict'?")
        self.expect(assay("lint", "-z"), USAGE, err="unknown option '-z'")
        self.expect(assay("lint", "--"), USAGE, err="nothing to read")

    def test_takes_a_unique_beginning_of_an_option_and_refuses_one_that_could_be_two(self):
        self.expect(assay("check", "--sch"), USAGE, err="'--scheme' expects DIR")
        self.expect(assay("simulate", "--s", "a", "b"), USAGE, err="could be '--")

    def test_refuses_a_value_that_is_missing_or_too_many(self):
        self.expect(assay("check", "--log"), USAGE, err="'--log' expects LOGBOOK")
        self.expect(assay("lint", "--strict=yes"), USAGE, err="takes no value")
        self.expect(assay(*CHECK, "--on", "2024-01-01"), USAGE, err="may be given once")

    def test_refuses_operands_that_do_not_fit(self):
        self.expect(assay("explain"), USAGE, err="expects NAME[@EDITION]")
        self.expect(assay("version", "now"), USAGE, err="takes no operand")
        self.expect(assay("fmt"), USAGE, err="FILE")

    def test_tells_its_version(self):
        version = json.loads(assay("version", "--json").out)
        self.expect(assay("--version"), OK, out=f"assay {version['version']}\n")
        self.expect(assay("-V"), OK, out=f"assay {version['version']}\n")
        self.assertEqual(version["program"], "assay")
        self.assertTrue(version["compiler"])

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "version"], stdout=full, stderr=subprocess.PIPE,
                                  encoding="utf-8", check=False)
        self.assertEqual(done.returncode, SYSTEM)
        self.assertIn("cannot write the output", done.stderr)


class Completion(Case):
    def test_refuses_an_unknown_shell(self):
        self.expect(assay("completion", "tcsh"), USAGE, err="bash, zsh or fish")

    def complete_in_bash(self, *words):
        script = (
            "source /dev/stdin; COMP_WORDS=(" + " ".join(f"'{word}'" for word in words) + ");"
            f"COMP_CWORD={len(words) - 1}; _assay; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        )
        done = subprocess.run(["bash", "-c", script], input=assay("completion", "bash").out,
                              capture_output=True, encoding="utf-8", cwd=HERE, check=True)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash_completes_commands_options_and_paths(self):
        self.assertEqual(self.complete_in_bash("assay", "ch"), ["check"])
        self.assertEqual(self.complete_in_bash("assay", "check", "--pe"), ["--person"])
        self.assertEqual(self.complete_in_bash("assay", "check", "--scheme", "sch"), ["scheme"])
        self.assertEqual(self.complete_in_bash("assay", "help", "li"), ["lint"])
        self.assertEqual(self.complete_in_bash("assay", "completion", "z"), ["zsh"])

    def test_bash_completes_parts_and_their_options(self):
        self.assertEqual(self.complete_in_bash("assay", "config", ""), ["check", "show"])
        self.assertEqual(self.complete_in_bash("assay", "config", "show", "--j"), ["--json"])
        self.assertEqual(self.complete_in_bash("assay", "config", "check", "--j"), [])

    def test_the_scripts_are_sound(self):
        for shell in ("bash", "zsh", "fish"):
            answer = assay("completion", shell)
            self.expect(answer, OK, out="assay")
            if shutil.which(shell):
                subprocess.run([shell, "-n"], input=answer.out, encoding="utf-8", check=True)


class Mail(Case):
    def installation(self, configuration=""):
        folder = str(self.temporary())
        self.expect(assay("init", "--data", folder), OK, out="Made an installation")
        if configuration:
            (pathlib.Path(folder) / "assay.conf").write_text(configuration)
        return folder

    def test_without_a_server_it_says_where_letters_are(self):
        folder = self.installation()
        listed = assay("mail", "list", "--data", folder)
        self.expect(listed, OK, out="there are no such letters",
                    err=f"letters are files in '{folder}/outbox'")
        self.expect(assay("mail", "test", "ada@sample.example", "--data", folder), NO,
                    err="no mail server is set up")
        self.assertEqual(json.loads(assay("mail", "list", "-j", "--data", folder).out), [])

    def test_what_is_not_there_is_refused(self):
        folder = self.installation()
        self.expect(assay("mail", "show", "7", "--data", folder), NO, err="there is no such mail")
        self.expect(assay("mail", "retry", "7", "--data", folder), NO, err="there is no mail 7")
        self.expect(assay("mail", "drop", "7", "--data", folder), NO, err="there is no mail 7")
        self.expect(assay("mail", "retry", "--all", "--data", folder), OK, out="0")

    def test_usage(self):
        self.expect(assay("mail", "retry", "--data", "."), USAGE, err="give the number of a mail")
        self.expect(assay("mail", "retry", "1", "--all", "--data", "."), USAGE, err="or --all")
        self.expect(assay("mail", "list", "--state", "lost", "--data", "."), USAGE,
                    err="'--state' expects waiting")
        self.expect(assay("mail", "test", "ada", "--data", "."), USAGE,
                    err="'ada' is no mail address")

    def test_a_password_that_cannot_be_read_is_told(self):
        folder = self.installation('mail { server "localhost"; from "a@sample.example"\n'
                                   'user "office"; password-file "secret" }')
        self.expect(assay("mail", "test", "ada@sample.example", "--data", folder), INPUT,
                    err="secret', which 'password-file' in the block of mail names")

    def test_a_server_that_is_not_there_is_told_and_a_password_is_not(self):
        folder = self.installation('mail { server "127.0.0.1"; port 1; security none\n'
                                   'from "a@sample.example"\n'
                                   'user "office"; password-file "secret" }')
        (pathlib.Path(folder) / "secret").write_text("not to be shown\n")
        tried = assay("mail", "test", "ada@sample.example", "--data", folder)
        self.expect(tried, NO, out="127.0.0.1:1: ", err="no letter can leave like this")
        shown = assay("config", "show", "--data", folder)
        self.expect(shown, OK, out="mail password-file")
        self.assertNotIn("not to be shown", shown.out + tried.out + tried.err)


class Jobs(Case):
    def test_says_what_there_is(self):
        folder = str(self.temporary())
        self.expect(assay("init", "--data", folder), OK, out="Made an installation")
        self.expect(assay("jobs", "--data", folder), OK,
                    out="no server has run on this installation yet")
        view = json.loads(assay("jobs", "-j", "--data", folder).out)
        self.assertEqual((view["consumers"], view["timers"]), ([], []))


class Permissions(Case):
    def test_prints_who_may_do_what(self):
        answer = assay("permissions")
        self.expect(answer, OK, out="claim-decide, sensitive\n"
                                    "    decide which person an account is of\n"
                                    "    by officer\n")
        self.assertIn("by officer, chair\n", answer.out)

    def test_prints_the_same_as_json(self):
        rows = json.loads(assay("permissions", "--json").out)
        text = assay("permissions").out
        for row in rows:
            self.assertIn(row["name"], text)
        self.assertEqual([row["roles"] for row in rows if row["name"] == "appoint-office"],
                         [["administrator"]])

    def test_takes_no_operands(self):
        self.expect(assay("permissions", "claim-decide"), USAGE, err="permissions")


class Lint(Case):
    def test_a_sound_scheme(self):
        answer = assay("lint", "--scheme", "scheme", "--strict")
        self.expect(answer, OK, out="5 documents: no faults\n")
        self.assertIn("novice@1  1 question", answer.out)
        self.assertEqual(answer.out, assay("lint", "scheme").out)
        self.assertEqual(answer.out, assay("lint", env={"ASSAY_SCHEME": "scheme"}).out)

    def test_a_fault_shows_its_place_on_standard_output(self):
        answer = assay("lint", "data/faulty.criteria")
        self.expect(answer, NO, out="data/faulty.criteria:3:3: error: 'requre'")
        self.assertIn("did you mean 'require'?", answer.out)
        self.assertIn("1 error\n", answer.out)

    def test_a_draft_is_held_against_the_scheme(self):
        alone = assay("lint", "data/draft.criteria")
        self.expect(alone, OK, out="vocabulary")
        self.expect(assay("lint", "--strict", "data/draft.criteria"), NO, out="warning:")
        within = assay("lint", "--scheme", "scheme", "data/draft.criteria")
        self.expect(within, OK, out="1 document:")
        self.assertNotIn("no vocabulary", within.out)

    def test_reads_standard_input(self):
        draft = (HERE / "data/faulty.criteria").read_text(encoding="utf-8")
        self.expect(assay("lint", "-", stdin=draft), NO, out="standard input:3:3: error:")

    def test_a_file_that_cannot_be_read(self):
        self.expect(assay("lint", "nowhere.criteria"), INPUT, err="No such file")
        self.expect(assay("lint", "data"), NO, out="data/faulty.criteria:3:3")
        self.expect(assay("lint", "scheme/cases"), INPUT, err="holds no file that ends in .criteria")
        self.expect(assay("lint", "--scheme", "nowhere"), INPUT, err="No such file")


class Fmt(Case):
    def test_canonical_files_are_left_alone(self):
        self.expect(assay("fmt", "--check", "scheme"), OK)

    def test_prints_and_names_what_is_not_canonical(self):
        answer = assay("fmt", "data/draft.criteria")
        self.expect(answer, OK, out="# A draft of the next edition.\ncriteria guide edition 3 {\n")
        self.assertIn("    count walk >= 4 {\n      role leader\n", answer.out)
        self.expect(assay("fmt", "--check", "data/draft.criteria", "scheme"), NO,
                    out="data/draft.criteria\n")
        self.assertEqual(assay("fmt", "-", stdin=answer.out).out, answer.out)

    def test_writes_in_place_and_keeps_permissions(self):
        path = self.temporary() / "draft.criteria"
        shutil.copy(HERE / "data/draft.criteria", path)
        path.chmod(0o640)
        self.expect(assay("fmt", "--write", str(path)), OK)
        self.assertEqual(path.read_text(encoding="utf-8"), assay("fmt", "data/draft.criteria").out)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
        self.expect(assay("fmt", "--check", str(path)), OK)

    def test_a_file_with_faults_is_not_touched(self):
        path = self.temporary() / "faulty.criteria"
        shutil.copy(HERE / "data/faulty.criteria", path)
        before = path.read_bytes()
        self.expect(assay("fmt", "--write", str(path)), INPUT, err="3:3: error:")
        self.assertEqual(path.read_bytes(), before)

    def test_refuses_both_modes(self):
        self.expect(assay("fmt", "--check", "--write", "scheme"), USAGE, err="exclude each other")


class Test(Case):
    def test_the_scheme_with_its_examples(self):
        answer = assay("test", "--scheme", "scheme")
        self.expect(answer, OK, out="7 passed, 0 failed\n")
        self.assertEqual(answer.out, "7 passed, 0 failed\n")

    def test_a_failing_case(self):
        answer = assay("test", "--scheme", "scheme", "data/failing.cases")
        self.expect(answer, NO, out="data/failing.cases:7")
        self.assertTrue(answer.out.endswith("1 passed, 1 failed\n"), answer.out)
        self.assertEqual(len(answer.out.splitlines()), 2)

    def test_files_and_folders_are_loaded_together(self):
        answer = assay("test", "scheme/vocabulary", "scheme/criteria", "scheme/cases")
        self.expect(answer, OK, out="7 passed, 0 failed\n")

    def test_markdown(self):
        text = "# Sample\n```criteria\ncriteria a edition 1 {\n  require b {\n    count c >= 1\n" \
               "  }\n}\n```\n```case\ncase none a asof 2024-01-01\nexpect decide not-yet\n```\n"
        path = self.temporary() / "sample.md"
        path.write_text(text, encoding="utf-8")
        self.expect(assay("test", str(path)), OK, out="1 passed, 0 failed\n")

    def test_faults_run_nothing(self):
        answer = assay("test", "--scheme", "scheme", "data/faulty.criteria", "data/failing.cases")
        self.expect(answer, INPUT, err="no case was run")
        self.assertIn("faulty.criteria:3:3: error:", answer.err)
        self.expect(assay("test"), USAGE, err="--scheme DIR")


class Check(Case):
    def test_says_where_somebody_stands(self):
        answer = assay(*CHECK, *PERSON)
        self.expect(answer, OK, out="9 records: 6 verified, 2 claimed and 1 rejected.")
        for line in (
            "  Guide     Not yet             claims would make it eligible",
            "Not yet (claims would make it eligible)",
            "    - 3 of 5 walks as leader in the 24 months up to the application; 2 more",
            "    - or 6 h 30 min of 40 hours of walks as leader in the 24 months up to the",
            "    Counted: 3 records of 10 January 2024 to 10 March 2024 (e1-e3)",
            "    Not counted: 2 await verification (e4, e5); 1 differs in role (e6); 1 lies",
            "  Nearest path: have the 2 claims verified; nothing else is missing",
            "            or: 2 more walks as leader in the 24 months up to the application",
            "  Applications were open until 31 December 2018.",
            "  Nearest path: a judgement by the Sample Board",
        ):
            self.assertIn(line + "\n", answer.out)
        self.assertNotIn("renewal", answer.out)
        self.assertNotIn("fail", answer.out.lower())
        for line in answer.out.splitlines():
            self.assertLessEqual(len(line), 80, line)
            self.assertEqual(line, line.rstrip())

    def test_rings(self):
        self.assertIn("  \u25d1 Practice ", assay(*CHECK, *PERSON).out)
        plain = assay(*CHECK, *PERSON, env={"LC_ALL": "C"})
        self.assertIn("  [==  ] Practice ", plain.out)
        self.assertIn("  [====] Course ", plain.out)
        self.assertIn("  [    ] Suited ", plain.out)

    def test_a_holder_sees_the_renewal_and_the_exemption(self):
        answer = assay(*CHECK, "--person", "data/holder.json", "guide")
        self.expect(answer, OK, out="met (exempt: Novices: 3)")
        self.assertIn("  Guide: renewal", answer.out)
        self.assertIn("Lasts: ", answer.out)
        self.assertNotIn("Explorer", answer.out)

    def test_standard_input_is_a_logbook(self):
        logbook = (HERE / "data/logbook.csv").read_text(encoding="utf-8")
        arguments = ("check", "--scheme", "scheme", "--on", "2024-06-15", *PERSON)
        self.assertEqual(assay(*arguments, "--log", "-", stdin=logbook).out,
                         assay(*CHECK, *PERSON).out)
        self.expect(assay(*arguments, "-l", "-", "-l", "-"), USAGE, err="once only")

    def test_several_logbooks_are_one(self):
        answer = assay(*CHECK, "--log", "data/logbook.csv", "--json")
        self.assertEqual(json.loads(answer.out)["records"]["verified"], 12)

    def test_what_was_known(self):
        answer = assay(*CHECK, *PERSON, "--known", "2024-02-28", "--json")
        self.assertEqual(json.loads(answer.out)["known"], "2024-02-28")
        count = json.loads(answer.out)["certifications"][0]["result"]["result"]["requirements"][0]
        self.assertEqual(count["rule"]["children"][0]["decide"]["lo"], 2)

    def test_the_same_as_json(self):
        answer = assay(*CHECK, *PERSON, "--json")
        self.expect(answer, OK, out="{")
        shown = json.loads(answer.out)
        self.assertEqual(shown["scheme"], "sample")
        self.assertEqual(shown["on"], "2024-06-15")
        self.assertIsNone(shown["known"])
        self.assertEqual([one["name"] for one in shown["certifications"]],
                         ["guide", "novice", "explorer"])
        guide = shown["certifications"][0]
        self.assertEqual(guide["group"], "guides")
        self.assertEqual(guide["result"]["decide"], "not-yet")
        self.assertEqual(guide["result"]["preview"], "eligible")
        self.assertEqual([one["name"] for one in guide["beside"]], ["guide.renewal"])

    def test_refuses_a_logbook_with_faults(self):
        answer = assay("check", "--scheme", "scheme", "--log", "data/faulty.csv")
        self.expect(answer, INPUT, err="row 2, column A (kind): error:")
        self.assertIn("row 3, column B (date): error:", answer.err)
        self.assertIn("nothing was answered", answer.err)

    def test_refuses_what_is_missing_or_wrong(self):
        self.expect(assay("check", "--log", "data/logbook.csv"), USAGE, err="ASSAY_SCHEME")
        self.expect(assay("check", "--scheme", "scheme"), USAGE, err="give --log LOGBOOK")
        self.expect(assay(*CHECK, "giude"), INPUT, err="did you mean 'guide'?")
        self.expect(assay(*CHECK, "guide.renewal"), USAGE, err="shown with its certification")
        self.expect(assay("check", "--scheme", "scheme", "--on", "2024-02-30"), USAGE,
                    err="'2024-02-30' is no date")
        self.expect(assay("check", "--scheme", "scheme", "--log", "nowhere.csv"), INPUT,
                    err="cannot read 'nowhere.csv': No such file")
        self.expect(assay("check", "--scheme", "scheme", *PERSON, "--log", "scheme"), INPUT,
                    err="cannot read 'scheme': Is a directory")

    def test_control_characters_do_not_reach_the_terminal(self):
        logbook = "kind,date,matter,role\nwalk,2024-01-10,a\u009b31m,leader\n"
        answer = assay("check", "--scheme", "scheme", "--log", "-", stdin=logbook)
        for stream in (answer.out, answer.err):
            self.assertNotIn("\u009b", stream)

    def test_a_scheme_with_errors_answers_nothing(self):
        folder = self.temporary() / "scheme"
        shutil.copytree(HERE / "scheme", folder)
        shutil.copy(HERE / "data/faulty.criteria", folder / "criteria")
        answer = assay("check", "--scheme", str(folder), "--log", "data/logbook.csv")
        self.expect(answer, INPUT, err="has errors")


class Terminal(Case):
    def test_colour_only_where_it_is_wanted(self):
        self.assertIn("\033[1m", on_terminal(*CHECK, *PERSON))
        self.assertNotIn("\033", on_terminal(*CHECK, *PERSON, env={"NO_COLOR": "1"}))
        self.assertNotIn("\033", on_terminal(*CHECK, *PERSON, env={"TERM": "dumb"}))
        self.assertIn("\033", on_terminal(*CHECK, *PERSON, env={"NO_COLOR": ""}))
        self.assertNotIn("\033", assay(*CHECK, *PERSON, env={"TERM": "xterm"}).out)

    def test_follows_the_width(self):
        for width in (50, 80, 100):
            lines = on_terminal(*CHECK, *PERSON, width=width, env={"NO_COLOR": "1"}).splitlines()
            self.assertLessEqual(max(len(line) for line in lines), width)
            self.assertGreater(max(len(line) for line in lines), width - 12)

    def test_progress_shows_what_is_done_and_left(self):
        arguments = ("simulate", "guide@1", "guide@2", "--scheme", "scheme", "--people",
                     "data/people.jsonl", "--on", "2024-06-15")
        self.assertIn("done, about", on_terminal(*arguments))
        self.expect(assay(*arguments), OK, out="25 people")


class Explain(Case):
    ARGUMENTS = ("--scheme", "scheme", "--log", "data/logbook.csv", *PERSON)

    def test_the_whole_tree(self):
        answer = assay("explain", "guide", *self.ARGUMENTS, "--on", "2024-06-15")
        self.expect(answer, OK, out="May govern: guide@1\n")
        for line in (
            "    practice.1.1                       decide not-yet 3..3/5; preview met 5..5/5",
            "      3 count: e1-e3",
            "      2 await verification; by claims count: e4, e5",
            "      1 lies outside the dates: e7",
            '  Exemption novices "Novices: 3"',
            "  count walk 2: 2 more walks as leader in the 24 months up to the application",
        ):
            self.assertIn(line + "\n", answer.out)

    def test_all_editions_that_may_govern_or_the_one_asked_for(self):
        both = assay("explain", "guide", *self.ARGUMENTS, "--on", "2025-02-01")
        self.expect(both, OK, out="May govern: guide@2 and guide@1\n")
        pinned = assay("explain", "guide@1", *self.ARGUMENTS, "--on", "2025-02-01")
        self.assertNotIn("guide@2", pinned.out)

    def test_a_renewal_can_be_explained_alone(self):
        self.expect(assay("explain", "guide.renewal", *self.ARGUMENTS), OK, out="promise.1")

    def test_as_json(self):
        answer = assay("explain", "guide@1", *self.ARGUMENTS, "--on", "2024-06-15", "--json")
        shown = json.loads(answer.out)
        self.assertEqual((shown["name"], shown["decide"]), ("guide", "not-yet"))
        self.assertEqual(shown["result"]["advice"][0]["item"], "count walk 2")

    def test_refuses_what_is_not_there(self):
        self.expect(assay("explain", "guide@9", *self.ARGUMENTS), INPUT,
                    err="'guide' has no edition 9; its newest is 2")
        self.expect(assay("explain", "Guide", *self.ARGUMENTS), USAGE, err="NAME@EDITION")


class Diff(Case):
    def test_labels(self):
        answer = assay("diff", "--scheme", "scheme", "guide@1", "guide@2")
        self.expect(answer, OK, out="guide@1 to guide@2")
        self.assertRegex(answer.out, r"(?m)^  course +equal$")
        self.assertRegex(answer.out, r"(?m)^  practice +(mixed|tighter)$")

    def test_a_file_against_the_scheme(self):
        answer = assay("diff", "--scheme", "scheme", "guide@2", "data/draft.criteria")
        self.expect(answer, OK, out="guide@2 to guide@3")
        self.assertRegex(answer.out, r"(?m)^  practice +looser$")
        self.assertIn("need 6 -> 4", answer.out)

    def test_one_file_with_both(self):
        both = "criteria a edition 1 {\n  require b { count c >= 2 }\n}\n" \
               "criteria a edition 2 {\n  require b { count c >= 3 }\n}\n"
        self.assertRegex(assay("diff", "-", stdin=both).out, r"(?m)^  b +tighter$")
        gone = both.replace("require b { count c >= 3 }", "require d { count c >= 3 }")
        self.assertIn("In a line: b removed (looser); d added (tighter); document mixed",
                      assay("diff", "-", stdin=gone).out)
        one = both[: both.index("}\n}") + 4]
        self.expect(assay("diff", "-", stdin=one), INPUT, err="holds one document")

    def test_exit_status_on_request(self):
        same = ("diff", "--scheme", "scheme", "guide@1", "guide@1")
        self.expect(assay(*same, "--exit-code"), OK, out="equal")
        other = ("diff", "--scheme", "scheme", "guide@1", "guide@2")
        self.expect(assay(*other, "--exit-code"), NO, out="guide@2")
        self.expect(assay(*other), OK, out="guide@2")

    def test_as_json(self):
        answer = assay("diff", "--scheme", "scheme", "guide@1", "guide@2", "--json")
        self.assertIsInstance(json.loads(answer.out), dict)

    def test_refuses_what_is_not_there(self):
        self.expect(assay("diff", "--scheme", "scheme", "guide@1", "guied@2"), INPUT,
                    err="did you mean 'guide'?")
        self.expect(assay("diff", "guide@1", "guide@2"), USAGE, err="ASSAY_SCHEME")
        self.expect(assay("diff", "--scheme", "scheme", "guide@1", "data/faulty.criteria"), INPUT,
                    err="3:3: error:")


class Export(Case):
    def test_rule_and_hashes(self):
        shown = json.loads(assay("export", "--scheme", "scheme", "guide@1").out)
        self.assertEqual((shown["name"], shown["edition"]), ("guide", "1"))
        self.assertRegex(shown["hashes"]["rule"], "^[0-9a-f]{64}$")
        self.assertEqual(list(shown["requirement_hashes"]), ["practice", "course"])
        self.assertEqual(shown["rule"]["requirements"][0]["id"], "practice")

    def test_the_newest_edition_unless_one_is_named(self):
        newest = json.loads(assay("export", "--scheme", "scheme", "guide").out)
        self.assertEqual(newest["edition"], "2")


class Simulate(Case):
    ARGUMENTS = ("--scheme", "scheme", "--people", "data/people.jsonl")

    def test_matrices_and_causes(self):
        answer = assay("simulate", "guide@1", "guide@2", *self.ARGUMENTS, "asof", "2024-06-15")
        self.expect(answer, OK, out="guide@1 to guide@2")
        for line in (
            "  eligible              10       12",
            "  not-yet                -      <10",
            "    practice  12",
            "  eligible              22        -",
            "       6      10        10  enough  \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588",
        ):
            self.assertIn(line + "\n", answer.out)
        self.assertIn("On the day, 15 June 2024\n", answer.out)
        self.assertIn("Twelve months later, 15 June 2025\n", answer.out)
        by_option = assay("simulate", "guide@1", "guide@2", *self.ARGUMENTS, "--on", "2024-06-15")
        self.assertEqual(by_option.out, answer.out)

    def test_small_numbers_are_for_staff(self):
        arguments = ("simulate", "guide@1", "guide@2", *self.ARGUMENTS, "--on", "2024-06-15")
        public = json.loads(assay(*arguments, "--json").out)
        self.assertIsNone(public["days"][0]["matrix"]["not-yet"]["not-yet"])
        staff = json.loads(assay(*arguments, "--json", "--staff").out)
        self.assertEqual(staff["days"][0]["matrix"]["not-yet"]["not-yet"], 3)
        self.assertIn("  not-yet                -        3\n", assay(*arguments, "--staff").out)

    def test_the_named_list_is_private(self):
        path = self.temporary() / "named.jsonl"
        answer = assay("simulate", "guide@1", "guide@2", *self.ARGUMENTS, "--on", "2024-06-15",
                       "--named", str(path))
        self.expect(answer, OK, out="guide@1")
        named = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        self.assertEqual(len(named), 12)
        self.assertEqual(named[0], {"id": "sample-0", "old": "eligible", "new": "not-yet",
                                    "with_transition": "eligible", "cause": "practice"})
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertNotIn("sample-0", answer.out)

    def test_a_draft_in_a_file(self):
        answer = assay("simulate", "guide@2", "data/draft.criteria", *self.ARGUMENTS,
                       "asof", "2024-06-15")
        self.expect(answer, OK, out="guide@2 to guide@3")
        self.assertIn("Nobody would lose anything.", answer.out)

    def test_a_draft_takes_the_place_of_the_edition_of_its_number_alone(self):
        draft = (HERE / "data/draft.criteria").read_text(encoding="utf-8")
        path = self.temporary() / "draft.criteria"
        path.write_text(draft.replace("edition 3", "edition 2"), encoding="utf-8")
        answer = assay("simulate", "guide@1", str(path), *self.ARGUMENTS, "asof", "2024-06-15")
        self.expect(answer, OK, out="guide@1 to guide@2")
        self.assertIn("at least 4 walks as leader", answer.out)
        self.expect(assay("diff", "--scheme", "scheme", "guide@2", str(path)), OK, out="need 6 -> 4")

    def test_faulty_people_give_no_result(self):
        people = '{"id": 1, "case": "born 1980-01-01"}\n\n{"id": 2}\n' \
                 '{"id": 3, "case": "born yesterday"}\nno json\n'
        path = self.temporary() / "named.jsonl"
        answer = assay("simulate", "guide@1", "guide@2", "--scheme", "scheme", "--people", "-",
                       "--on", "2024-06-15", "--named", str(path), stdin=people)
        self.expect(answer, INPUT, err="standard input:3: error: expected")
        self.assertIn("person '3':1:", answer.err)
        self.assertIn("standard input:5: error:", answer.err)
        self.assertIn("3 lines of 'standard input'", answer.err)
        self.assertFalse(path.exists())

    def test_refuses_what_is_missing_or_given_twice(self):
        both = ("simulate", "guide@1", "guide@2")
        self.expect(assay(*both, "--scheme", "scheme"), USAGE, err="give --people FILE")
        self.expect(assay(*both, *self.ARGUMENTS, "asof"), USAGE, err="asof DATE")
        self.expect(assay(*both, *self.ARGUMENTS, "on", "2024-06-15"), USAGE, err="asof DATE")
        self.expect(assay(*both, *self.ARGUMENTS, "asof", "2024-06-15", "--on", "2024-06-15"),
                    USAGE, err="given twice")
        self.expect(assay(*both, "--scheme", "scheme", "--people", "nowhere"), INPUT,
                    err="No such file")
        self.expect(assay(*both, *self.ARGUMENTS, "--named", "/nowhere/named"), SYSTEM,
                    err="cannot write '/nowhere/named'")


class Config(Case):
    def place(self, conf=None):
        folder = self.temporary()
        if conf is not None:
            (folder / "assay.conf").write_text(conf, encoding="utf-8")
        return str(folder)

    def test_no_file_and_an_empty_one_leave_the_defaults(self):
        folder = self.place()
        self.expect(assay("config", "check", "--data", folder), OK,
                    out=f"there is no '{folder}/assay.conf'; the defaults hold\n")
        folder = self.place("")
        self.expect(assay("config", "check", "--data", folder), OK,
                    out=f"{folder}/assay.conf: no faults\n")

    def test_faults_are_the_answer_of_check(self):
        folder = self.place("port 80x\nproxis 10.0.0.1\nport 81\nzone Europe/Amsterdm\n"
                            "scheme \"nowhere\"\nlimits {\n  body 8 MB\n}\n")
        answer = assay("config", "check", "--data", folder)
        self.expect(answer, NO, out="assay.conf: 6 errors\n")
        for words in (
            "assay.conf:1:6: error: '80x' is no value for 'port'\n",
            "   expected a port from 0 to 65535\n",
            "assay.conf:2:1: error: the configuration has no statement 'proxis'\n",
            "did you mean 'proxies'?",
            "assay.conf:3:1: error: 'port' stands twice in the configuration\n",
            "did you mean 'Europe/Amsterdam'?",
            f"there is no '{folder}/nowhere/scheme.conf'\n",
            "   expected a size from 64 KiB to 1024 MiB\n",
        ):
            self.assertIn(words, answer.out)

    def test_show_names_what_set_each_value(self):
        folder = self.place("port 9000\nlog -\n")
        answer = assay("config", "show", "--data", folder, "--address", "::1")
        self.expect(answer, OK, out="limits workers")
        rows = {" ".join(row.split()) for row in answer.out.splitlines()}
        self.assertIn(f"port 9000 {folder}/assay.conf:1", rows)
        self.assertIn("address ::1 --address", rows)
        self.assertIn("log-addresses blurred default", rows)
        self.assertIn("zone (that of the scheme) default", rows)

    def test_show_as_json(self):
        folder = self.place("port 9000\n")
        told = json.loads(assay("config", "show", "--data", folder, "--json").out)
        self.assertEqual(told["file"], f"{folder}/assay.conf")
        settings = {setting["name"]: setting for setting in told["settings"]}
        self.assertEqual(settings["port"],
                         {"name": "port", "value": "9000", "from": f"{folder}/assay.conf:1"})
        self.assertEqual(settings["log"], {"name": "log", "value": None, "from": "default"})
        nothing = json.loads(assay("config", "show", "--data", self.place(), "-j").out)
        self.assertIsNone(nothing["file"])

    def test_show_tells_nothing_of_a_file_with_faults(self):
        folder = self.place("port")
        self.expect(assay("config", "show", "--data", folder), INPUT, err="has faults")

    def test_another_file_may_be_named_and_must_be_there(self):
        folder = self.place("port 9000\n")
        (pathlib.Path(folder) / "other.conf").write_text("port 9001\n", encoding="utf-8")
        shown = assay("config", "show", "--data", folder, "--config", f"{folder}/other.conf")
        self.expect(shown, OK, out="9001")
        self.expect(assay("config", "check", "--data", folder, "--config", f"{folder}/no.conf"),
                    INPUT, err="cannot read")
        self.expect(assay("config", "check", "--data", folder, "--config", folder),
                    INPUT, err="cannot read")

    def test_usage(self):
        self.expect(assay("config", "check"), USAGE, err="give --data DIR")
        self.expect(assay("config", "--data", "."), USAGE, err="no part '--data'")
        self.expect(assay("config", "check", "--data", "nowhere"), INPUT, err="cannot read")
        self.expect(assay("config", "show", "--data", ".", "--port", "x"), USAGE,
                    err="'--port' expects a port from 0 to 65535, but got 'x'")
        self.expect(assay("config", "show", "--data", ".", "--base", "http://a/"), USAGE,
                    err="expects http:// or https://")

    def test_the_example_of_the_documentation_has_no_faults(self):
        page = (SOURCE / "docs" / "serving.md").read_text(encoding="utf-8")
        example = page.split("```conf\n")[1].split("```")[0]
        folder = self.place(example.replace("/srv/assay/schemes/mediation",
                                            str(SOURCE / "schemes" / "mediation")))
        self.expect(assay("config", "check", "--data", folder), OK, out="no faults")
        manual = (SOURCE / "man" / "assay-serve.1").read_text(encoding="utf-8")
        for setting in json.loads(assay("config", "show", "--data", folder, "-j").out)["settings"]:
            name = setting["name"].split()[-1]
            self.assertIn(f"`{name}`", page)
            self.assertIn(f"Ic {name} ", manual)


class Serve(Case):
    def test_usage(self):
        self.expect(assay("serve"), USAGE, err="no installation: give --data DIR")
        self.expect(assay("serve", "--data", ".", "--port", "65536"), USAGE,
                    err="'--port' expects a port from 0 to 65535, but got '65536'")
        self.expect(assay("serve", "--data", ".", "--address", "localhost"), USAGE,
                    err="'--address' expects a numeric address")
        self.expect(assay("serve", "--data", ".", "--admin-port", "0"), USAGE,
                    err="'--admin-port' expects a port from 1 to 65535")
        self.expect(assay("serve", "here"), USAGE, err="takes no operand")

    def test_without_a_database_a_scheme_has_to_be_named(self):
        self.expect(assay("serve", "--data", str(self.temporary())), INPUT,
                    err="make one with 'assay init")

    def test_a_scheme_that_is_not_there(self):
        self.expect(assay("serve", "--data", str(self.temporary()), "--scheme", "nowhere"), INPUT,
                    err="cannot read a scheme from 'nowhere'")


class Scheme(Case):
    def setUp(self):
        self.place = self.temporary()
        self.data = str(self.place / "data")
        self.folder = self.place / "scheme"
        shutil.copytree(HERE / "scheme", self.folder)
        self.expect(assay("init", "--data", self.data), OK, out="Made an installation")

    def scheme(self, part, *arguments, folder=None):
        return assay("scheme", part, str(folder or self.folder), "--data", self.data, *arguments)

    def change(self, name, old, new):
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def add_edition(self):
        (self.folder / "criteria" / "later.criteria").write_text(
            "criteria guide edition 9 {\n  title \"Guide\"\n  group guides\n  owner board\n"
            "  vocabulary walks 1\n  in force from 2030-01-01\n  require walks \"Walks\" {\n"
            "    count walk >= 12\n  }\n}\n", encoding="utf-8")

    def test_what_was_loaded_is_saved_as_it_was(self):
        self.expect(self.scheme("load"), OK, out="position 2 of the journal")
        self.expect(self.scheme("load"), OK, out="has this scheme already")
        self.expect(self.scheme("save", folder=self.place / "copy"), OK, out="holds the scheme")
        for path in self.folder.rglob("*.*"):
            copy = self.place / "copy" / path.relative_to(self.folder)
            self.assertEqual(copy.read_bytes(), path.read_bytes(), path)
        self.expect(self.scheme("load", folder=self.place / "copy"), OK, out="already")
        self.expect(self.scheme("diff", "--exit-code"), OK, out="hold the same")

    def test_shipped_schemes_are_saved_as_they_were(self):
        for name in ("mediation", "examples/amdras"):  # tests/unit/test_folder.c has all of them
            folder = SOURCE / "schemes" / name
            place = self.temporary()
            data = str(place / "data")
            self.assertEqual(assay("init", "--data", data).code, OK)
            self.expect(assay("scheme", "load", str(folder), "--data", data), OK, out="adopted")
            self.expect(assay("scheme", "save", str(place / "copy"), "--data", data), OK,
                        out="files")
            self.assertEqual(
                subprocess.run(["diff", "-r", str(folder), str(place / "copy")],
                               capture_output=True, encoding="utf-8", check=False).stdout, "")

    def test_a_role_is_given_within_a_body_of_the_scheme(self):
        self.scheme("load")
        self.expect(assay("person", "add", "Bob Sample", "--data", self.data), OK, out="Bob Sample")
        make = ("appointment", "make", "1", "chair")
        self.expect(assay(*make, "ethics", "--data", self.data), INPUT,
                    err="the scheme has no body 'ethics'")
        self.expect(assay(*make, "board", "--data", self.data), OK, out="body:board")

    def test_a_dry_run_writes_nothing(self):
        self.expect(self.scheme("load", "--dry-run"), OK, out="Nothing was written")
        self.expect(self.scheme("save", folder=self.place / "copy"), INPUT,
                    err="has no scheme yet")

    def test_a_new_edition_is_added_and_shown_against_the_one_before(self):
        self.scheme("load")
        self.add_edition()
        shown = self.scheme("diff", "--exit-code")
        self.expect(shown, NO, out="guide@9 added\nguide@")
        self.assertIn("criteria/later.criteria added", shown.out)
        loaded = json.loads(self.scheme("load", "--json").out)
        self.assertEqual(loaded["position"], 3)
        self.assertEqual(loaded["adopted"], 1)
        self.assertEqual(loaded["refused"], [])
        self.assertEqual(loaded["files"],
                         [{"path": "criteria/later.criteria", "change": "added"}])

    def test_an_adopted_edition_stays_as_it_is(self):
        self.scheme("load")
        self.add_edition()
        self.scheme("load")
        self.change("criteria/later.criteria", ">= 12", ">= 13")
        self.expect(self.scheme("load"), NO,
                    err="guide@9 was adopted with another text: walks tighter")
        self.expect(self.scheme("load", "--dry-run"), NO, err="adopted editions stay")
        refused = self.scheme("load", "--json")
        self.assertEqual(json.loads(refused.out)["refused"][0]["name"], "guide")
        self.assertEqual(refused.code, NO)
        self.expect(self.scheme("diff"), OK, out="walks")
        (self.folder / "criteria" / "later.criteria").unlink()
        self.expect(self.scheme("load"), NO, err="guide@9 was adopted, and is missing")

    def test_other_texts_are_shown_by_their_lines(self):
        self.scheme("load")
        (self.folder / "README.md").write_text("One\nTwo\nThree\n", encoding="utf-8")
        self.expect(self.scheme("load"), OK, out="README.md")
        (self.folder / "README.md").write_text("One\nNew\nThree\n", encoding="utf-8")
        self.expect(self.scheme("diff"), OK, out="README.md changed\n    -2 Two\n    +2 New\n")

    def test_a_folder_that_holds_something_else_is_left_alone(self):
        self.scheme("load")
        copy = self.place / "copy"
        self.scheme("save", folder=copy)
        (copy / "cases" / "more.cases").write_text("# mine\n", encoding="utf-8")
        (copy / "notes.txt").write_text("mine\n", encoding="utf-8")
        self.expect(self.scheme("save", folder=copy), NO, err="holds something else")
        self.assertTrue((copy / "cases" / "more.cases").exists())
        self.expect(self.scheme("save", "--force", folder=copy), OK, out="holds the scheme")
        self.assertFalse((copy / "cases" / "more.cases").exists())
        self.assertTrue((copy / "notes.txt").exists())

    def test_a_folder_that_is_no_schemes_is_never_written_to(self):
        self.scheme("load")
        (self.place / "other").mkdir()
        (self.place / "other" / "README.md").write_text("mine\n", encoding="utf-8")
        self.expect(self.scheme("save", "--force", folder=self.place / "other"), INPUT,
                    err="has no scheme.conf: name another folder")
        self.assertEqual((self.place / "other" / "README.md").read_text(encoding="utf-8"), "mine\n")

    def test_faults_are_shown_under_the_names_of_the_folder(self):
        (self.folder / "criteria" / "later.criteria").write_text("criterion", encoding="utf-8")
        self.expect(self.scheme("load"), INPUT, err=f"{self.folder}/criteria/later.criteria:1:1")

    def test_commands_work_with_the_scheme_of_the_database(self):
        self.scheme("load")
        shutil.rmtree(self.folder)
        where = ("--data", self.data)
        self.expect(assay("lint", *where), OK, out="documents")
        self.expect(assay("test", *where), OK, out="0 failed")
        stored = assay("check", *where, *CHECK[3:])
        self.assertEqual(stored.code, OK, stored.err)
        self.assertEqual(stored.out, assay(*CHECK).out)
        self.expect(assay("explain", "guide", *where, *CHECK[3:]), OK, out="guide")
        draft = self.place / "draft.criteria"
        draft.write_text("criteria draft edition 1 {\n  vocabulary walks 1\n"
                         "  require walks \"Walks\" {\n    count walk >= 1\n  }\n}\n",
                         encoding="utf-8")
        self.expect(assay("lint", str(draft), *where), OK, out="1 document")

    def test_what_is_missing_is_said(self):
        self.expect(self.scheme("diff"), INPUT, err="has no scheme yet: load one")
        self.expect(assay("scheme", "load", "scheme", "--data", str(self.place / "none")), INPUT,
                    err="assay init")
        self.expect(self.scheme("load", folder="/nowhere"), INPUT, err="cannot read a scheme")
        self.expect(assay("scheme", "load"), USAGE, err="expects DIR")


class Office(Case):
    def make(self):
        folder = str(self.temporary() / "data")
        self.assertEqual(assay("init", "--data", folder).code, OK)
        return folder

    def test_the_first_administrator_gets_a_link_once(self):
        folder = self.make()
        words = ("account", "create-administrator", "ada@sample.example", "--name", "Ada Sample",
                 "--data", folder)
        self.expect(assay(*words), OK, out="  http://localhost:8080/account/link/")
        self.expect(assay(*words), NO, err="assay account invite 1 ada@sample.example")
        people = json.loads(assay("person", "list", "sample", "--data", folder, "--json").out)
        self.assertEqual([person["name"] for person in people], ["Ada Sample"])

    def test_roles_are_given_and_taken(self):
        folder = self.make()
        added = assay("person", "add", "Bob Sample", "--data", folder)
        self.expect(added, OK, out="Bob Sample")
        self.assertEqual(added.out, "person  1\nname    Bob Sample\n")
        self.expect(assay("appointment", "make", "1", "chair", "ethics-committee", "--data", folder),
                    OK, out="body:ethics-committee")
        self.expect(assay("appointment", "make", "1", "officer", "ethics-committee", "--data",
                          folder), INPUT, err="leave 'ethics-committee' out")
        self.expect(assay("appointment", "list", "--data", folder), OK, out="1 Bob Sample")
        self.expect(assay("appointment", "end", "1", "--why", "a test", "--data", folder), OK,
                    out="a test")
        self.expect(assay("appointment", "list", "--data", folder), OK, out="no such appointments")
        self.expect(assay("appointment", "list", "--all", "--data", folder), OK, out="Bob Sample")
        shown = json.loads(assay("person", "show", "1", "--json", "--data", folder).out)
        self.assertEqual([entry["operation"] for entry in shown["history"]],
                         ["appointment-ended", "appointment-made", "person-added"])

    def test_two_who_are_one_are_merged_and_unmerged(self):
        folder = self.make()
        data = ("--data", folder)
        for name in ("Ada Sample", "Sample Ada", "Cid Single"):
            self.expect(assay("person", "add", name, *data), OK, out=name)
        self.expect(assay("person", "alike", *data), OK, out="1 Ada Sample  2 Sample Ada  same name")
        self.expect(assay("person", "alike", "3", *data), OK, out="nobody is likely")
        self.expect(assay("person", "alike", "1", "2", *data), OK, out="nothing that is recorded")
        self.expect(assay("person", "merge", "1", "2", *data), USAGE, err="give the reason")
        merged = json.loads(assay("person", "merge", "1", "2", "--why", "one diploma", "--json",
                                  *data).out)
        self.assertEqual((merged["kept"]["id"], merged["other"]["id"]), (1, 2))
        self.expect(assay("person", "merge", "2", "1", "--why", "x", *data), NO, err="one person")
        self.expect(assay("person", "alike", *data), OK, out="nobody is likely")
        shown = json.loads(assay("person", "show", "2", "--json", *data).out)
        self.assertEqual(shown["merged_into"], 1)
        self.assertEqual(shown["history"][0]["operation"], "people-merged")
        record = json.loads(assay("record", "show", "2", "--json", *data).out)
        self.assertEqual([person["id"] for person in record["numbers"]], [1, 2])
        self.expect(assay("person", "unmerge", str(merged["id"]), "--why", "two", *data), OK,
                    out="one diploma")
        self.expect(assay("person", "unmerge", str(merged["id"]), "--why", "two", *data), NO,
                    err="no such merge")
        self.expect(assay("person", "apart", "2", "1", "--why", "cousins", *data), OK,
                    out="cousins")
        self.expect(assay("person", "alike", *data), OK, out="nobody is likely")
        self.expect(assay("person", "merge", "1", "9", "--why", "x", *data), NO,
                    err="the number 9")
        self.assertEqual(assay("journal", "verify", *data).code, OK)

    def test_a_record_is_shown_as_known_on_a_day(self):
        folder = str(self.temporary() / "data")
        self.assertEqual(assay("init", "--data", folder, "--scheme", "scheme").code, OK)
        data = ("--data", folder)
        self.expect(assay("person", "add", "Ada Sample", *data), OK, out="Ada")
        self.expect(assay("record", "show", "1", *data), OK, out="nothing in the logbook")
        record = json.loads(assay("record", "show", "1", "--at", "2020-01-01", "--json", *data).out)
        self.assertEqual(record["at"], "2020-01-01")
        self.assertTrue(record["standings"])
        for standing in record["standings"]:
            self.assertEqual(set(standing["now"]), {"edition", "decide", "preview", "met", "of"})
        self.expect(assay("record", "show", "1", "--at", "2999-01-01", *data), USAGE,
                    err="today or a day before")
        self.expect(assay("record", "show", "1", "--at", "soon", *data), USAGE, err="YYYY-MM-DD")
        self.expect(assay("record", "show", "7", *data), NO, err="number")

    def test_a_record_is_taken_away_and_erased(self):
        folder = self.make()
        data = ("--data", folder)
        archive = str(self.temporary() / "ada.zip")
        self.expect(assay("person", "add", "Ada Sample", *data), OK, out="Ada")
        self.expect(assay("record", "download", "7", archive, *data), NO, err="number")
        self.assertFalse(os.path.exists(archive))
        self.assertEqual(assay("record", "download", "1", archive, *data).code, OK)
        with zipfile.ZipFile(archive) as copy:
            self.assertIsNone(copy.testzip())
            self.assertEqual(set(copy.namelist()), {"record.json", "record.html"})
            self.assertEqual(json.loads(copy.read("record.json"))["person"]["name"], "Ada Sample")
        self.assertEqual(os.stat(archive).st_mode & 0o777, 0o600)
        self.expect(assay("record", "download", "1", archive, *data), INPUT, err="there already")
        self.expect(assay("record", "download", "1", "/nowhere/at/all.zip", *data), SYSTEM,
                    err="cannot write")
        self.expect(assay("record", "erase", "1", *data), USAGE, err="cannot be undone")
        self.expect(assay("appointment", "make", "1", "officer", *data), OK, out="officer")
        self.expect(assay("record", "erase", "1", "--yes", *data), NO, err="a role is held")
        self.expect(assay("appointment", "end", "1", "--why", "a test", *data), OK, out="a test")
        self.expect(assay("record", "erase", "1", "--yes", *data), OK, out="1")
        self.expect(assay("person", "show", "1", *data), OK, out="Erased")
        self.assertNotIn("Ada", assay("journal", "list", "--json", *data).out)
        self.assertEqual(assay("journal", "verify", *data).code, OK)
        self.expect(assay("record", "erase", "9", "--yes", *data), NO, err="9")

    def test_what_cannot_be_is_refused(self):
        folder = self.make()
        self.expect(assay("person", "show", "7", "--data", folder), NO, err="number")
        self.expect(assay("person", "show", "x", "--data", folder), USAGE, err="number of a person")
        self.expect(assay("account", "create-administrator", "a@b.example", "--data", folder), USAGE,
                    err="give --name NAME")
        self.expect(assay("account", "show", "nobody@sample.example", "--data", folder), NO,
                    err="no such account")
        self.expect(assay("account", "block", "1", "--data", folder), USAGE, err="give --why TEXT")
        self.expect(assay("claim", "decide", "1", "--data", folder), USAGE, err="--refuse REASON")
        self.expect(assay("recovery", "refuse", "1", "--data", folder), USAGE, err="give --reason")
        self.expect(assay("appointment", "list", "--within", "ethics", "--data", folder), USAGE,
                    err="expects installation, body:WORD")
        self.expect(assay("token", "revoke", "1", "--data", folder), NO, err="no such token")
        self.expect(assay("claim", "list", "--data", folder), OK, out="no claim waits")


class Manual(Case):
    def test_the_pages_are_sound(self):
        pages = sorted((SOURCE / "man").glob("*.[15]"))
        self.assertGreaterEqual(len(pages), 13)
        if not shutil.which("mandoc"):
            self.skipTest("mandoc is not here to look at the pages")
        done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *map(str, pages)],
                              capture_output=True, encoding="utf-8", check=False)
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
