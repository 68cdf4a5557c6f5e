"""Before a question: the readers' copy is mended, or shows what a run has left."""

import logging
import time
from datetime import UTC, datetime

from extractors.errors import WarehouseBusyError, WarehouseError
from flows.home import Home
from flows.locks import live_runs
from flows.settings import Settings
from warehouse.door import Warehouse
from warehouse.publishing import is_due_for_readers, wait_left_s

logger = logging.getLogger(__name__)

#: Seconds that a question of our own to the readers' copy may take.
PATIENCE_S = 60.0


def show_what_is_due(home: Home, settings: Settings) -> None:
    """Publish what a run has left unpublished, if that is due and costs a moment.

    Without a copy that can be read one is made, however long that takes.

    Raises:
        WarehouseError: there is no copy that can be read, and none can be made.
    """
    warehouse = Warehouse(home.path, lock_wait_s=settings.lock_wait_s)
    if not warehouse.has_fit_copy():
        warehouse.prepare()
        return
    last = warehouse.published()
    # Half of what a run at work does would show; it publishes at its end.
    if last is None or not is_due_for_readers(last, datetime.now(UTC)) or live_runs(home):
        return
    time.sleep(wait_left_s(last, datetime.now(UTC), has_news=True))
    try:
        Warehouse(home.path, lock_wait_s=0).publish()
    except WarehouseBusyError:
        return  # whoever writes will publish
    except (WarehouseError, OSError) as error:
        logger.warning("the answer is from an earlier copy at=%s error=%s", last.at, error)
