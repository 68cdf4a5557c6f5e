select
    article_heads.outlet,
    count(*) as quotes,
    count(*) filter (quotes.speaker is null) as unattributed,
    count(*) filter (quotes.speaker is not null and quotes.speaker_id is null) as described
from quotes
join article_heads
    on article_heads.article_id = quotes.article_id
where (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        between $since::date and $until::date
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], article_heads.outlet))
group by article_heads.outlet
order by quotes desc, article_heads.outlet
limit 20
