"""The DuckDB warehouse: staging, loading, publishing and reading."""
