"""Scrapy's settings: what the shipped defaults leave open or unsafe, and our own limits.

Every value here was chosen against a measured default; `python -m scrapy` uses them as they stand,
and a crawl of the monitor lays the settings of its job over them (see ``of``).
"""

from monitor import __version__
from monitor.rules.settings import Settings
from monitor.settings import load

BOT_NAME = "media-coverage-monitor"
SPIDER_MODULES = [
    "spiders.feeds",
    "spiders.sitemaps",
    "spiders.sites",
    "spiders.listings",
    "spiders.pages",
    "spiders.run",
]
ROBOTSTXT_USER_AGENT = BOT_NAME  # the product token that robots.txt files name (RFC 9309 2.2.1)


def of(settings: Settings) -> dict[str, object]:
    """The part of Scrapy's settings that follows from the user's."""
    return {
        "USER_AGENT": f"{BOT_NAME}/{__version__} (+{settings.contact_url})",
        "CONCURRENT_REQUESTS": settings.crawl.concurrency,
        "MONITOR_ALLOW_PRIVATE": list(settings.allow_private),
        "MONITOR_DOWNLOAD_DELAY": settings.download_delay,
        "MONITOR_ENTRIES_PER_FEED": settings.crawl.entries_per_feed,
        "MONITOR_PAGES_PER_START": settings.crawl.pages_per_start,
    }


globals().update(of(load().settings))

# --- one way out, and nothing listens -----------------------------------------------------------
# A Request for file:// made by our own code would be read; so would ftp and s3.
DOWNLOAD_HANDLERS = {
    "http": "spiders.download.GuardedDownloads",
    "https": "spiders.download.GuardedDownloads",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # Scrapy 2.19 would run Python that is posted to a port
DOWNLOAD_VERIFY_CERTIFICATES = True

# --- limits -------------------------------------------------------------------------------------
DOWNLOAD_MAXSIZE = 10_000_000  # bytes, on the wire and again when decompressed; default 1 GiB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 20  # seconds for one whole answer; default 180
MONITOR_DEADLINE = 55  # seconds for one URL over its redirects and second tries
RETRY_TIMES = 1  # after the first: 2 requests
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]  # 429 is RetryAfter's
REDIRECT_MAX_TIMES = 8

# --- politeness ---------------------------------------------------------------------------------
DOWNLOAD_DELAY = 5  # seconds between two starts at one site; Spacing knows the exceptions
DOWNLOAD_DELAY_JITTER = 0  # default +-50 %: half the gaps would be shorter than promised
CONCURRENT_REQUESTS_PER_DOMAIN = 2  # one slow answer must not hold up its whole site
COOKIES_ENABLED = False
# In the order in which they were found; Scrapy's default asks for the last one first.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
REFERRER_POLICY = "no-referrer"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}

# Of one answer at once. Scrapy starts so many tasks for every answer (default 100, a quarter of the
# CPU of a page), and all items end in one thread that writes.
CONCURRENT_ITEMS = 1

# --- every answer reaches a callback, every failure an errback: each URL has one outcome --------
HTTPERROR_ALLOW_ALL = True
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "spiders.robots.Robots": 100,
    "spiders.politeness.Spacing": 110,
    "spiders.politeness.BackOff": 555,
    "spiders.politeness.RetryAfter": 560,
    "spiders.middlewares.MetaRefresh": 580,
    "spiders.middlewares.ContentEncoding": 590,
    "spiders.middlewares.Redirect": 600,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
EXTENSIONS = {"spiders.extensions.HeadersFirst": 0}
ITEM_PIPELINES = {"spiders.pipelines.PlainItems": 100}
CLOSESPIDER_ERRORCOUNT = 1  # a bug stops the run, instead of a gap in the ledger for each page

# --- logs: on stderr, nothing for each page above DEBUG -----------------------------------------
LOG_LEVEL = "INFO"
LOG_FORMATTER = "spiders.extensions.QuietFormatter"
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0
FEED_EXPORT_ENCODING = "utf-8"
