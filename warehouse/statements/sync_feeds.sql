-- The list in onrecord.toml against the feeds held. A feed the server called gone stays gone
-- until a person pauses and resumes it.
merge into feeds
using (
    select unnest(from_json($feeds, '[{
        "feed_id": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "outlet": "VARCHAR",
        "state": "VARCHAR", "added_at": "TIMESTAMPTZ"
    }]'), recursive := true)
) as listed
on listed.feed_id = feeds.feed_id
when matched
    then update set
        title = coalesce(listed.title, feeds.title),
        outlet = coalesce(listed.outlet, feeds.outlet),
        state = if(feeds.state = 'gone' and listed.state = 'active', 'gone', listed.state),
        next_poll_at = if(
            feeds.state in ('paused', 'removed') and listed.state = 'active',
            null,
            feeds.next_poll_at
        )
when not matched by source
    then update set state = 'removed'
when not matched
    then insert (feed_id, url, title, outlet, state, added_at, failures_in_a_row)
    values (
        listed.feed_id, listed.url, listed.title, listed.outlet, listed.state,
        coalesce(listed.added_at, $now::timestamptz), 0
    );
