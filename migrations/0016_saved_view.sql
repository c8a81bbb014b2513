-- Saved views: a filter, its order and its columns under a name, one's own or shared with every reader of projects.

-- +goose Up
CREATE TABLE saved_view (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT saved_view_pk PRIMARY KEY,
    owner_id   bigint NOT NULL CONSTRAINT saved_view_owner_fk REFERENCES app_user,
    name       text NOT NULL CONSTRAINT saved_view_name_length CHECK (char_length(name) BETWEEN 1 AND 30),
    page       text NOT NULL CONSTRAINT saved_view_page CHECK (page IN ('table', 'board', 'timeline', 'map', 'dashboard')),
    query      text NOT NULL CONSTRAINT saved_view_query_length CHECK (char_length(query) <= 4000),
    columns    jsonb NOT NULL CONSTRAINT saved_view_columns CHECK (jsonb_typeof(columns) = 'array'),
    shared     boolean NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    removed_at timestamptz
);
CREATE UNIQUE INDEX saved_view_name_unique ON saved_view (owner_id, lower(name)) WHERE removed_at IS NULL;
CREATE INDEX saved_view_shared ON saved_view (name) WHERE shared AND removed_at IS NULL;

-- A private view exists for its owner alone, and only its owner changes one; app.account says who asks.
ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY saved_view_select ON saved_view FOR SELECT
    USING (shared OR owner_id::text = current_setting('app.account', true));
CREATE POLICY saved_view_insert ON saved_view FOR INSERT TO zhongda_app
    WITH CHECK (owner_id::text = current_setting('app.account', true));
CREATE POLICY saved_view_update ON saved_view FOR UPDATE TO zhongda_app
    USING (owner_id::text = current_setting('app.account', true));

GRANT SELECT, INSERT ON saved_view TO zhongda_app;
GRANT UPDATE (name, page, query, columns, shared, version, updated_at, removed_at) ON saved_view TO zhongda_app;

-- +goose Down
DROP TABLE saved_view;
