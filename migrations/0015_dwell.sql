-- How long a project may stand at a stage before the rolling board lists it as stuck.

-- +goose Up
CREATE TABLE stage_dwell_limit (
    stage text NOT NULL CONSTRAINT stage_dwell_limit_pk PRIMARY KEY
          CONSTRAINT stage_dwell_limit_stage CHECK (stage IN ('conceived', 'reserve', 'preliminary', 'implementation', 'completed', 'transferred')),
    days  integer NOT NULL CONSTRAINT stage_dwell_limit_days CHECK (days BETWEEN 1 AND 36500)
);
-- A year to mature an idea, a year in reserve, two years of preliminaries, five of building, one to transfer the asset.
-- An operator changes the days; a stage without a row has no limit.
INSERT INTO stage_dwell_limit (stage, days) VALUES
    ('conceived', 365), ('reserve', 365), ('preliminary', 730), ('implementation', 1825), ('completed', 365);
GRANT SELECT ON stage_dwell_limit TO zhongda_app;

-- +goose Down
DROP TABLE stage_dwell_limit;
