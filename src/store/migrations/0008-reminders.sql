-- Reminders of what came to be before there were any. Whatever is over by the time at which the
-- program looks, or was told by its first letter, reminds nobody.
INSERT INTO timer (kind, subject, due_at, next_at, failures)
SELECT 'appointment-reminder', id, (coalesce(ended_day - 1, last_day) - 30) * 86400000000,
    (coalesce(ended_day - 1, last_day) - 30) * 86400000000, 0
FROM appointment WHERE coalesce(ended_day - 1, last_day) - 30 > from_day;

INSERT INTO timer (kind, subject, due_at, next_at, failures)
SELECT 'token-reminder', id, (last_day - 14) * 86400000000, (last_day - 14) * 86400000000, 0
FROM api_token WHERE revoked_at IS NULL AND (last_day - 14) * 86400000000 > created_at;

INSERT INTO timer (kind, subject, due_at, next_at, failures)
SELECT 'recovery-ready', id, until, until, 0 FROM recovery
WHERE until IS NOT NULL AND refused_at IS NULL AND cancelled_at IS NULL AND done_at IS NULL;
