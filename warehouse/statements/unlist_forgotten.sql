-- What leads to what is kept out and was never read is not to be asked for any more.
delete from entries
where article_id is null
    and article_id_at(coalesce(target, url)) in (select article_id from forgotten);

delete from failures
where stage <> 'feed'
    and article_id_at(coalesce(target, url)) in (select article_id from forgotten);
