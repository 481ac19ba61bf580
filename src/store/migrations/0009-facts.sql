-- What is known of a person besides their logbook, and who is the same person as whom.

-- A fact of a person: a name, a language, the day of birth, a declaration. It is never changed: the
-- entry of the journal that records another in its place supersedes it, and it stays as it was. What
-- was known at a position of the journal are the rows recorded up to it and not superseded by then.
-- from_day and until_day, both included, say for which days it holds; NULL: no such bound.
CREATE TABLE fact (
    id ID,
    person INT64 NOT NULL REFERENCES person,
    kind TEXT NOT NULL,
    name TEXT NOT NULL, -- which of the kind, '' where there is one alone
    value TEXT NOT NULL, -- canonical JSON, '' for none
    from_day INT64,
    until_day INT64,
    visible TEXT NOT NULL CHECK (visible IN ('private', 'members', 'public')),
    recorded_position INT64 NOT NULL REFERENCES journal,
    superseded_position INT64 REFERENCES journal,
    CHECK (from_day IS NULL OR until_day IS NULL OR from_day <= until_day)
) STRICT;

CREATE INDEX fact_person ON fact (person, kind, id);
CREATE INDEX fact_day ON fact (kind, from_day);

-- Two rows of the register that are one person. Nothing moves: whoever reads the record of `kept`
-- reads that of `other` as well while the merge is not undone.
CREATE TABLE person_merge (
    id ID,
    kept INT64 NOT NULL REFERENCES person,
    other INT64 NOT NULL REFERENCES person,
    why TEXT NOT NULL,
    recorded_position INT64 NOT NULL REFERENCES journal,
    superseded_position INT64 REFERENCES journal, -- it was undone
    CHECK (kept <> other)
) STRICT;

CREATE INDEX person_merge_kept ON person_merge (kept, id);
CREATE INDEX person_merge_other ON person_merge (other, id);
CREATE UNIQUE INDEX person_merge_once ON person_merge (other) WHERE superseded_position IS NULL;

-- Two people who look alike and whom the office has found to be two.
CREATE TABLE person_distinct (
    low INT64 NOT NULL REFERENCES person,
    high INT64 NOT NULL REFERENCES person,
    why TEXT NOT NULL,
    recorded_position INT64 NOT NULL REFERENCES journal,
    PRIMARY KEY (low, high),
    CHECK (low < high)
) STRICT;

CREATE INDEX person_distinct_high ON person_distinct (high);

-- What was erased, when: the stub that stands for somebody whose record is gone.
CREATE TABLE person_erased (
    person INT64 PRIMARY KEY REFERENCES person,
    position INT64 NOT NULL REFERENCES journal
) STRICT;
