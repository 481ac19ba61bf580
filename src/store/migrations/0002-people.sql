-- The people of the register, whether they have an account or not.
CREATE TABLE person (
    id ID,
    name TEXT NOT NULL CHECK (name <> ''),
    created_at INT64 NOT NULL -- instants are microseconds UTC
) STRICT;

-- Who holds which role, within what. A row is added by the act that makes an appointment, and the
-- act that ends it fills in the last three columns; nothing else changes, and no row is deleted.
-- Days are counted from 1970-01-01. It holds from from_day to last_day, but not from ended_day on.
CREATE TABLE appointment (
    id ID,
    person INT64 NOT NULL REFERENCES person,
    role TEXT NOT NULL,
    scope_kind TEXT NOT NULL
        CHECK (scope_kind IN ('installation', 'body', 'organisation', 'programme')),
    scope_id TEXT NOT NULL, -- '' for the installation
    from_day INT64 NOT NULL,
    last_day INT64, -- NULL: no end was set
    basis TEXT NOT NULL,
    made_position INT64 NOT NULL REFERENCES journal,
    ended_day INT64,
    ended_why TEXT,
    ended_position INT64 REFERENCES journal,
    CHECK ((scope_kind = 'installation') = (scope_id = '')),
    CHECK (last_day IS NULL OR last_day >= from_day),
    CHECK ((ended_day IS NULL) = (ended_position IS NULL)),
    CHECK ((ended_day IS NULL) = (ended_why IS NULL))
) STRICT;

CREATE INDEX appointment_person ON appointment (person, id);
CREATE INDEX appointment_scope ON appointment (scope_kind, scope_id, id);
CREATE INDEX appointment_role ON appointment (role, id);
