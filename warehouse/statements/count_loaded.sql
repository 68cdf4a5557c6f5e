select
    (select count(distinct batch_id) from harvests) as batches,
    coalesce(sum(entries_new), 0)::integer as entries_new,
    coalesce(sum(pages_fetched), 0)::integer as pages_fetched,
    coalesce(sum(articles_new), 0)::integer as articles_new,
    coalesce(sum(articles_changed), 0)::integer as articles_changed,
    coalesce(sum(quotes), 0)::integer as quotes,
    coalesce(sum(mentions), 0)::integer as mentions,
    coalesce(sum(failures), 0)::integer as failures
from batch_counts;
