-- What a load leaves to keep_terms: the versions that came, and none that went.
create or replace temp table stale_fetches as
select null::varchar as fetch_id
where false;

create or replace temp table next_versions as
select
    fetch_id,
    title,
    text
from article_versions
where substr(article_id, 9)::integer between getvariable('first') and getvariable('ends') - 1;
