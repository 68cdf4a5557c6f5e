-- What is to be removed: everything at the forgotten addresses, whatever came of it.
create or replace temp table forgotten_entries as
select
    entry_id,
    feed_id,
    first_seen_at,
    last_seen_at
from entries
where article_id in (select article_id from forgotten)
    or article_id_at(coalesce(target, url)) in (select article_id from forgotten);

create or replace temp table forgotten_fetches as
with at_the_addresses as (
    select
        fetch_id,
        text_source
    from fetches
    where article_id in (select article_id from forgotten)
        or article_id_at(coalesce(target, url)) in (select article_id from forgotten)
        or (article_id is null and article_id_at(final_url) in (select article_id from forgotten))
)
select
    fetch_id,
    text_source
from at_the_addresses
union
select
    fetch_id,
    text_source
from fetches
where repeats in (select fetch_id from at_the_addresses);
