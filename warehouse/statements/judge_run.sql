update runs
set
    invalid = $invalid,
    note = coalesce($note, note)
where run_id = $run_id
returning run_id;
