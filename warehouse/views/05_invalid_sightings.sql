create or replace view invalid_sightings as
select
    fetches.fetch_id,
    fetches.article_id
from fetches
join runs
    on runs.run_id = fetches.run_id
where runs.invalid
    and fetches.text_hash is not null;

comment on view invalid_sightings is 'One row for each request of an invalid run that showed a text, which the analysis views leave out.';
comment on column invalid_sightings.fetch_id is 'the request';
comment on column invalid_sightings.article_id is 'the article it showed';
