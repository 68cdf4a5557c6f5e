-- Which quotations has a publisher taken out of an article, or altered?
-- since: edited from this time on (default: 1970-01-01)
select
    edited_quotes.seen_at,
    edited_quotes.outlet,
    edited_quotes.speaker_before as speaker,
    edited_quotes.text_before as text,
    if(edited_quotes.edit = 'altered', edited_quotes.text, null) as text_now,
    edited_quotes.article_id,
    edited_quotes.version
from edited_quotes
where edited_quotes.edit in ('removed', 'altered')
    and edited_quotes.seen_at >= $since::timestamptz
order by edited_quotes.seen_at desc, edited_quotes.article_id, edited_quotes.text;
