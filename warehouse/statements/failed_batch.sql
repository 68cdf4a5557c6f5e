insert into failures by name
select
    left(md5(concat_ws(' ', 'load', $url, $at)), 16) as failure_id,
    'load' as stage,
    $url as url,
    'malformed' as reason,
    $detail as detail,
    1 as tries,
    $at::timestamptz as first_at,
    $at::timestamptz as last_at;
