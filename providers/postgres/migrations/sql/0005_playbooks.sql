-- Which of the playbooks' own migrations this database has.
CREATE TABLE playbook_migrations (
    playbook text NOT NULL,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (playbook, name)
);

-- For playbooks' tables, which have a column `tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true)`: the
-- rows of one tenant are not there for another.
CREATE FUNCTION keep_tenants_apart(own regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', own);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', own);
    EXECUTE format('CREATE POLICY tenant_only ON %s USING (tenant_id = current_setting(''app.tenant'', true)) '
                   'WITH CHECK (tenant_id = current_setting(''app.tenant'', true))', own);
END $$;

-- For statements that have to find what they change: somebody else was faster where they do not.
CREATE FUNCTION must_change(rows bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    IF rows = 0 THEN
        RAISE EXCEPTION 'what was to be changed is no longer there' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN rows;
END $$;
