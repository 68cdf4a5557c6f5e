select
    (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        as day,
    quotes.speaker_id,
    count(*) as quotes
from quotes
join article_heads
    on article_heads.article_id = quotes.article_id
where list_contains($speaker_ids::varchar[], quotes.speaker_id)
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], article_heads.outlet))
    and (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        between $since::date and $until::date
group by all
order by day, quotes.speaker_id
limit 5000
