#!/usr/bin/env bash
# Once, on an empty PostgreSQL: the database, the role that may change its tables, and the role of the program, which may not.
set -eu
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set owner="$OWNER_PASSWORD" --set app="$APP_PASSWORD" <<'SQL'
CREATE ROLE coach_owner LOGIN PASSWORD :'owner' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE ROLE coach_app LOGIN PASSWORD :'app' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE DATABASE coach OWNER coach_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE coach FROM PUBLIC;
GRANT CONNECT ON DATABASE coach TO coach_app;
SQL
