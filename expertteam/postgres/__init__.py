"""PostgreSQL that comes as a wheel: for the demo and the tests, when DATABASE_URL is unset."""
