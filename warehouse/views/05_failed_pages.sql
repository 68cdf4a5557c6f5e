create or replace view failed_pages as
select
    coalesce(target, url) as target,
    sum(tries)::integer as tries,
    bool_or(next_try_at is null) as is_set_aside,
    max(next_try_at) as next_try_at
from failures
where closed_at is null
    and stage in ('page', 'text')
group by all;

comment on view failed_pages is 'One row for each page that could not be fetched or read the last time; all its failures in one.';
comment on column failed_pages.target is 'canonical form of the links that lead there';
comment on column failed_pages.tries is 'times it failed since it was last read';
comment on column failed_pages.is_set_aside is 'it is not tried again before a person asks for it';
comment on column failed_pages.next_try_at is 'when it is tried again; null if set aside';
