select block_size
from pragma_database_size()
