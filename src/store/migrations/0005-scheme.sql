-- Each time the scheme changed: the position of the journal's entry.
CREATE TABLE scheme_version (
    position INT64 PRIMARY KEY REFERENCES journal
) STRICT;

-- What the paths of the scheme's folder hold, from one version up to the one that superseded it.
CREATE TABLE scheme_text (
    path TEXT NOT NULL,
    recorded_position INT64 NOT NULL REFERENCES scheme_version,
    superseded_position INT64 REFERENCES scheme_version,
    sha256 BYTES NOT NULL CHECK (length(sha256) = 32),
    bytes BYTES NOT NULL,
    PRIMARY KEY (path, recorded_position),
    CHECK (superseded_position > recorded_position)
) STRICT;

CREATE UNIQUE INDEX scheme_text_current ON scheme_text (path) WHERE superseded_position IS NULL;

-- Editions of standards and vocabularies that were adopted. Their texts stand in scheme_text, and
-- neither change nor go away.
CREATE TABLE scheme_edition (
    kind TEXT NOT NULL CHECK (kind IN ('criteria', 'vocabulary')),
    name TEXT NOT NULL,
    edition TEXT NOT NULL,
    text_hash BYTES NOT NULL CHECK (length(text_hash) = 32), -- SHA-256
    adopted_position INT64 NOT NULL REFERENCES scheme_version,
    adopted_at INT64 NOT NULL, -- microseconds UTC
    PRIMARY KEY (kind, name, edition)
) STRICT;
