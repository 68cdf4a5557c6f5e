select
    number,
    name,
    sha256
from schema_history
order by number;
