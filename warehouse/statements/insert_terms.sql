create or replace temp table numbered_texts as
select
    (
        coalesce((select max(number) from search_texts), 0)
        + row_number() over (order by fetch_id)
    )::integer as number,
    fetch_id,
    search_words(concat_ws(' ', title, title, title, text)) as terms
from new_texts;

insert into search_texts by name
select
    number,
    fetch_id,
    len(terms) as words,
    false as is_sorted
from numbered_texts;

-- Each text is counted by itself: all of them at once take more memory and longer.
insert into search_terms by name
with counted_texts as (
    select
        number,
        list_aggregate(terms, 'histogram') as times_by_term
    from numbered_texts
),
counted_terms as (
    select
        number,
        unnest(map_keys(times_by_term)) as term,
        unnest(map_values(times_by_term)) as times
    from counted_texts
)
select
    term,
    number,
    least(times, 65535)::usmallint as times
from counted_terms
order by term, number;
