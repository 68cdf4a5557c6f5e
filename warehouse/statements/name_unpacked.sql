-- The staged files that the statements of loading read.
set variable unpacked = {'files': $patterns, 'longest_line': $longest_line};
