-- Whether findings of held versions have to be moved or dropped; mostly not, and looking for
-- them reads the largest tables.
select
    exists (from stale_fetches)
    or exists (from version_sources where not is_new and fetch_id <> source_id);
