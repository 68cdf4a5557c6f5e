-- Young pages whose time comes $by then. Left out is what the next pass fetches anyway, and what
-- failed and waits for its time or was set aside.
create or replace temp table due_rechecks as
with looks as (
    select
        whole_answers.target,
        max(page_requests.started_at) as looked_at,
        count(*) filter (
            page_requests.was_read and page_requests.started_at > whole_answers.started_at
        ) as not_modified_in_a_row
    from whole_answers
    join page_requests
        on page_requests.target = whole_answers.target
    group by whole_answers.target
),
listings as (
    select
        article_id,
        arg_min(feed_id, (first_seen_at, entry_id)) filter (
            feed_id not in (select feed_id from feeds where state = 'removed')
        ) as feed_id
    from entries
    where article_id in (select article_id from young_pages)
    group by article_id
),
-- A site that has asked for patience, whatever it was asked for, is left alone with all its pages:
-- to try them would make no request, and use up the limit.
patient_hosts as (
    select regexp_extract(lower(url), '^\w+://([^/?#]*@)?([^/?#]*)', 2) as host_and_port
    from (
        select url
        from failures
        where closed_at is null
            and reason = 'deferred'
            and next_try_at > $by::timestamptz
        union all
        select url
        from feeds
        where not_before > $by::timestamptz
    )
),
-- An outlet is a registered domain, whose hosts end with it; else a host with its port.
patient_outlets as (
    select distinct outlets.outlet
    from (select distinct outlet from young_pages) as outlets
    join patient_hosts
        on ends_with('.' || host_and_port, '.' || outlet)
        or ends_with('.' || split_part(host_and_port, ':', 1), '.' || outlet)
)
select
    young_pages.target,
    young_pages.url,
    coalesce(failed_pages.tries, 0) as tries,
    listings.feed_id,
    if(whole_answers.was_read, whole_answers.fetch_id, null) as repeats,
    whole_answers.etag,
    whole_answers.last_modified,
    whole_answers.body_hash,
    looks.not_modified_in_a_row,
    (epoch($by::timestamptz) - epoch(looks.looked_at)) / young_pages.every_s as waits
from young_pages
join whole_answers
    on whole_answers.target = young_pages.target
join looks
    on looks.target = young_pages.target
left join listings
    on listings.article_id = young_pages.article_id
left join failed_pages
    on failed_pages.target = young_pages.target
where epoch($by::timestamptz) - epoch(looks.looked_at) >= young_pages.every_s
    and not coalesce(failed_pages.is_set_aside or failed_pages.next_try_at > $by::timestamptz, false)
    and (listings.article_id is null or listings.feed_id is not null)
    and coalesce(young_pages.outlet not in (select outlet from patient_outlets), true)
    and young_pages.target not in (select target from waiting_pages);
