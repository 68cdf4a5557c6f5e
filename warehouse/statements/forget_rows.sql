-- Every table that tells of an article has its line here; a test looks through all of them.
create or replace temp table regrouped_articles as
select article_id
from article_heads
where false;

create or replace temp table left_stories as
select distinct story_id
from article_heads
where article_id in (select article_id from forgotten);

create or replace temp table stale_fetches as
select
    fetch_id,
    story_key
from article_versions
where fetch_id in (select fetch_id from forgotten_fetches);

create or replace temp table dropped_entities as
select distinct entity_id
from entity_rows
where fetch_id in (select fetch_id from forgotten_fetches);

delete from entries
where entry_id in (select entry_id from forgotten_entries);

delete from fetches
where fetch_id in (select fetch_id from forgotten_fetches);

delete from article_heads
where article_id in (select article_id from forgotten);

delete from article_versions
where fetch_id in (select fetch_id from forgotten_fetches);

delete from quote_rows
where fetch_id in (select fetch_id from forgotten_fetches);

delete from mention_rows
where fetch_id in (select fetch_id from forgotten_fetches);

delete from entity_rows
where fetch_id in (select fetch_id from forgotten_fetches);

delete from speaker_rows
where fetch_id in (select fetch_id from forgotten_fetches);

delete from naming_rows
where fetch_id in (select fetch_id from forgotten_fetches);

delete from unsearched_versions
where fetch_id in (select fetch_id from forgotten_fetches);

update search_texts
set fetch_id = null
where fetch_id in (select fetch_id from forgotten_fetches);

delete from failures
where stage <> 'feed'
    and article_id_at(coalesce(target, url)) in (select article_id from forgotten);
