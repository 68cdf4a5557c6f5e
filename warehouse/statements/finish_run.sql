update runs
set
    ended_at = $ended_at::timestamptz,
    outcome = $outcome,
    note = coalesce($note, note),
    recovered_at = if($is_complete, $ended_at::timestamptz, null)
where run_id = $run_id;
