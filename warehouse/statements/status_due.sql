with due_feeds as (
    select count(*) as due
    from feeds
    where state = 'active' and (next_poll_at is null or next_poll_at <= now())
),

waiting_entries as (
    select count(distinct entries.url) as due
    from entries
    left join failures
        on failures.url = entries.url and failures.closed_at is null
    where entries.article_id is null and entries.url is not null and failures.url is null
)

select 'feeds' as what, due from due_feeds
union all
select 'pages' as what, due from waiting_entries
