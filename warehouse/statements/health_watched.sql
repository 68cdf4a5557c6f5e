-- Feeds of which anything is expected.
select feed_id
from feeds
where state = 'active'
