select
    edited_quotes.seen_at,
    edited_quotes.outlet,
    coalesce(edited_quotes.speaker, edited_quotes.speaker_before) as speaker,
    edited_quotes.edit,
    if(edited_quotes.edit = 'added', null, edited_quotes.text_before) as text_before,
    if(edited_quotes.edit = 'removed', null, edited_quotes.text) as text,
    edited_quotes.version,
    article_heads.url
from edited_quotes
join article_heads
    on article_heads.article_id = edited_quotes.article_id
where (edited_quotes.seen_at at time zone 'UTC')::date >= $since::date
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], edited_quotes.outlet))
    and contains(
        lower(concat_ws(' ', edited_quotes.speaker_before, edited_quotes.speaker)),
        lower($speaker::varchar)
    )
order by
    edited_quotes.seen_at desc,
    edited_quotes.article_id,
    edited_quotes.edit,
    edited_quotes.text_before,
    edited_quotes.text
limit $top::integer
