-- The addresses that led to the traced articles, and to no other.
with told as (
    select
        unnest([url, target, final_url]) as address,
        article_id
    from fetches
    where article_id is not null
    union
    select
        unnest([url, target]) as address,
        article_id
    from entries
    where article_id is not null
    union
    select
        url as address,
        article_id
    from article_heads
)
select address
from told
where address is not null
group by address
having bool_and(article_id in (select article_id from traced_articles))
order by address;
