"""Names of places where firms advertise; the rules find others by what is said around them."""

import re

_BRANDS = (
    "Google Ads|Google AdWords|Google Maps|Google My Business|Google Business Profile|Google Local Services|Google Shopping|Google|"
    "Facebook Ads|Facebook Groups|Facebook Marketplace|Facebook|Instagram Ads|Instagram|Meta Ads|LinkedIn Ads|LinkedIn|TikTok|Twitter|"
    "YouTube Ads|YouTube|Pinterest|Snapchat|WhatsApp|Reddit|Nextdoor|Bing Ads|Bing|Checkatrade|Check a Trade|Trustpilot|TrustATrader|"
    "Trust a Trader|Rated People|MyBuilder|My Builder|Bark|Yell.com|Yell|Yellow Pages|Which Trusted Traders|Trusted Traders|"
    "Houzz|Gumtree|eBay|Yelp|Thumbtack|Angie's List|Angi|HomeAdvisor|Rightmove|Zoopla|Autotrader|TripAdvisor|BNI|Thomson Local|FMB|FENSA"
)
_ABBREVIATIONS = "PPC|SEO|SMS|TV ads|TV adverts|TV advertising|TV|PR"
_KINDS = (
    r"pay[- ]per[- ]click|paid search|paid social|paid ads|organic search|search engines?|organic|word[- ]of[- ]mouth|referrals?|recommendations?|"
    r"repeat (?:business|customers|custom)|leaflet(?:s| drops?|ing)?|fl[yi]ers?|door[- ]to[- ]door|direct mail|mail ?shots?|mail ?drops?|"
    r"e-?mail(?: marketing| campaigns?| newsletters?|s| blasts?)?|newsletters?|(?:local |commercial )?radio(?: ads?| adverts?| advertising)?|"
    r"(?:local )?(?:newspapers?|papers?|press|magazines?)(?: ads?| adverts?)?|print(?: ads?| advertising)?|bill ?boards?|posters?|"
    r"bus (?:ads?|adverts?|stops?|shelters?)|van (?:signage|livery|wraps?|signs?)|signage|sign ?boards?|banners?|social media(?: ads?)?|"
    r"social|display ads?|display|retargeting|remarketing|affiliates?|trade shows?|exhibitions?|home shows?|networking(?: events?| groups?)?|"
    r"cold[- ]call(?:s|ing)|telemarketing|telesales|sponsorships?|podcasts?|blog(?:s|ging)?|content marketing|influencers?|"
    r"text (?:messages?|marketing)|(?:online |local |trade )?director(?:y|ies)|price comparison sites?|comparison sites?|lead generation (?:sites?|companies|company)"
)


def _either_spacing(names: str) -> str:
    return re.sub(r"\\? ", r"\\s+", names)


KNOWN = re.compile(
    rf"(?<![\w'])(?:{_either_spacing(_BRANDS)}|{_either_spacing(_ABBREVIATIONS)}|{_either_spacing(_KINDS)})(?!\w|'s\s+(?:own|son|house))",
    re.IGNORECASE,
)
_WRITTEN = {name.casefold(): name for name in (*_BRANDS.split("|"), *_ABBREVIATIONS.split("|"))}


def as_written(channel: str) -> str:
    """Write a channel heard in small letters as its owner writes it; every other stays as it was said."""
    plain = " ".join(channel.split())
    return _WRITTEN.get(plain, plain) if plain.islower() else plain
