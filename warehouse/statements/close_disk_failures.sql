-- A run that came to its end had room.
update failures
set closed_at = $at::timestamptz
where stage = 'load'
    and reason = 'disk_full'
    and closed_at is null;
