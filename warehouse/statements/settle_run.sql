update runs
set
    ended_at = coalesce(ended_at, $at::timestamptz),
    outcome = coalesce(outcome, 'interrupted'),
    recovered_at = $at::timestamptz
where run_id = $run_id;
