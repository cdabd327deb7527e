-- Appointments. A doctor cannot have two at once: the database refuses it, whoever asks. (An exclusion constraint on the
-- doctor's name would need btree_gist, which is not everywhere; a range of one number needs nothing.)
CREATE TABLE hospital_appointments (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    appointment_id text NOT NULL,
    session_id uuid,
    doctor text NOT NULL,
    department text NOT NULL,
    doctor_key int8range NOT NULL GENERATED ALWAYS AS (
        int8range(hashtextextended(tenant_id || '/' || doctor, 0) >> 1,
                  hashtextextended(tenant_id || '/' || doctor, 0) >> 1, '[]')) STORED,
    during tstzrange NOT NULL CHECK (NOT isempty(during)),
    status text NOT NULL DEFAULT 'booked' CHECK (status IN ('booked', 'cancelled')),
    patient_name text NOT NULL,
    name_key bytea NOT NULL,
    email text NOT NULL,
    phone text,
    phone_key bytea,
    reason text,
    sequence integer NOT NULL DEFAULT 0,
    booked_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz,
    PRIMARY KEY (tenant_id, appointment_id),
    EXCLUDE USING gist (doctor_key WITH &&, during WITH &&) WHERE (status = 'booked')
);
CREATE INDEX hospital_appointments_by_name ON hospital_appointments (tenant_id, name_key);
CREATE INDEX hospital_appointments_by_phone ON hospital_appointments (tenant_id, phone_key);
SELECT keep_tenants_apart('hospital_appointments');

-- Patients, found by a digest of their number in E.164 form.
CREATE TABLE hospital_patients (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    phone_key bytea NOT NULL,
    phone text NOT NULL,
    name text NOT NULL,
    email text,
    last_visit date,
    preferred_doctor text,
    department text,
    language text,
    customer_type text NOT NULL DEFAULT 'existing',
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, phone_key)
);
SELECT keep_tenants_apart('hospital_patients');

-- A record of every call, from its session's first moment to its last.
CREATE TABLE hospital_calls (
    tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true),
    call_id uuid NOT NULL,
    session_id uuid NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    caller_phone text,
    customer_name text,
    customer_email text,
    customer_type text NOT NULL DEFAULT 'new',
    language text NOT NULL DEFAULT 'en',
    call_type text NOT NULL DEFAULT 'inquiry',
    status text NOT NULL DEFAULT 'in_progress' CHECK (status IN ('in_progress', 'completed', 'abandoned', 'failed')),
    department_enquired text,
    doctor_enquired text,
    summary text,
    notes text,
    duration_seconds integer,
    PRIMARY KEY (tenant_id, call_id),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE
);
SELECT keep_tenants_apart('hospital_calls');

CREATE FUNCTION hospital_call_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hospital_calls (call_id, session_id, started_at, caller_phone)
    VALUES (new.session_id, new.session_id, new.created_at, new.caller_phone);
    RETURN NULL;
END $$;

CREATE TRIGGER hospital_call_begins AFTER INSERT ON sessions
FOR EACH ROW WHEN (new.playbook = 'hospital') EXECUTE FUNCTION hospital_call_begins();

-- However a session ends, its record is finished in the same transaction, and leaves for the customer's sheet.
CREATE FUNCTION hospital_call_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hospital_calls
    SET status = CASE new.status WHEN 'closed' THEN 'completed' ELSE 'abandoned' END,
        duration_seconds = greatest(0, extract(epoch FROM new.closed_at - started_at))::integer
    WHERE session_id = new.session_id;
    INSERT INTO outbox (entry_key, session_id, kind, lane, payload)
    SELECT new.session_id || '/end//calls_sheet', new.session_id, 'calls_sheet', 'hospital/calls_sheet',
           to_jsonb(c) - 'tenant_id'
    FROM hospital_calls c WHERE c.session_id = new.session_id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER hospital_call_ends AFTER UPDATE OF status ON sessions
FOR EACH ROW WHEN (new.playbook = 'hospital' AND old.status = 'active' AND new.status <> 'active')
EXECUTE FUNCTION hospital_call_ends();
