select
    edited_articles.last_changed_at,
    edited_articles.outlet,
    edited_articles.first_title,
    edited_articles.title,
    edited_articles.versions,
    edited_articles.first_words,
    edited_articles.words,
    edited_articles.url
from edited_articles
where (edited_articles.last_changed_at at time zone 'UTC')::date >= $since::date
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], edited_articles.outlet))
order by edited_articles.last_changed_at desc, edited_articles.url
limit $top::integer
