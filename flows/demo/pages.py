"""A story on its outlet's page: article, navigation, promotions, comments, and its metadata."""

import json
from collections.abc import Sequence
from html import escape
from string import Template

from flows.demo.stories import Block, Outlet, Story, shared_text, template_text

_LINKED_TYPES = {"live": "LiveBlogPosting", "opinion": "OpinionNewsArticle"}


def path_of(story: Story, outlet: Outlet) -> str:
    """Return where on its outlet's site `story` stands."""
    day = story.published_at
    return Template(outlet.story_path).substitute(slug=story.slug, day=f"{day:%Y/%m/%d}")


def story_page(story: Story, outlet: Outlet, origin: str, older: Sequence[Story]) -> bytes:
    """Return the page of `story`, in UTF-8.

    Args:
        story: what the page is about.
        outlet: whose page it is.
        origin: scheme, host and port of the outlet: "http://127.0.0.1:47811".
        older: stories to link to under "related".
    """
    url = origin + path_of(story, outlet)
    comments = [block for block in story.blocks if block.kind == "comment"]
    rest = [block for block in story.blocks if block.kind != "comment"]
    page = Template(template_text(outlet, "page.html")).substitute(
        title=escape(story.title, quote=False),
        head=_head(story, outlet, url),
        lang=story.lang if story.lang != "en" else outlet.lang,
        origin=origin,
        url=url,
        section=escape(story.section),
        byline=escape(" and ".join(story.authors)),
        datetime=story.published.isoformat(),
        day=f"{story.published_at:%d %B %Y}".lstrip("0"),
        clock=f"{story.published_at:%H:%M}",
        body=_html_of(rest, outlet),
        comments=_html_of(comments, outlet),
        related=_links_to(older, outlet, origin),
        tags="".join(f'<li><a href="{origin}/tag">{escape(tag)}</a></li>' for tag in story.tags),
    )
    return page.encode()


def front_page(outlet: Outlet, origin: str, stories: Sequence[Story]) -> bytes:
    """Return the page at `/`, which links to the feed and to `stories`."""
    page = Template(shared_text("front.html")).substitute(
        name=escape(outlet.name),
        lang=outlet.lang,
        feed_type=outlet.feed_type,
        feed_url=origin + outlet.feed_path,
        links=_links_to(stories, outlet, origin),
    )
    return page.encode()


def plain_page(outlet: Outlet, name: str, origin: str) -> bytes:
    """Return the page made of the file `name` alone: a notice, a wall, an error."""
    text = Template(template_text(outlet, name))
    return text.substitute(origin=origin, name=escape(outlet.name)).encode()


def _html_of(blocks: Sequence[Block], outlet: Outlet) -> str:
    return "\n".join(_block_html(block, outlet) for block in blocks)


def _block_html(block: Block, outlet: Outlet) -> str:
    pattern = Template(outlet.patterns[block.kind])
    return pattern.substitute(text=escape(block.text, quote=False), aside=escape(block.aside))


def _links_to(stories: Sequence[Story], outlet: Outlet, origin: str) -> str:
    targets = [(origin + path_of(story, outlet), escape(story.title)) for story in stories]
    return "\n".join(f'<li><a href="{url}">{title}</a></li>' for url, title in targets)


def _head(story: Story, outlet: Outlet, url: str) -> str:
    if story.described == "none":
        return ""
    tags = _meta_tags(story, outlet, url)
    if story.described == "json-ld":
        tags.append(_linked_script(story, outlet, url))
    return "\n".join(tags)


def _meta_tags(story: Story, outlet: Outlet, url: str) -> list[str]:
    properties = {
        "og:type": "article",
        "og:site_name": outlet.name,
        "og:title": story.title,
        "og:url": url,
        "article:section": story.section,
        "article:published_time": story.published.isoformat(),
    }
    if story.modified:
        properties["article:modified_time"] = story.modified.isoformat()
    return [
        f'<link rel="canonical" href="{url}">',
        f'<meta name="author" content="{escape(", ".join(story.authors))}">',
        *(f'<meta property="{key}" content="{escape(v)}">' for key, v in properties.items()),
    ]


def _linked_script(story: Story, outlet: Outlet, url: str) -> str:
    described = {"@context": "https://schema.org", **_linked_article(story, outlet, url)}
    if outlet.graph:
        article = {key: value for key, value in described.items() if key != "@context"}
        site = {"@type": "WebSite", "name": outlet.name}
        described = {"@context": "https://schema.org", "@graph": [site, article]}
    content = json.dumps(described, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{content}</script>'


def _linked_article(story: Story, outlet: Outlet, url: str) -> dict[str, object]:
    by_agency = story.agency in story.authors
    return {
        "@type": _LINKED_TYPES.get(story.kind, "NewsArticle"),
        "headline": story.title,
        "mainEntityOfPage": url,
        "datePublished": story.published.isoformat(),
        "dateModified": story.updated_at.isoformat(),
        "inLanguage": story.lang,
        "isAccessibleForFree": True,
        "articleSection": story.section,
        "author": [
            {"@type": "Organization" if by_agency else "Person", "name": name}
            for name in story.authors
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
    }
