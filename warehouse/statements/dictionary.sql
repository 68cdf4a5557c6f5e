with relations as (
    select
        table_name as relation,
        'table' as kind,
        comment
    from duckdb_tables()
    where database_name = current_database() and not internal
    union all
    select
        view_name as relation,
        'view' as kind,
        comment
    from duckdb_views()
    where database_name = current_database() and not internal
)
select
    relations.relation,
    relations.kind,
    relations.comment as relation_comment,
    columns.column_name as "column",
    columns.data_type as type,
    columns.comment as column_comment
from relations
join duckdb_columns() as columns
    on columns.table_name = relations.relation
    and columns.database_name = current_database()
    and columns.schema_name = 'main'
order by relations.relation, columns.column_index;
