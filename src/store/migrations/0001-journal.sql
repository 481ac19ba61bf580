-- The installation, and the journal of everything that is done in it.

CREATE TABLE installation (
    one INT64 PRIMARY KEY CHECK (one = 1), -- there is a single row
    id TEXT NOT NULL,                      -- 26 letters and digits, drawn at random
    created_at INT64 NOT NULL,
    program TEXT NOT NULL
) STRICT;

-- One entry an operation. Instants are microseconds UTC. digest is the SHA-256 of salt and payload,
-- chain that of the chain of the entry before and of this entry, so that none can be changed,
-- left out or put in without all after it.
CREATE TABLE journal (
    position INT64 PRIMARY KEY CHECK (position > 0),
    at INT64 NOT NULL,
    operation TEXT NOT NULL,
    subject_kind TEXT,
    subject_id INT64,
    actor_kind TEXT,
    actor_id INT64,
    authority TEXT NOT NULL,
    digest BYTES NOT NULL CHECK (length(digest) = 32),
    chain BYTES NOT NULL CHECK (length(chain) = 32),
    CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
    CHECK ((actor_kind IS NULL) = (actor_id IS NULL))
) STRICT;

CREATE INDEX journal_subject ON journal (subject_kind, subject_id, position);
CREATE INDEX journal_actor ON journal (actor_kind, actor_id, position);
CREATE INDEX journal_at ON journal (at, position);

-- Personal data stand here alone: erasure deletes the row, and the chain still holds.
CREATE TABLE journal_payload (
    position INT64 PRIMARY KEY REFERENCES journal,
    salt BYTES NOT NULL CHECK (length(salt) = 32),
    payload BYTES NOT NULL
) STRICT;
