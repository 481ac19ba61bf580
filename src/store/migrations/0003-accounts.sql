-- Accounts, to which sessions, addresses and keys belong. An account is of one person or, until it
-- claims one, of none; it is never deleted, but closed. Instants are microseconds UTC.
CREATE TABLE account (
    id ID,
    person INT64 REFERENCES person,
    created_at INT64 NOT NULL,
    blocked_at INT64,
    closed_at INT64,
    handle BYTES NOT NULL UNIQUE CHECK (length(handle) = 32), -- what authenticators know it by
    password TEXT,         -- as Argon2id writes it
    totp_secret BYTES,     -- of the second step, once totp_since says from when
    totp_since INT64,
    totp_step INT64 NOT NULL, -- of the last code that was taken; -1: none
    CHECK (totp_since IS NULL OR totp_secret IS NOT NULL)
) STRICT;

CREATE INDEX account_history ON account (person);
CREATE UNIQUE INDEX account_person ON account (person) WHERE closed_at IS NULL;

-- Confirmed addresses, those of before too: they are told when somebody recovers the account.
CREATE TABLE account_address (
    id ID,
    account INT64 NOT NULL REFERENCES account,
    address TEXT NOT NULL,
    folded TEXT NOT NULL, -- what is compared
    main INT64 NOT NULL CHECK (main IN (0, 1)),
    confirmed_at INT64 NOT NULL,
    removed_at INT64,
    CHECK (removed_at IS NULL OR main = 0)
) STRICT;

CREATE INDEX account_address_account ON account_address (account, id);
CREATE UNIQUE INDEX account_address_folded ON account_address (folded) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX account_address_main ON account_address (account) WHERE main = 1;

-- An address that is to be added, until it is confirmed at both ends.
CREATE TABLE address_change (
    id ID,
    account INT64 NOT NULL REFERENCES account,
    address TEXT NOT NULL,
    asked_at INT64 NOT NULL,
    new_at INT64,     -- confirmed at the new address
    current_at INT64, -- and at the primary one
    until INT64 NOT NULL
) STRICT;

CREATE INDEX address_change_account ON address_change (account, id);

-- Links that were mailed; of their secrets, the SHA-256. browser is that of the secret of the one
-- browser in which a link works.
CREATE TABLE account_link (
    digest BYTES PRIMARY KEY CHECK (length(digest) = 32),
    purpose TEXT NOT NULL,
    address TEXT NOT NULL,
    account INT64 REFERENCES account,
    person INT64 REFERENCES person,
    subject INT64,
    browser BYTES CHECK (length(browser) = 32),
    method TEXT,
    from_at INT64 NOT NULL,
    until INT64 NOT NULL,
    used_at INT64
) STRICT;

CREATE INDEX account_link_until ON account_link (until);
CREATE INDEX account_link_account ON account_link (account);
CREATE INDEX account_link_person ON account_link (person);

CREATE TABLE session (
    id ID,
    account INT64 NOT NULL REFERENCES account,
    digest BYTES NOT NULL UNIQUE CHECK (length(digest) = 32), -- of the token
    method TEXT NOT NULL,
    created_at INT64 NOT NULL,
    seen_at INT64 NOT NULL,
    strong_at INT64,
    agent TEXT NOT NULL,
    network TEXT NOT NULL, -- blurred
    ended_at INT64,
    ended_why TEXT,
    CHECK ((ended_at IS NULL) = (ended_why IS NULL))
) STRICT;

CREATE INDEX session_account ON session (account, id);
CREATE INDEX session_created ON session (created_at);

CREATE TABLE passkey (
    id ID,
    account INT64 NOT NULL REFERENCES account,
    credential BYTES NOT NULL UNIQUE,
    public_key BYTES NOT NULL, -- COSE
    sign_count INT64 NOT NULL,
    transports INT64 NOT NULL,
    backup_eligible INT64 NOT NULL CHECK (backup_eligible IN (0, 1)),
    backed_up INT64 NOT NULL CHECK (backed_up IN (0, 1)),
    aaguid BYTES NOT NULL CHECK (length(aaguid) = 16),
    name TEXT NOT NULL,
    created_at INT64 NOT NULL,
    used_at INT64
) STRICT;

CREATE INDEX passkey_account ON passkey (account, id);

-- What an authenticator is asked to sign: to add a passkey, for a session; to sign in, for a
-- browser; to show once more who one is, for a session.
CREATE TABLE passkey_challenge (
    digest BYTES PRIMARY KEY CHECK (length(digest) = 32),
    purpose TEXT NOT NULL CHECK (purpose IN ('add', 'sign-in', 'step-up')),
    session INT64 REFERENCES session,
    browser BYTES CHECK (length(browser) = 32),
    until INT64 NOT NULL,
    CHECK ((session IS NULL) = (purpose = 'sign-in'))
) STRICT;

CREATE INDEX passkey_challenge_until ON passkey_challenge (until);
CREATE INDEX passkey_challenge_session ON passkey_challenge (session);

-- Recovery codes, of which those that were used are deleted.
CREATE TABLE recovery_code (
    account INT64 NOT NULL REFERENCES account,
    digest BYTES NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (account, digest)
) STRICT;

-- Somebody who has lost addresses and keys asks for their account.
CREATE TABLE recovery (
    id ID,
    known_as TEXT NOT NULL,
    address TEXT NOT NULL,
    statement TEXT NOT NULL,
    asked_at INT64 NOT NULL,
    confirmed_at INT64, -- the new address was
    account INT64 REFERENCES account,
    first_at INT64,
    first_person INT64 REFERENCES person, -- NULL: the command line
    second_at INT64,
    second_person INT64 REFERENCES person,
    until INT64, -- the waiting period ends
    refused_at INT64,
    reason TEXT,
    cancelled_at INT64,
    done_at INT64,
    CHECK ((first_at IS NULL) = (account IS NULL)),
    CHECK ((second_at IS NULL) = (until IS NULL)),
    CHECK (second_at IS NULL OR first_at IS NOT NULL),
    CHECK ((refused_at IS NULL) = (reason IS NULL))
) STRICT;

CREATE INDEX recovery_account ON recovery (account);

-- Somebody with an account says which person of the register they are.
CREATE TABLE claim (
    id ID,
    account INT64 NOT NULL REFERENCES account,
    name TEXT NOT NULL,
    statement TEXT NOT NULL,
    asked_at INT64 NOT NULL,
    decided_at INT64,
    decided_by INT64 REFERENCES person, -- NULL: the command line
    person INT64 REFERENCES person,     -- accepted for this one
    reason TEXT,                        -- or refused, because
    CHECK ((decided_at IS NULL) = (person IS NULL AND reason IS NULL)),
    CHECK (person IS NULL OR reason IS NULL)
) STRICT;

CREATE INDEX claim_account ON claim (account, id);
CREATE UNIQUE INDEX claim_open ON claim (account) WHERE decided_at IS NULL;

CREATE TABLE api_token (
    id ID,
    name TEXT NOT NULL,
    person INT64 REFERENCES person,
    organisation TEXT,
    digest BYTES NOT NULL UNIQUE CHECK (length(digest) = 32),
    made_by INT64 NOT NULL REFERENCES person,
    created_at INT64 NOT NULL,
    last_day INT64 NOT NULL,
    used_at INT64,
    revoked_at INT64,
    CHECK ((person IS NULL) <> (organisation IS NULL))
) STRICT;

CREATE INDEX api_token_person ON api_token (person, id);
CREATE INDEX api_token_organisation ON api_token (organisation, id);

CREATE TABLE api_token_scope (
    token INT64 NOT NULL REFERENCES api_token,
    scope TEXT NOT NULL,
    PRIMARY KEY (token, scope)
) STRICT;

-- How often something was tried: the instant at which a bucket is full again, and the SHA-256 of
-- what it counts by.
CREATE TABLE rate_limit (
    kind TEXT NOT NULL,
    digest BYTES NOT NULL CHECK (length(digest) = 32),
    full_at INT64 NOT NULL,
    PRIMARY KEY (kind, digest)
) STRICT;

CREATE INDEX rate_limit_full ON rate_limit (full_at);
