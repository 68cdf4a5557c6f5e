select arg_max(sha256, applied_at)
from view_history;
