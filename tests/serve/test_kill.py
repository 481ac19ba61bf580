#!/usr/bin/env python3
"""A serving process is killed while commands are being sent to it, again and again: what they were
told is there, and the journal's chain holds. ASSAY_ENGINE says on which engine, ASSAY_KILLS how
often, 5 times if it is not set. All traffic stays on this machine.

Usage: test_kill.py PROGRAM POSTGRES
"""

import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import threading
import time

import installation
from installation import PATIENCE, Installation, environment

CLIENTS = 4
KILLS = int(os.environ.get("ASSAY_KILLS", "5"))


class Client(threading.Thread):
    """Adds people until the server is gone, and notes what it was told."""

    def __init__(self, path, name):
        super().__init__()
        self.path = path
        self.label = name
        self.told = []

    def add(self, number):
        line = {"operation": "person-add", "input": {"name": f"{self.label}-{number}"}}
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE)
            client.connect(self.path)
            client.sendall(json.dumps(line).encode() + b"\n")
            with client.makefile() as answer:
                return json.loads(answer.readline())["output"]

    def run(self):
        number = 0
        while True:
            try:
                added = self.add(number)
            except (OSError, ValueError):
                return
            self.told.append((added["id"], added["name"]))
            number += 1


def assay(place, *words):
    done = subprocess.run([installation.PROGRAM, *words, "--data", str(place.data)],
                          capture_output=True, text=True, timeout=600, check=False,
                          env=environment())
    if done.returncode != 0:
        sys.exit(f"assay {' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def people(place):
    """Everybody who is in the database, by id."""
    rows = {}
    table = None
    for line in assay(place, "export").splitlines():
        row = json.loads(line)
        if isinstance(row, dict):
            table = row.get("table")
            columns = [column["name"] for column in row.get("columns", [])]
        elif table == "person":
            rows[row[columns.index("id")]] = row[columns.index("name")]
    return rows


def kill_once(place, time_to_live):
    server = place.start()
    clients = [Client(f"{place.data}/admin.sock", f"{time.monotonic_ns()}-{i}")
               for i in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(time_to_live)
    server.signal(signal.SIGKILL)
    server.process.wait(PATIENCE)
    for client in clients:
        client.join(PATIENCE)
    server.kill()
    place.running.clear()
    return [told for client in clients for told in client.told]


def main(database):
    place = Installation(f'database "{database}"\n' if database else "")
    told = []
    try:
        for i in range(KILLS):
            told += kill_once(place, 0.05 + random.random() / 5)
        there = people(place)
        missing = [person for person in told if there.get(person[0]) != person[1]]
        if missing:
            sys.exit(f"{len(missing)} were acknowledged and are not there, such as {missing[0]}")
        if len(told) <= KILLS:
            sys.exit(f"only {len(told)} were acknowledged: nothing was tried")
        assay(place, "journal", "verify")
        print(f"{KILLS} kills; {len(told)} operations were acknowledged")
    finally:
        place.remove()


if __name__ == "__main__":
    installation.PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    if os.environ.get("ASSAY_ENGINE") == "postgres":
        with subprocess.Popen([sys.argv[2]], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True) as postgres:
            address = postgres.stdout.readline().strip()
            if not address:
                print("PostgreSQL is not installed: nothing was tested on it", file=sys.stderr)
                sys.exit(1 if os.environ.get("CI") else 77)
            main(address)
            postgres.stdin.close()
    else:
        main(None)
