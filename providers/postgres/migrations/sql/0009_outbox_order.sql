-- A lane is in the order in which its entries were made. When their transactions began says nothing of it: one waits for
-- the other's patient, and makes two of its own.
ALTER TABLE outbox ALTER COLUMN created_at SET DEFAULT clock_timestamp();
