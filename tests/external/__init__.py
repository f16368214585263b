"""Tests that need a real PostgreSQL and a real Spark, which `make test-external` runs."""
