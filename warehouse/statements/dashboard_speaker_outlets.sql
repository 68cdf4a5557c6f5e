with speaker_outlets as (
    select
        article_heads.outlet,
        quotes.speaker_id,
        count(*) as quotes,
        count(distinct quotes.distinct_key) as distinct_quotes
    from quotes
    join article_heads
        on article_heads.article_id = quotes.article_id
    where list_contains($speaker_ids::varchar[], quotes.speaker_id)
        and (
            len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], article_heads.outlet)
        )
        and (
            coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC'
        )::date between $since::date and $until::date
    group by all
),
busiest_outlets as (
    select outlet
    from speaker_outlets
    group by outlet
    order by sum(distinct_quotes) desc, outlet
    limit 20
)
select
    speaker_outlets.outlet,
    speaker_outlets.speaker_id,
    speaker_outlets.quotes,
    speaker_outlets.distinct_quotes
from speaker_outlets
semi join busiest_outlets
    on busiest_outlets.outlet = speaker_outlets.outlet
order by speaker_outlets.outlet, speaker_outlets.speaker_id
