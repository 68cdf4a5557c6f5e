insert into entity_merges
select
    (select coalesce(max(number), 0) from entity_merges)
        + row_number() over (order by event.position) as number,
    event.entity_id,
    event.canonical_id,
    event.event,
    event.reason,
    $at::timestamptz as found_at
from (
    select unnest(
        from_json(
            $events,
            '[{
                "position": "INTEGER", "entity_id": "VARCHAR", "canonical_id": "VARCHAR",
                "event": "VARCHAR", "reason": "VARCHAR"
            }]'
        )
    ) as event
);
