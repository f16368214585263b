"""Tests that need a real PostgreSQL, MariaDB or Spark, which `make test-external` runs."""
