"""The embedded server, the pool, the roles and the migrations, against a real Postgres."""
