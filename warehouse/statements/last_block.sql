select coalesce(max(block_id), -1) as block_id
from pragma_storage_info($table_name)
