select entry_id
from entries
where entry_id in (select unnest(cast($entry_ids as varchar[])))
