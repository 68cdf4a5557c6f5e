"""Warehouses as earlier versions of this program have left them."""

from pathlib import Path

import duckdb

from warehouse.scripts import scripts_in, statement

_VALUES = {
    "VARCHAR": "'x'",
    "INTEGER": "1",
    "BIGINT": "1",
    "USMALLINT": "1",
    "UINTEGER": "1",
    "UBIGINT[]": "[1]",
    "DOUBLE": "0.5",
    "BOOLEAN": "true",
    "TIMESTAMP WITH TIME ZONE": "now()",
}
_INNER = "('schema_history', 'view_history')"


def make_earlier(path: Path, *, upto: int) -> None:
    """Make a warehouse as the migrations up to number `upto` left it, with a row in each table."""
    with duckdb.connect(str(path)) as db:
        db.execute(statement("create_history"))
        for script in scripts_in("migrations")[:upto]:
            db.execute(script.sql)
            number = int(script.name[:4])
            applied = {"number": number, "name": script.name, "sha256": script.sha256}
            db.execute(statement("insert_migration"), applied)
        for table, types in tables_of(db).items():
            values = ", ".join(_VALUES.get(kind, "null") for kind in types)
            db.execute(f"insert into {table} values ({values})")


def tables_of(db: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the types of the columns of each table that holds rows of ours."""
    found = db.execute(
        "select table_name, list(data_type order by column_index) from duckdb_columns() "
        f"where not internal and table_name not in {_INNER} "
        "and table_name in (select table_name from duckdb_tables()) group by table_name"
    )
    return dict(found.fetchall())
