select article_id
from traced_articles
order by article_id;
