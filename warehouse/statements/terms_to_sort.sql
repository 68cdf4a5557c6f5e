-- Whether so many texts came or went since the terms were last sorted that it is worth it.
select count(*) filter (fetch_id is null or not is_sorted) > $least_share * count(*)
from search_texts;
