-- The browsers in which somebody has signed in to an account, by the hash of the secret that each
-- keeps: what strangers try elsewhere is not counted against them.
CREATE TABLE account_browser (
    account INT64 NOT NULL REFERENCES account,
    digest BYTES NOT NULL,
    seen_at INT64 NOT NULL, -- the last time that somebody signed in there
    PRIMARY KEY (account, digest)
) STRICT;

CREATE INDEX account_browser_seen ON account_browser (seen_at);
