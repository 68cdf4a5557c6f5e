create or replace macro search_words(given) as
regexp_extract_all(lower(strip_accents(nfc_normalize(given))), '[\p{L}\p{M}\p{N}]+');

comment on macro search_words is 'The terms of a text, as a list: its words in lower case without accents, letters and digits alone.
given: a text of any script';
