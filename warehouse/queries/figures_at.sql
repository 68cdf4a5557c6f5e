-- What were the figures as known at some time, by the versions current then, and what are they now?
-- at: the time, as in 2026-11-22T09:30:00Z
-- outlet: of this outlet alone; empty for all (default: )
-- since: published from this time on (default: 1970-01-01)
with counted_articles as (
    select
        article_id,
        version
    from articles
    where $outlet::varchar in ('', outlet)
        and coalesce(published_at, first_seen_at) >= $since::timestamptz
),
current_versions as (
    select
        'then' as known,
        article_versions.article_id,
        max(article_versions.version) as version
    from article_versions
    join counted_articles
        on counted_articles.article_id = article_versions.article_id
    where article_versions.seen_at <= $at::timestamptz
    group by article_versions.article_id
    union all
    select
        'now' as known,
        article_id,
        version
    from counted_articles
),
quoted_versions as (
    select
        article_id,
        version,
        count(*) as quotes,
        count(speaker_id) as quotes_by_name,
        list(distinct speaker_id) filter (speaker_id is not null) as speakers
    from quote_versions
    where article_id in (select article_id from counted_articles)
    group by article_id, version
)
select
    current_versions.known,
    count(*) as articles,
    coalesce(sum(quoted_versions.quotes), 0)::bigint as quotes,
    coalesce(sum(quoted_versions.quotes_by_name), 0)::bigint as quotes_by_name,
    coalesce(len(list_distinct(flatten(list(quoted_versions.speakers)))), 0) as speakers
from current_versions
left join quoted_versions
    on quoted_versions.article_id = current_versions.article_id
    and quoted_versions.version = current_versions.version
group by current_versions.known
order by current_versions.known desc;
