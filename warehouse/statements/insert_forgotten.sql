insert into forgotten (article_id, forgotten_at)
select
    article_id,
    $at
from (select distinct unnest($article_ids::varchar[]) as article_id)
where article_id not in (select article_id from forgotten);
