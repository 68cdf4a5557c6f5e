-- Which outlet printed a quotation first, and how long did the others take?
-- words: the quotation or a part of it, any case
with sightings as (
    select
        outlet,
        printed_at,
        lag_s,
        first_outlet,
        stories,
        speaker,
        text,
        sighting_key,
        bool_or(contains(lower(text), lower($words::varchar))) over (partition by sighting_key)
            as is_asked_for
    from quote_sightings
)
select
    outlet,
    printed_at,
    lag_s,
    first_outlet,
    stories,
    speaker,
    text
from sightings
where is_asked_for
order by sighting_key, lag_s, outlet;
