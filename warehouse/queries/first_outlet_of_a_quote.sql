-- Which outlet printed a quotation first, and how long did the others take?
-- words: the quotation or a part of it, any case
select
    quote_sightings.outlet,
    quote_sightings.printed_at,
    quote_sightings.lag_s,
    quote_sightings.first_outlet,
    quote_sightings.stories,
    quote_sightings.speaker,
    quote_sightings.text
from quote_sightings
where quote_sightings.sighting_key in (
    select named.sighting_key
    from quote_sightings as named
    where contains(lower(named.text), lower($words::varchar))
)
order by quote_sightings.sighting_key, quote_sightings.lag_s, quote_sightings.outlet;
