select
    story_key,
    other_key
from story_candidates
order by all;
