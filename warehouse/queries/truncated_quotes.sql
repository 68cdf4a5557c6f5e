-- Which quotations of a speaker have other outlets cut shorter?
-- speaker: a name or whole words of it, any case
-- since: from this time on (default: 1970-01-01)
-- days: how far apart the two printings may be (default: 14)
with said as (
    select
        day,
        outlet,
        speaker_id,
        speaker,
        text,
        url,
        quote_id,
        search_words(text) as terms,
        ' ' || array_to_string(terms, ' ') || ' ' as words,
        len(terms) as word_count
    from quotes_by($speaker::varchar)
    where kind <> 'indirect'
        and day >= $since::timestamptz::date
),
-- Where the first four words of another may stand: so that not all are compared with all.
passages as (
    select distinct
        quote_id,
        unnest(
            list_transform(
                range(1, word_count - 2),
                lambda place: array_to_string(terms[place:place + 3], ' ')
            )
        ) as passage
    from said
)
select
    longer.speaker,
    shorter.outlet as cut_by,
    shorter.day,
    shorter.text,
    longer.outlet as whole_in,
    longer.day as whole_day,
    longer.text as whole_text,
    longer.word_count - shorter.word_count as words_cut,
    shorter.url,
    longer.url as whole_url
from said as shorter
join passages
    on passages.passage = array_to_string(shorter.terms[1:4], ' ')
join said as longer
    on longer.quote_id = passages.quote_id
    and longer.speaker_id is not distinct from shorter.speaker_id
    and longer.outlet <> shorter.outlet
    and longer.word_count > shorter.word_count
    and contains(longer.words, shorter.words)
where shorter.word_count >= 4
    and abs(date_diff('day', longer.day, shorter.day)) <= $days::integer
qualify row_number() over (
    partition by shorter.quote_id
    order by longer.word_count desc, longer.day, longer.quote_id
) = 1
order by shorter.day, shorter.outlet, shorter.quote_id;
