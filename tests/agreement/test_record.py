#!/usr/bin/env python3
"""The same logbook gives the same answers from a file and from the database.

Usage: test_record.py PROGRAM [COUNT]

Makes logbooks (logbooks.py) in a temporary folder and has PROGRAM (record.c) read each of them both
ways and compare all that the scheme says of them.
"""

import pathlib
import subprocess
import sys
import tempfile

from logbooks import Sample

COUNT = 500


def main(program, count):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for number in range(count):
            sample = Sample(number)
            (folder / f"{number}.on").write_text(sample.on)
            (folder / f"{number}.log").write_bytes(sample.logbook or b"")
            (folder / f"{number}.person").write_bytes(sample.person or b"{}")
        return subprocess.run([program, str(folder), str(count)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else COUNT))
