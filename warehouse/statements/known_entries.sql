-- Items listed before, under the same id, or with the same link and title under another one.
with given as (
    select unnest(from_json($entries, '[{
        "entry_id": "VARCHAR", "feed_id": "VARCHAR", "target": "VARCHAR", "title": "VARCHAR"
    }]'), recursive := true)
)
select given.entry_id
from given
where given.entry_id in (select entry_id from entries)
    or exists (
        select entry_id
        from entries
        where entries.feed_id = given.feed_id
            and entries.target = given.target
            and entries.title = given.title
    )
