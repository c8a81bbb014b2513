-- How the districts of a city are drawn beside each other. The catalogue brings it; it bounds nothing.

-- +goose Up
CREATE TABLE district_shape (
    district_code text NOT NULL CONSTRAINT district_shape_pk PRIMARY KEY CONSTRAINT district_shape_district_fk REFERENCES district,
    label         text NOT NULL CONSTRAINT district_shape_label CHECK (label ~ '^-?[0-9.]+,-?[0-9.]+$'),
    outline       text NOT NULL CONSTRAINT district_shape_outline CHECK (outline ~ '^(-?[0-9.]+,-?[0-9.]+ ){2,}-?[0-9.]+,-?[0-9.]+$')
);
GRANT SELECT ON district_shape TO zhongda_app;

-- +goose Down
DROP TABLE district_shape;
