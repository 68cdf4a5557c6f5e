-- Pages of articles that are to be asked for again, the longest overdue for its rung first. A rung
-- of $ladder tells how often articles of an age are looked at. Left out is what the next pass
-- fetches anyway, and what failed and waits for its time or was set aside.
with rungs as (
    select unnest(
        from_json($ladder, '[{"under_s": "DOUBLE", "every_s": "DOUBLE"}]'), recursive := true
    )
),
-- What is dated after its first sight was there before. A day without a time of day may mean its end.
aged_articles as (
    select
        article_id,
        outlet,
        epoch($now::timestamptz) - least(
            epoch(first_seen_at),
            epoch(published_at) + if(published_precision = 'day', 86400, 0)
        ) as age_s
    from article_heads
),
young_articles as (
    select
        aged_articles.article_id,
        aged_articles.outlet,
        arg_min(rungs.every_s, rungs.under_s) as every_s
    from aged_articles
    join rungs
        on rungs.under_s > aged_articles.age_s
    group by aged_articles.article_id, aged_articles.outlet
),
young_targets as (
    select distinct coalesce(target, url) as target
    from fetches
    where article_id in (select article_id from young_articles)
),
requests as (
    select
        coalesce(target, url) as target,
        url,
        fetch_id,
        repeats,
        started_at,
        status in ('ok', 'unchanged') and http_status <> 304 as is_whole,
        text_hash is not null and text_source = 'page' as was_read,
        article_id,
        etag,
        last_modified,
        body_hash
    from fetches
    where coalesce(target, url) in (select target from young_targets)
),
-- An address belongs to the article that was last read there, and an article is looked at where
-- it was last read.
last_readings as (
    select
        target,
        url,
        article_id,
        started_at,
        fetch_id
    from requests
    where was_read
    qualify row_number() over (partition by target order by started_at desc, fetch_id desc) = 1
),
pages as (
    select
        last_readings.target,
        last_readings.url,
        last_readings.article_id,
        young_articles.outlet,
        young_articles.every_s
    from last_readings
    join young_articles
        on young_articles.article_id = last_readings.article_id
    qualify row_number() over (
        partition by last_readings.article_id
        order by last_readings.started_at desc, last_readings.fetch_id desc
    ) = 1
),
whole_answers as (
    select
        target,
        coalesce(repeats, fetch_id) as fetch_id,
        started_at,
        was_read,
        etag,
        last_modified,
        body_hash
    from requests
    where is_whole
    qualify row_number() over (partition by target order by started_at desc, fetch_id desc) = 1
),
looks as (
    select
        pages.target,
        max(requests.started_at) as looked_at,
        count(*) filter (
            requests.was_read and requests.started_at > whole_answers.started_at
        ) as not_modified_in_a_row
    from pages
    join requests
        on requests.target = pages.target
    join whole_answers
        on whole_answers.target = pages.target
    group by pages.target
),
listings as (
    select
        article_id,
        arg_min(feed_id, (first_seen_at, entry_id)) filter (
            feed_id not in (select feed_id from feeds where state = 'removed')
        ) as feed_id
    from entries
    where article_id in (select article_id from pages)
    group by article_id
),
failed_pages as (
    select
        coalesce(target, url) as target,
        sum(tries)::integer as tries,
        bool_or(next_try_at is null or next_try_at > $now::timestamptz) as is_put_off
    from failures
    where closed_at is null
        and stage in ('page', 'text')
    group by all
),
-- A site that has asked for patience is left alone with all its pages: to try them would make no
-- request, and use up the limit.
patient_outlets as (
    select pages.outlet
    from pages
    join failures
        on coalesce(failures.target, failures.url) = pages.target
    where failures.closed_at is null
        and failures.reason = 'deferred'
        and failures.next_try_at > $now::timestamptz
)
select
    pages.target,
    pages.url,
    coalesce(failed_pages.tries, 0) as tries,
    listings.feed_id,
    if(whole_answers.was_read, whole_answers.fetch_id, null) as repeats,
    whole_answers.etag,
    whole_answers.last_modified,
    whole_answers.body_hash,
    looks.not_modified_in_a_row
from pages
join looks
    on looks.target = pages.target
join whole_answers
    on whole_answers.target = pages.target
left join listings
    on listings.article_id = pages.article_id
left join failed_pages
    on failed_pages.target = pages.target
where epoch($now::timestamptz) - epoch(looks.looked_at) >= pages.every_s
    and not coalesce(failed_pages.is_put_off, false)
    and (listings.article_id is null or listings.feed_id is not null)
    and coalesce(pages.outlet not in (select outlet from patient_outlets), true)
    and pages.target not in (select target from waiting_pages)
order by (epoch($now::timestamptz) - epoch(looks.looked_at)) / pages.every_s desc, pages.target
limit $limit;
