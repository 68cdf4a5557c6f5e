-- The first and last time at which a text may have been seen that is near enough to a new one.
select
    min(seen_at) - $window,
    max(seen_at) + $window
from new_sketches
having count(*) > 0;
