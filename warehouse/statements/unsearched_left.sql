select exists (from unsearched_versions);
