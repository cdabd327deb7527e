-- What makes a call durable beyond its own tables: answers to replay it by, effects that end, proofs of consent that
-- nobody can change unseen, and what is to leave for the outside.

-- What models answered in a turn, by the digest of the question: asked once, also after a crash and in a replay.
ALTER TABLE turns ADD COLUMN answers jsonb NOT NULL DEFAULT '{}';

-- A call's own change of the dataset, for a replay; and the turn in which a standing effect was taken back.
ALTER TABLE tool_calls ADD COLUMN change jsonb NOT NULL DEFAULT '[]', ADD COLUMN ended_seq integer;

-- After which caller turn a person decided: where a replay decides the same.
ALTER TABLE consents ADD COLUMN decided_after integer;

-- The ledger of consents: a chain of hashes for each session. Rows hold ids, the verdict and a digest of the words, so
-- that they outlive the words, which lie beside it and can be erased. Nothing of it is ever changed or taken away.
CREATE TABLE consent_ledger (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    session_id uuid NOT NULL,
    n integer NOT NULL,
    consent_id uuid NOT NULL,
    tool text NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('held', 'granted', 'refused')),
    asking_seq integer NOT NULL,
    answering_seq integer,
    decided_by text,
    at timestamptz NOT NULL,
    words_digest bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (tenant_id, session_id, n),
    UNIQUE (tenant_id, consent_id, verdict)
);

CREATE TABLE consent_words (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    session_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    verdict text NOT NULL,
    salt bytea NOT NULL,
    question text,
    quote text NOT NULL,
    PRIMARY KEY (tenant_id, consent_id, verdict),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);
CREATE INDEX consent_words_by_session ON consent_words (tenant_id, session_id);

-- Number a row, bind it to the one before and to its own content. The session's row is locked by whoever inserts.
CREATE FUNCTION chain_consent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    SELECT l.n, l.hash INTO last FROM consent_ledger l WHERE l.session_id = NEW.session_id ORDER BY l.n DESC LIMIT 1;
    NEW.n := coalesce(last.n, 0) + 1;
    NEW.at := date_trunc('milliseconds', now());
    NEW.previous := coalesce(last.hash, ''::bytea);
    NEW.hash := sha256(NEW.previous || convert_to(jsonb_build_array(
        NEW.tenant_id, NEW.session_id, NEW.n, NEW.consent_id, NEW.tool, NEW.verdict, NEW.asking_seq, NEW.answering_seq,
        NEW.decided_by, (extract(epoch FROM NEW.at) * 1000)::bigint, encode(NEW.words_digest, 'hex'))::text, 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON consent_ledger FOR EACH ROW EXECUTE FUNCTION chain_consent();

-- Seals: where the chains of a tenant stood when a job looked, itself a chain; a chain cut short shows against it.
CREATE TABLE ledger_seals (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    n integer NOT NULL,
    at timestamptz NOT NULL,
    heads jsonb NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (tenant_id, n)
);
REVOKE UPDATE, DELETE, TRUNCATE ON consent_ledger, ledger_seals FROM parley_app;

-- Who is told of a tenant's events. The secret signs what is sent; `types` null means every type.
CREATE TABLE webhooks (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    webhook_id uuid NOT NULL,
    url text NOT NULL,
    secret text NOT NULL,
    types text[],
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    disabled_why text,
    PRIMARY KEY (tenant_id, webhook_id)
);

-- What is to leave for the outside, committed with the fact that asks for it. `entry_key` is the idempotency key; what
-- shares a lane leaves in order. A webhook's entry points at its event, a tool's carries its payload.
CREATE TABLE outbox (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    entry_key text NOT NULL,
    session_id uuid NOT NULL,
    kind text NOT NULL,
    lane text NOT NULL,
    webhook_id uuid,
    event_n bigint,
    payload jsonb,
    status text NOT NULL DEFAULT 'intended' CHECK (status IN ('intended', 'claimed', 'done', 'unknown', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    fault text,
    receipt jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    next_at timestamptz,
    claimed_at timestamptz,
    settled_at timestamptz,
    PRIMARY KEY (tenant_id, entry_key),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);
CREATE INDEX outbox_by_session ON outbox (tenant_id, session_id);
CREATE INDEX outbox_lanes ON outbox (tenant_id, lane, event_n) WHERE status IN ('intended', 'claimed');
CREATE INDEX outbox_open ON outbox (tenant_id, status, created_at) WHERE status <> 'done';

-- A recorded call, run again in a fork under the same or another model or prompt.
CREATE TABLE replays (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    replay_id uuid NOT NULL,
    session_id uuid NOT NULL,
    from_seq integer NOT NULL,
    model text,
    prompt_version integer,
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'failed')),
    fault text,
    turns integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    PRIMARY KEY (tenant_id, replay_id),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);

CREATE TABLE replay_turns (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    replay_id uuid NOT NULL,
    seq integer NOT NULL,
    turn_id text NOT NULL,
    answers jsonb NOT NULL DEFAULT '{}',
    difference jsonb,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, replay_id, seq),
    FOREIGN KEY (tenant_id, replay_id) REFERENCES replays ON DELETE CASCADE
);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'consent_ledger', 'consent_words', 'ledger_seals', 'webhooks', 'outbox', 'replays', 'replay_turns'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant_only ON %I USING (tenant_id = current_setting(''app.tenant'', true)) '
            'WITH CHECK (tenant_id = current_setting(''app.tenant'', true))', name);
    END LOOP;
END $$;
