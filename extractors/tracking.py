"""Fields of a query that make no other page of it."""

#: Parameters that say where the reader came from, never what is shown. Collected from the
#: documentation of the advertisers, mailers and analytics tools that add them.
_TRACKING_PREFIXES = (
    "utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "at_", "ns_", "trk_", "oly_", "vero_",
    "guce_", "__twitter_", "amp_", "fb_", "gaa_", "gad_", "wt.", "wt_", "itm_", "int_", "pf_rd_",
    "hsct", "action_ref_map", "action_type_map", "action_object_map",
)  # fmt: skip
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
        "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi",
        "_ga", "_gl", "ref_src", "ref_url", "guccounter", "xtor", "cmpid", "cmp", "ocid", "smid",
        "s_cid", "icid", "ito", "ftag", "spm", "scm", "sref", "traffic_source",
        "algo_expid", "soc_src", "soc_trk", "share_id", "_openstat", "rb_clickid", "campaign_id",
        "partner", "dicbo", "jsessionid", "phpsessid", "usqp", "mc_tc", "mibextid", "rdt_cid",
        "sccid", "srsltid", "epik", "ef_id", "s_kwcid", "irclickid", "_branch_match_id", "_kx",
        "ck_subscriber_id", "taid", "__s", "__hssc", "__hstc", "__hsfp",
        "smtyp", "smprod", "intcmp", "ncid", "mbid", "bxid", "cndid", "esrc", "xts", "xtref",
        "wtrid", "ysclid", "sfmc_id", "sfnsn", "hss_channel", "trk", "tpcc", "rref", "_ke",
        "gclsid", "cvid", "referrer", "referer", "sharetype", "guce", "amphtml", "isamp", "is_amp",
    }
)  # fmt: skip
#: Parameters that may mean something, unless their value is the name of a channel.
_CHANNEL_KEYS = frozenset({"ref", "source", "src", "from", "via", "feed", "origin"})
_CHANNELS = frozenset(
    {"rss", "rss2", "atom", "feed", "feeds", "twitter", "facebook", "fb", "whatsapp", "email",
     "newsletter", "instagram", "linkedin", "telegram", "googlenews", "share", "social"}
)  # fmt: skip
#: Parameters that may ask for the same page in another make-up.
_SWITCHES = frozenset({"amp", "_amp", "print", "printable", "printview"})
_ON = frozenset({"", "1", "true", "yes", "y", "on", "amp", "print"})
_MAKE_UPS = frozenset({"outputtype", "output", "format", "view", "mode", "layout", "template"})


def is_tracking(field: str) -> bool:
    """Return whether `field` of a query, "name=value", never changes what is told.

    It says where the reader came from, or asks for the same article made up for AMP or print.
    """
    name, _, value = field.lower().partition("=")
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    if name in _SWITCHES and value in _ON:
        return True
    if name in _MAKE_UPS and (value.startswith("amp") or value == "print"):
        return True
    return name in _CHANNEL_KEYS and value in _CHANNELS
