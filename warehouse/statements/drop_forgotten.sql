-- What was forgotten is dropped from staged harvests before anything reads them.
delete from new_fetches
where fetch_id in (
        select fetch_id
        from all_readings
        where article_id in (select article_id from forgotten)
    )
    or article_id_at(coalesce(target, url)) in (select article_id from forgotten);

delete from all_readings
where article_id in (select article_id from forgotten)
    or not (
        fetch_id in (select fetch_id from new_fetches)
        or fetch_id in (select fetch_id from fetches)
    );

delete from listed_entries
where article_id_at(coalesce(target, url)) in (select article_id from forgotten);

delete from new_failures
where article_id_at(target) in (select article_id from forgotten);
