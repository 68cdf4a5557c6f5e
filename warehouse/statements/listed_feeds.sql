select *
from feeds
where state <> 'removed'
order by url
