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
),
-- The comment of a macro says in its first line what it gives, then a line a parameter.
macros as (
    select
        function_name as macro,
        string_split(comment, e'\n') as lines,
        unnest(parameters) as parameter,
        generate_subscripts(parameters, 1) as place
    from duckdb_functions()
    where database_name = current_database()
        and function_type in ('macro', 'table_macro')
        and not internal
),
listed_columns as (
select
    relations.relation,
    relations.kind,
    relations.comment as relation_comment,
    columns.column_name as "column",
    columns.data_type as type,
    columns.comment as column_comment,
    columns.column_index as place
from relations
join duckdb_columns() as columns
    on columns.table_name = relations.relation
    and columns.database_name = current_database()
    and columns.schema_name = 'main'
union all
select
    macro,
    'macro',
    lines[1],
    parameter,
    'any',
    (
        select any_value(substr(line, length(parameter) + 3))
        from (select unnest(lines) as line)
        where starts_with(line, parameter || ': ')
    ),
    place
from macros
)
select * exclude (place)
from listed_columns
order by relation, place;
