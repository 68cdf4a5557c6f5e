-- What was kept of versions that are no more, and of texts that no version has any longer.
delete from sketches
where fetch_id in (select fetch_id from stale_fetches);

delete from unsketched_versions
where fetch_id in (select fetch_id from stale_fetches);

delete from story_links
where story_key in (
        select story_key from stale_fetches
        except
        select story_key
        from article_versions
        where story_key in (select story_key from stale_fetches)
    )
    or other_key in (
        select story_key from stale_fetches
        except
        select story_key
        from article_versions
        where story_key in (select story_key from stale_fetches)
    );
