-- Counters of the runs, and the ledger rows that make a second load of these batches a no-op.
create or replace temp table batch_counts as
with counted as (
    select
        run_id,
        count(*) as feeds_polled,
        count(*) filter (has_failed) as feeds_failed
    from (
        select
            run_id,
            feed_id,
            bool_and(status in ('failed', 'refused')) as has_failed
        from new_polls
        group by run_id, feed_id
    )
    group by run_id
    union all by name
    select
        run_id,
        count(*) filter (is_new) as entries_new
    from new_entries
    group by run_id
    union all by name
    select
        run_id,
        count(*) as pages_fetched
    from new_fetches
    group by run_id
    union all by name
    select
        run_id,
        count(*) filter (reason <> 'deferred') as failures
    from new_failures
    group by run_id
    union all by name
    select
        readers.run_id,
        count(*) filter (versions_before = 0 and versions > 0) as articles_new,
        sum(greatest(versions - greatest(versions_before, 1), 0)) as articles_changed
    from moved_articles
    join (
        select
            article_id,
            arg_max(run_id, seen_at) as run_id
        from (
            select
                article_id,
                run_id,
                seen_at
            from readings
            union all
            select
                repeating_fetches.article_id,
                new_fetches.run_id,
                repeating_fetches.seen_at
            from repeating_fetches
            join new_fetches
                on new_fetches.fetch_id = repeating_fetches.fetch_id
        )
        group by article_id
    ) as readers
        on readers.article_id = moved_articles.article_id
    group by readers.run_id
    union all by name
    select
        readings.run_id,
        sum(readings.quotes) as quotes,
        sum(readings.mentions) as mentions
    from version_sources
    join readings
        on readings.fetch_id = version_sources.source_id
    where version_sources.is_new
    group by readings.run_id
)
select
    run_id,
    coalesce(sum(feeds_polled), 0)::integer as feeds_polled,
    coalesce(sum(feeds_failed), 0)::integer as feeds_failed,
    coalesce(sum(entries_new), 0)::integer as entries_new,
    coalesce(sum(pages_fetched), 0)::integer as pages_fetched,
    coalesce(sum(articles_new), 0)::integer as articles_new,
    coalesce(sum(articles_changed), 0)::integer as articles_changed,
    coalesce(sum(quotes), 0)::integer as quotes,
    coalesce(sum(mentions), 0)::integer as mentions,
    coalesce(sum(failures), 0)::integer as failures
from counted
group by run_id;

update runs
set
    feeds_polled = runs.feeds_polled + batch_counts.feeds_polled,
    feeds_failed = runs.feeds_failed + batch_counts.feeds_failed,
    entries_new = runs.entries_new + batch_counts.entries_new,
    pages_fetched = runs.pages_fetched + batch_counts.pages_fetched,
    articles_new = runs.articles_new + batch_counts.articles_new,
    articles_changed = runs.articles_changed + batch_counts.articles_changed,
    quotes = runs.quotes + batch_counts.quotes,
    mentions = runs.mentions + batch_counts.mentions,
    failures = runs.failures + batch_counts.failures
from batch_counts
where runs.run_id = batch_counts.run_id;

insert into batches by name
select distinct
    batch_id,
    run_id,
    made_at,
    now() as loaded_at
from harvests;
