create or replace view quote_sightings as
-- Most words are printed once: what is printed again is found, by hashes, before anything else of
-- it is read.
with repeated_keys as (
    select hash(sighting_key) as words_key
    from quote_rows
    where sighting_key is not null
    group by hash(sighting_key)
    having count(*) > 1
),
printed_quotes as (
    select
        quote_rows.sighting_key,
        quote_rows.quote_id,
        quote_rows.text,
        quote_rows.speaker,
        coalesce(merged_entities.canonical_id, quote_rows.speaker_id) as speaker_id,
        counted_articles.article_id,
        counted_articles.outlet,
        counted_articles.story_id,
        counted_articles.printed_at
    from quote_rows
    semi join repeated_keys
        on repeated_keys.words_key = hash(quote_rows.sighting_key)
    join counted_articles
        on counted_articles.fetch_id = quote_rows.fetch_id
    left join merged_entities
        on merged_entities.entity_id = quote_rows.speaker_id
    where quote_rows.sighting_key is not null
),
quotations as (
    select
        sighting_key,
        count(distinct outlet) as outlets,
        count(distinct story_id) as stories,
        arg_min(outlet, (printed_at, article_id)) as first_outlet,
        arg_min(article_id, (printed_at, article_id)) as first_article_id,
        min(printed_at) as first_printed_at
    from printed_quotes
    group by sighting_key
    having count(distinct outlet) > 1
)
select
    printed_quotes.sighting_key,
    printed_quotes.quote_id,
    printed_quotes.article_id,
    printed_quotes.outlet,
    printed_quotes.story_id,
    printed_quotes.text,
    printed_quotes.speaker,
    printed_quotes.speaker_id,
    printed_quotes.printed_at,
    quotations.outlets,
    quotations.stories,
    quotations.first_outlet,
    quotations.first_article_id,
    (epoch(printed_quotes.printed_at) - epoch(quotations.first_printed_at))::bigint as lag_s
from printed_quotes
join quotations
    on quotations.sighting_key = printed_quotes.sighting_key;

comment on view quote_sightings is 'One row for each printing of a quotation that stands in two outlets or more: direct or mixed, six words or more, equal but for case, punctuation and the form of characters.';
comment on column quote_sightings.sighting_key is 'the same for every printing of a quotation';
comment on column quote_sightings.quote_id is 'the quotation, in `quotes`';
comment on column quote_sightings.article_id is 'the article that prints it';
comment on column quote_sightings.outlet is 'whose article it is';
comment on column quote_sightings.story_id is 'the story of the article';
comment on column quote_sightings.text is 'the words as printed there';
comment on column quote_sightings.speaker is 'the speaker as that article names it';
comment on column quote_sightings.speaker_id is 'the entity, where the speaker is one';
comment on column quote_sightings.printed_at is 'publication of the article, first sight where that is unknown';
comment on column quote_sightings.outlets is 'outlets that print it';
comment on column quote_sightings.stories is 'stories that print it; 1: only copies of one story do';
comment on column quote_sightings.first_outlet is 'outlet of the earliest printing';
comment on column quote_sightings.first_article_id is 'article of the earliest printing';
comment on column quote_sightings.lag_s is 'seconds after the earliest printing';
