-- name: patient
-- After a change of keys a patient may stand twice: what was written last is true.
SELECT phone, name, email, last_visit, preferred_doctor, department, language FROM hospital_patients
WHERE phone_key = ANY(%(phone_keys)s) ORDER BY updated_at DESC LIMIT 1;

-- name: keep_patient
INSERT INTO hospital_patients (phone_key, phone, name, email, last_visit, preferred_doctor, department, language)
VALUES (%(phone_key)s, %(phone)s, %(name)s, %(email)s, %(day)s, %(doctor)s, %(department)s, %(language)s)
ON CONFLICT (tenant_id, phone_key) DO UPDATE
SET name = excluded.name, email = coalesce(excluded.email, hospital_patients.email), last_visit = excluded.last_visit,
    preferred_doctor = excluded.preferred_doctor, department = excluded.department, updated_at = now();

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
    summary = coalesce(%(summary)s, summary), notes = coalesce(%(notes)s, notes)
WHERE session_id = %(session_id)s;
