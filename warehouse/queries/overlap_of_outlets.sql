-- Which outlets print the same stories and the same quotations?
-- since: printed from this time on (default: 1970-01-01)
-- outlet: pairs with this outlet alone; empty for all (default: )
-- top: how many pairs (default: 50)
with shared_items as (
    select distinct
        'story' as item,
        story_id as id,
        outlet
    from articles
    where story_id in (select story_id from syndicated_stories)
        and coalesce(published_at, first_seen_at) >= $since::timestamptz
    union all
    select distinct
        'quotation' as item,
        sighting_key as id,
        outlet
    from quote_sightings
    where printed_at >= $since::timestamptz
)
select
    one.outlet,
    other.outlet as other_outlet,
    count(*) filter (one.item = 'story') as shared_stories,
    count(*) filter (one.item = 'quotation') as shared_quotations
from shared_items as one
join shared_items as other
    on other.item = one.item
    and other.id = one.id
    and other.outlet > one.outlet
where $outlet::varchar in ('', one.outlet, other.outlet)
group by one.outlet, other.outlet
order by shared_stories desc, shared_quotations desc, one.outlet, other.outlet
limit $top::integer;
