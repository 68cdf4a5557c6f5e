update runs
set
    ended_at = $ended_at::timestamptz,
    outcome = $outcome,
    note = coalesce($note, note)
where run_id = $run_id;
