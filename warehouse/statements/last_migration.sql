select max(number) from schema_history;
