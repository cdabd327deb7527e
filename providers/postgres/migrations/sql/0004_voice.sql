-- What of a turn's spoken words has certainly been played to the other side: the reply of a caller's turn, or an agent's
-- own words. Null where nothing is spoken, since written words are read as a whole.
ALTER TABLE turns ADD COLUMN heard text;

-- Telephone calls by the carrier's id: which session takes a call, and where it stands. Numbers are personal.
CREATE TABLE calls (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    call_id text NOT NULL,
    session_id uuid NOT NULL,
    playbook text NOT NULL,
    outbound boolean NOT NULL,
    caller text,
    called text,
    state text NOT NULL DEFAULT 'in-progress',
    answered_by text,
    seconds integer,
    opened_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, call_id),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);
CREATE INDEX calls_by_session ON calls (tenant_id, session_id);

DO $$
BEGIN
    ALTER TABLE calls ENABLE ROW LEVEL SECURITY;
    ALTER TABLE calls FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_only ON calls USING (tenant_id = current_setting('app.tenant', true))
        WITH CHECK (tenant_id = current_setting('app.tenant', true));
END $$;

-- Tokens that were used once, by their digest, until they would have run out anyway. No tenant's data.
CREATE TABLE used_tokens (digest text PRIMARY KEY, expires timestamptz NOT NULL);
CREATE INDEX used_tokens_by_end ON used_tokens (expires);
