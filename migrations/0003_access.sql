-- Accounts, roles, sessions. Roles are granted, never written into the account.

-- +goose Up
CREATE TABLE app_user (
    id                   bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT app_user_pk PRIMARY KEY,
    username             text NOT NULL CONSTRAINT app_user_username_unique UNIQUE
                         CONSTRAINT app_user_username_form CHECK (username ~ '^[a-z][a-z0-9.-]{2,59}$'),
    display_name         text NOT NULL CONSTRAINT app_user_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 60),
    organisation_id      bigint NOT NULL CONSTRAINT app_user_organisation_fk REFERENCES organisation,
    password_hash        text NOT NULL,
    must_change_password boolean NOT NULL DEFAULT true,
    disabled             boolean NOT NULL DEFAULT false,
    demo                 boolean NOT NULL DEFAULT false,
    last_sign_in_at      timestamptz,
    version              bigint NOT NULL DEFAULT 1,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now()
);

-- The three administrators are separate persons (三员分立): an account holds one administrative role, or any business
-- roles, never both.
CREATE TABLE role_grant (
    user_id bigint NOT NULL CONSTRAINT role_grant_user_fk REFERENCES app_user,
    role    text NOT NULL CONSTRAINT role_grant_role CHECK (role IN ('bureau_editor', 'bureau_lead', 'drc_reviewer', 'manager', 'sysadmin', 'secadmin', 'auditor')),
    duty    text NOT NULL GENERATED ALWAYS AS (CASE WHEN role IN ('sysadmin', 'secadmin', 'auditor') THEN role ELSE 'business' END) STORED,
    CONSTRAINT role_grant_pk PRIMARY KEY (user_id, role),
    CONSTRAINT role_grant_duties_separate EXCLUDE USING gist (user_id WITH =, duty WITH <>)
);

CREATE TABLE session (
    id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT session_pk PRIMARY KEY,
    user_id      bigint NOT NULL CONSTRAINT session_user_fk REFERENCES app_user,
    token_hash   bytea NOT NULL CONSTRAINT session_token_unique UNIQUE,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    ended_at     timestamptz,
    address      text NOT NULL,
    user_agent   text NOT NULL
);
CREATE INDEX session_open_by_user ON session (user_id, created_at) WHERE ended_at IS NULL;

-- Failed sign-ins are counted per name, known or not, so that the answer never tells which names exist.
CREATE TABLE sign_in_failure (
    username text NOT NULL,
    at       timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_recent ON sign_in_failure (username, at);

GRANT SELECT, INSERT, UPDATE ON app_user, session TO zhongda_app;
GRANT SELECT, INSERT, DELETE ON role_grant, sign_in_failure TO zhongda_app;

-- +goose Down
DROP TABLE sign_in_failure, session, role_grant, app_user;
