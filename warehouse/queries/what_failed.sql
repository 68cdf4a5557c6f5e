-- What did not work and is still open, and why?
-- since: failed last from this time on (default: 1970-01-01)
-- top: how many failures (default: 50)
select
    failures.last_at,
    failures.stage,
    failures.reason,
    failures.tries,
    failures.url,
    failures.detail,
    failures.next_try_at
from failures
where failures.closed_at is null
    and failures.last_at >= $since::timestamptz
order by failures.last_at desc, failures.url, failures.stage
limit $top::integer;
