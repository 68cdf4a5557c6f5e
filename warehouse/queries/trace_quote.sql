-- Where does a quotation come from, down to the archived bytes?
-- words: the quotation or a part of it, any case; or its quote_id
-- top: how many quotations (default: 5)
select
    quote_versions.quote_id,
    quote_versions.speaker,
    quote_versions.text,
    quote_versions.start_char,
    quote_versions.end_char,
    article_versions.text[quote_versions.start_char + 1:quote_versions.end_char]
        = quote_versions.text as text_agrees,
    article_versions.article_id,
    article_versions.version,
    article_versions.seen_at,
    quote_versions.extractor_version,
    fetches.fetch_id,
    fetches.final_url,
    bodies.archive_file,
    bodies.archive_offset
from quote_versions
join article_versions
    on article_versions.article_id = quote_versions.article_id
    and article_versions.version = quote_versions.version
join fetches
    on fetches.fetch_id = article_versions.fetch_id
join fetches as bodies
    on bodies.fetch_id = coalesce(fetches.repeats, fetches.fetch_id)
where quote_versions.quote_id = $words::varchar
    or contains(lower(quote_versions.text), lower($words::varchar))
order by article_versions.seen_at, quote_versions.quote_id
limit $top::integer;
