insert into view_history (sha256, applied_at)
values ($sha256, now());
