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

insert into search_terms by name
with occurrences as (
    select
        number,
        unnest(terms) as term
    from numbered_texts
)
select
    term,
    number,
    least(count(*), 65535)::usmallint as times
from occurrences
group by term, number
order by term, number;
