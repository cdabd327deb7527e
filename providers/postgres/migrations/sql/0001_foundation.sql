-- The tables of Parley. Every table that holds a tenant's data carries tenant_id, filled in from the
-- transaction's own setting, and shows its rows to that tenant only: also to the owner (FORCE).

CREATE TABLE tenants (
    tenant_id text PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    session_id uuid NOT NULL,
    playbook text NOT NULL,
    channel text NOT NULL,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed', 'abandoned')),
    call_context json NOT NULL,
    caller_phone text,
    profile json NOT NULL,
    digest bytea NOT NULL,
    first_dataset json NOT NULL,
    dataset json NOT NULL,
    dataset_version integer NOT NULL DEFAULT 0,
    next_seq integer NOT NULL DEFAULT 1,
    last_event bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    last_activity timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    PRIMARY KEY (tenant_id, session_id)
);
CREATE INDEX sessions_newest ON sessions (tenant_id, created_at DESC, session_id);
CREATE INDEX sessions_idle ON sessions (tenant_id, last_activity) WHERE status = 'active';

-- One row a turn: the inbox while it is open, the transcript once it is done. Audio leaves with the transcript.
CREATE TABLE turns (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    session_id uuid NOT NULL,
    seq integer NOT NULL,
    turn_id text NOT NULL,
    speaker text NOT NULL,
    role text NOT NULL CHECK (role IN ('caller', 'agent')),
    done boolean NOT NULL DEFAULT false,
    digest bytea NOT NULL,
    raw_text text,
    cleaned_text text,
    audio bytea,
    audio_type text,
    stt jsonb,
    spoken_at timestamptz,
    accepted_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    served jsonb,
    plan jsonb,
    result jsonb,
    PRIMARY KEY (tenant_id, session_id, seq),
    UNIQUE (tenant_id, session_id, turn_id),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);
CREATE INDEX turns_open ON turns (tenant_id, session_id, seq) WHERE NOT done;

-- The ledger: one row for each planned call, under the key of the turn that proposed it.
CREATE TABLE tool_calls (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    session_id uuid NOT NULL,
    seq integer NOT NULL,
    ordinal integer NOT NULL,
    fork text NOT NULL DEFAULT '',
    call_id uuid NOT NULL,
    name text NOT NULL,
    effect text NOT NULL,
    arguments jsonb NOT NULL,
    evidence text NOT NULL,
    status text NOT NULL,
    result jsonb NOT NULL,
    error text,
    settled_seq integer NOT NULL,
    dataset_version integer NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, session_id, seq, ordinal, fork),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);

-- Each version's JSON Patch and, value by value, the turn and the words it came from.
CREATE TABLE dataset_versions (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    session_id uuid NOT NULL,
    version integer NOT NULL,
    seq integer NOT NULL,
    turn_id text NOT NULL,
    patch jsonb NOT NULL,
    provenance jsonb NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, session_id, version),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);

-- Gated calls that wait for the caller's word, and what was decided of them.
CREATE TABLE consents (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    consent_id uuid NOT NULL,
    session_id uuid NOT NULL,
    seq integer NOT NULL,
    ordinal integer NOT NULL,
    call jsonb NOT NULL,
    mode text NOT NULL CHECK (mode IN ('ask', 'read_back')),
    question text,
    status text NOT NULL CHECK (status IN ('held', 'granted', 'refused')),
    quote text NOT NULL,
    decided_by text,
    decided_seq integer,
    held_at timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz,
    PRIMARY KEY (tenant_id, consent_id),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);
CREATE INDEX consents_by_session ON consents (tenant_id, session_id, status);

CREATE TABLE events (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    session_id uuid NOT NULL,
    n bigint NOT NULL,
    type text NOT NULL,
    turn_id text,
    at timestamptz NOT NULL DEFAULT now(),
    data jsonb NOT NULL,
    PRIMARY KEY (tenant_id, session_id, n),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);

-- Who holds a session's pen: one writer at a time, lost when it is not renewed.
CREATE TABLE session_leases (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    session_id uuid NOT NULL,
    owner uuid NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, session_id)
);

CREATE TABLE api_keys (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    key_id text NOT NULL,
    digest bytea NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, key_id)
);

-- LangGraph's checkpoints: one row each, the whole bounded state in it.
CREATE TABLE checkpoints (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    thread_id text NOT NULL,
    checkpoint_ns text NOT NULL,
    checkpoint_id text NOT NULL,
    parent_id text,
    type text NOT NULL,
    checkpoint bytea NOT NULL,
    metadata jsonb NOT NULL,
    PRIMARY KEY (tenant_id, thread_id, checkpoint_ns, checkpoint_id)
);

CREATE TABLE checkpoint_writes (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    thread_id text NOT NULL,
    checkpoint_ns text NOT NULL,
    checkpoint_id text NOT NULL,
    task_id text NOT NULL,
    idx integer NOT NULL,
    task_path text NOT NULL,
    channel text NOT NULL,
    type text NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (tenant_id, thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'sessions', 'turns', 'tool_calls', 'dataset_versions', 'consents', 'events', 'session_leases', 'api_keys',
        'checkpoints', 'checkpoint_writes'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant_only ON %I USING (tenant_id = current_setting(''app.tenant'', true)) '
            'WITH CHECK (tenant_id = current_setting(''app.tenant'', true))', name);
    END LOOP;
END $$;
