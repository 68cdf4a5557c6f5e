-- How many of the quotations of each outlet name nobody, or nobody by name?
-- since: from this time on (default: 1970-01-01)
select
    articles.outlet,
    count(*) as quotes,
    count(*) filter (quotes.speaker is null) as without_speaker,
    count(*) filter (quotes.speaker is not null and quotes.speaker_id is null) as without_name,
    round(count(*) filter (quotes.speaker is null) / count(*), 3) as share_without_speaker
from quotes
join articles
    on articles.article_id = quotes.article_id
where coalesce(articles.published_at, articles.first_seen_at) >= $since::timestamptz
group by articles.outlet
order by share_without_speaker desc, quotes desc, articles.outlet;
