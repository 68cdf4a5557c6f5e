-- Which quotations has a publisher taken out of an article?
-- since: taken out from this time on (default: 1970-01-01)
select
    edited_quotes.seen_at,
    edited_quotes.outlet,
    edited_quotes.speaker_before as speaker,
    edited_quotes.text,
    edited_quotes.article_id,
    edited_quotes.version
from edited_quotes
where edited_quotes.edit = 'removed'
    and edited_quotes.seen_at >= $since::timestamptz
order by edited_quotes.seen_at desc, edited_quotes.article_id, edited_quotes.text;
