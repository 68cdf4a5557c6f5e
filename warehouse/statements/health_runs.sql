-- Runs by outcome, and the last of each; those that people called invalid are counted too: they ran.
select
    outcome,
    count(*) as runs,
    max(ended_at) as last_ended_at,
    arg_max(started_at, ended_at) as last_started_at,
    arg_max(
        {
            'feeds_polled': feeds_polled,
            'feeds_failed': feeds_failed,
            'entries_new': entries_new,
            'pages_fetched': pages_fetched,
            'articles_new': articles_new,
            'articles_changed': articles_changed,
            'quotes': quotes,
            'mentions': mentions,
            'failures': failures
        },
        ended_at
    ) as last_counts
from runs
where outcome is not null
group by outcome
order by outcome
