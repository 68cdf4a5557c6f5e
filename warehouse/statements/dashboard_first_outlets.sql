with printings as (
    select
        sighting_key,
        outlet,
        min(lag_s) as lag_s,
        any_value(first_outlet) as first_outlet
    from quote_sightings
    where (printed_at at time zone 'UTC')::date between $since::date and $until::date
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], outlet))
        and contains(lower(coalesce(speaker, '')), lower($speaker::varchar))
    group by sighting_key, outlet
)
select
    outlet,
    count(*) as quotations,
    count(*) filter (outlet = first_outlet) as first,
    count(*) filter (outlet <> first_outlet) as later,
    median(lag_s) filter (outlet <> first_outlet) as median_lag_s
from printings
group by outlet
order by quotations desc, outlet
limit 20
