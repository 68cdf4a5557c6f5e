-- The articles that an address leads to: the one that is filed under it, else those that were
-- read there.
create or replace temp table traced_articles as
with filed as (
    select article_id
    from article_heads
    where article_id = $article_id
),
led_to as (
    select article_id
    from fetches
    where url = $url
        or final_url = $url
        or article_id_at(coalesce(target, url)) = $article_id
        or article_id_at(final_url) = $article_id
    union
    select article_id
    from entries
    where url = $url
        or article_id_at(coalesce(target, url)) = $article_id
)
select article_id
from filed
union
select article_id
from led_to
where article_id is not null
    and not exists (from filed);
