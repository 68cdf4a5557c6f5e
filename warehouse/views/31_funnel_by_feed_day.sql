-- Quotations are counted apart from items, so that a filter on the feed or the day is one on both.
create or replace view funnel_by_feed_day as
with listed_entries as not materialized (
    select
        entries.entry_id,
        entries.feed_id,
        (coalesce(entries.published_at, entries.first_seen_at) at time zone 'UTC')::date as day,
        entries.url,
        coalesce(entries.target, entries.url) as target,
        entries.withdrawn_at,
        entries.article_id
    from entries
),
entry_days as (
    select
        listed_entries.feed_id,
        listed_entries.day,
        count(*) as entries,
        count(listed_entries.url) as entries_with_url,
        count(counted_articles.article_id) as entries_read,
        count(*) filter (listed_entries.article_id is null and failed_pages.target is not null)
            as entries_failed,
        count(*) filter (
            listed_entries.article_id is null
            and listed_entries.url is not null
            and listed_entries.withdrawn_at is null
            and failed_pages.target is null
        ) as entries_waiting,
        count(distinct counted_articles.story_id) as stories
    from listed_entries
    left join failed_pages
        on failed_pages.target = listed_entries.target
    left join counted_articles
        on counted_articles.article_id = listed_entries.article_id
    group by listed_entries.feed_id, listed_entries.day
),
quote_days as (
    select
        listed_entries.feed_id,
        listed_entries.day,
        list_unique(list(hash(listed_entries.entry_id))) as entries_quoting,
        sum(speaker_rows.quotes) as quotes,
        sum(speaker_rows.quotes) filter (speaker_rows.speaker is not null) as quotes_attributed,
        list_unique(
            flatten(
                list(
                    list_transform(
                        speaker_rows.words_keys,
                        lambda words_key: hash(counted_articles.story_id, words_key)
                    )
                )
            )
        ) as distinct_quotes
    from listed_entries
    join counted_articles
        on counted_articles.article_id = listed_entries.article_id
    join speaker_rows
        on speaker_rows.fetch_id = counted_articles.fetch_id
    group by listed_entries.feed_id, listed_entries.day
)
select
    entry_days.feed_id,
    entry_days.day,
    entry_days.entries,
    entry_days.entries_with_url,
    entry_days.entries_read,
    entry_days.entries_failed,
    entry_days.entries_waiting,
    coalesce(quote_days.entries_quoting, 0)::bigint as entries_quoting,
    coalesce(quote_days.quotes, 0)::bigint as quotes,
    coalesce(quote_days.quotes_attributed, 0)::bigint as quotes_attributed,
    entry_days.stories,
    coalesce(quote_days.distinct_quotes, 0)::bigint as distinct_quotes
from entry_days
left join quote_days
    on quote_days.feed_id = entry_days.feed_id
    and quote_days.day = entry_days.day;

comment on view funnel_by_feed_day is 'One row for each feed and day: what became of the items it listed.';
comment on column funnel_by_feed_day.feed_id is 'the feed';
comment on column funnel_by_feed_day.day is 'UTC day of publication by the feed, of first sight where that is unknown';
comment on column funnel_by_feed_day.entries is 'items listed';
comment on column funnel_by_feed_day.entries_with_url is 'of these, with a usable link';
comment on column funnel_by_feed_day.entries_read is 'of these, read as an article by a run that is not invalid';
comment on column funnel_by_feed_day.entries_failed is 'not read, and with an open failure';
comment on column funnel_by_feed_day.entries_waiting is 'not read yet, without a failure, and not taken back';
comment on column funnel_by_feed_day.entries_quoting is 'read, and with a quotation at least';
comment on column funnel_by_feed_day.quotes is 'quotations in their current versions';
comment on column funnel_by_feed_day.quotes_attributed is 'of these, with a speaker';
comment on column funnel_by_feed_day.stories is 'stories of those read: all printings of one count once';
comment on column funnel_by_feed_day.distinct_quotes is 'quotations, the same words counted once a story';
