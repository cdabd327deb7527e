"""Names of places where firms advertise; the rules find others by what is said around them."""

from playbooks.lumen.rules.phrases import any_of, folded

_AS_WRITTEN = """
PPC|SEO|SMS|TV ads|TV adverts|TV advertising|TV|PR
Google Ads|Google AdWords|Google Maps|Google My Business|Google Business Profile|Google Local Services
Google Shopping|Google
Facebook Ads|Facebook Groups|Facebook Marketplace|Facebook|Instagram Ads|Instagram|Meta Ads|LinkedIn Ads|LinkedIn
TikTok|Twitter|YouTube Ads|YouTube|Pinterest|Snapchat|WhatsApp|Reddit|Nextdoor|Bing Ads|Bing
Checkatrade|Check a Trade|Trustpilot|TrustATrader|Trust a Trader|Rated People|MyBuilder|My Builder|Bark|Yell.com|Yell
Yellow Pages|Which Trusted Traders|Trusted Traders|Thomson Local|FMB|FENSA|BNI|Houzz|Gumtree|eBay|Yelp|Thumbtack
Angie's List|Angi|HomeAdvisor|Rightmove|Zoopla|Autotrader|TripAdvisor
"""
_KINDS = r"""
pay[- ]per[- ]click|paid search|paid social|paid ads|organic search|search engines?|organic
word[- ]of[- ]mouth|referrals?|recommendations?|repeat (?:business|customers|custom)
leaflet(?:s| drops?|ing)?|fl[yi]ers?|door[- ]to[- ]door|direct mail|mail ?shots?|mail ?drops?
e-?mail(?: marketing| campaigns?| newsletters?|s| blasts?)?|newsletters?|text (?:messages?|marketing)
(?:local |commercial )?radio(?: ads?| adverts?| advertising)?|print(?: ads?| advertising)?
(?:local )?(?:newspapers?|papers?|press|magazines?)(?: ads?| adverts?)?
bill ?boards?|posters?|bus (?:ads?|adverts?|stops?|shelters?)|signage|sign ?boards?|banners?
(?:(?<=the )|(?<=our )|(?<=a ))(?!last|old|other|same|odd)[a-z]+ (?:magazine|newsletter|newspaper|paper|notice ?board)
signs? on (?:the|our) (?:side of (?:the|our) )?vans?
van (?:signage|livery|wraps?|signs?)|social media(?: ads?)?|social|display (?:ads?|advertising)|retargeting|remarketing
affiliates?|trade shows?|exhibitions?|home shows?|networking(?: events?| groups?)?|sponsorships?
cold[- ]call(?:s|ing)|telemarketing|telesales|podcasts?|blog(?:s|ging)?|content marketing|influencers?
(?:online |local |trade )?director(?:y|ies)
(?<=on )x(?=,| and |\.|$| too| as well)
(?:price )?comparison sites?|lead generation (?:sites?|compan(?:y|ies))
"""

_NAMES = [name for line in _AS_WRITTEN.strip().splitlines() for name in line.split("|")]
_WRITTEN = {folded(name): name for name in _NAMES}

KNOWN = any_of("\n".join(folded(name).replace(".", r"\.") for name in _NAMES) + _KINDS)
"""Finds a channel by name in text in small letters."""


def as_written(channel: str) -> str:
    """Write a channel heard in small letters as its owner writes it; every other stays as it was said."""
    return _WRITTEN.get(channel, channel)
