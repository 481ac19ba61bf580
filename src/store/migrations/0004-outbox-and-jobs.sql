-- Letters, from the operation that asks for one to the server that takes it, and what the program
-- does by itself. Instants are microseconds UTC.

-- What leaves at once: a letter, or the letters of a day for one address. Each attempt is claimed
-- before it is made, so that after a crash it is known which may have arrived.
CREATE TABLE mail (
    id ID,
    address TEXT NOT NULL,
    digest INT64 NOT NULL CHECK (digest IN (0, 1)),
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'claimed', 'sent', 'filed', 'dead', 'dropped')),
    leave_at INT64 NOT NULL, -- from when on it may leave
    next_at INT64 NOT NULL,  -- the next attempt
    attempts INT64 NOT NULL,
    answer TEXT,     -- to the last attempt: what the server said, or what went wrong
    ended_at INT64,  -- sent, filed, given up by the program, or by somebody
    CHECK ((ended_at IS NULL) = (state IN ('waiting', 'claimed')))
) STRICT;

CREATE INDEX mail_next ON mail (state, next_at, id);
CREATE INDEX mail_ended ON mail (ended_at);

-- A row for each letter that an operation asked for, added in its transaction.
CREATE TABLE outbox (
    id ID,
    address TEXT NOT NULL,
    about INT64 REFERENCES person,
    template TEXT NOT NULL,
    data TEXT,     -- JSON; it may hold links with their secrets, and is deleted once the letter left
    language TEXT, -- NULL: that of the scheme
    urgency TEXT NOT NULL CHECK (urgency IN ('now', 'digest')),
    added_at INT64 NOT NULL,
    mail INT64 REFERENCES mail -- what it leaves with, once that is known
) STRICT;

CREATE INDEX outbox_mail ON outbox (mail);
CREATE INDEX outbox_about ON outbox (about, id);

-- How far each consumer has followed the journal. What failed is tried again at next_at.
CREATE TABLE consumer (
    name TEXT PRIMARY KEY,
    position INT64 NOT NULL,
    moved_at INT64, -- NULL: not yet
    failures INT64 NOT NULL, -- in a row
    failure TEXT,
    next_at INT64 NOT NULL,
    CHECK ((failures = 0) = (failure IS NULL))
) STRICT;

-- What is to be done at an instant: once, and then the row is gone, or again and again.
CREATE TABLE timer (
    kind TEXT NOT NULL,
    subject INT64 NOT NULL, -- what it is about, as the kind says; 0: nothing in particular
    due_at INT64 NOT NULL,
    next_at INT64 NOT NULL, -- the next attempt, after failures later than due_at
    ran_at INT64, -- the last time, of those that come again
    failures INT64 NOT NULL, -- in a row
    failure TEXT,
    PRIMARY KEY (kind, subject),
    CHECK ((failures = 0) = (failure IS NULL))
) STRICT;

CREATE INDEX timer_next ON timer (next_at);
