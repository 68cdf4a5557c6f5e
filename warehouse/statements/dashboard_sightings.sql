with shared_quotations as (
    select
        sighting_key,
        any_value(text order by lag_s, quote_id) as text,
        any_value(speaker order by lag_s, quote_id) as speaker,
        any_value(first_outlet) as first_outlet,
        min(printed_at) as first_printed_at,
        max(outlets) as outlets,
        max(stories) as stories,
        min(lag_s) filter (outlet <> first_outlet) as next_lag_s,
        max(lag_s) as last_lag_s,
        list(distinct outlet order by outlet) filter (outlet <> first_outlet) as later_outlets
    from quote_sightings
    where contains(lower(coalesce(speaker, '')), lower($speaker::varchar))
    group by sighting_key
)
select
    first_printed_at,
    first_outlet,
    speaker,
    text,
    outlets,
    stories,
    next_lag_s,
    last_lag_s,
    array_to_string(later_outlets[:8], ', ') as later_outlets
from shared_quotations
where (first_printed_at at time zone 'UTC')::date between $since::date and $until::date
    and (
        len($outlets::varchar[]) = 0
        or list_contains($outlets::varchar[], first_outlet)
        or list_has_any($outlets::varchar[], later_outlets)
    )
order by outlets desc, first_printed_at desc, sighting_key
limit $top::integer
