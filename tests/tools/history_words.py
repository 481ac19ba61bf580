#!/usr/bin/env python3
"""What is done to people and their accounts is told to them in words: each operation that the
sources write in the journal has its row in src/web/own_history.c, and each row its words in
templates/account/operation.html.

Usage: history_words.py ROOT
"""

import pathlib
import re
import sys

ROOMS = ("account", "register")
WRITERS = re.compile(
    r"\b(?:account_entry|journal_append|token_entry"
    r"|change_standing|journal_attachment|journal_both|put_fact)\("
)
NAME = re.compile(r'"([a-z]+(?:-[a-z]+)+)"')
TABLE = re.compile(r"own_history_operations\[\] = \{(.*?)NULL", re.DOTALL)
ROW = re.compile(r'"([a-z-]+)"')
WORDS = re.compile(r"\{\{#operation\.([a-z-]+)\}\}\s*\S+.*?\{\{/operation\.\1\}\}", re.DOTALL)


def arguments(text, start):
    """What stands between the parentheses that open just before `start`."""
    depth = 1
    for end in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth == 0:
            return text[start:end]
    sys.exit("a call without an end")


def names_in(text):
    """The operations of all entries that a source writes, named in the call or by a variable."""
    found = set()
    for call in WRITERS.finditer(text):
        inside = arguments(text, call.end())
        if "){ NULL, 0 }" in inside:
            continue  # about the installation: in nobody's history
        names = NAME.findall(inside)
        for variable in re.findall(r"\b[a-z_]+\b", "" if names else inside):
            for value in re.findall(rf"\b{variable}\s*=([^;=]*);", text[: call.start()]):
                names += NAME.findall(value)
        found.update(names)
    return found


def main():
    root = pathlib.Path(sys.argv[1])
    written = set()
    for room in ROOMS:
        for path in sorted((root / "src" / room).glob("*.c")):
            written |= names_in(path.read_text(encoding="utf-8"))
    table = (root / "src/web/own_history.c").read_text(encoding="utf-8")
    rows = set(ROW.findall(TABLE.search(table).group(1)))
    template = root / "src/web/templates/account/operation.html"
    words = set(WORDS.findall(template.read_text(encoding="utf-8")))
    faults = [f"{name}: no row in src/web/own_history.c" for name in sorted(written - rows)]
    faults += [f"{name}: no source writes it" for name in sorted(rows - written - {"other"})]
    faults += [f"{name}: no words in {template.name}" for name in sorted(rows - words)]
    faults += [f"{name}: words for nothing" for name in sorted(words - rows)]
    if len(written) < 20:
        faults.append(f"only {len(written)} operations were found in the sources")
    print("\n".join(faults) or f"{len(rows)} operations have words")
    return 1 if faults else 0


sys.exit(main())
