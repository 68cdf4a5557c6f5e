select
    null::date as month,
    feeds.*
from feeds
order by feeds.feed_id;
