-- What was known when: every version of the rows that lists and boards show, and the same tables as they were at an instant.

-- +goose Up
-- The time of the business. The program announces its clock per transaction, so that a record and its version carry the
-- same instant; a session that announces none has the database's.
-- +goose StatementBegin
CREATE FUNCTION app_now() RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now())
$$;
-- +goose StatementEnd

ALTER TABLE project ALTER COLUMN created_at SET DEFAULT app_now(), ALTER COLUMN updated_at SET DEFAULT app_now();
ALTER TABLE milestone ALTER COLUMN created_at SET DEFAULT app_now(), ALTER COLUMN updated_at SET DEFAULT app_now();
ALTER TABLE app_user ALTER COLUMN created_at SET DEFAULT app_now(), ALTER COLUMN updated_at SET DEFAULT app_now();

-- history holds the versions, as_of the views of the same names. With "search_path = as_of, public" a statement written
-- for today answers about app.as_of instead; without app.as_of it fails.
CREATE SCHEMA history;
CREATE SCHEMA as_of;
GRANT USAGE ON SCHEMA history, as_of TO zhongda_app;

-- keep_versions_of remembers a table from now on: one version per row and instant, valid from its transaction until that
-- of the next. Call it again after adding, dropping or altering a column: older versions then have the new column's
-- default. The table needs a primary key. A row changed twice at one instant keeps the last state, and a clock that goes
-- back starts no version before the one it ends.
-- +goose StatementBegin
CREATE FUNCTION keep_versions_of(tracked name) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, public AS $make$
DECLARE
    source CONSTANT regclass := format('public.%I', tracked)::regclass;
    missing record;
    key      text[]; -- its columns
    all_columns text[];
BEGIN
    SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) INTO key
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = source AND i.indisprimary;
    SELECT array_agg(quote_ident(attname) ORDER BY attnum) INTO all_columns
        FROM pg_attribute WHERE attrelid = source AND attnum > 0 AND NOT attisdropped;

    EXECUTE format('CREATE TABLE IF NOT EXISTS history.%I (valid_from timestamptz NOT NULL, valid_to timestamptz NOT NULL)', tracked);
    FOR missing IN
        SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, coalesce(pg_get_expr(d.adbin, d.adrelid), 'NULL') AS value
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = ''
        WHERE a.attrelid = source AND a.attnum > 0 AND NOT a.attisdropped AND NOT EXISTS (
            SELECT FROM pg_attribute h WHERE h.attrelid = format('history.%I', tracked)::regclass AND h.attname = a.attname AND NOT h.attisdropped)
        ORDER BY a.attnum
    LOOP
        EXECUTE format('ALTER TABLE history.%I ADD COLUMN %I %s DEFAULT %s', tracked, missing.attname, missing.type, missing.value);
        EXECUTE format('ALTER TABLE history.%I ALTER COLUMN %I DROP DEFAULT', tracked, missing.attname);
    END LOOP;
    EXECUTE format('CREATE UNIQUE INDEX IF NOT EXISTS %I ON history.%I (%s, valid_from)', tracked || '_version', tracked, array_to_string(key, ', '));
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON history.%I (valid_to, valid_from)', tracked || '_valid', tracked);
    IF 'project_id' = ANY (all_columns) THEN
        EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON history.%I (project_id, valid_to)', tracked || '_of_project', tracked);
    END IF;
    EXECUTE format('GRANT SELECT ON history.%I TO zhongda_app', tracked);

    -- The views come from the versions alone, so that a table may lose columns that its past still has.
    EXECUTE format('DROP VIEW IF EXISTS as_of.%I', tracked);
    EXECUTE format($view$CREATE VIEW as_of.%1$I AS SELECT %2$s FROM history.%1$I
        WHERE valid_from <= current_setting('app.as_of')::timestamptz AND valid_to > current_setting('app.as_of')::timestamptz$view$,
        tracked, array_to_string(all_columns, ', '));
    EXECUTE format('GRANT SELECT ON as_of.%I TO zhongda_app', tracked);

    -- One function for each table, with its columns written out: a cached plan costs a tenth of a statement built per row.
    EXECUTE format($keep$CREATE OR REPLACE FUNCTION history.%1$I() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
        DECLARE
            at timestamptz := public.app_now();
            was public.%2$I;
        BEGIN
            IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
                RETURN NULL;
            END IF;
            was := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
            SELECT greatest(at, CASE valid_to WHEN 'infinity' THEN valid_from ELSE valid_to END) INTO at
                FROM history.%2$I WHERE (%3$s) = (%4$s) ORDER BY valid_from DESC LIMIT 1;
            at := coalesce(at, public.app_now());
            DELETE FROM history.%2$I WHERE (%3$s) = (%4$s) AND valid_from = at;
            UPDATE history.%2$I SET valid_to = at WHERE (%3$s) = (%4$s) AND valid_to = 'infinity';
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO history.%2$I (valid_from, valid_to, %5$s) SELECT at, 'infinity', %6$s;
            END IF;
            RETURN NULL;
        END $body$$keep$,
        'keep_' || tracked, tracked, array_to_string(key, ', '),
        (SELECT string_agg('was.' || k, ', ' ORDER BY place) FROM unnest(key) WITH ORDINALITY AS part (k, place)),
        array_to_string(all_columns, ', '),
        (SELECT string_agg('NEW.' || c, ', ' ORDER BY place) FROM unnest(all_columns) WITH ORDINALITY AS part (c, place)));
    EXECUTE format('REVOKE ALL ON FUNCTION history.%I() FROM PUBLIC', 'keep_' || tracked);
    EXECUTE format('DROP TRIGGER IF EXISTS keep_version ON public.%I', tracked);
    EXECUTE format('CREATE TRIGGER keep_version AFTER INSERT OR UPDATE OR DELETE ON public.%I FOR EACH ROW EXECUTE FUNCTION history.%I()',
        tracked, 'keep_' || tracked);

    -- The rows that exist are known from now on; nothing is claimed about the time before.
    EXECUTE format('INSERT INTO history.%1$I (valid_from, valid_to, %2$s) SELECT app_now(), ''infinity'', %2$s FROM public.%1$I t
        WHERE NOT EXISTS (SELECT FROM history.%1$I v WHERE v.valid_to = ''infinity'' AND (%3$s) = (%4$s))',
        tracked, array_to_string(all_columns, ', '),
        (SELECT string_agg('v.' || k, ', ' ORDER BY place) FROM unnest(key) WITH ORDINALITY AS part (k, place)),
        (SELECT string_agg('t.' || k, ', ' ORDER BY place) FROM unnest(key) WITH ORDINALITY AS part (k, place)));
END $make$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION keep_versions_of FROM PUBLIC;

SELECT keep_versions_of('project');
SELECT keep_versions_of('project_district');
SELECT keep_versions_of('plan_mention');
SELECT keep_versions_of('milestone');
SELECT keep_versions_of('report');
SELECT keep_versions_of('stage_change');

-- The record begins where the first project's first version does.
CREATE INDEX project_beginning ON history.project (valid_from);

-- +goose Down
DROP TRIGGER keep_version ON project;
DROP TRIGGER keep_version ON project_district;
DROP TRIGGER keep_version ON plan_mention;
DROP TRIGGER keep_version ON milestone;
DROP TRIGGER keep_version ON report;
DROP TRIGGER keep_version ON stage_change;
DROP SCHEMA as_of, history CASCADE;
DROP FUNCTION keep_versions_of;
ALTER TABLE project ALTER COLUMN created_at SET DEFAULT now(), ALTER COLUMN updated_at SET DEFAULT now();
ALTER TABLE milestone ALTER COLUMN created_at SET DEFAULT now(), ALTER COLUMN updated_at SET DEFAULT now();
ALTER TABLE app_user ALTER COLUMN created_at SET DEFAULT now(), ALTER COLUMN updated_at SET DEFAULT now();
DROP FUNCTION app_now;
