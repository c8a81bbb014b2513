-- Simulations: made-up reports for trying the product, marked as such and removable without a trace outside the record.

-- +goose Up
CREATE TABLE simulation (
    id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT simulation_pk PRIMARY KEY,
    seed        bigint NOT NULL,
    months      integer NOT NULL CONSTRAINT simulation_months CHECK (months BETWEEN 1 AND 24),
    from_period date NOT NULL,
    to_period   date NOT NULL,
    projects    integer NOT NULL,
    started_at  timestamptz NOT NULL,
    schema      bigint NOT NULL,
    first_seq   bigint NOT NULL,
    removed_at  timestamptz
);
-- The installation holds one at a time.
CREATE UNIQUE INDEX simulation_one ON simulation ((removed_at IS NULL)) WHERE removed_at IS NULL;
GRANT SELECT ON simulation TO zhongda_app;

-- +goose Down
DROP SCHEMA IF EXISTS before_simulation CASCADE;
DROP TABLE simulation;
