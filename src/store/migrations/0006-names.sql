-- Names as they are looked for: without case, accents and signs. Word 0 is the whole name, and each
-- further one what follows a word of it.
CREATE TABLE person_name (
    person INT64 NOT NULL REFERENCES person,
    word INT64 NOT NULL CHECK (word >= 0),
    folded TEXT NOT NULL,
    PRIMARY KEY (person, word)
) STRICT;

CREATE INDEX person_name_order ON person_name (word, folded, person);
CREATE INDEX person_name_folded ON person_name (folded, person);

INSERT INTO person_name (person, word, folded) SELECT id, 0, lower(name) FROM person;
