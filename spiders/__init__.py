"""The only door to the network: all of Scrapy lives here."""
