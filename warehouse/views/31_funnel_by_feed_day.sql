create or replace view funnel_by_feed_day as
with quoted_articles as (
    select
        counted_articles.article_id,
        sum(speaker_rows.quotes) as quotes,
        sum(speaker_rows.quotes) filter (speaker_rows.speaker is not null) as quotes_attributed,
        flatten(
            list(
                list_transform(
                    speaker_rows.words_keys,
                    lambda words_key: hash(counted_articles.story_id, words_key)
                )
            )
        ) as distinct_keys
    from speaker_rows
    join counted_articles
        on counted_articles.fetch_id = speaker_rows.fetch_id
    group by counted_articles.article_id
)
select
    entries.feed_id,
    (coalesce(entries.published_at, entries.first_seen_at) at time zone 'UTC')::date as day,
    count(*) as entries,
    count(entries.url) as entries_with_url,
    count(counted_articles.article_id) as entries_read,
    count(*) filter (entries.article_id is null and failed_pages.target is not null)
        as entries_failed,
    count(*) filter (
        entries.article_id is null
        and entries.url is not null
        and entries.withdrawn_at is null
        and failed_pages.target is null
    ) as entries_waiting,
    count(quoted_articles.article_id) as entries_quoting,
    coalesce(sum(quoted_articles.quotes), 0)::bigint as quotes,
    coalesce(sum(quoted_articles.quotes_attributed), 0)::bigint as quotes_attributed,
    count(distinct counted_articles.story_id) as stories,
    coalesce(len(list_distinct(flatten(list(quoted_articles.distinct_keys)))), 0)
        as distinct_quotes
from entries
left join failed_pages
    on failed_pages.target = coalesce(entries.target, entries.url)
left join quoted_articles
    on quoted_articles.article_id = entries.article_id
left join counted_articles
    on counted_articles.article_id = entries.article_id
group by all;

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
