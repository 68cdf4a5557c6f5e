select outlet
from article_heads
where outlet is not null
group by outlet
order by count(*) desc, outlet
limit 1000
