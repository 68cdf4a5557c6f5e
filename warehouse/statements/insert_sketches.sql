insert into sketches by name
select
    fetch_id,
    story_key,
    seen_at,
    hashes,
    hash
from new_sketches;
