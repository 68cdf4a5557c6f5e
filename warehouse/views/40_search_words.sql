create or replace macro search_words(given) as
regexp_extract_all(lower(strip_accents(nfc_normalize(given))), '[\p{L}\p{M}\p{N}]+');

comment on macro search_words is 'The terms of a text, as a list: its words in lower case without accents, letters and digits alone.
given: a text of any script';

-- Most texts have no accents to take off, which costs ten times what the rest does.
create or replace macro may_match(given, terms) as
contains(lower(if(strlen(given) = length(given), given, strip_accents(given))), terms[1]);

comment on macro may_match is 'Whether a text can have all of some terms of `search_words`: it has the first, if only as a part of a word.
given: a text of any script
terms: a list of terms';
