-- What were the figures as known at some time, by the versions current then, and what are they now?
-- at: the time, as in 2026-11-22T09:30:00Z
-- outlet: of this outlet alone; empty for all (default: )
-- since: published from this time on (default: 1970-01-01)
with asked_articles as (
    select
        article_id,
        fetch_id
    from article_heads
    where $outlet::varchar in ('', outlet)
        and coalesce(published_at, first_seen_at) >= $since::timestamptz
),
current_versions as (
    select
        'then' as known,
        arg_max(article_versions.fetch_id, article_versions.version) as fetch_id
    from article_versions
    join asked_articles
        on asked_articles.article_id = article_versions.article_id
    where article_versions.seen_at <= $at::timestamptz
    group by article_versions.article_id
    union all
    select
        'now' as known,
        fetch_id
    from asked_articles
)
select
    current_versions.known,
    count(distinct current_versions.fetch_id) as articles,
    coalesce(sum(speaker_rows.quotes), 0)::bigint as quotes,
    coalesce(sum(speaker_rows.quotes) filter (speaker_rows.speaker_id is not null), 0)::bigint
        as quotes_by_name,
    count(distinct coalesce(merged_entities.canonical_id, speaker_rows.speaker_id)) as speakers
from current_versions
left join speaker_rows
    on speaker_rows.fetch_id = current_versions.fetch_id
left join merged_entities
    on merged_entities.entity_id = speaker_rows.speaker_id
group by current_versions.known
order by current_versions.known desc;
