-- The database of an installation and the role that owns it. Run once, as a superuser of the server:
--   ZHONGDA_DB_PASSWORD='…' psql -X -v ON_ERROR_STOP=1 -d postgres -f deploy/database.sql
-- The owner migrates; the server works with the few rights of zhongda_app, which owns nothing.
\getenv password ZHONGDA_DB_PASSWORD
CREATE ROLE zhongda_app NOLOGIN NOBYPASSRLS;
CREATE ROLE zhongda_owner LOGIN PASSWORD :'password' IN ROLE zhongda_app;
-- With the locale C, searching for a piece of a Chinese name finds nothing; hence C.UTF-8.
CREATE DATABASE zhongda OWNER zhongda_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
