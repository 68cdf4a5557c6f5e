-- A row a line of the staged files, with the keys that are asked for: they alone are parsed.
-- Without `records` a file of which one key is wanted is looked through four times as long.
create or replace temp macro staged_lines(keys) as table
from read_json(
    getvariable('unpacked').files,
    format = 'newline_delimited',
    records = true,
    filename = 'file',
    maximum_object_size = getvariable('unpacked').longest_line,
    columns = keys
);
