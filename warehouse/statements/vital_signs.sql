-- What a check of a home looks at: failures that are open, the last pass, and how much is held.
select
    (select count(*) from failures where closed_at is null) as open_failures,
    (select max(coalesce(ended_at, started_at)) from runs) as last_run_at,
    (select count(*) from article_heads) as articles;
