create or replace view feed_health as
with poll_counts as (
    select
        feed_id,
        count(*) as polls,
        count(*) filter (status in ('failed', 'refused')) as polls_failed,
        count(*) filter (status = 'unchanged') as polls_unchanged,
        max(started_at) filter (status in ('new', 'unchanged')) as last_good_at,
        sum(bytes) as bytes
    from polls
    anti join (select run_id from runs where invalid) as invalid_runs
        on invalid_runs.run_id = polls.run_id
    group by feed_id
),
entry_counts as (
    select
        feed_id,
        count(*) as entries,
        count(article_id) as entries_read,
        max(first_seen_at) as last_new_entry_at
    from entries
    group by feed_id
),
open_failures as (
    select
        feed_id,
        count(*) as failures_open
    from failures
    where closed_at is null
    group by feed_id
)
select
    feeds.feed_id,
    feeds.url,
    feeds.title,
    feeds.outlet,
    feeds.state,
    feeds.last_polled_at,
    feeds.next_poll_at,
    feeds.interval_s,
    feeds.failures_in_a_row,
    feeds.last_error,
    poll_counts.last_good_at,
    coalesce(poll_counts.polls, 0) as polls,
    coalesce(poll_counts.polls_failed, 0) as polls_failed,
    coalesce(poll_counts.polls_unchanged, 0) as polls_unchanged,
    coalesce(poll_counts.bytes, 0)::bigint as bytes,
    coalesce(entry_counts.entries, 0) as entries,
    coalesce(entry_counts.entries_read, 0) as entries_read,
    entry_counts.last_new_entry_at,
    coalesce(open_failures.failures_open, 0) as failures_open
from feeds
left join poll_counts
    on poll_counts.feed_id = feeds.feed_id
left join entry_counts
    on entry_counts.feed_id = feeds.feed_id
left join open_failures
    on open_failures.feed_id = feeds.feed_id;

comment on view feed_health is 'One row for each feed: how it has done so far, without what invalid runs have polled.';
comment on column feed_health.feed_id is 'the feed';
comment on column feed_health.url is 'where it is now';
comment on column feed_health.title is 'its title';
comment on column feed_health.outlet is 'whose feed it is';
comment on column feed_health.state is 'active, paused, gone or removed';
comment on column feed_health.last_polled_at is 'when the last request was seen to';
comment on column feed_health.next_poll_at is 'when it is due again; null: now';
comment on column feed_health.interval_s is 'seconds between two polls, as adapted so far';
comment on column feed_health.failures_in_a_row is 'polls failed since the last good one';
comment on column feed_health.last_error is 'what the last failed poll said';
comment on column feed_health.last_good_at is 'start of the last good poll';
comment on column feed_health.polls is 'requests so far';
comment on column feed_health.polls_failed is 'of these, failed or refused';
comment on column feed_health.polls_unchanged is 'of these, without a new body';
comment on column feed_health.bytes is 'bytes received so far';
comment on column feed_health.entries is 'items listed so far';
comment on column feed_health.entries_read is 'of these, read as an article';
comment on column feed_health.last_new_entry_at is 'when it last listed something new';
comment on column feed_health.failures_open is 'failures of the feed itself and of its pages, still open';
