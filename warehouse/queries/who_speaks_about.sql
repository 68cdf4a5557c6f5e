-- Who is quoted with these words in what they say?
-- words: what to look for, any case
-- since: from this time on (default: 1970-01-01)
-- top: how many speakers (default: 20)
select
    coalesce(entity_names.name, quotes.speaker) as speaker,
    count(*) as quotes,
    count(distinct articles.outlet) as outlets,
    count(distinct articles.story_id) as stories,
    count(distinct quotes.distinct_key) as distinct_quotes,
    arg_max(quotes.text, (articles.first_seen_at, quotes.quote_id)) as latest_words
from quotes
join articles
    on articles.article_id = quotes.article_id
left join entity_names
    on entity_names.entity_id = quotes.speaker_id
where contains(lower(quotes.text), lower($words::varchar))
    and quotes.speaker is not null
    and coalesce(articles.published_at, articles.first_seen_at) >= $since::timestamptz
group by quotes.speaker_id, coalesce(entity_names.name, quotes.speaker)
order by quotes desc, speaker
limit $top::integer;
