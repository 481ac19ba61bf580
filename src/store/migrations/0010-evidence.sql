-- The logbooks of people, and who confirms what stands in them. Days are counted from 1970-01-01,
-- instants are microseconds UTC. Never the parties of a matter: a private reference is all there is.

-- Entries that came together, from a file.
CREATE TABLE evidence_import (
    id ID,
    person INT64 NOT NULL REFERENCES person,
    name TEXT NOT NULL, -- of the file
    sha256 BYTES NOT NULL CHECK (length(sha256) = 32),
    basis TEXT NOT NULL CHECK (basis IN ('own', 'register')),
    row_count INT64 NOT NULL, -- that were chosen
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'undoing', 'undone')),
    begun_position INT64 NOT NULL REFERENCES journal,
    ended_position INT64 REFERENCES journal,
    undone_position INT64 REFERENCES journal
) STRICT;

CREATE INDEX evidence_import_person ON evidence_import (person, id);

CREATE TABLE evidence (
    id ID,
    person INT64 NOT NULL REFERENCES person,
    import INT64 REFERENCES evidence_import,
    import_row INT64, -- of the file
    added_position INT64 NOT NULL REFERENCES journal,
    CHECK ((import IS NULL) = (import_row IS NULL))
) STRICT;

CREATE INDEX evidence_person ON evidence (person, id);
CREATE UNIQUE INDEX evidence_import_row ON evidence (import, import_row)
    WHERE import IS NOT NULL;

-- What an entry says. A correction supersedes a version by the next, and both stay. Kind and fields
-- are words of the scheme's vocabulary: facts has a line "FIELD VALUE" for each, in the order of the
-- fields' bytes, so that it is read without a parser and another scheme needs no column.
CREATE TABLE evidence_version (
    evidence INT64 NOT NULL REFERENCES evidence,
    version INT64 NOT NULL CHECK (version > 0),
    person INT64 NOT NULL REFERENCES person, -- of the entry, so that a dossier is one range
    kind TEXT NOT NULL,
    start_day INT64 NOT NULL,
    end_day INT64 NOT NULL,
    minutes INT64,   -- NULL: not stated
    work_days INT64, -- the same
    matter TEXT,
    programme TEXT,
    facts TEXT NOT NULL,
    why TEXT NOT NULL, -- it corrects the one before
    recorded_position INT64 NOT NULL REFERENCES journal,
    superseded_position INT64 REFERENCES journal,
    PRIMARY KEY (evidence, version),
    CHECK (start_day <= end_day)
) STRICT;

CREATE INDEX evidence_version_person ON evidence_version (person, evidence, version);
CREATE INDEX evidence_version_days ON evidence_version (person, end_day);
CREATE INDEX evidence_version_matter ON evidence_version (matter, start_day);
CREATE INDEX evidence_version_programme ON evidence_version (programme, evidence);

-- How an entry stands: each change supersedes the one before, and says who made it, how, and why.
CREATE TABLE evidence_standing (
    evidence INT64 NOT NULL REFERENCES evidence,
    change INT64 NOT NULL CHECK (change > 0),
    person INT64 NOT NULL REFERENCES person,
    standing TEXT NOT NULL
        CHECK (standing IN ('claimed', 'verified', 'rejected', 'withdrawn', 'duplicate')),
    verified_day INT64, -- since when it counts as verified; NULL: not said
    how TEXT NOT NULL,  -- 'self', 'import', 'register', 'role', 'link', 'office', 'correction'
    role TEXT,          -- of whoever confirmed or rejected it
    by_person INT64 REFERENCES person,
    by_name TEXT,       -- of somebody who was asked by mail
    verification INT64, -- the request that was answered
    duplicate_of INT64 REFERENCES evidence, -- the entry that it duplicates
    why TEXT NOT NULL,
    recorded_position INT64 NOT NULL REFERENCES journal,
    superseded_position INT64 REFERENCES journal,
    PRIMARY KEY (evidence, change),
    CHECK (verified_day IS NULL OR standing = 'verified'),
    CHECK (duplicate_of IS NULL OR standing = 'duplicate')
) STRICT;

CREATE INDEX evidence_standing_person ON evidence_standing (person, evidence, change);
CREATE INDEX evidence_standing_by ON evidence_standing (by_person, person);
CREATE INDEX evidence_standing_duplicate ON evidence_standing (duplicate_of);

-- Whom an entry names as able to confirm it: a person, or an organisation or programme by its scope.
CREATE TABLE evidence_witness (
    id ID,
    evidence INT64 NOT NULL REFERENCES evidence,
    role TEXT NOT NULL,
    person INT64 REFERENCES person,
    scope TEXT,
    recorded_position INT64 NOT NULL REFERENCES journal,
    superseded_position INT64 REFERENCES journal,
    CHECK ((person IS NULL) <> (scope IS NULL))
) STRICT;

CREATE INDEX evidence_witness_evidence ON evidence_witness (evidence, id);
CREATE INDEX evidence_witness_person ON evidence_witness (person, evidence);
CREATE INDEX evidence_witness_scope ON evidence_witness (scope, evidence);

-- Somebody is asked by mail to confirm entries; of the link's secret, the SHA-256.
CREATE TABLE verification (
    id ID,
    person INT64 NOT NULL REFERENCES person, -- who asks
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    verifier INT64 REFERENCES person, -- who has that address, where that is known
    digest BYTES NOT NULL UNIQUE CHECK (length(digest) = 32),
    asked_at INT64 NOT NULL,
    until INT64 NOT NULL,
    asked_position INT64 NOT NULL REFERENCES journal,
    answered_position INT64 REFERENCES journal,
    cancelled_position INT64 REFERENCES journal
) STRICT;

CREATE INDEX verification_person ON verification (person, id);
CREATE INDEX verification_verifier ON verification (verifier);

CREATE TABLE verification_entry (
    verification INT64 NOT NULL REFERENCES verification,
    evidence INT64 NOT NULL REFERENCES evidence,
    version INT64 NOT NULL, -- as it was when it was asked about
    answer TEXT CHECK (answer IN ('verified', 'rejected', 'unknown')),
    PRIMARY KEY (verification, evidence)
) STRICT;

CREATE INDEX verification_entry_evidence ON verification_entry (evidence);

-- Papers for those who verify. The bytes stand in a file that is called by their hash.
CREATE TABLE attachment (
    id ID,
    evidence INT64 NOT NULL REFERENCES evidence,
    sha256 BYTES NOT NULL CHECK (length(sha256) = 32),
    type TEXT NOT NULL,
    size INT64 NOT NULL,
    name TEXT NOT NULL,
    added_position INT64 NOT NULL REFERENCES journal,
    removed_position INT64 REFERENCES journal
) STRICT;

CREATE INDEX attachment_evidence ON attachment (evidence, id);
CREATE INDEX attachment_sha256 ON attachment (sha256);

-- A sample of entries that are looked at closely, drawn so that anybody can draw it again.
CREATE TABLE audit (
    id ID,
    seed TEXT NOT NULL,
    kind TEXT,     -- of entry; NULL: all
    standing TEXT, -- the same
    from_day INT64 NOT NULL,
    until_day INT64 NOT NULL,
    wanted INT64 NOT NULL,
    population INT64 NOT NULL,
    known_position INT64 NOT NULL, -- the population is as it was known there
    drawn_position INT64 NOT NULL REFERENCES journal
) STRICT;

CREATE TABLE audit_entry (
    audit INT64 NOT NULL REFERENCES audit,
    place INT64 NOT NULL,
    evidence INT64 NOT NULL REFERENCES evidence,
    result TEXT CHECK (result IN ('in-order', 'not-in-order', 'no-answer')),
    note TEXT,
    closed_position INT64 REFERENCES journal,
    PRIMARY KEY (audit, place),
    CHECK ((result IS NULL) = (closed_position IS NULL))
) STRICT;

CREATE INDEX audit_entry_evidence ON audit_entry (evidence);

-- Somebody is asked by mail what they think of a person's work.
CREATE TABLE opinion (
    id ID,
    person INT64 NOT NULL REFERENCES person, -- whom it is about
    kind TEXT NOT NULL, -- of the entry that it becomes
    facts TEXT NOT NULL,
    matter TEXT,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    giver INT64 REFERENCES person, -- who has that address, where that is known
    confidential INT64 NOT NULL CHECK (confidential IN (0, 1)),
    digest BYTES NOT NULL UNIQUE CHECK (length(digest) = 32),
    asked_at INT64 NOT NULL,
    until INT64 NOT NULL,
    text TEXT,
    evidence INT64 REFERENCES evidence,
    asked_position INT64 NOT NULL REFERENCES journal,
    given_position INT64 REFERENCES journal,
    cancelled_position INT64 REFERENCES journal,
    CHECK ((text IS NULL) = (given_position IS NULL))
) STRICT;

CREATE INDEX opinion_person ON opinion (person, id);
CREATE INDEX opinion_giver ON opinion (giver);
CREATE INDEX opinion_evidence ON opinion (evidence);
