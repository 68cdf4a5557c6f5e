-- Which articles were changed in substance while the page went on to state the time of an earlier change, or none?
-- since: changed from this time on (default: 1970-01-01)
-- outlet: of this outlet alone; empty for all (default: )
select
    later.seen_at,
    articles.outlet,
    articles.modified_at,
    later.version,
    earlier.title as title_before,
    later.title,
    earlier.words as words_before,
    later.words,
    articles.url
from article_versions as later
join article_versions as earlier
    on earlier.article_id = later.article_id
    and earlier.version = later.version - 1
join articles
    on articles.article_id = later.article_id
where later.change = 'substantive'
    and later.seen_at >= $since::timestamptz
    and $outlet::varchar in ('', articles.outlet)
    and (articles.modified_at is null or articles.modified_at <= earlier.seen_at)
order by later.seen_at desc, articles.url;
