insert into schema_history (number, name, sha256, time)
values ($number, $name, $sha256, now());
