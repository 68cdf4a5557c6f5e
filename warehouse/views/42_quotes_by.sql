create or replace macro quotes_by(asked) as table
with wanted as (
    select search_words(asked) as terms
),
-- Each name once: there are fewer of them than of quotations by far.
names as (
    select distinct
        speaker_id,
        speaker as name
    from quote_rows
    where speaker is not null
    union all
    select
        entity_id as speaker_id,
        name
    from held_entities
    union all
    select
        held_entities.entity_id as speaker_id,
        entity_aliases.name
    from held_entities
    join entity_aliases
        on entity_aliases.name_id = held_entities.name_id
    union all
    select distinct
        entity_id as speaker_id,
        text as name
    from mention_rows
    where entity_id is not null
        and label in ('PERSON', 'ORG', 'GROUP')
),
matches as (
    select
        names.speaker_id,
        names.name
    from names
    cross join wanted
    where len(wanted.terms) > 0
        and contains(lower(strip_accents(names.name)), wanted.terms[1])
        and list_has_all(search_words(names.name), wanted.terms)
),
matching_entities as (
    select distinct coalesce(merged_entities.canonical_id, matches.speaker_id) as entity_id
    from matches
    left join merged_entities
        on merged_entities.entity_id = matches.speaker_id
    where matches.speaker_id is not null
),
matching_phrases as (
    select name
    from matches
    where speaker_id is null
)
select
    (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        as day,
    article_heads.outlet,
    coalesce(entity_names.name, quotes.speaker) as speaker,
    quotes.text,
    quotes.kind,
    quotes.cue,
    quotes.confidence,
    article_versions.title,
    article_heads.url,
    quotes.speaker_id,
    quotes.article_id,
    quotes.quote_id
from quotes
join article_heads
    on article_heads.article_id = quotes.article_id
join article_versions
    on article_versions.fetch_id = article_heads.fetch_id
left join entity_names
    on entity_names.entity_id = quotes.speaker_id
where quotes.speaker_id in (select entity_id from matching_entities)
    or (
        quotes.speaker_id is null
        and quotes.speaker in (select name from matching_phrases)
    )
order by day desc, quotes.article_id, quotes.start_char;

comment on macro table quotes_by is 'One row for each quotation of whoever has this name, latest first: day, outlet, speaker, text, kind, cue, confidence, title, url, speaker_id, article_id, quote_id.
asked: a name or whole words of it, as any article or the alias table has it, in any case, with or without accents';
