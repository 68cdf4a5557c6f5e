-- The requests whose archived bodies may tell of what is forgotten: for its pages, and for the
-- feeds that listed it while they did.
select fetch_id
from forgotten_fetches
where text_source = 'page'
union
select polls.poll_id
from polls
join forgotten_entries
    on forgotten_entries.feed_id = polls.feed_id
    and polls.started_at between forgotten_entries.first_seen_at and forgotten_entries.last_seen_at
where polls.archive_file is not null;
