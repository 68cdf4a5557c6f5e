-- What did those who printed a story keep of its first printing (of one with an agency's credit, where there is one), and what did they change, drop or add?
-- story: its story_id, or the article_id of one of its printings
with printings as (
    select
        article_id,
        outlet,
        text,
        row_number() over (
            order by agency is null, coalesce(published_at, first_seen_at), article_id
        ) = 1 as is_original
    from articles
    where story_id in (
        select story_id
        from articles
        where story_id = $story::varchar or article_id = $story::varchar
    )
),
pieces as (
    select
        article_id,
        outlet,
        is_original,
        unnest(regexp_split_to_array(text, '[.!?]["”’»]?\s+|\n+')) as sentence,
        generate_subscripts(regexp_split_to_array(text, '[.!?]["”’»]?\s+|\n+'), 1) as place
    from printings
),
sentences as (
    select
        article_id,
        outlet,
        is_original,
        min(place) as place,
        any_value(trim(sentence) order by place) as sentence,
        array_to_string(search_words(sentence), ' ') as words
    from pieces
    where len(search_words(sentence)) > 0
    group by article_id, outlet, is_original, words
),
-- Each sentence of the original, once for each copy.
originals as (
    select
        copies.article_id,
        copies.outlet,
        sentences.place,
        sentences.sentence,
        sentences.words
    from sentences
    cross join printings as copies
    where sentences.is_original
        and not copies.is_original
),
copied as (
    from sentences
    where not is_original
),
likenesses as (
    select
        gone.article_id,
        gone.words,
        come.words as words_there,
        len(list_intersect(string_split(gone.words, ' '), string_split(come.words, ' ')))
            as shared_words,
        shared_words / least(
            len(list_distinct(string_split(gone.words, ' '))),
            len(list_distinct(string_split(come.words, ' ')))
        ) as likeness
    from (from originals anti join copied using (article_id, words)) as gone
    join (from copied anti join originals using (article_id, words)) as come
        on come.article_id = gone.article_id
),
changed as (
    select
        article_id,
        words,
        words_there
    from likenesses
    where likeness >= 0.6
        and shared_words >= 4
    qualify row_number() over (
            partition by article_id, words
            order by likeness desc, words_there
        ) = 1
        and row_number() over (
            partition by article_id, words_there
            order by likeness desc, words
        ) = 1
),
fates as (
    select
        originals.article_id,
        originals.outlet,
        originals.place,
        case
            when changed.words is not null then 'changed'
            when copied.words is not null then 'kept'
            else 'dropped'
        end as fate,
        originals.sentence as original,
        copied.sentence as copy
    from originals
    left join changed using (article_id, words)
    left join copied
        on copied.article_id = originals.article_id
        and copied.words = coalesce(changed.words_there, originals.words)
    union all
    select
        copied.article_id,
        copied.outlet,
        copied.place,
        'added' as fate,
        null as original,
        copied.sentence as copy
    from copied
    anti join originals using (article_id, words)
    anti join changed
        on changed.article_id = copied.article_id
        and changed.words_there = copied.words
)
select
    outlet,
    fate,
    original,
    copy,
    article_id
from fates
order by outlet, article_id, place, fate;
