create or replace temp table made_articles as
select
    'article-' || (getvariable('first') + range) as article_id,
    'fetch-' || (getvariable('first') + range) as fetch_id,
    getvariable('noon') + to_seconds(getvariable('first') + range) as seen_at,
    getvariable('texts')[range + 1] as text
from range(len(getvariable('texts')));

insert into article_versions (
    article_id, version, seen_at, title, text, change, fetch_id, extractor_version, text_hash, words
)
select
    article_id,
    1,
    seen_at,
    'A title of ' || article_id,
    text,
    'first',
    fetch_id,
    'x1',
    fetch_id,
    600
from made_articles;

insert into article_heads (
    article_id, url, outlet, published_at, first_seen_at, last_seen_at, last_fetch_id, version,
    fetch_id, story_id
)
select
    article_id,
    'https://gazette.example/' || article_id,
    'gazette.example',
    seen_at,
    seen_at,
    seen_at,
    fetch_id,
    1,
    fetch_id,
    article_id
from made_articles;
