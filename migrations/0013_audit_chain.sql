-- The record as a chain: every record carries the hash of the one before it, so that what was changed, removed, put in
-- or moved afterwards is found by whoever computes the hashes again (docs/adr/0020-audit-chain.md says how).

-- +goose Up
-- Kept as the text that was written: jsonb would give back another order and other spaces than were hashed.
ALTER TABLE audit_record
    ALTER COLUMN before TYPE json USING before::text::json,
    ALTER COLUMN after TYPE json USING after::text::json,
    ADD COLUMN seq           bigint,
    ADD COLUMN previous_hash bytea,
    ADD COLUMN hash          bytea;

-- One field of the hashed form: its length in bytes, a colon, the text, a comma; a missing one is a hyphen and a comma.
-- +goose StatementBegin
CREATE FUNCTION audit_field(value text) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(octet_length(convert_to(value, 'UTF8'))::text || ':' || value || ',', '-,')
$$;
-- +goose StatementEnd

-- The instant counts in microseconds since 1970, so that no time zone or date style of a session has a say.
-- +goose StatementBegin
CREATE FUNCTION audit_record_hash(r audit_record) RETURNS bytea
    LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to('zhongda audit 1,'
        || audit_field(r.seq::text) || audit_field(encode(r.previous_hash, 'hex')) || audit_field(r.id::text)
        || audit_field((extract(epoch FROM r.at) * 1000000)::bigint::text) || audit_field(r.actor_id::text)
        || audit_field(r.actor) || audit_field(r.actor_organisation) || audit_field(r.address) || audit_field(r.request_id)
        || audit_field(r.request) || audit_field(r.action) || audit_field(r.object_kind) || audit_field(r.object_id::text)
        || audit_field(r.project_id::text) || audit_field(r.result) || audit_field(r.reason)
        || audit_field(r.before::text) || audit_field(r.after::text), 'UTF8'))
$$;
-- +goose StatementEnd

-- Whoever appends holds the lock until the transaction is over: no gap and no fork. The lock is the last that an act
-- takes, so nobody waits for it who is waited for. The key is any number, the same for all.
-- +goose StatementBegin
CREATE FUNCTION audit_record_append() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7306086965341710951);
    SELECT seq + 1, hash INTO NEW.seq, NEW.previous_hash FROM public.audit_record ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND THEN
        NEW.seq := 1;
        NEW.previous_hash := decode(repeat('00', 32), 'hex');
    END IF;
    NEW.hash := public.audit_record_hash(NEW);
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- What was recorded before there was a chain comes first, in the order it was written.
ALTER TABLE audit_record DISABLE TRIGGER audit_record_is_final;
-- +goose StatementBegin
DO $$
DECLARE
    r     audit_record;
    place bigint := 0;
    last  bytea := decode(repeat('00', 32), 'hex');
BEGIN
    FOR r IN SELECT * FROM audit_record ORDER BY id LOOP
        place := place + 1;
        r.seq := place;
        r.previous_hash := last;
        last := audit_record_hash(r);
        UPDATE audit_record SET seq = r.seq, previous_hash = r.previous_hash, hash = last WHERE id = r.id;
    END LOOP;
END $$;
-- +goose StatementEnd
ALTER TABLE audit_record ENABLE TRIGGER audit_record_is_final;

ALTER TABLE audit_record
    ALTER COLUMN seq SET NOT NULL,
    ALTER COLUMN previous_hash SET NOT NULL,
    ALTER COLUMN hash SET NOT NULL,
    ADD CONSTRAINT audit_record_seq_unique UNIQUE (seq);
CREATE TRIGGER audit_record_append BEFORE INSERT ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_record_append();

-- +goose Down
DROP TRIGGER audit_record_append ON audit_record;
DROP FUNCTION audit_record_append, audit_record_hash, audit_field;
ALTER TABLE audit_record
    DROP COLUMN seq, DROP COLUMN previous_hash, DROP COLUMN hash,
    ALTER COLUMN before TYPE jsonb USING before::text::jsonb,
    ALTER COLUMN after TYPE jsonb USING after::text::jsonb;
