create or replace temp table staged_aliases as
select
    label,
    name,
    name_id
from (
    select unnest(
        from_json(
            $aliases,
            '[{
                "label": "VARCHAR", "name": "VARCHAR", "name_id": "VARCHAR"
            }]'
        ),
        recursive := true
    )
);
