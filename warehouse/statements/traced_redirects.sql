-- The addresses that requests which gave no article tell to be the same: where the asked one leads
-- to, if a feed lists that too (else it may be where anybody is sent, such as a login), and what
-- leads to it.
with unread as (
    select
        url,
        coalesce(target, url) as target,
        final_url
    from fetches
    where article_id is null
        and final_url is not null
),
listed as (
    select article_id_at(coalesce(target, url)) as article_id
    from entries
    where url is not null
)
select final_url as address
from unread
where (url = $url or article_id_at(target) = $article_id)
    and article_id_at(final_url) in (select article_id from listed)
union
select target as address
from unread
where article_id_at(final_url) = $article_id
order by address;
