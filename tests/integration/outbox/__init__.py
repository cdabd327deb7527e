"""What leaves for the outside, on a real Postgres and over real sockets."""
