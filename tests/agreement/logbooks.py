"""Makes logbooks and person files of nobody, the same from the same number on every machine.

They differ in size, in kinds and standings of records, in the language and format of the file, and
in what else is known of the person. All of them can be read.
"""

import csv
import datetime
import io
import json
import random

TODAY = datetime.date(2026, 6, 30)  # no later day occurs

PROGRAMMES = {
    "sample-training": "cmtp",
    "sample-assessment": "qap",
    "sample-advocacy": "ma-qap",
    "sample-online": "odr-qap",
    "sample-intercultural": "icqap",
}

# Words beside the vocabulary's own that logbooks may use, as docs/logbook.md lists them: of columns,
# of values, and of values in one column alone.
GERMAN = {
    "reference": "Aktenzeichen", "kind": "Art", "start": "Beginn", "end": "Ende",
    "hours": "Stunden", "role": "Rolle", "mode": "Modus", "scale": "Umfang",
    "completed": "Abgeschlossen", "outcome": "Ausgang", "intercultural": "Interkulturell",
    "programme": "Programm", "result": "Resultat", "category": "Kategorie",
    "activity": "Aktivität", "points": "Punkte", "standing": "Status",
    "verified-on": "Geprüft am", "note": "Bemerkung",
    "mediation": "Mediation", "training": "Ausbildung", "assessment": "Beurteilung",
    "cpd": "Fortbildung", "feedback": "Rückmeldung", "mediator": "Mediatorin",
    "role adviser": "Berater", "role observer": "Beobachterin", "in-person": "in Präsenz",
    "full": "vollständig", "scale partial": "teilweise",
    "outcome partial": "Teileinigung", "yes": "ja", "no": "nein", "pass": "bestanden",
    "fail": "nicht bestanden", "verified": "bestätigt", "claimed": "angegeben",
    "rejected": "abgelehnt", "withdrawn": "zurückgezogen", "duplicate": "Dublette",
}
FRENCH = {
    "reference": "Numéro de dossier", "start": "début", "end": "fin", "hours": "heures",
    "mode": "modalité", "programme": "programme", "standing": "statut",
    "verified-on": "vérifié le", "note": "Remarques", "category": "catégorie",
    "activity": "activité", "training": "formation", "assessment": "évaluation",
    "mediator": "médiatrice", "role adviser": "conseillère", "in-person": "présentiel",
    "online": "en ligne", "full": "complète", "yes": "oui", "no": "non", "pass": "réussi",
    "fail": "échoué", "verified": "vérifié", "rejected": "rejeté", "withdrawn": "retiré",
    "duplicate": "doublon",
}
ENGLISH = {
    "reference": "Case ID", "kind": "Record Type", "start": "Start Date", "end": "End Date",
    "hours": "Hrs", "mode": "Medium", "intercultural": "Cross-cultural", "programme": "Program",
    "standing": "STATUS", "verified-on": "Date Verified", "role adviser": "Mediation Advocate",
    "in-person": "Face to face", "full": "full-scale", "yes": "TRUE", "no": "FALSE",
    "pass": "passed", "fail": "failed", "claimed": "self-declared",
}

# (separator, format of days, mark of decimals, encoding, words)
STYLES = [
    (",", "%Y-%m-%d", ".", "utf-8", {}),
    (";", "%d.%m.%Y", ",", "utf-8-sig", GERMAN),
    (";", "%Y/%m/%d", ",", "cp1252", FRENCH),
    ("\t", "%d %B %Y", ".", "utf-16", ENGLISH),
    (",", "%d-%b-%Y", ":", "utf-8", ENGLISH),
]

COLUMNS = [
    "reference", "kind", "start", "end", "hours", "role", "capacity", "mode", "scale", "completed",
    "outcome", "intercultural", "observed", "paid", "programme", "course", "result", "category",
    "activity", "qualifying", "points", "giver", "referee", "endorser", "standing", "verified-on",
    "note",
]


def day_within(dice, years):
    return TODAY - datetime.timedelta(days=dice.randint(60, 365 * years))


def mediation(dice):
    return {
        "role": dice.choices(
            ["mediator", "adviser", "conciliator", "observer", "trainee", "party", ""],
            [70, 12, 4, 5, 4, 2, 3],
        )[0],
        "capacity": dice.choice(["sole", "lead", "co", "assistant", ""]),
        "mode": dice.choice(["in-person", "online", "online", "hybrid", ""]),
        "scale": dice.choice(["full", "full", "partial", ""]),
        "completed": dice.choice(["yes", "yes", "no", ""]),
        "outcome": dice.choice(["agreement", "partial", "none", ""]),
        "intercultural": dice.choice(["yes", "no", ""]),
        "paid": dice.choice(["yes", "no", ""]),
    }


def training(dice):
    return {
        "programme": "sample-training",
        "completed": dice.choice(["yes", "yes", "no", ""]),
        "course": dice.choice(["basic", "advanced", "specialist", "practicum", ""]),
    }


def assessment(dice):
    return {
        "programme": dice.choice(list(PROGRAMMES)),
        "result": dice.choices(["pass", "fail", ""], [75, 15, 10])[0],
    }


def cpd(dice):
    return {
        "category": dice.choice(["education", "peer-reflection", "supervision", "providing", ""]),
        "activity": dice.choice(["conference", "seminar", "course", "intervision", ""]),
        "qualifying": dice.choice(["yes", "no", ""]),
        "points": dice.choice(["", "1", "4", "12"]),
    }


KINDS = {
    "mediation": (mediation, 70),
    "training": (training, 6),
    "assessment": (assessment, 8),
    "cpd": (cpd, 5),
    "feedback": (lambda dice: {"giver": dice.choice(["party", "adviser", "observer", ""])}, 5),
    "reference": (lambda dice: {"referee": dice.choice(["member", "other", ""])}, 4),
    "endorsement": (lambda dice: {"endorser": dice.choice(["approved", "other", ""])}, 2),
}


def record(dice, number, years):
    kind = dice.choices(list(KINDS), [share for _, share in KINDS.values()])[0]
    end = day_within(dice, years)
    row = {name: value for name, value in KINDS[kind][0](dice).items() if value}
    row.update(kind=kind, start=end, end=end, note="sample data")
    if kind in ("mediation", "feedback") and dice.random() < 0.8:
        row["reference"] = f"S-{dice.randint(1, max(2, number)):04}"
    if kind in ("mediation", "training", "cpd") and dice.random() < 0.9:
        row["hours"] = dice.choice([60, 90, 150, 240, 315, 480, 1200])
    row["standing"] = dice.choices(
        ["verified", "claimed", "", "rejected", "withdrawn", "duplicate"], [70, 15, 7, 3, 3, 2]
    )[0]
    if row["standing"] == "verified" and dice.random() < 0.7:
        row["verified-on"] = end + datetime.timedelta(days=dice.randint(1, 59))
    return row


def hours_text(minutes, mark):
    if mark == ":":
        return f"{minutes // 60}:{minutes % 60:02}"
    return f"{minutes / 60:g}".replace(".", mark)


def cell(name, row, style):
    _, days, mark, _, words = style
    value = row.get(name, "")
    if isinstance(value, datetime.date):
        return value.strftime(days)
    if name == "hours" and value:
        return hours_text(value, mark)
    if name in ("reference", "programme", "note"):
        return value
    if (name, value) == ("kind", "reference"):  # the other words are for the column
        return value
    return words.get(f"{name} {value}", words.get(value, value))


def as_csv(rows, style):
    separator, _, _, encoding, words = style
    used = [name for name in COLUMNS if name == "kind" or any(row.get(name) for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([words.get(name, name) for name in used])
    for row in rows:
        writer.writerow([cell(name, row, style) for name in used])
    return out.getvalue().encode(encoding)


def as_json(rows):
    plain = (",", "%Y-%m-%d", ".", "utf-8", {})
    records = [
        {name: cell(name, row, plain) for name in COLUMNS if row.get(name)} for row in rows
    ]
    return json.dumps({"note": "sample data", "records": records}, indent=2).encode()


def credentials(dice):
    found = []
    for name in ("imi-qualified-mediator", "imi-certified-mediator", "young-mediator", "nmas"):
        if dice.random() < 0.75:
            continue
        start = day_within(dice, 8)
        credential = {"name": name, "from": f"{start}"}
        if dice.random() < 0.5:
            credential["to"] = f"{start + datetime.timedelta(days=dice.choice([365, 730, 3000]))}"
        if dice.random() < 0.2:
            credential["claimed"] = True
        if dice.random() < 0.1:
            credential["withdrawn"] = f"{start + datetime.timedelta(days=200)}"
        found.append(credential)
    return found


def judgements(dice):
    asked = [("preparation", "appraisal-committee"), ("experienced", "sample-intercultural")]
    return [
        {
            "requirement": requirement,
            "satisfied": dice.random() < 0.7,
            "by": body,
            "on": f"{day_within(dice, 3)}",
        }
        for requirement, body in asked
        if dice.random() < 0.4
    ]


def person(dice):
    programmes = []
    for name, kind in PROGRAMMES.items():
        start = datetime.date(dice.randint(2009, 2022), 1, 1)
        programme = {"id": name, "type": kind, "from": f"{start}"}
        if dice.random() < 0.2:
            programme["to"] = f"{start + datetime.timedelta(days=dice.randint(400, 5000))}"
        programmes.append(programme)
    return {
        "note": "sample data",
        "born": f"{dice.randint(1950, 2002)}-03-14",
        "programmes": programmes,
        "editions": [
            {"statement": "code-of-conduct", "edition": "1"},
            {"statement": "code-of-conduct", "edition": "2", "from": "2017-03-10"},
        ],
        "credentials": credentials(dice),
        "declarations": [
            {"statement": "code-of-conduct", "on": f"{day_within(dice, 2)}", "edition": "2"}
        ]
        if dice.random() < 0.5
        else [],
        "judgements": judgements(dice),
    }


class Sample:
    """One person: the `name` and bytes of the `logbook`, those of the `person` file, the day.

    Either file may be None; a logbook with no records would be a fault.
    """

    def __init__(self, number):
        dice = random.Random(f"agreement {number}")
        years = dice.choice([2, 4, 12])
        count = dice.choice([0, 1, 3, 8, 20, 30, 45, 60])
        rows = [record(dice, n + 1, years) for n in range(count)]
        style = number % (len(STYLES) + 1)
        self.number = number
        self.name = "logbook.csv"
        if count == 0:
            self.logbook = None
        elif style == len(STYLES):
            self.name = "logbook.json"
            self.logbook = as_json(rows)
        else:
            self.logbook = as_csv(rows, STYLES[style])
        self.person = json.dumps(person(dice)).encode() if count == 0 or dice.random() < 0.8 else None
        self.on = f"{dice.choice([TODAY, day_within(dice, 2), day_within(dice, 5)])}"
