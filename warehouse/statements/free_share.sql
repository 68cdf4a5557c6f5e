-- How much of the file holds nothing, from 0 to 1.
select free_blocks / greatest(total_blocks, 1) as free_share
from pragma_database_size()
where database_name = current_database();
