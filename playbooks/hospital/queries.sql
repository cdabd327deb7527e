-- name: patient
-- After a change of keys a patient may stand twice: what was written last is true.
SELECT phone, name, email, last_visit, preferred_doctor, department, language FROM hospital_patients
WHERE phone_key = ANY(%(phone_keys)s) ORDER BY updated_at DESC LIMIT 1;

-- name: keep_patient
INSERT INTO hospital_patients (phone_key, phone, name, email, preferred_doctor, department, language)
SELECT %(phone_key)s, %(phone)s, %(name)s, %(email)s, %(doctor)s, %(department)s, c.language
FROM hospital_calls c WHERE c.session_id = %(session_id)s
ON CONFLICT (tenant_id, phone_key) DO UPDATE
SET name = excluded.name, email = excluded.email, preferred_doctor = excluded.preferred_doctor,
    department = excluded.department, language = excluded.language, updated_at = now();

-- name: keep_visit
-- A patient's last visit is their newest appointment that stands, none of another who has the same number; as the register
-- then is, it leaves for the hospital's sheet. The patient is locked first, so that the second statement sees what other
-- calls have booked and cancelled.
SELECT FROM hospital_patients WHERE phone_key = ANY(%(phone_keys)s) FOR UPDATE;
WITH kept AS (
    UPDATE hospital_patients SET updated_at = now(), last_visit = (
        SELECT max((lower(during) AT TIME ZONE %(zone)s)::date) FROM hospital_appointments
        WHERE status = 'booked' AND phone_key = ANY(%(phone_keys)s) AND name_key = ANY(%(name_keys)s))
    WHERE phone_key = (SELECT phone_key FROM hospital_patients WHERE phone_key = ANY(%(phone_keys)s)
                       ORDER BY updated_at DESC LIMIT 1)
    RETURNING *
)
INSERT INTO outbox (entry_key, session_id, kind, lane, payload)
SELECT %(call_id)s || '//patients_sheet', %(session_id)s, 'patients_sheet', 'hospital/patients_sheet',
       to_jsonb(kept) - ARRAY['tenant_id', 'phone_key']
FROM kept;

-- name: own
-- The newest appointments that stand under a number, whoever has them, to come or over.
SELECT appointment_id, doctor, department, lower(during) AS begins, upper(during) AS ends, patient_name, email, phone,
       sequence, upper(during) <= now() AS is_over
FROM hospital_appointments WHERE status = 'booked' AND phone_key = ANY(%(phone_keys)s)
ORDER BY lower(during) DESC LIMIT 10;

-- name: taken
-- Who has whom when, on the days that are asked about.
SELECT doctor, lower(during) AS begins, upper(during) AS ends FROM hospital_appointments
WHERE status = 'booked' AND doctor = ANY(%(doctors)s) AND during && tstzrange(%(begins)s, %(ends)s);

-- name: book
INSERT INTO hospital_appointments (appointment_id, session_id, doctor, department, during, patient_name, name_key, email,
                                   phone, phone_key)
VALUES (%(appointment_id)s, %(session_id)s, %(doctor)s, %(department)s, tstzrange(%(begins)s, %(ends)s),
        %(patient_name)s, %(name_key)s, %(email)s, %(phone)s, %(phone_key)s);

-- name: cancel
WITH changed AS (
    UPDATE hospital_appointments SET status = 'cancelled', reason = %(reason)s, sequence = sequence + 1, changed_at = now()
    WHERE appointment_id = %(appointment_id)s AND status = 'booked' RETURNING 1
) SELECT must_change(count(*)) FROM changed;

-- name: move
-- One step: the old slot is free only if the new one was won.
WITH changed AS (
    UPDATE hospital_appointments
    SET during = tstzrange(%(begins)s, %(ends)s), sequence = sequence + 1, changed_at = now()
    WHERE appointment_id = %(appointment_id)s AND status = 'booked' AND lower(during) = %(from)s RETURNING 1
) SELECT must_change(count(*)) FROM changed;

-- name: found
-- Appointments to come, by number or by who has them.
SELECT appointment_id, doctor, department, lower(during) AS begins, upper(during) AS ends, patient_name, email, phone,
       sequence
FROM hospital_appointments
WHERE status = 'booked' AND upper(during) > %(now)s
  AND (%(appointment_id)s::text IS NULL OR upper(appointment_id) = upper(%(appointment_id)s::text))
  AND (%(appointment_id)s::text IS NOT NULL OR name_key = ANY(%(name_keys)s) OR phone_key = ANY(%(phone_keys)s))
  AND (%(day_begins)s::timestamptz IS NULL OR during && tstzrange(%(day_begins)s, %(day_ends)s))
ORDER BY lower(during);

-- name: note_call
UPDATE hospital_calls
SET customer_name = coalesce(%(name)s, customer_name), customer_email = coalesce(%(email)s, customer_email),
    customer_type = coalesce(%(customer_type)s, customer_type), call_type = coalesce(%(call_type)s, call_type),
    department_enquired = coalesce(%(department)s, department_enquired),
    doctor_enquired = coalesce(%(doctor)s, doctor_enquired),
    summary = coalesce(%(summary)s, summary), notes = coalesce(%(notes)s, notes),
    language = coalesce((SELECT stt->>'language' FROM turns
                         WHERE session_id = %(session_id)s AND role = 'caller' AND stt->>'language' IS NOT NULL
                         ORDER BY seq DESC LIMIT 1), language),
    duration_seconds = greatest(0, extract(epoch FROM now() - started_at))::integer
WHERE session_id = %(session_id)s;
