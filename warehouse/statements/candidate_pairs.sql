select
    story_key,
    other_key
from story_candidates
where story_key in (select unnest(from_json($keys, '["VARCHAR"]')))
order by all;
