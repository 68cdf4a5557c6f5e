-- Which articles has their publisher changed, latest first?
-- since: changed from this time on (default: 1970-01-01)
-- substantive: only changes of more than form (default: true)
select
    edited_articles.last_changed_at,
    edited_articles.outlet,
    edited_articles.versions,
    edited_articles.first_title,
    edited_articles.title,
    edited_articles.first_words,
    edited_articles.words,
    edited_articles.url
from edited_articles
where edited_articles.last_changed_at >= $since::timestamptz
    and (edited_articles.substantive_changes > 0 or not $substantive::boolean)
order by edited_articles.last_changed_at desc, edited_articles.url;
