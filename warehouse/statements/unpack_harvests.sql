create or replace temp table new_feeds as
select unnest(feed)
from (select unnest(it.feeds) as feed from harvests)
qualify row_number() over (partition by feed.feed_id order by feed.last_polled_at desc) = 1;

create or replace temp table new_polls as
select
    unnest(poll),
    run_id
from (select unnest(it.polls) as poll, it.run_id as run_id from harvests)
where poll.poll_id not in (select poll_id from polls)
qualify row_number() over (partition by poll.poll_id order by poll.started_at) = 1;

create or replace temp table listed_entries as
select
    entry.entry_id,
    entry.feed_id,
    entry.guid,
    entry.url,
    entry.title,
    entry.published.at as published_at,
    entry.published.precision as published_precision,
    entry.updated.at as updated_at,
    coalesce(entry.seen_at, made_at) as seen_at,
    run_id
from (select unnest(it.entries) as entry, it.made_at as made_at, it.run_id as run_id from harvests);

create or replace temp table new_fetches as
select
    unnest(request),
    run_id
from (select unnest(it.fetches) as request, it.run_id as run_id from harvests)
where request.fetch_id not in (select fetch_id from fetches)
qualify row_number() over (partition by request.fetch_id order by request.started_at) = 1;

create or replace temp table all_readings as
select
    reading.fetch_id,
    reading.seen_at,
    reading.document.article.article_id,
    reading.document.article.url,
    reading.document.article.outlet,
    reading.document.article.title,
    reading.document.article.text,
    coalesce(reading.document.article.authors, []) as authors,
    reading.document.article.published.at as published_at,
    reading.document.article.published.precision as published_precision,
    reading.document.article.modified.at as modified_at,
    reading.document.article.lang,
    reading.document.article.agency,
    reading.document.article.page_kind,
    reading.document.article.access,
    reading.document.extractor_version,
    reading.text_hash,
    reading.story_key,
    reading.words,
    it.batch_id,
    it.run_id,
    it.made_at
from (select unnest(it.readings) as reading, it, position from harvests)
qualify row_number() over (partition by reading.fetch_id order by position desc) = 1;

create or replace temp table new_failures as
select
    failure.stage,
    failure.url,
    failure.reason,
    failure.detail,
    failure.at as failed_at,
    failure.feed_id,
    failure.next_try_at,
    it.batch_id,
    it.run_id
from (select unnest(it.failures) as failure, it from harvests);
