select exists (
    from duckdb_tables()
    where table_name = 'schema_history'
        and database_name = current_database()
);
