-- Null is always the newest.
ALTER TABLE sessions ADD COLUMN prompt_version integer CHECK (prompt_version > 0);
