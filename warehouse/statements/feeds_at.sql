select feed_id
from feeds
where url = $url
    and state <> 'removed'
