select
    null::date as month,
    entities.*
from entities
order by entities.entity_id;
