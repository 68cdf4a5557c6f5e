create or replace macro quotes_by(asked) as table
with wanted as (
    select search_words(asked) as terms
),
-- Each name once: there are fewer of them than of quotations by far. What no name can match without
-- is looked for first, without taking off accents where there are none.
names as (
    select distinct
        speaker_rows.speaker_id,
        speaker_rows.speaker as name
    from speaker_rows
    cross join wanted
    where contains(
            lower(
                if(
                    strlen(speaker_rows.speaker) = length(speaker_rows.speaker),
                    speaker_rows.speaker,
                    strip_accents(speaker_rows.speaker)
                )
            ),
            wanted.terms[1]
        )
    union all
    select
        held_entities.entity_id as speaker_id,
        held_entities.name
    from held_entities
    cross join wanted
    where contains(
            lower(
                if(
                    strlen(held_entities.name) = length(held_entities.name),
                    held_entities.name,
                    strip_accents(held_entities.name)
                )
            ),
            wanted.terms[1]
        )
    union all
    select
        held_entities.entity_id as speaker_id,
        entity_aliases.name
    from held_entities
    join entity_aliases
        on entity_aliases.name_id = held_entities.name_id
    cross join wanted
    where contains(
            lower(
                if(
                    strlen(entity_aliases.name) = length(entity_aliases.name),
                    entity_aliases.name,
                    strip_accents(entity_aliases.name)
                )
            ),
            wanted.terms[1]
        )
    union all
    select distinct
        mention_rows.entity_id as speaker_id,
        mention_rows.text as name
    from mention_rows
    cross join wanted
    where mention_rows.entity_id is not null
        and mention_rows.label in ('PERSON', 'ORG', 'GROUP')
        and contains(
            lower(
                if(
                    strlen(mention_rows.text) = length(mention_rows.text),
                    mention_rows.text,
                    strip_accents(mention_rows.text)
                )
            ),
            wanted.terms[1]
        )
),
matches as (
    select
        names.speaker_id,
        names.name
    from names
    cross join wanted
    where list_has_all(search_words(names.name), wanted.terms)
),
matching_entities as (
    select distinct coalesce(merged_entities.canonical_id, matches.speaker_id) as entity_id
    from matches
    left join merged_entities
        on merged_entities.entity_id = matches.speaker_id
    where matches.speaker_id is not null
),
-- All ids, as rows have them, of whom is asked for.
speakers as (
    select
        entity_id,
        entity_id as speaker_id
    from matching_entities
    where entity_id not in (select entity_id from merged_entities)
    union all
    select
        merged_entities.entity_id,
        merged_entities.canonical_id as speaker_id
    from merged_entities
    join matching_entities
        on matching_entities.entity_id = merged_entities.canonical_id
),
matching_phrases as (
    select distinct name
    from matches
    where speaker_id is null
),
found_quotes as materialized (
    select
        quote_rows.fetch_id,
        quote_rows.quote_id,
        quote_rows.start_char,
        quote_rows.text,
        quote_rows.kind,
        quote_rows.cue,
        quote_rows.confidence,
        quote_rows.speaker,
        speakers.speaker_id
    from quote_rows
    join speakers
        on speakers.entity_id = quote_rows.speaker_id
    union all
    select
        quote_rows.fetch_id,
        quote_rows.quote_id,
        quote_rows.start_char,
        quote_rows.text,
        quote_rows.kind,
        quote_rows.cue,
        quote_rows.confidence,
        quote_rows.speaker,
        null as speaker_id
    from quote_rows
    where quote_rows.speaker_id is null
        and quote_rows.speaker in (select name from matching_phrases)
)
select
    (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        as day,
    article_heads.outlet,
    coalesce(entity_names.name, found_quotes.speaker) as speaker,
    found_quotes.text,
    found_quotes.kind,
    found_quotes.cue,
    found_quotes.confidence,
    article_versions.title,
    article_heads.url,
    found_quotes.speaker_id,
    article_heads.article_id,
    found_quotes.quote_id
from found_quotes
join article_heads
    on article_heads.fetch_id = found_quotes.fetch_id
join article_versions
    on article_versions.fetch_id = found_quotes.fetch_id
left join entity_names
    on entity_names.entity_id = found_quotes.speaker_id
order by day desc, article_heads.article_id, found_quotes.start_char;

comment on macro table quotes_by is 'One row for each quotation of whoever has this name, latest first: day, outlet, speaker, text, kind, cue, confidence, title, url, speaker_id, article_id, quote_id.
asked: a name or whole words of it, as any article or the alias table has it, in any case, with or without accents';
