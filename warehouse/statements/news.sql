-- A text that changes with what readers look for, and not with polls, schedules and runs alone.
select concat_ws(
    ' ',
    (select concat(count(*), ':', bit_xor(hash(entry_id, url, title, updated_at))) from entries),
    (select concat(count(*), ':', bit_xor(hash(article_id, fetch_id, extractor_version))) from article_versions),
    (select concat(count(*), ':', bit_xor(hash(failure_id, tries, last_at, closed_at))) from failures),
    (select concat(count(*), ':', bit_xor(hash(feed_id, state, url, title, outlet))) from feeds),
    (select concat(count(*), ':', bit_xor(hash(label, name, name_id))) from entity_aliases),
    (select count(*) from entity_merges),
    (select concat(count(*), ':', bit_xor(hash(run_id))) from runs where invalid)
) as news;
