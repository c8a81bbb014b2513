-- The plan and the codelists it is read with. Loaded from the catalogue; bureaus never write here.

-- +goose Up
-- The web process acts as this role (SET ROLE), so that row security and the missing grants bind it even where the
-- connection belongs to the database's owner. Roles belong to the cluster, hence the tolerance for one that exists.
-- An owner without CREATEROLE is fine where an administrator made the role and granted it.
-- +goose StatementBegin
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhongda_app') THEN
        CREATE ROLE zhongda_app NOLOGIN NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'zhongda_app', 'MEMBER') THEN
        EXECUTE format('GRANT zhongda_app TO %I', current_user);
    END IF;
END $$;
-- +goose StatementEnd
GRANT USAGE ON SCHEMA public TO zhongda_app;
GRANT SELECT ON goose_db_version TO zhongda_app;

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE plan (
    code         text NOT NULL CONSTRAINT plan_pk PRIMARY KEY,
    name         text NOT NULL,
    name_en      text NOT NULL,
    start_date   date NOT NULL,
    horizon_date date NOT NULL,
    CONSTRAINT plan_period CHECK (horizon_date > start_date)
);

CREATE TABLE plan_column (
    number   integer NOT NULL CONSTRAINT plan_column_pk PRIMARY KEY,
    title    text NOT NULL,
    title_en text NOT NULL,
    chapter  text NOT NULL,
    section  text NOT NULL
);

CREATE TABLE indicator (
    number           integer NOT NULL CONSTRAINT indicator_pk PRIMARY KEY,
    group_name       text NOT NULL,
    name             text NOT NULL,
    unit             text NOT NULL,
    nature           text NOT NULL CONSTRAINT indicator_nature CHECK (nature IN ('expected', 'binding')),
    value_2025       text NOT NULL,
    value_2025_kind  text NOT NULL,
    target_2030      text NOT NULL,
    target_2030_kind text NOT NULL
);

CREATE TABLE commitment (
    verb        text NOT NULL CONSTRAINT commitment_pk PRIMARY KEY,
    verb_en     text NOT NULL,
    target      text NOT NULL CONSTRAINT commitment_target CHECK (target IN ('completed', 'started', 'in_progress', 'preliminary', 'none')),
    first_stage text NOT NULL CONSTRAINT commitment_first_stage CHECK (first_stage IN ('conceived', 'reserve', 'preliminary', 'implementation')),
    note        text NOT NULL DEFAULT ''
);

CREATE TABLE district (
    code        text NOT NULL CONSTRAINT district_pk PRIMARY KEY,
    name        text NOT NULL,
    name_en     text NOT NULL,
    kind        text NOT NULL CONSTRAINT district_kind CHECK (kind IN ('city', 'district', 'new_area', 'cooperation_zone', 'functional_area')),
    parent_code text CONSTRAINT district_parent_fk REFERENCES district,
    note        text NOT NULL DEFAULT ''
);

CREATE TABLE organisation (
    id            bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT organisation_pk PRIMARY KEY,
    code          text NOT NULL CONSTRAINT organisation_code_unique UNIQUE,
    name          text NOT NULL,
    name_en       text NOT NULL,
    short_name    text NOT NULL,
    parent_id     bigint CONSTRAINT organisation_parent_fk REFERENCES organisation,
    kind          text NOT NULL CONSTRAINT organisation_kind CHECK (kind IN ('city', 'municipal_bureau', 'district_government', 'district_bureau', 'enterprise')),
    function      text NOT NULL DEFAULT '',
    district_code text CONSTRAINT organisation_district_fk REFERENCES district,
    path          bigint[] NOT NULL DEFAULT '{}',
    CONSTRAINT organisation_not_own_parent CHECK (parent_id IS DISTINCT FROM id)
);
CREATE INDEX organisation_path ON organisation USING gin (path);

CREATE TABLE category (
    code              text NOT NULL CONSTRAINT category_pk PRIMARY KEY,
    parent_code       text CONSTRAINT category_parent_fk REFERENCES category,
    name              text NOT NULL,
    name_en           text NOT NULL,
    oc4ids_sector     text NOT NULL,
    municipal_owner   text NOT NULL CONSTRAINT category_municipal_owner_fk REFERENCES organisation (code),
    district_function text NOT NULL DEFAULT ''
);

GRANT SELECT ON plan, plan_column, indicator, commitment, district, organisation, category TO zhongda_app;

-- +goose Down
DROP TABLE category, organisation, district, commitment, indicator, plan_column, plan;
