select distinct story_key
from story_candidates
order by story_key;
