-- Whether anything is known of an address that led to no article.
select exists (
        from entries
        where url = $url
            or article_id_at(coalesce(target, url)) = $article_id
    )
    or exists (
        from fetches
        where url = $url
            or final_url = $url
            or article_id_at(coalesce(target, url)) = $article_id
    )
    or exists (
        from failures
        where stage <> 'feed'
            and (url = $url or article_id_at(coalesce(target, url)) = $article_id)
    );
