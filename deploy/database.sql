-- The database of an installation and the role that owns it. Run once, as a superuser of the server:
--   ZHONGDA_DB_PASSWORD='…' psql -X -v ON_ERROR_STOP=1 -d postgres -f deploy/database.sql
-- The owner migrates. It needs CREATEROLE once, because the first migration makes the role zhongda_app, with whose
-- few rights the server works.
\getenv password ZHONGDA_DB_PASSWORD
CREATE ROLE zhongda_owner LOGIN CREATEROLE PASSWORD :'password';
-- With the locale C, searching for a piece of a Chinese name finds nothing; hence C.UTF-8.
CREATE DATABASE zhongda OWNER zhongda_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
