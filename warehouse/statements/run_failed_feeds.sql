-- The feeds that gave a run nothing, and what was said of each last.
select
    polls.feed_id,
    coalesce(any_value(feeds.url), any_value(polls.url)) as url,
    any_value(feeds.title) as title,
    arg_max(polls.error, polls.started_at) as error
from polls
left join feeds
    on feeds.feed_id = polls.feed_id
where polls.run_id = $run_id
    and polls.status in ('failed', 'refused')
group by polls.feed_id
order by url, polls.feed_id
