-- What is not to leave any more, because something later in its lane says otherwise: an appointment that was cancelled is
-- not entered, whoever sends its dead entry again. One that is being sent at this moment has the mark alone.
ALTER TABLE outbox ADD COLUMN superseded boolean NOT NULL DEFAULT false;
ALTER TABLE outbox DROP CONSTRAINT outbox_status_check, ADD CONSTRAINT outbox_status_check
    CHECK (status IN ('intended', 'claimed', 'done', 'unknown', 'dead', 'superseded'));

-- What retention looks for.
DROP INDEX outbox_done;
CREATE INDEX outbox_settled ON outbox (tenant_id, settled_at) WHERE status IN ('done', 'superseded');
