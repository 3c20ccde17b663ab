"""URL identity: one spelling for each address, and the site that an address belongs to."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from ada_url import URL

if TYPE_CHECKING:
    from tldextract import TLDExtract

# Characters; RFC 9110 section 4.1 asks servers to take at least 8,000 octets.
MAX_LENGTH = 8_000

# Query parameters that say where a reader came from, never what is shown; compared in lower case.
# Names from the public documentation of the tools that add them and from feeds of large outlets.
TRACKER_PREFIXES = (
    "utm_",  # Google Analytics and most newsletters
    "pk_",  # Matomo, as are mtm_, matomo_ and piwik_
    "mtm_",
    "matomo_",
    "piwik_",
    "hsa_",  # HubSpot, as is _hs
    "_hs",
    "mc_",  # Mailchimp
    "at_",  # AT Internet: at_medium, at_campaign (bbc.com)
    "ns_",  # Comscore: ns_campaign, ns_mchannel
    "vero_",
    "oly_",  # Omeda: oly_enc_id
    "itm_",
    "guce_",  # Yahoo
)
# First advertising click ids; then analytics, mail and sharing tools; then outlets (New York Times,
# Guardian, Daily Mail, MSN, BBC, Condé Nast, Reuters); last sessions.
_TRACKER_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh
    li_fat_id epik rdt_cid srsltid irclickid sccid s_kwcid ef_id
    _ga _gl _ke mkt_tok ml_subscriber ml_subscriber_hash s_cid dm_i spm wt_mc sc_cid emc_cid
    guccounter __twitter_impression __source ftag soc_src soc_trk tsrc xtor echobox
    ref_src ref_url referrer referer reflink
    smid smtyp emc partner cmp ito ocid icid ncid cmpid mbid bxid cndid esrc sref taid
    jsessionid phpsessid aspsessionid sessionid session_id sessid
"""
TRACKERS = frozenset(_TRACKER_NAMES.split())
# Noise too, but both have been the number of a story (article.php?sid=123): kept where the value
# has at most ten digits and nothing else. Session ids are longer or not only digits.
SOMETIMES_NOISE = frozenset({"sid", "ref"})
STORY_NUMBER = re.compile(r"\d{1,10}")

PLACE_OF_QUERY = "{query}"  # in the address of a search feed

_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})?")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_DEFAULT_PORTS = {"http:": "80", "https:": "443"}


def normalise(url: str, base: str | None = None) -> str | None:
    """The identity of an http(s) address; None where it is another scheme or cannot be read.

    Read as browsers do (WHATWG URL), relative to ``base``; then without fragment, user, default
    port, trackers (TRACKERS, TRACKER_PREFIXES) and session ids, the query sorted by name, and
    percent-escapes in one spelling (RFC 3986 section 6.2.2). Normalising twice changes nothing.
    """
    parsed = _parse(url, base)
    if parsed is None:
        return None
    parsed.username = parsed.password = parsed.hash = ""
    parsed.pathname = _one_spelling(_PATH_SESSION.sub("", parsed.pathname))
    parsed.search = _sorted_query(_one_spelling(parsed.search))
    return parsed.href if len(parsed.href) <= MAX_LENGTH else None


def absolute(url: str, base: str | None = None) -> str | None:
    """The address as announced, with trackers and fragment; None as in ``normalise``."""
    parsed = _parse(url, base)
    if parsed is None:
        return None
    parsed.username = parsed.password = ""
    return parsed.href


def filled(template: str, query: str) -> str:
    """The address of a search: ``query`` in the place of ``{query}``, if there is one.

    Raises ValueError where there is a place and no query.
    """
    if PLACE_OF_QUERY not in template:
        return template
    if not query.strip():
        raise ValueError(f"a query is needed for the {PLACE_OF_QUERY} of {template}")
    return template.replace(PLACE_OF_QUERY, quote(query.strip(), safe=""))


def site(url: str) -> str:
    """The registered domain: the unit of politeness and of trust between addresses.

    Owners of a private suffix count (one blog of many on blogspot.com is a site). Hosts without a
    registered domain, such as localhost, are ``host:port``, as are IP literals. "" for what is no
    http(s) address.
    """
    parsed = _parse(url, None)
    if parsed is None:
        return ""
    return _registered_domain(parsed.hostname) or _host_and_port(parsed)


def publisher_family(url: str) -> str:
    """What the sites of one publisher have in common: the name before the public suffix.

    "bbc" for bbc.co.uk and bbc.com alike. Hosts without a registered domain stand for themselves.
    """
    name = site(url)
    return name.partition(".")[0] if "." in name and ":" not in name else name


def same_site(a: str, b: str) -> bool:
    """True where both are http(s) addresses of one site."""
    return bool(site(a)) and site(a) == site(b)


def places(url: str) -> tuple[str, ...]:
    """Its host and the domains above it up to its site; empty for what is no http(s) address.

    A registered domain may hold several outlets, each on a host of its own.
    """
    parsed = _parse(url, None)
    if parsed is None:
        return ()
    place, host = site(url), parsed.hostname
    found = []
    while host.endswith(f".{place}"):
        found.append(host)
        host = host.partition(".")[2]
    return (*found, place)


def _parse(url: str, base: str | None) -> URL | None:
    if len(url) > MAX_LENGTH:
        return None
    try:
        parsed = URL(url, base) if base else URL(url)
    except ValueError:  # not a URL, or a lone surrogate in it
        return None
    return parsed if parsed.protocol in _DEFAULT_PORTS and parsed.hostname else None


def _one_spelling(text: str) -> str:
    return _ESCAPE.sub(_spell, text)


def _spell(match: re.Match[str]) -> str:
    if match[1] is None:  # a bare percent sign: escaped, or what follows could become an escape
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _sorted_query(search: str) -> str:
    """The query, with its "?", without noise. Order among equal names can mean something."""
    pairs = [pair.partition("=") for pair in search.removeprefix("?").split("&")]
    kept = [(name, sign, value) for name, sign, value in pairs if not _is_noise(name, value)]
    query = "&".join("".join(pair) for pair in sorted(kept, key=lambda pair: pair[0]))
    return query and f"?{query}"


def _is_noise(name: str, value: str) -> bool:
    name = name.lower()
    if name in SOMETIMES_NOISE:
        return not STORY_NUMBER.fullmatch(value)
    return not (name or value) or name in TRACKERS or name.startswith(TRACKER_PREFIXES)


def _host_and_port(parsed: URL) -> str:
    return f"{parsed.hostname}:{parsed.port or _DEFAULT_PORTS[parsed.protocol]}"


@lru_cache(maxsize=4_096)
def _registered_domain(host: str) -> str | None:
    """None where the host is an address or has one label; a bare suffix is its own site.

    The suffix of a host that the list does not know is its last label (the list's own rule "*").
    """
    host = host.rstrip(".")
    if "." not in host or host.startswith("[") or host.endswith(".localhost"):
        return None
    found = _suffixes().extract_str(host, include_psl_private_domains=True)
    if found.ipv4:
        return None
    if not found.suffix:
        return ".".join(host.split(".")[-2:])
    return f"{found.domain}.{found.suffix}" if found.domain else host


@cache
def _suffixes() -> "TLDExtract":
    """The public suffix list that the package carries: never fetched, never written to disk."""
    from tldextract import TLDExtract  # 0.3 s of CPU that `monitor --help` must not pay

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


_PASSWORD = re.compile(r"(?i)(?<=password=)[^&\s]+|(?<=://)([^/@:\s]*):\S*(?=@)")


def without_password(url: str) -> str:
    """The URL with *** for each password, wherever it stands and whatever the scheme."""
    return _PASSWORD.sub(lambda found: f"{found[1]}:***" if found[1] is not None else "***", url)
