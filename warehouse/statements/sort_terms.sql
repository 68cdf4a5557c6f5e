create or replace temp table sorted_terms as
select
    term,
    number,
    times
from search_terms
where number in (select number from search_texts where fetch_id is not null)
order by term, number;

truncate search_terms;

insert into search_terms by name
select
    term,
    number,
    times
from sorted_terms;

drop table sorted_terms;

delete from search_texts
where fetch_id is null;

update search_texts
set is_sorted = true
where not is_sorted;
