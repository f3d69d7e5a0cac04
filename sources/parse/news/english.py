"""What English news tells: the rules of the language, read by `rules`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from sources.parse.news import english_settled, english_whole, rules
from sources.parse.news.english_figures import FULL, IGNORE, SHORT, amounts_of, days_of
from sources.parse.news.english_figures import compiled as _p
from sources.parse.news.model import Page, Said, Sentence
from sources.parse.news.rules import FIRMS, Rule, Tongue
from sources.parse.news.stems import quick

__all__ = ["said"]

HAVE: Final = r"(?:has |have |had )?(?:also |now |officially |formally |again |already |since |temporarily |reportedly |in effect )*"
WILL: Final = r"(?:will |would |is to |are to |is set to |are set to |is due to |plans to |intends to )?(?:also |soon |again |temporarily )*"
IMPORTS: Final = r"(?:imports?|importation|importing|sales?|selling|purchases?|shipments|supplies|deliveries|entry)"
DUTY: Final = r"(?:import |customs |tariff )?(?:dut(?:y|ies)|tariffs?|lev(?:y|ies)|import tax(?:es)?)"
BODY: Final = ("state", "country", "bloc")
STATES: Final = ("state", "country", "bloc", "person")
TREATY: Final = r"(?:agreements?|memorand(?:um|a)|deals?|protocols?|accords?|roadmap|framework|letter of intent|MoU|arrangements?|intergovernmental agreement|declaration)"
PARTY: Final = ("country", "state", "maker", "company", "bank")
GOODS: Final = (
    r"(?:trucks?|lorries|tippers|cars?|vehicles?|buses|tyres|tires|beef|pork|poultry|chicken|meat|fish|seafood|crab|"
    r"coal|wheat|barley|grain|flour|peas|soybeans|rapeseed|citrus|fruit|timber|logs|steel|tractors?|excavators?|engines?|oil|LNG)"
)
OIL: Final = frozenset({"crude oil", "seaborne crude", "oil products", "LNG", "coal", "pipeline gas"})

LISTED: Final = _p(
    r"\b(?:was|were|has been|have been) (?:sanctioned|blacklisted|listed|(?:added to|put on|placed on|included in) the (?:sanctions )?list)\b"
)
CONTROLLED: Final = frozenset(
    {
        "drones",
        "antimony",
        "tungsten",
        "magnesium",
        "lithium",
        "batteries",
        "magnets",
        "superhard materials",
        "gasoline",
        "diesel",
        "gallium and germanium",
        "graphite",
        "rare earths",
        "machinery",
        "bearings",
        "copper",
        "fertilisers",
        "oil products",
        "electricity",
        "timber",
        "nickel",
        "aluminium",
        "diamonds",
        "grain",
        "gold",
    }
)

RULES: Final = (
    # --- bans ---
    Rule(id="ban.kept", event_type="import_ban", status="kept", actors=STATES, acts=True, product_needed=True, partner=True,
         trigger=_p(r"\b(?:keeps?|kept|maintains?|maintained|retains?|retained|upholds?|upheld|(?:is|was) keeping|continues?|prolong(?:s|ed)|(?:has|have) (?:not|yet to)(?: yet)? (?:lift(?:ed)?|remove[d]?)|hasn't (?:yet )?lifted|refuses to lift|did not lift)\s+(?:in place\s+)?(?:its|the|a|their)?\s*(?:\w+\s+){0,2}(?:ban|bans|embargo|prohibition|restrictions?)\s+(?:on|against|for)\s+(?P<product>[^,;:]{3,60})"),
         modality="asserted"),
    Rule(id="ban.stays", event_type="import_ban", status="kept", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True,
         trigger=_p(r"\b(?:ban|embargo|prohibition)\s+(?:on|against)\s+(?P<product>[^,;:]{3,60}?)\s+(?:remains|stays|is still|was still|continues to be)\s+(?:in force|in place|in effect|unchanged)"), modality="asserted"),
    Rule(id="ban.still", event_type="import_ban", status="kept", actors=STATES, acts=True, product_needed=True, partner=True,
         trigger=_p(r"\bstill\s+(?:bans?|bars?|prohibits?|blocks?|restricts?|(?:does|do|did) not (?:admit|allow|permit|accept|import|let in)|refuses)\s+(?:the\s+)?(?:imports? of\s+)?(?P<product>[^,;:]{3,60})"), modality="asserted"),
    Rule(id="ban.partly", event_type="import_ban_update", status="partly_lifted", actors=("state", "country"), targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(r"\b(?:(?:partly|partially|in part) (?:lift(?:s|ed)|remov(?:es|ed)|revok(?:es|ed))|(?:eas(?:es|ed)|relax(?:es|ed)|soften(?:s|ed)|narrow(?:s|ed)))\s+(?:its|the|a)\s+(?:\w+\s+){0,2}?(?:ban|embargo|prohibition)\s+on\s+(?P<product>[^,;:]{3,60})")),
    Rule(id="ban.widened", event_type="import_ban_update", status="widened", actors=("state", "country"), targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(r"\b(?:widen(?:s|ed)|expand(?:s|ed)|broaden(?:s|ed)|extend(?:s|ed))\s+(?:its|the|a)\s+(?:\w+\s+){0,2}?(?:ban|embargo|prohibition)\s+(?:on\b[^,;:]{3,60}?\s+)?to\s+(?:\w+\s+){0,3}?(?P<target>[^,;:]{3,60})"), target_needed=True),
    Rule(id="ban.resumed", event_type="import_ban_lifted", status="lifted", actors=BODY, product_needed=True, partner=True,
         trigger=_p(r"\b(?:resum(?:es|ed)|restart(?:s|ed)|reopen(?:s|ed) (?:its |the )?market (?:to|for)|re-?allow(?:s|ed)|again allow(?:s|ed)|allow(?:s|ed) again)\s+(?:the\s+)?(?:(?:imports?|shipments|importing|supplies)\s+(?:of|from)\s+)?(?P<product>[^,;:]{3,60})"),
         needs=_p(r"\b(?:imports?|importing|market|shipments|supplies)\b"), unless=_p(r"\b(?:crude|seaborne|purchas|payments?|tariffs?|dut(?:y|ies))\b")),
    Rule(id="ban.lifted.maker", event_type="import_ban_lifted", status="lifted", actors=BODY, side="RU", actor_at="any", targets=("maker",), target_at="any", target_needed=True,
         trigger=_p(rf"\b{HAVE}(?:lift(?:s|ed)|remov(?:es|ed)|end(?:s|ed)|cancell?(?:s|ed)|revok(?:es|ed)|dropp?(?:s|ed))\s+(?:its|the|a|all)?\s*(?:\w+[\s-]){{0,3}}?(?:bans?|embargo|prohibition|restrictions?|suspension)\s+(?:on|against|for|of)\b|\b(?:ban|embargo|prohibition|restrictions?|suspension)\s+(?:on|against|of)\s+[^,;:]{{3,60}}?\s+(?:(?:has|have) been|was|were|is|are)\s+(?:fully )?(?:lifted|removed|cancell?ed|revoked)\b"),
         unless=_p(r"\b(?:partly|partially|in part)\b")),
    Rule(id="ban.lifted", event_type="import_ban_lifted", status="lifted", actors=STATES, acts=False, product_needed=True, partner=True,
         trigger=_p(rf"\b{HAVE}(?:lift(?:s|ed|ing)?|remov(?:es|ed)|ends?|ended|cancell?(?:s|ed)|scrap(?:s|ped)|revok(?:es|ed)|abolish(?:es|ed)|dropp?(?:s|ed))\s+(?:its|the|a|all|their|a \d+-year|\d+-year)?\s*(?:\w+[\s-]){{0,3}}?(?:bans?|embargo|prohibition|restrictions?)\s+(?:on|against|for)\s+(?P<product>[^,;:]{{3,70}})"),
         unless=_p(r"visa|payments?|investment|travel|flights?|\b(?:partly|partially|in part)\b")),
    Rule(id="ban.lifted.passive", event_type="import_ban_lifted", status="lifted", actors=STATES, actor_at="any", product_needed=True, partner=True,
         trigger=_p(r"\b(?:ban|embargo|restrictions?)\s+(?:on|against)\s+(?P<product>[^,;:]{3,60}?)\s+(?:(?:has|have) been|was|were|is|are)\s+(?:fully |partly )?(?:lifted|removed|cancell?ed|revoked)")),
    Rule(id="access.allowed", event_type="market_access", status="granted", actors=("state", "country"), side="CN", named="China", acts=True,
         product_needed=True, partner=True,
         trigger=_p(rf"\b{HAVE}(?:allow(?:s|ed)|permit(?:s|ted)|approv(?:es|ed)|authori[sz](?:es|ed)|clear(?:s|ed))\s+(?:the\s+)?(?:\w+\s+){{0,3}}?(?:imports?|importing|shipments|supplies|exports?|deliveries)\b[^,;:]{{0,70}}"),
         needs=_p(r"\bRussia"), unless=_p(r"again|resum")),
    Rule(id="access.opened", event_type="market_access", status="granted", actors=("state", "country"), side="CN", named="China", acts=True,
         product_needed=True, partner=True,
         trigger=_p(rf"\b{HAVE}(?:open(?:s|ed)|grant(?:s|ed))\s+(?:up\s+)?(?:its |the |full )?(?:Chinese |domestic )?(?:market(?: access)?|access|doors?)\s+(?:to|for)\s+(?P<product>[^,;:]{{3,60}})"),
         needs=_p(r"\bRussia")),
    Rule(id="access.green", event_type="market_access", status="granted", actors=("state", "country"), side="CN", named="China", acts=True,
         product_needed=True, partner=True, trigger=_p(rf"\b{HAVE}(?:gives?|gave|given)\s+(?:the\s+)?(?:green light|go-ahead)\s+(?:to|for)\s+(?:imports? of\s+)?(?P<product>[^,;:]{{3,60}})"),
         needs=_p(r"\bRussia")),
    Rule(id="ban.imports", event_type="import_ban", status="in_force", actors=BODY, targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(rf"\b{HAVE}{WILL}(?:ban(?:s|ned|ning)?|bar(?:s|red|ring)?|prohibit(?:s|ed|ing)?|outlaw(?:s|ed)?|block(?:s|ed)?|halt(?:s|ed)?|suspend(?:s|ed)?|stop(?:s|ped)?|forb(?:ade|idden|ids?))\s+(?:the\s+|all\s+)?(?:{IMPORTS}|(?:\w+\s+)?{IMPORTS})\b(?:\s+and\s+{IMPORTS})?(?!\s+(?:dut(?:y|ies)|tariffs?|tax(?:es)?|lev(?:y|ies)|quotas?|fees?))"),
         needs=_p(rf"\b(?:imports?|importation|importing|entry|sales?|purchases of (?:\w+\s+){{0,2}}?{GOODS})\b"), unless=_p(r"\b(?:exports? of|purchas\w+ of (?:seaborne )?Russian|buying|settlement|payments?)\b|\b(?:told|order(?:s|ed)|instruct\w*|requir\w+)\b[^.;]{0,60}\bto\b[^.;]{0,70}\b(?:halt|suspend|stop)\s+(?:\w+\s+)?sales")),
    Rule(id="ban.goods", event_type="import_ban", status="in_force", actors=BODY, targets=("maker",), product_needed=True,
         trigger=_p(rf"\b{HAVE}{WILL}(?:bans|banned|bars|barred|prohibits|prohibited|outlaws|outlawed|(?<=will )(?:ban|bar|prohibit))\s+(?!on\b|against\b)(?:(?!from\b|exports?\b)[\w'-]+,?\s+){{0,9}}?{GOODS}\b"),
         needs=_p(r"\b(?:Russia|China|Chinese)"), unless=_p(r"\bban(?:s|ned)?\s+(?:the\s+|all\s+)?exports?\b|\b(?:from|to) (?:flying|touching|entering the city|driving|parking|using|work\w*|travel\w*)\b|\bowner")),
    Rule(id="ban.approval", event_type="import_ban", status="in_force", actors=("state",), side="RU", targets=("maker",), target_needed=True,
         trigger=_p(r"\b(?:revok(?:es|ed)|withdr[ae]ws?|suspend(?:s|ed)|cancel(?:s|led)|annul(?:s|led))\s+(?:the\s+|its\s+)?(?:vehicle\s+)?type[\s-]approvals?\b|\btype[\s-]approvals?\b[^.;]{0,60}\b(?:revoked|withdrawn|suspended|cancelled)\b"), target_at="any", actor_at="any"),
    Rule(id="ban.passive", event_type="import_ban", status="in_force", actors=BODY, actor_at="any", targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(rf"\b{IMPORTS}\b[^.;]{{0,90}}?\b(?:was|were|has been|have been|is|are)\s+(?:temporarily |now )?(?:banned|prohibited|barred|suspended|halted|stopped|forbidden)\b")),
    Rule(id="ban.imposed", event_type="import_ban", status="in_force", actors=BODY, targets=("maker",), product_needed=True,
         trigger=_p(rf"\b{HAVE}{WILL}(?:impos(?:es|ed|e)|introduc(?:es|ed|e)|declar(?:es|ed|e)|slap(?:s|ped)?|enact(?:s|ed)?|plac(?:es|ed|e))\s+(?:an?|the)\s+(?:\w+\s+){{0,2}}?(?:ban|embargo|prohibition|moratorium)\s+on\b")),
    Rule(id="ban.imposed.passive", event_type="import_ban", status="in_force", actors=BODY, actor_at="any", targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(r"\b(?:ban|embargo|prohibition)\s+on\s+(?P<product>[^.;]{3,70}?)\s+(?:was|were|has been|have been)\s+(?:imposed|introduced|declared|enacted|put in place)\b")),
    Rule(id="ban.effect", event_type="import_ban", status="in_force", actors=BODY, actor_at="any", targets=("maker",), target_at="any", product_needed=True,
         trigger=_p(r"\b(?:ban|embargo|prohibition)\s+on\b[^.;]{3,90}?\b(?:took effect|takes effect|came into (?:force|effect)|entered into force|comes into force|begins|began)\b")),
    Rule(id="ban.covers", event_type="import_ban", status="in_force", actors=("state",), actor_at="any", targets=("maker",), target_needed=True,
         trigger=_p(r"\b(?:ban|prohibition|embargo|suspension|restrictions?)\s+(?:targets?|cover(?:s|ed)|appl(?:ies|ied) to|affect(?:s|ed)|concern(?:s|ed)|includ(?:es|ed)|hits?)\b"), unless=_p(r"\b(?:lift|remov)\w*\b")),
    Rule(id="ban.noun", event_type="import_ban", status="in_force", actors=BODY, targets=("maker",), product_needed=True,
         trigger=_p(r"\b(?:halts?|bans?|bars?)\s+imports\s+of\b")),
    Rule(id="ban.update", event_type="import_ban_update", status="recall_agreed", actors=("state",), actor_at="any", side="RU", targets=("maker",), target_at="any",
         target_needed=True, trigger=_p(r"\b(?:agreed|approved|coordinated|agrees|signed off)\b[^.;]{0,60}\brecall\b|\brecall (?:programme|program|campaign|plan)\b[^.;]{0,50}\b(?:agreed|approved|coordinated)\b")),
    # --- tariffs ---
    Rule(id="dumping.extended", event_type="antidumping_duty", status="extended", actors=BODY, side="RU", named="EEC", targets=("country",), target_at="any", product_needed=True, value=("percent",),
         trigger=_p(r"\b(?:extend(?:s|ed)|prolong(?:s|ed)|renew(?:s|ed))\b[^.;]{0,40}\banti-?dumping\b[^.;]{0,90}|\banti-?dumping (?:dut(?:y|ies)|measures?)\b[^.;]{3,90}?\b(?:was|were|has been|have been) (?:extended|prolonged|renewed)\b")),
    Rule(id="dumping.duty", event_type="antidumping_duty", status="in_force", actors=BODY, side="RU", named="EEC", targets=("country",), target_at="any", product_needed=True, value=("percent",), each_product=True,
         trigger=_p(r"\b(?:impos(?:es|ed|e)|introduc(?:es|ed|e)|sets?|slap(?:s|ped)|appl(?:ies|ied)|levied|levies)\b[^.;]{0,50}\banti-?dumping\s+(?:dut(?:y|ies)|tariffs?|measures?)\b|\banti-?dumping\s+(?:dut(?:y|ies)|tariffs?|measures?)\b(?:[^.]|\.(?=\S)){3,110}?\b(?:took effect|take effect|takes effect|c[ao]mes? into (?:force|effect)|came into effect|enter(?:s|ed)? into force|(?:was|were|has been|have been) (?:imposed|introduced|set))\b|\b(?:is|are|was|were) (?:now )?subject to an?\s+anti-?dumping\s+(?:duty|tariff)"),
         unless=_p(r"\b(?:review|investigation|probe|inquiry)\b(?![^.]*\b(?:took effect|came into force)\b)")),
    Rule(id="tariff.each", event_type="tariff", status="imposed", actors=BODY, side="CN", named="China", acts=True, product_needed=True, partner=True, value=("percent",), value_needed=True,
         trigger=_p(r"\b(?P<product>coking coal|metallurgical coal|thermal coal|steam coal|anthracite)\s+(?:(?:is|are|being|now|will be|to be|charged|taxed|subject to|faces?|facing|at|an?|rate|duty|tariff|of)\s+){0,5}\d[\d.]*\s?(?:%|percent|per cent)"), needs=_p(rf"\b{DUTY}\b[^.]*\b(?:reinstat|re-?impos|impos|restor|reintroduc|brought back|return|introduc|back)\w*|\b(?:reinstat|re-?impos|impos|restor|reintroduc|brought back|introduc)\w*\b[^.]*\b{DUTY}")),
    Rule(id="tariff.each.next", event_type="tariff", status="imposed", actors=BODY, side="CN", named="China", acts=True, product_needed=True, partner=True, value=("percent",), value_needed=True,
         trigger=_p(r"\b(?P<product>coking coal|metallurgical coal|thermal coal|steam coal|anthracite)\s+(?:(?:is|are|being|now|will be|to be|charged|taxed|subject to|faces?|facing|at|an?|rate|duty|tariff|of)\s+){0,5}\d[\d.]*\s?(?:%|percent|per cent)"), context=_p(rf"\b{DUTY}\b[^.]*\b(?:reinstat|re-?impos|impos|restor|reintroduc|brought back|return|introduc|back)\w*|\b(?:reinstat|re-?impos|impos|restor|reintroduc|brought back|introduc)\w*\b[^.]*\b{DUTY}")),
    Rule(id="tariff.charging", event_type="tariff", status="imposed", actors=STATES, actor_at="first", acts=True, product_needed=True, partner=True, value=("percent",), value_needed=True,
         trigger=_p(r"\b(?:charg(?:ing|ed|es)|levying|paying|with|(?:duties|duty|tariffs?) of)\b[^.;]{0,40}?\d[\d.]*\s?(?:%|percent|per cent)\s+on\s+(?P<product>[a-z ]{3,30}?)(?=\s+(?:and|from|on|since|as|in|starting|with)\b|[,.;]|$)"), needs=_p(rf"\b(?:reinstat|re-?impos|impos|restor|reintroduc|brought back|bring back|introduc)\w*\b[^.]*\b{DUTY}")),
    Rule(id="tariff.charging.second", event_type="tariff", status="imposed", actors=STATES, actor_at="first", acts=True, product_needed=True, partner=True, value=("percent",), value_needed=True,
         trigger=_p(r"(?<=and )\d[\d.]*\s?(?:%|percent|per cent)\s+on\s+(?P<product>[a-z ]{3,30}?)(?=\s+(?:from|on|since|as|in|starting|with)\b|[,.;]|$)"), needs=_p(rf"\b(?:reinstat|re-?impos|impos|restor|reintroduc|brought back|introduc)\w*\b[^.]*\b{DUTY}")),
    Rule(id="tariff.extended", event_type="tariff", status="extended", actors=STATES, acts=True, product_needed=True, partner=True, value=("zero",),
         trigger=_p(rf"\b{HAVE}{WILL}(?:extend(?:s|ed)?|prolong(?:s|ed)?|renew(?:s|ed)?)\s+(?:its\s+|the\s+|an?\s+)?(?:[\w-]+\s+){{0,2}}?(?:zero[\s-](?:rate\s+|percent\s+)?(?:{DUTY}|rate)|(?:{DUTY})\s+(?:exemption|waiver|holiday))\s+(?:on|for)\s+(?P<product>[^,;:]{{3,60}})"), unless=_p(r"anti-?dumping")),
    Rule(id="tariff.back.passive", event_type="tariff", status="imposed", actors=STATES, acts=True, product_needed=True, partner=True, value=("percent",),
         trigger=_p(rf"(?<!zero )(?<!zero-)(?<!zero import )\b{DUTY}\s+on\s+(?P<product>[^,;:]{{3,50}}?)\s+(?:(?:were|was|has been|have been|had been|will be|are to be)\s+(?:reinstated|restored|re-?imposed|reintroduced|brought back|imposed|introduced)|(?:return(?:s|ed)?|(?:came|come|comes) back|took effect|takes effect|(?:came|comes) into (?:force|effect)))\b(?:\s+by\s+(?P<actor>[A-Z][\w' ]{{3,40}}))?"), unless=_p(r"anti-?dumping")),
    Rule(id="tariff.lifted.passive", event_type="tariff", status="lifted", actors=STATES, acts=True, product_needed=True, partner=True, value=("zero",),
         trigger=_p(rf"\b{DUTY}\s+on\s+(?P<product>[^,;:]{{3,50}}?)\s+(?:were|was|has been|have been|had been|will be|are to be)\s+(?:fully\s+|temporarily\s+)?(?:lifted|scrapped|abolished|removed|suspended|waived|eliminated|cancelled)\b(?:\s+by\s+(?P<actor>[A-Z][\w' ]{{3,40}}))?"), unless=_p(r"anti-?dumping")),
    Rule(id="tariff.applies", event_type="tariff", status="imposed", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True, value=("percent",), value_needed=True,
         trigger=_p(rf"\b\d[\d.]*\s?(?:%|percent|per cent)\s+{DUTY}\s+on\s+(?P<product>[^,;:]{{3,50}}?)\s+(?:has applied|applies|will apply|(?:is|are|was|has been|will be) (?:levied|charged|in force|in place))\b"), unless=_p(r"anti-?dumping")),
    Rule(id="tariff.raised.passive", event_type="tariff", status="raised", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"\b{DUTY}\s+on\s+(?P<product>[^,;:]{{3,50}}?)\s+(?:were|was|has been|have been|will be|is to be|are to be)\s+(?:raised|increased|hiked|doubled|lifted from)\b"), unless=_p(r"anti-?dumping")),
    Rule(id="tariff.lowered.passive", event_type="tariff", status="lowered", actors=STATES, actor_at="any", acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"\b{DUTY}\s+on\s+(?P<product>[^,;:]{{3,50}}?)\s+(?:were|was|has been|have been|will be|is to be|are to be)\s+(?:lowered|cut|reduced|slashed|halved)\b"), unless=_p(r"anti-?dumping|to zero")),
    Rule(id="tariff.lifted", event_type="tariff", status="lifted", actors=STATES, acts=True, product_needed=True, partner=True, value=("zero",),
         trigger=_p(rf"\b{HAVE}{WILL}(?:scrap(?:s|ped)?|abolish(?:es|ed)?|lift(?:s|ed)?|remov(?:es|ed|e)|eliminat(?:es|ed|e)|waiv(?:es|ed|e)|drop(?:s|ped)?|exempt(?:s|ed)?|suspend(?:s|ed)?|cancel(?:s|led)?)\s+(?:all\s+|its\s+|the\s+|an?\s+)?(?:\w+\s+){{0,2}}?{DUTY}\s+(?:on|for)\s+(?P<product>[^,;:]{{3,60}})"), unless=_p(r"anti-?dumping")),
    Rule(id="tariff.zero", event_type="tariff", status="lifted", actors=STATES, actor_at="any", named="China", acts=True, product_needed=True, partner=True, value=("zero",),
         trigger=_p(rf"\b(?:{DUTY}|rates?|they)\b[^.;]{{0,60}}?\b(?:set|cut|reduced|lowered|brought|slashed)\b[^.;]{{0,25}}\bto zero\b|\b(?:cut|cuts|reduce[sd]?|lower(?:s|ed)?|slash(?:es|ed)?|set|sets)\s+(?:\w+\s+){{0,2}}?{DUTY}\b[^.;]{{0,50}}\bto zero\b|\bzero (?:import )?(?:dut(?:y|ies)|rate|tariffs?)\b[^.;]{{0,30}}\b(?:has applied|took effect|applied|came into force|has been in (?:force|place))\b")),
    Rule(id="tariff.back", event_type="tariff", status="imposed", actors=STATES, acts=True, product_needed=True, partner=True, value=("percent",),
         trigger=_p(rf"\b{HAVE}{WILL}(?:reinstat(?:es|ed|e)|restor(?:es|ed|e)|re-?impos(?:es|ed|e)|reintroduc(?:es|ed|e)|br(?:ings?|ought) back|resum(?:es|ed|e)|re-?instat(?:es|ed|e)|put(?:s)? back|impos(?:es|ed|e)|introduc(?:es|ed|e))\s+(?:its\s+|the\s+|an?\s+|new\s+)?(?:\w+\s+){{0,2}}?{DUTY}\b(?:\s+of\s+[^.;]{{2,25}}?)?\s+on\s+(?P<product>[^,;:]{{3,50}})"), unless=_p(r"anti-?dumping|charging")),
    Rule(id="tariff.back.compound", event_type="tariff", status="imposed", actors=STATES, acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"\b{HAVE}{WILL}(?:reinstat(?:es|ed|e)|restor(?:es|ed|e)|re-?impos(?:es|ed|e)|reintroduc(?:es|ed|e)|br(?:ings?|ought) back|resum(?:es|ed|e)|impos(?:es|ed|e)|introduc(?:es|ed|e))\s+(?:its\s+|the\s+|an?\s+)?(?P<product>(?:[a-z]+\s+){{1,2}})(?:import\s+|customs\s+){DUTY}"), unless=_p(r"anti-?dumping|charging")),
    Rule(id="tariff.passive.compound", event_type="tariff", status="imposed", actors=STATES, acts=True, product_needed=True, partner=True, value=(),
         trigger=_p(r"\b(?P<product>(?:coking |thermal |steam )?coal|aluminium|steel|wheat|grain)\s+(?:import\s+)?(?:tariffs?|duties|duty)\s+(?:are|were|was|is|will be|have been)\s+(?:reinstated|restored|re-?imposed|reintroduced|brought back)")),
    Rule(id="tariff.removed", event_type="tariff", status="lifted", actors=STATES, named="China", acts=True, product_needed=True, products=frozenset({"coal", "coking coal", "thermal coal", "anthracite"}), value=("zero",),
         trigger=_p(r"\b(?:the\s+|these\s+|import\s+)(?:tariffs?|duties|levies|duty)\s+(?:were|was|had been|have been)\s+(?:temporarily\s+)?(?:removed|scrapped|lifted|suspended|abolished|waived)\b"), unless=_p(r"anti-?dumping")),
    Rule(id="tariff.back.of", event_type="tariff", status="imposed", actors=STATES, acts=True, product_needed=True, partner=True, value=("percent",),
         trigger=_p(rf"\b{HAVE}{WILL}(?:impos(?:es|ed|e)|introduc(?:es|ed|e)|set(?:s)?|slap(?:s|ped)?|levy|levied|charg(?:es|ed|ing)|restor(?:es|ed|e)|reinstat(?:es|ed|e)|reintroduc(?:es|ed|e)|re-?impos(?:es|ed|e)|br(?:ings?|ought) back)\s+(?:an?|the|its)\s+(?:\w+\s+)?\d[\d.]*\s?(?:%|percent|per cent)\s+{DUTY}\s+on\s+(?P<product>[^,;:]{{3,50}})"), unless=_p(r"anti-?dumping")),
    Rule(id="tariff.raised", event_type="tariff", status="raised", actors=STATES, acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"\b{HAVE}{WILL}(?:rais(?:es|ed|e)|increas(?:es|ed|e)|hik(?:es|ed|e)|doubl(?:es|ed|e))\s+(?:its\s+|the\s+|an?\s+)?(?:\w+\s+){{0,2}}?{DUTY}\s+on\s+(?P<product>[^,;:]{{3,60}})")),
    Rule(id="tariff.lowered", event_type="tariff", status="lowered", actors=STATES, acts=True, product_needed=True, partner=True, value=("last percent",),
         trigger=_p(rf"\b{HAVE}{WILL}(?:lower(?:s|ed)?|cut(?:s)?|reduc(?:es|ed|e)|slash(?:es|ed)?)\s+(?:its\s+|the\s+|an?\s+)?(?:\w+\s+){{0,2}}?{DUTY}\s+on\s+(?P<product>[^,;:]{{3,60}})"), unless=_p(r"to zero")),
    Rule(id="fee.postponed", event_type="fee_change", status="postponed", actor_at="none", named="Russia", product="cars", speaks=True, own_day=True,
         trigger=_p(r"\b(?:postpon|delay|defer|push(?:ed|es)? back|mov(?:ed|es) (?:back )?the (?:start|introduction|launch)|put off)\w*\b[^.;]{0,80}\b(?:recycling|scrappage|scrap|utili[sz]ation) fee\b|\b(?:recycling|scrappage|scrap|utili[sz]ation) fee\b[^.;]{0,100}\b(?:postponed|delayed|deferred|pushed back|moved (?:back|from)|put off)\b")),
    Rule(id="fee.is", event_type="fee_change", status="in_force", actor_at="none", named="Russia", product="cars", value=("RUB",), value_needed=True,
         trigger=_p(r"\b(?:recycling|scrappage|scrap|utili[sz]ation) fee\b[^.;]{0,90}?\b(?:is|are|amounts? to|stands? at|comes? to|will be|reached)\s+(?:now\s+)?\d[^.;]{0,30}?(?:instead of|up from|against|compared|versus)")),
    Rule(id="fee.rate", event_type="fee_change", status="in_force", actor_at="none", named="Russia", product="cars", value=("last RUB",),
         trigger=_p(r"\b(?:recycling|scrappage|scrap|utili[sz]ation) fee\b[^.;]{0,120}\b(?:rose|rises|rise|increased|increases|was raised|were raised|was increased|(?:will )?go(?:es)? up|went up|will be raised|will rise|will increase|climbed|(?:was|were) (?:indexed|lifted|hiked|doubled)|went up|goes up|doubled|jumped|took effect|takes effect|came into force|now depends|depends on)\b|\b(?:raised|raises|increased|increases|hiked|hikes|doubled|indexed|will (?:raise|increase|index|hike))\s+(?:the\s+|its\s+)?(?:\w+\s+){0,2}?(?:recycling|scrappage|scrap|utili[sz]ation) fee\b")),
    Rule(id="fee.new", event_type="fee_change", status="in_force", actor_at="none", named="Russia", product="cars", value=("last RUB",),
         trigger=_p(r"\bnew\b[^.;]{0,40}\b(?:recycling|scrappage|utili[sz]ation) fee\b[^.;]{0,60}\b(?:took effect|takes effect|came into (?:force|effect)|in force|entered into force|applies|apply)\b")),
    Rule(id="export.control", event_type="export_control", status="in_force", actors=("state", "country"), named="MOFCOM", product_needed=True, products=CONTROLLED,
         trigger=_p(r"\bexport (?:controls?|curbs?|restrictions?|ban)\s+(?:on|for|over)\b[^.;]{3,90}|\b(?:curb|curbs|curbed|restrict|restricts|restricted|ban|bans|banned)\s+(?:the\s+)?exports?\s+of\b[^.;]{3,60}|\bexports?\s+of\b[^.;]{3,50}\b(?:were|was|are|is|will be|have been|has been)\s+(?:banned|restricted|curbed|prohibited|limited)\b")),
    Rule(id="export.permits", event_type="export_control", status="in_force", actors=("state", "country"), named="MOFCOM", product_needed=True, products=CONTROLLED,
         trigger=_p(r"\b(?:requir(?:e|es|ed|ing)|introduc(?:e|es|ed)|impos(?:e|es|ed))\s+(?:\w+\s+){0,3}?(?:permits?|licen[cs]es?|licensing)\s+(?:for|on|to)\b|\bexports?\s+of\b[^.;]{3,50}?\b(?:requires?|needs?|(?:is|are|be|become) subject to)\s+(?:\w+\s+){0,2}?(?:permits?|licen[cs]es?|licensing|approval)\b"), needs=_p(r"\bexport\w*\b")),
    # --- the working week and output ---
    Rule(id="week.back", event_type="work_week_restored", status="in_force", actors=FIRMS, value=("full week",),
         trigger=_p(rf"\b(?:return(?:s|ed|ing)?|go(?:es)? back|went back|back|switch(?:es|ed)? back|resum(?:es|ed|e)|restor(?:es|ed|e)|mov(?:es|ed) back|revert(?:s|ed)?|bring(?:s)? back|brought back)\b[^.;]{{0,60}}?\b(?:{FULL})"), needs=None),
    Rule(id="week.ended", event_type="work_week_restored", status="in_force", actors=FIRMS, actor_at="any",
         trigger=_p(rf"\b{WILL}(?:end(?:s|ed)?|abandon(?:s|ed)?|discontinu(?:es|ed|e)|cancel(?:s|led|ed)?|scrap(?:s|ped)?|gave up|gives up|dropp?(?:s|ed)|lift(?:s|ed)|leav(?:es|e)|left|exit(?:s|ed))\s+(?:its|the|a)\s+(?:\w+\s+)?(?:{SHORT})\b")),
    Rule(id="week.short", event_type="work_week_cut", status="in_force", actors=FIRMS, value=("short week",),
         trigger=_p(rf"\b(?:mov(?:es|ed|e|ing)|switch(?:es|ed|ing)?|go(?:es|ing)?|went|shift(?:s|ed|ing)?|transfer(?:s|red|ring)?|transition(?:s|ed|ing)?|put(?:s|ting)?|introduc(?:es|ed|e|ing)|adopt(?:s|ed|ing)?|chang(?:es|ed|e)|cut(?:s|ting)?|shorten(?:s|ed)?|reduc(?:es|ed|e)|start(?:s|ed)?|began|work(?:s|ed|ing)?|plan(?:s|ned)?|been on|operat(?:es|ed|ing)|prepar(?:es|ed|ing)|announc(?:es|ed)|implement(?:s|ed|ing)?|is|are|was|were)\b[^.;]{{0,70}}?\b(?:{SHORT})"),
         unless=_p(rf"\b(?:from|after|abandon\w*|end(?:s|ed)?|leav\w+|cancel\w*|scrap\w*|instead of)\s+(?:an?|its|the)\s+(?:{SHORT})")),
    Rule(id="week.shorter", event_type="work_week_cut", status="in_force", actors=FIRMS,
         trigger=_p(r"\b(?:introduc(?:es|ed|e)|mov(?:es|ed|e)|switch(?:es|ed)?|went|shift(?:s|ed)?|put|transfer(?:s|red)?|adopt(?:s|ed)?)\b[^.;]{0,50}?\b(?:shortened|shorter|reduced|part-time|short-time)\s+(?:working\s+|work\s+)?(?:week|workweek|schedule|hours)\b"),
         unless=_p(r"\b(?:back|from|after|end(?:s|ed))\b[^.;]{0,12}\b(?:shortened|shorter|reduced)")),
    Rule(id="week.noun", event_type="work_week_cut", status="in_force", actors=FIRMS, value=("short week",),
         trigger=_p(rf"\b(?:{SHORT})\b[^.;]{{0,40}}\b(?:at|for|from|begins?|began|starts?|started|introduced|since)\b"), unless=_p(r"\b(?:return|back|restor|end(?:s|ed)|cancel|abandon|leav|gives? up|gave up|scrap|drop|instead)\w*")),
    Rule(id="output.cut", event_type="production_cut", status="announced", actors=("maker", "company"), side="RU", value=("percent",), negative=True, speaks=True,
         trigger=_p(r"\b(?:cut|cuts|cutting|reduc(?:es|ed|e|ing)|lower(?:s|ed)?|slash(?:es|ed)?|trim(?:s|med)?|scal(?:es|ed|e) (?:back|down)|halv(?:es|ed|e))\s+(?:its\s+|their\s+|the\s+)?(?:\d{4}\s+)?(?:\w+\s+){0,2}?(?:production|output|assembly|manufacturing)\b")),
    Rule(id="output.fewer", event_type="production_cut", status="announced", actors=("maker", "company"), side="RU", value=("percent",), value_needed=True, negative=True, speaks=True, modality="asserted",
         trigger=_p(r"\b(?:produce|make|build|assemble|turn out)\s+(?:about |around |roughly |some |almost |nearly )?\d[\d.]*\s?(?:%|percent|per cent)\s+(?:fewer|less)\b"), unless=_p(r"\b(?:(?-i:may)|might|could|not)\b")),
    # --- statements ---
    Rule(id="dumping.accuse", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "person", "association"), targets=("country",), target_at="any", target="China", speaks=True, value=("RUB",),
         trigger=_p(r"\b(?:accus(?:es|ed|e|ing)|blam(?:es|ed|e)|complain(?:s|ed)?|call(?:s|ed)|describ(?:es|ed)|denounc(?:es|ed)|said|says|speaks? of|spoke of|warn(?:s|ed)|alleg(?:es|ed)|criticis\w+|condemn(?:s|ed)?)\b[^.;]{0,110}\b(?:dumping|predatory pric\w+|below cost|unfair pric\w+)"), needs=_p(r"\bChin(?:a|ese)\b"), modality="asserted"),
    Rule(id="dumping.are", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "person", "association"), actor_at="any", target="China", speaks=True, spoken=True, value=("RUB",), modality="asserted",
         trigger=_p(r"\bChin(?:a|ese)\b[^.;]{0,70}?\b(?:(?:is|are|was|were|been|keep|kept)\s+(?:\w+\s+)?dumping|engag\w+ in dumping|resort\w* to dumping|selling (?:\w+\s+){0,3}?(?:below cost|at dumping prices)|dump(?:s|ed)?\s+(?:their|its|cars|trucks|steel|surplus|excess)|dumping\b[^.;]{0,40}\b(?:has|had|have|is|was))\b")),
    Rule(id="dumping.this", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "person", "association"), actor_at="any", target="China", speaks=True, spoken=True, modality="asserted",
         trigger=_p(r"\b(?:prices?|pric\w+|discounts?|this|that|these|it)\b[^.;]{0,30}?\b(?:is|are|was|were|looks? like|amounts? to)\s+(?:\w+\s+){0,2}?dumping\b"), needs=_p(r"\bChin(?:a|ese)\b")),
    Rule(id="dumping.ask", event_type="statement", status="dumping", own_product=True, actors=("maker", "company", "association"), target="China", speaks=True,
         trigger=_p(r"\b(?:ask(?:s|ed)?|urg(?:es|ed)|call(?:s|ed)? (?:on|for)|petition(?:s|ed)?|request(?:s|ed)?|sought|seeks?)\b[^.;]{0,120}\b(?:anti-?dumping|dumping)"), needs=_p(r"\bChin(?:a|ese)\b"), modality="asserted"),
    Rule(id="savings", event_type="statement", status="savings", actor_at="any", spoken=True, actors=("company", "person", "state"), target="China", product="crude oil", speaks=True, value=("USD",), value_needed=True,
         trigger=_p(r"\bsaved?\b[^.;]{0,40}(?:\$|\bbillion\b|\bbn\b)|\bsavings?\b[^.;]{0,60}(?:\$|\bbillion\b|\bbn\b)"), needs=_p(r"\bChin(?:a|ese)\b[^.]*\boil\b|\boil\b[^.]*\bChin(?:a|ese)\b"), modality="asserted"),
    Rule(id="unconfirmed", event_type="statement", status="not_confirmed", opposite=True, actors=("state", "country", "person"), side="CN", project_needed=True, speaks=True,
         trigger=_p(r"\b(?:has|have|had|did|would)\s*(?:not|n't)(?: yet)?\s+(?:officially |formally |publicly |explicitly |directly )?(?:confirm(?:ed)?|comment(?:ed)?)\b|\b(?:declin(?:es|ed|e)|refus(?:es|ed|e)) to (?:confirm|comment)\b|\b(?:was|is|were) not aware of\b|\b(?:yet|failed|still) to confirm\b|\bunaware of\b|\b(?:has|had|have) no (?:information|details|comment)\b|\b(?:did|does|would) not (?:mention|say whether|answer|comment|confirm)\b|\bneither confirmed nor denied\b"), modality="asserted"),
    Rule(id="referred", event_type="statement", status="not_confirmed", opposite=True, actors=("state", "person"), side="CN", project_needed=True, speaks=True,
         trigger=_p(r"\b(?:referr(?:ed|ing)|refers|told reporters to (?:ask|contact)|direct(?:ed|s))\b[^.;]{0,80}\b(?:competent authorities|relevant (?:authorities|departments|companies)|other departments|elsewhere)\b"), modality="asserted"),
    Rule(id="negotiating", event_type="statement", status="negotiating", actors=("person", "state", "country"), actor_at="any", project_needed=True, speaks=True, spoken=True, opposite=True,
         trigger=_p(r"\b(?:ready to (?:look|work|continue|discuss|promote|find)|will (?:work|continue to work|continue talks|keep (?:working|talking|negotiating))|(?:talks|negotiations|consultations|discussions) (?:on|over|about)\b[^.;]{0,60}\b(?:continue|continuing|are under way|are underway|are ongoing|go on|in progress)|(?:are|is|were|was) (?:still )?(?:negotiating|in talks|discussing|working on)|still (?:being )?(?:negotiated|discussed)|(?:talks|negotiations|consultations|discussions)\b[^.;]{0,80}\b(?:were|was|are|is) (?:still )?(?:continuing|under way|underway|ongoing|in progress)|look(?:ing)? for common ground|want to approve|continue (?:talks|negotiations))\b"), modality="asserted"),
    Rule(id="relief", event_type="statement", status="duty_relief_asked", actors=("country", "state", "person", "company", "association"), side="RU", acts=True, target="China", product_needed=True, speaks=True,
         trigger=_p(rf"\b(?:ask(?:s|ed)|request(?:s|ed)|propos(?:es|ed)|urg(?:es|ed)|sought|suggest(?:s|ed)|appeal(?:s|ed))\b[^.;]{{0,60}}\b(?:suspend|lift|cancel|scrap|abolish|zero|waive|remove|reduce|cut|drop|relief|exempt)\w*\b[^.;]{{0,60}}\b{DUTY}"), needs=_p(r"\b(?:China|Beijing|Chinese)\b"), modality="asserted"),
    # --- agreements and projects ---
    Rule(id="agreed.raise", event_type="agreement", status="expanded", each_project=True, actors=PARTY, targets=PARTY, target_at="left", project_needed=True, value=("m3/year",), modality="asserted",
         unless=_p(r"\b(?:not|(?-i:may)|might|could|if)\b"),
         trigger=_p(r"\b(?:agree(?:s|d)?|sign(?:s|ed)?|decid(?:es|ed)|approv(?:es|ed))\b[^.;]{0,60}\b(?:rais|increas|expand|boost|ramp)\w*\b[^.;]{0,60}\b(?:deliver|suppl|flow|volume|export|shipment|gas)\w*")),
    Rule(id="contract.signed", event_type="contract", status="signed", actors=("company", "maker", "bank", "country", "state"), targets=PARTY, value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(r"\b(?:sign(?:s|ed|ing)?|conclud(?:es|ed)|clinch(?:es|ed)|seal(?:s|ed)|ink(?:s|ed)|award(?:s|ed))\s+(?:an?\s+|the\s+|two\s+|several\s+)?(?:[\w$%.,-]+\s+){0,5}?contracts?\b")),
    Rule(id="contract.relative", event_type="contract", status="signed", actors=("company", "maker", "bank"), actor_at="any", targets=("company", "maker", "bank"), target_at="any", value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(r"\bcontracts?\s+(?:that|which)\s+(?P<actor>[^.;,]{3,60}?)\s+(?:have |has |had )?(?:signed|concluded)\b"), unless=_p(r"\b(?:not|no|never)\b")),
    Rule(id="contract.by", event_type="contract", status="signed", actors=("company", "maker", "bank", "country", "state"), targets=("company", "maker", "bank", "country", "state"), target_at="right", target_needed=True, value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(r"\bcontracts?\b[^;]{0,140}?\b(?:was|were|has been|had been)\s+(?:signed|concluded)\s+(?:(?:on \w+|in \w+|\w+day)\s+)?(?:by|between)\s+(?P<actor>[^.;]{3,80})")),
    Rule(id="contract.passive", event_type="contract", status="signed", named="?", actors=("company", "maker", "bank", "country"), actor_at="any", targets=PARTY, target_at="any", project_needed=True, value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(r"\bcontracts?\b[^;]{0,120}?\b(?:was|were|has been|had been)\s+signed\b")),
    Rule(id="agreement.signed", event_type="agreement", status="signed", actors=PARTY, targets=PARTY, target_at="any", value=("m3/year", "RUB", "USD", "CNY", "t/year"),
         trigger=_p(rf"\b(?:sign(?:s|ed|ing)?|conclud(?:es|ed)|clinch(?:es|ed)|seal(?:s|ed)|ink(?:s|ed)|reach(?:es|ed)|initial(?:l?ed|s))\s+(?:an?\s+|the\s+|two\s+|several\s+|\d+\s+)?(?:[\w$%'-]+\s+){{0,6}}?{TREATY}\b"),
         unless=_p(r"\b(?:insur|peace|trade union|visa-free|ceasefire|sign\w* no\b|no new\b)")),
    Rule(id="agreement.approved", event_type="agreement", status="approved", actors=("company", "maker"), targets=("company", "maker"), target_at="any", project_needed=True, target_needed=True,
         trigger=_p(r"\bapprov(?:es|ed)\s+(?:the\s+|a\s+)?(?:\w+\s+){0,3}?(?:schedule|timetable|plan|investment|construction|feasibility study|project)\b")),
    Rule(id="agreement.relative", event_type="agreement", status="signed", actors=PARTY, actor_at="any", targets=PARTY, target_at="any", project_needed=True,
         trigger=_p(rf"\b{TREATY}\s+(?:that\s+|which\s+)?[^.;,]{{3,70}}?\b(?:have |has |had )?(?:signed|concluded|reached)\b"), unless=_p(r"\b(?:not|no|never)\b")),
    Rule(id="agreement.followed", event_type="agreement", status="signed", actors=PARTY, actor_at="none", named="Russia", target="China", project_needed=False, value=("m3/year",),
         trigger=_p(r"\bintergovernmental agreement\b[^.;]{0,40}\b(?:followed|was signed|was concluded|came|signed)\b"), needs=_p(r"\b(?:pipeline|gas|supply|route|contract)\b")),
    Rule(id="agreement.passive", event_type="agreement", status="signed", actors=PARTY, actor_at="any", targets=PARTY, target_at="any", project_needed=True,
         trigger=_p(rf"\b{TREATY}\b[^;]{{0,100}}?\b(?:was|were|has been|had been|have been)\s+(?:signed|concluded|reached|initialled)\b")),
    Rule(id="project.suspended", event_type="project_status", status="suspended", actors=("company", "maker", "country", "state"), project_needed=True, targets=("company", "maker"),
         trigger=_p(r"\b(?:suspend(?:s|ed)|halt(?:s|ed)|paus(?:es|ed)|froz(?:e|en)|freez(?:es|e)|stop(?:s|ped)|ceas(?:es|ed))\s+(?:\w+\s+){0,3}?(?:participation|role|involvement|work|investments?|stakes?|cooperation|construction|funding|financing|partnership)\b")),
    Rule(id="project.suspended.passive", event_type="project_status", status="suspended", actors=("company", "maker"), named="?", project_needed=True, carried=False,
         trigger=_p(r"\b(?:project|programme|program|participation|involvement|construction|work)\b[^.;]{0,70}?\b(?:was|were|has been|have been|is|are)\s+(?:temporarily |indefinitely )?(?:suspended|frozen|paused|halted|stopped)\b")),
    Rule(id="project.majeure", event_type="project_status", status="suspended", actors=("company", "maker"), side="CN", project_needed=True, targets=(),
         trigger=_p(r"\bdeclar(?:es|ed)\s+force majeure\b")),
    Rule(id="project.shelved", event_type="project_status", status="shelved", actors=("country", "state", "company", "maker", "person"), acts=True, actor_at="any", project_needed=True, targets=("company", "maker"),
         trigger=_p(r"\b(?:shelv(?:es|ed|e)|put on (?:hold|ice)|puts? .{0,40} on hold|postpon(?:es|ed)|mothball(?:s|ed)|froz(?:e|en)|freez(?:es|e)|indefinitely delayed)\b"), unless=_p(r"\b(?:participation|stakes?)\b")),
    Rule(id="project.cancelled", event_type="project_status", status="cancelled", actors=("country", "state", "company", "maker", "person"), acts=True, actor_at="any", project_needed=True, targets=("company", "maker"),
         trigger=_p(r"\b(?:cancel(?:s|led)|scrapp(?:ed)|scraps|abandon(?:s|ed)|drops? plans|axed|axes)\b"), unless=_p(r"\b(?:duty|duties|tariff|ban)\b")),
    Rule(id="project.withdrawn", event_type="project_status", status="withdrawn", actors=("company", "maker", "country"), project_needed=True, targets=("company", "maker"),
         trigger=_p(r"\b(?:withdr[ae]wn?|withdraws|pull(?:s|ed)? out|quits?|(?:left|leaves|exit(?:s|ed)) the (?:project|program(?:me)?|venture|partnership|consortium)|dropped out|no longer (?:a |an )?partner|walk(?:s|ed) away|ceased to be a partner|abandon(?:s|ed) the)\b")),
    Rule(id="project.we", event_type="project_status", status="withdrawn", actors=("company", "maker"), actor_at="any", spoken=True, project_needed=True,
         trigger=_p(r"\bwe (?:have |had |are )?(?:withdr[ae]wn|withdrew|pull(?:ed|ing) out|quit|left|no longer)\b")),
    Rule(id="project.renamed", event_type="project_status", status="renamed", actors=("maker", "company", "country"), project_needed=True,
         trigger=_p(r"\b(?:renam(?:es|ed|e|ing)|rebrand(?:s|ed)?|is now (?:called|shown as|known as)|dropp?(?:s|ed) the R|now calls)\b")),
    Rule(id="project.venture", event_type="project_status", status="joint_venture", actors=("maker", "company"), actor_at="any", project_needed=True, targets=("maker", "company"),
         trigger=_p(r"\b(?:found(?:s|ed)|form(?:s|ed)|set up|sets up|establish(?:es|ed)|creat(?:es|ed)|register(?:s|ed)|launch(?:es|ed)|agree(?:s|d)?(?: on| to (?:form|create|set up|establish))?)\s+(?:an?\s+|the\s+|their\s+)?(?:\w+\s+){0,3}?joint venture\b|\b(?:creation|establishment|formation|setting up) of\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,3}?joint venture\b|\bjoint venture\b[^.;]{0,60}\b(?:was|were) (?:founded|formed|set up|established|created|registered)\b")),
    Rule(id="project.building", event_type="project_status", status="under_construction", actors=("company", "maker", "country", "state"), named="?", actor_at="any", project_needed=True,
         trigger=_p(r"\b(?:construction|building|work)\b[^.;]{0,60}\b(?:began|begins|started|starts|is under way|is underway|has begun|has started|got under way)\b|\b(?:began|begins|started|starts|broke ground on|breaks ground on)\s+(?:the\s+)?(?:construction|building)\b|\bbroke ground\b")),
    Rule(id="project.completed", event_type="project_status", status="completed", actors=("company", "maker", "country", "state"), named="?", actor_at="any", project_needed=True,
         trigger=_p(r"\b(?:construction|works?|building)\b[^.;]{0,60}\b(?:was|were|has been|have been|is|are)\s+(?:completed|finished)\b|\b(?:complet(?:es|ed)|finish(?:es|ed))\s+(?:the\s+)?(?:construction|building|works?)\b|\b(?:is|was|has been) completed\b")),
    Rule(id="project.customer", event_type="project_status", status="launch_customer", actors=("company", "maker"), actor_at="any", targets=("maker",), project_needed=True, trigger=_p(r"\blaunch customer\b")),
    Rule(id="project.progress", event_type="project_status", status="no_progress", actors=("company", "maker", "country", "state"), actor_at="any", project_needed=True, trigger=_p(r"\b(?:made no progress|no progress (?:has been|was) made|has not moved|stalled|is stuck|deadlocked)\b")),
    # --- visits ---
    Rule(id="visit.arrived", event_type="visit", status="done", actors=("person",), targets=("country",), target_at="any", target_needed=True, value=("days",), carried=False,
         trigger=_p(r"\b(?:arriv(?:es|ed)|land(?:s|ed)|touch(?:es|ed) down|fl(?:ew|ies)|travel(?:s|l?ed)|came|is in|was in|start(?:s|ed)|began|begins|kick(?:s|ed) off|wrapped up|completed|conclud(?:es|ed)|left|leaves|wraps up|end(?:s|ed)|is on|was on|paid|pays|made|makes)\b[^;]{0,130}?\b(?:visit|trip|tour)\b"), unless=_p(r"\b(?:will|would|may|might|plans? to|is to|expected to|due to|is set to|invited)\b[^.;]{0,30}\bvisit")),
    Rule(id="visit.city.ru", event_type="visit", status="done", actors=("person",), side="CN", target="Russia", value=("days", "span"),
         trigger=_p(r"\b(?:arriv(?:es|ed)|land(?:s|ed)|touch(?:es|ed) down|flew|flies)\s+(?:in|into|to|at)\s+(?:[^\W\d_][^\s,;]*\s+){0,6}?(?:Moscow|St\.? Petersburg|Saint Petersburg|Kazan|Sochi|Vladivostok|Khabarovsk|Novosibirsk|Yekaterinburg|Ufa|Samara)\b")),
    Rule(id="visit.city.cn", event_type="visit", status="done", actors=("person",), side="RU", target="China", value=("days", "span"),
         trigger=_p(r"\b(?:arriv(?:es|ed)|land(?:s|ed)|touch(?:es|ed) down|flew|flies)\s+(?:in|into|to|at)\s+(?:[^\W\d_][^\s,;]*\s+){0,6}?(?:Beijing|Shanghai|Tianjin|Harbin|Guangzhou|Shenzhen|Chengdu|Qingdao|Boao|Hangzhou|Xi'an|Sanya|Dalian|Shenyang)\b")),
    Rule(id="visit.country.ru", event_type="visit", status="done", actors=("person",), side="CN", target="Russia", value=("days", "span"),
         trigger=_p(r"\b(?:arriv(?:es|ed)|land(?:s|ed)|touch(?:es|ed) down|flew|flies)\s+(?:in|into|to)\s+Russia\b(?!')")),
    Rule(id="visit.country.cn", event_type="visit", status="done", actors=("person",), side="RU", target="China", value=("days", "span"),
         trigger=_p(r"\b(?:arriv(?:es|ed)|land(?:s|ed)|touch(?:es|ed) down|flew|flies)\s+(?:in|into|to)\s+China\b(?!')")),
    Rule(id="visit.was", event_type="visit", status="done", actors=("person",), targets=("country",), target_at="any", target_needed=True, value=("days", "span"), actor_at="any",
         trigger=_p(r"\b(?:his|her|the)\s+(?:last|previous|first|state|official)\s+(?:\w+\s+)?visit\b[^.;]{0,60}\b(?:was|took place|ran|lasted|began)\b|\bvisited\b"), modality="asserted"),
    Rule(id="visit.will", event_type="visit", status="done", actors=("person",), targets=("country",), target_at="any", target_needed=True, value=("days", "span"), carried=False, modality="planned",
         trigger=_p(r"\b(?:will|is to|is set to|is due to|is scheduled to)\b[^.;]{0,40}\b(?:visit|be in|pay an?\b[^.;]{0,20}\bvisit|make an?\b[^.;]{0,20}\b(?:visit|trip)|travel to)\b")),
    # --- deliveries and openings ---
    Rule(id="cargo.first", event_type="delivery", status="first_cargo", actors=("company", "maker"), side="RU", named="?", actor_at="any", targets=("country",), target_at="any", project_needed=True,
         trigger=_p(r"\bfirst\s+(?:LNG\s+)?(?:cargo|shipment|tanker|consignment|delivery)\b[^.;]{0,120}\b(?:deliver|dock|unload|arriv|reach|discharg|to China|land)\w*|\b(?:deliver|dock|unload|arriv|reach|discharg|land)\w*\b[^.;]{0,60}\bfirst\s+(?:LNG\s+)?(?:cargo|shipment|tanker|consignment)\b")),
    Rule(id="cargo.first.time", event_type="delivery", status="first_cargo", actors=("company", "maker"), side="RU", named="?", actor_at="any", targets=("country",), target_at="any", project_needed=True,
         trigger=_p(r"\b(?:tanker|cargo|vessel|carrier|shipment)\b[^.;]{0,110}\b(?:dock|unload|arriv|deliver|discharg|reach)\w*\b[^.;]{0,60}\b(?:for the first time|the first such)\b")),
    Rule(id="delivery.started", event_type="delivery", status="started", actors=("company", "maker"), side="RU", named="?", actor_at="any", target="China", project_needed=True,
         trigger=_p(r"\b(?:deliver(?:y|ies)|suppl(?:y|ies)|exports?|flows?|shipments?|gas)\b[^.;]{0,90}\b(?:began|begun|started|commenced|start flowing|started flowing|began flowing)\b|\b(?:began|started|commenced)\s+(?:\w+\s+){0,3}?(?:deliver(?:y|ies|ing)|suppl(?:y|ies|ying)|exports?|exporting|shipments?|flows?|pumping)\b")),
    Rule(id="opened.plant", event_type="opening", status="opened", actors=FIRMS, targets=("country",), target_at="any", project_needed=True, value=("USD", "CNY", "RUB"),
         trigger=_p(r"\b(?:open(?:s|ed)|inaugurat(?:es|ed)|launch(?:es|ed)|commission(?:s|ed))\b[^.;]{0,70}\b(?:plant|factory|works|line|terminal)\b")),
    Rule(id="opened.link", event_type="opening", status="opened", actors=("country",), actor_at="none", named="Russia", target="China", project_needed=True,
         trigger=_p(r"\b(?:bridge|crossing|terminal|cable car|railway)\b[^.;]{0,90}\b(?:opened|opens|was opened|was inaugurated|is open|carries its first|carried its first|went into operation|came into operation)\b|\bopen(?:s|ed)\b[^.;]{0,50}\b(?:bridge|crossing|terminal|cable car)\b")),
    # --- money ---
    Rule(id="finance.halt", event_type="finance_halt", status="reported", actors=("country",), side="CN", target="Russia", product="Belt and Road", value=("zero usd",), actor_at="any", named="China", speaks=True,
         trigger=_p(r"\bno new\b[^.;]{0,60}\b(?:deals?|engagements?|investments?|projects?|financing|loans?|money|funding)\b|\b(?:fell|dropped|cut|falls|drops)\s+to\s+(?:zero|nothing)\b"), needs=_p(r"\bBelt and Road\b|\bBRI\b"), modality="asserted"),
    Rule(id="payment.halt", event_type="payment_halt", status="reported", actors=("bank", "company"), side="CN", target="Russia", product="payments",
         trigger=_p(rf"\b{HAVE}{WILL}(?:halt(?:s|ed)?|stop(?:s|ped)?|suspend(?:s|ed)?|ceas(?:es|ed|e)|refus(?:es|ed|e)|block(?:s|ed)?|ended|ends|cut off|tightened|restrict(?:s|ed)?|reject(?:s|ed)?|return(?:s|ed|ing)?|freez(?:es|e)|froze|(?:begun|began|started|been|is|are)\s+(?:halting|stopping|suspending|refusing|blocking|rejecting|returning))\s+(?:all\s+|accepting\s+|processing\s+|handling\s+|making\s+|the\s+|its\s+|any\s+|to\s+)?(?:\w+\s+){{0,3}}?(?:settlements?|payments?|transactions?|transfers?|operations|business|dealings|accounts)\b"), needs=_p(r"\bRussia|\bBelarus|\bRouble|\bruble")),
    Rule(id="payment.nolonger", event_type="payment_halt", status="reported", actors=("bank", "company"), side="CN", target="Russia", product="payments",
         trigger=_p(r"\bno longer\s+(?:accept|process|handle|make|conduct|carr(?:y|ies) out|service|work)(?:s|es|ing)?\b[^.;]{0,60}?\b(?:settlements?|payments?|transactions?|transfers?|operations)\b|\b(?:terminat\w+|sever(?:s|ed|ing)?|cut(?:s|ting)? off|ending|ended|ends|stop(?:s|ped)? (?:working|dealing|doing business)|ceas(?:es|ed) (?:working|dealing)|refus(?:es|ed) to (?:work|deal|cooperate))\b[^.;]{0,30}?\b(?:(?:relations?|ties|business|dealings|cooperation|work) )?with\b[^.;]{0,40}\b(?:Russian?|sanctioned)\b|\b(?:settlements?|payments?|transactions?|transfers?)\b[^.;]{0,60}?\b(?:(?:were|was|have been|has been|are being) (?:halted|stopped|suspended|blocked|rejected|returned)|(?:is|are|were|was) no longer (?:being )?(?:accepted|processed|handled|carried out|made))\b(?:[^.;]{0,30}\bby\b)?"), actor_at="any", needs=_p(r"\bRussia")),
    Rule(id="payment.resumed", event_type="payment_halt", status="lifted", actors=("bank",), target="Russia", product="payments",
         trigger=_p(r"\bresum(?:es|ed)\s+(?:\w+\s+){0,3}?(?:settlements?|payments?|transactions?|transfers?)\b"), needs=_p(r"\bRussia")),
    Rule(id="purchase.refrain", event_type="purchase_halt", status="reported", actors=FIRMS, target="Russia", product_needed=True, products=OIL, modality="sources",
         trigger=_p(r"\b(?:refrain(?:s|ed|ing)? from|hold(?:s|ing)? off(?: on)?|shun(?:s|ning)?|stay(?:s|ing)? away from)\s+(?:buying|purchas\w+|taking|dealing|trading|importing)\b"), needs=_p(r"\b(?:sources?|people|traders)\b[^.]*\bsaid\b|\bReuters\b|\bBloomberg\b"), unless=_p(r"\b(?:(?-i:may)|might|could|likely|if|not)\b")),
    Rule(id="purchase.halt", event_type="purchase_halt", status="reported", actors=FIRMS, target="Russia", product_needed=True, products=OIL,
         trigger=_p(rf"\b{HAVE}{WILL}(?:halt(?:s|ed)?|stop(?:s|ped)?|suspend(?:s|ed)?|paus(?:es|ed|e)|ceas(?:es|ed|e)|cancell?(?:s|ed)?|refrain(?:s|ed)? from|avoid(?:s|ed|ing)?|shun(?:s|ned|ning)?|(?:is|are|been|begun|began)\s+(?:halting|suspending|pausing|stopping|cancelling))\s+(?:all\s+|some\s+|new\s+|the\s+|its\s+|their\s+)?(?:\w+\s+){{0,3}}?(?:purchas(?:es|ing)|buying|imports?|orders?|offtake|intake|loadings|deals|liftings)\b"), needs=_p(r"\bRussia")),
    Rule(id="purchase.halt.crude", event_type="purchase_halt", status="reported", actors=FIRMS, target="Russia", product_needed=True, products=OIL,
         trigger=_p(r"\b(?:halt(?:s|ed)?|stop(?:s|ped)?|suspend(?:s|ed)?|paus(?:es|ed|e))\s+(?:\w+\s+){0,2}?Russian\s+(?:\w+\s+){0,2}?(?:crude|oil|coal|LNG)\s+(?:buying|purchases|imports)\b")),
    Rule(id="purchase.resumed", event_type="purchase_halt", status="resumed", actors=FIRMS, target="Russia", product_needed=True, products=OIL,
         trigger=_p(r"\bresum(?:es|ed)\s+(?:\w+\s+){0,3}?(?:purchas(?:es|ing)|buying|imports?)\b"), needs=_p(r"\bRussia")),
    Rule(id="guidance", event_type="investment_guidance", status="advised_against", modality="asserted", actors=("state", "country"), side="CN", target="Russia", product="cars",
         trigger=_p(r"\b(?:advis(?:es|ed)|warn(?:s|ed)|urg(?:es|ed)|told|tells|discourag(?:es|ed)|cautioned|instruct(?:s|ed))\b[^.;]{0,80}\b(?:against (?:invest|build|mak|put)\w*|not to (?:invest|build)|from investing)\b[^.;]{0,60}"), needs=_p(r"\bRussia"), unless=_p(r"\b(?:(?-i:may)|might|denied|did not)\b")),
    Rule(id="countersanction", event_type="countersanction", status="in_force", actors=("state", "country"), named="MOFCOM", targets=("bank", "company", "maker"), target_needed=True,
         trigger=_p(r"\b(?:put|puts|plac(?:es|ed)|add(?:s|ed)|includ(?:es|ed)|list(?:s|ed))\b[^;]{0,120}\b(?P<list>countermeasure(?:s)? list|unreliable entit\w+ list|retaliat\w+ list)\b|\bcountermeasures?\s+(?:against|on|targeting)\b|\b(?:retaliat(?:es|ed)|countermeasures)\b[^.;]{0,60}\bagainst\b"), target_at="any"),
    Rule(id="countersanction.ban", event_type="countersanction", status="in_force", actors=("state", "country"), side="CN", named="MOFCOM", targets=("bank", "company", "maker"), target_needed=True,
         trigger=_p(r"\b(?:ban(?:s|ned|ning)?|prohibit(?:s|ed|ing)?|bar(?:s|red|ring)?|forb(?:ids|ade|idding))\b[^.;]{0,60}?\b(?:transactions?|dealings?|business|cooperation|trading)\s+with\b")),
    Rule(id="sanction.imposed", event_type="sanction", status="in_force", actors=("country", "bloc"), side="other", targets=("bank", "company", "maker", "project"), target_needed=True,
         trigger=_p(rf"\b(?:sanctions?|restrictions)\s+(?:that\s+)?(?P<actor>the (?:United States|US|U\.S\.|EU|European Union|UK)|Washington|Brussels|London|Britain|Japan|Ukraine|Kyiv)\s+(?:has\s+|had\s+)?(?:imposed|put|placed|slapped|announced)\s+on\b|\b{HAVE}{WILL}(?:impos(?:es|ed|e)|slap(?:s|ped)|announc(?:es|ed)|introduc(?:es|ed)|plac(?:es|ed))\s+(?:new\s+|fresh\s+|the\s+|blocking\s+)?(?:\w+\s+){{0,2}}?sanctions?\s+(?:on|against)\b|\b{HAVE}(?:sanctioned|blacklist(?:s|ed)|(?<!new )(?<!fresh )(?<!Western )sanctions\s+(?-i:(?=[A-Z][a-z])))(?!\s+(?:list|on|against))|\b(?:new|fresh)\s+(?P<by>U\.?S\.?|American|EU|British|UK|European Union)\s+sanctions?\s+(?:on|against|targeting)\b")),
    Rule(id="sanction.designated", event_type="sanction", status="in_force", actors=("country", "bloc"), side="other", targets=("bank", "company", "maker"), target_needed=True,
         trigger=_p(r"\bdesignat(?:es|ed|ing)\b")),
    Rule(id="sanction.listed", event_type="sanction", status="in_force", actors=("country", "bloc"), side="other", targets=("bank", "company", "maker"), target_at="right", target_needed=True,
         trigger=_p(r"\b(?:list(?:s|ed)|add(?:s|ed|ing)|blacklist(?:s|ed|ing)|includ(?:es|ed|ing)|listing|target(?:s|ed|ing)|put|hit(?:ting)?)\b"), needs=_p(r"\b(?:package against|sanctions?|sanctions list|blacklist|listing)\b"), unless=_p(r"countermeasure|unreliable entit")),
    Rule(id="sanction.list", event_type="sanction", status="in_force", actors=("country", "bloc"), side="other", actor_at="any", targets=("bank", "company", "maker"), target_at="any", target_needed=True,
         trigger=_p(r"\b(?:have|has) been on the (?:EU |sanctions )?list\b|\bEU listing of\b[^.;]{0,60}\btakes effect\b|\b(?:was|were|has been|have been) (?:sanctioned|blacklisted|added to the sanctions list)\b"), needs=_p(r"\b(?:EU|European Union|United States|U\.S\.|UK|Washington|Brussels|London)\b")),
    Rule(id="sanction.list.eu", event_type="sanction", status="in_force", actors=("bloc",), actor_at="none", named="European Union", targets=("bank", "company", "maker"), target_at="left", target_needed=True,
         trigger=LISTED, context=_p(r"\b(?:EU|European Union|Brussels)\b[^.]*\b(?:sanctions?|package)\b")),
    Rule(id="sanction.list.us", event_type="sanction", status="in_force", actors=("country",), actor_at="none", named="United States", targets=("bank", "company", "maker"), target_at="left", target_needed=True,
         trigger=LISTED, context=_p(r"\b(?-i:United States|US|U\.S\.|Washington|Treasury)(?!\w)[^.]*\b(?:sanctions?|blacklist)")),
    Rule(id="visa.extended", event_type="visa_waiver", status="extended", actors=("country", "state", "person"), acts=True, partner=True,
         trigger=_p(r"\b(?:extend(?:s|ed)?|prolong(?:s|ed)?|renew(?:s|ed)?)\b[^.;]{0,50}\bvisa[\s-](?:free|waiver|exemption)\b|\bvisa[\s-](?:free|waiver|exemption)\b[^.;]{0,60}\b(?:(?:was|were|has been|have been|will be) (?:extended|prolonged|renewed))\b"), needs=_p(r"\bRussia\w*\b")),
    Rule(id="visa.free", event_type="visa_waiver", status="in_force", actors=("country", "state", "person"), acts=True, partner=True, value=("days",),
         trigger=_p(r"\bvisa[\s-]free (?:entry|policy|travel|regime|access|visits?|trial|treatment|stay)s?\b|\bvisa waiver\b|\bvisa exemption\b|\bwithout (?:a )?visas?\b|\bwaiv(?:es|ed|e) visas?\b|\b(?:cancel(?:s|led|ed)?|abolish(?:es|ed)?|scrap(?:s|ped)?|lift(?:s|ed)?|drop(?:s|ped)?)\s+(?:the\s+|all\s+|its\s+)?visas?\b(?:\s+requirements?)?|\b(?:enter|visit|stay|travel)\w*\b[^.;]{0,40}\bvisa[\s-]free\b"), needs=_p(r"\bRussia\w*\b"), unless=_p(r"\b(?:anniversary|tourists? (?:rose|grew|increased)|since the visa|arrived? without)")),
    Rule(id="forecast.down", event_type="forecast", status="", actors=("analyst", "association", "state", "company"), value=("percent",), value_needed=True, speaks=True, target="RU", negative=True, modality="asserted",
         trigger=_p(r"\b(?:expects?|forecasts?|predicts?|projects|sees|estimates?)\b[^.;]{0,110}\b(?:fall|drop|decline|shrink|decrease|contract|lose|down|plunge|slump|slide)\w*\b")),
    Rule(id="forecast.up", event_type="forecast", status="", actors=("analyst", "association", "state", "company"), value=("percent",), value_needed=True, speaks=True, target="RU", modality="asserted",
         trigger=_p(r"\b(?:expects?|forecasts?|predicts?|projects|sees|estimates?)\b[^.;]{0,110}\b(?:rise|grow|increase|expand|gain|up|climb|recover)\w*\b")),
    Rule(id="forecast.said", event_type="forecast", status="", actors=("analyst", "association"), actor_at="any", value=("percent",), value_needed=True, speaks=True, target="RU", negative=True, modality="asserted",
         trigger=_p(r"\b(?:will|would|is set to|are set to|is expected to|are expected to)\s+(?:fall|drop|decline|shrink|decrease|contract|plunge|slump|slide)\b"), needs=_p(r"\b(?:forecasts?|expects?|predict(?:s|ed)?|project(?:s|ed)|estimat(?:es|ed)|said|according to)\b")),
)  # fmt: skip

# What a forecast is of, and the period that it is for.
FORECASTS: Final = (
    (_p(r"\bcoal\b"), "coal_revenue", _p(r"\brevenues?\b")),
    (_p(r"\bcars?\b|\bvehicles?\b"), "car_market", _p(r"\b(?:market|sales)\b")),
    (_p(r"\btrucks?\b"), "heavy_truck_market", _p(r"\b(?:market|sales)\b")),
    (_p(r"\btrade\b|\bturnover\b"), "trade_total_usd", _p(r"\bChin")),
    (_p(r"\bcoal\b"), "coal_exports", _p(r"\bexports?\b")),
    (_p(r"\bLada\b"), "lada_sales_units", _p(r"\bsales\b")),
)
IN_YEAR: Final = quick(r"\b(?:in|for|over)\s+(?P<year>20\d\d)\b|\bthis year\b|\bnext year\b", IGNORE)
NARROWED: Final = quick(
    r"\b(?:(?:limited to|applies only to|only (?:for|covers|applies to)|covers only|restricted to"
    r"|only(?= (?:spring|winter|frozen|chilled) ))\s+|(?=(?:spring|winter) wheat only\b))(?P<product>[^,;.]{3,60})",
    IGNORE,
)


TONGUE: Final = Tongue(
    name="en",
    rules=RULES,
    clauses=_p(
        r";\s|,\s+(?:but|while|whereas|although|though|and that|which|who|after|before|when|because)\s|\s[-–—]\s|:\s|,\s+(?:in\s+)?(?:a|the)\s+(?:move|step|blow|measure|decision|shift|sign)\s|,\s+and\s+(?=(?:its|the|it|they|he|she|on|expects|would|will)\b)"
    ),
    denied=_p(
        r"\b(?:not|n't|never|no plans?|denie[sd]|deny|denying|reject(?:s|ed) (?:the )?(?:reports?|claims?|allegations?|accusations?|suggestions?|ideas?|proposals?|requests?)|declin(?:es|ed|e) to (?:confirm|comment|say)|refus(?:es|ed|e) to (?:confirm|comment|say)|refut\w+|dismiss\w*|rul(?:es|ed) out|without(?! (?:an? |the )?(?:visas?|prior|warning|notice|delay))|no (?:contract|agreement|deal|decision)|false|rumou?rs?|untrue|neither|far from|yet to|still to|fail(?:s|ed)? to)\b(?![^.]{0,20}\bonly\b)"
    ),
    refuted=_p(r"\b(?:rumou?rs?|den(?:y|ies|ied)|untrue|false|refuted?|not true)\b"),
    hypothetical=_p(
        r"\b(?:(?-i:may)(?! now)|might|could|should|if|unless|consider(?:s|ed|ing)?|likely|unlikely|possibl[ey]|possibility|propos(?:e|es|ed|al|als|ing)|suggest(?:s|ed)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on)|ask(?:s|ed|ing)?|want(?:s|ed)?|hop(?:e|es|ed|ing)|seek(?:s|ing)?|weigh(?:s|ed|ing)?|mull(?:s|ed|ing)?|discuss(?:es|ed|ing)?|talks\b[^.;]{0,25}\b(?:on|over|about)|threat(?:en|ens|ened|ening)?|ready to|draft|intend(?:s|ed)?|in talks|negotiat\w+|expected to|expects to|potential|fear(?:s|ed)?|warn(?:s|ed|ing)? that|ahead of|to be able to|study(?:ing)?|studies|plans? (?:for|a|an)|bill (?:to|would|that)|petition|demand(?:s|ed)?|eventual(?:ly)?|whether)\b"
    ),
    conditional=_p(
        r"\b(?:if|unless|subject to (?:approval|agreement|confirmation|conditions?|ratification)|provided that|could|(?-i:may)|might)\b"
    ),
    both=_p(r"\b(?:the two|both (?:companies|sides|partners|parties)|the parties|the partners|they)\b"),
    goes_on=_p(r"^(?:The|This|Its|It|Under|Volumes?|Up to|Deliveries|Supplies|Annual)\b"),
    other=_p(r"\b(?:also|another|separately|meanwhile|in addition|other)\b"),
    future=_p(
        r"\b(?:will|would|shall|is to|are to|set to|due to (?:take|come|start|begin|move|go|enter|return)|plans? to|planned to|going to|about to|prepar(?:es|ing|ed) (?:to|for)|scheduled to|(?<!decided )(?<!agreed )(?<!voted )(?<!resolved )to (?=(?:ban|impose|introduce|raise|lift|cut|move|return|reinstate|restore|end|start|begin|bring)\b))\b"
    ),
    cancelled=_p(
        r"\b(?:call(?:s|ed) off|cancel(?:s|led)?\s+(?:the\s+|its\s+|a\s+)?(?:move|switch|plan|plans|transition|order|decision)|abandon(?:s|ed) (?:the |its )?plans?|scrapp?(?:s|ed) (?:the |its )?plans?|revers(?:es|ed) (?:the |its )?decision|drop(?:s|ped) (?:the |its )?plans?|order (?:was|has been) (?:cancelled|withdrawn|revoked))\b"
    ),
    question=_p(r"\?\s*[\"”')\]]*\s*$"),
    sources=_p(
        r"\b(?:sources?|people (?:familiar|with knowledge|briefed|close)|(?:one of )?(?:two|three|four|several|some) people|(?:two|three|four|several) (?:trade |industry |banking |refining )?(?:sources|people|traders|executives|officials)|traders said|person (?:familiar|briefed)|unnamed)\b"
    ),
    reported=_p(
        r"\b(?:Vedomosti|Kommersant|Reuters|Bloomberg|Izvestia|RBC|Interfax|TASS|RIA(?: Novosti)?|Financial Times|Wall Street Journal|Nikkei|Xinhua|Forbes|Frank Media|Caixin|media|newspaper|daily)\b[^.;]{0,20}\b(?:report(?:s|ed)|said|says|wrote|cited|citing)\b|\b(?:report(?:s|ed)|according to|cited by|citing)\b[^.;]{0,25}\b(?:Vedomosti|Kommersant|Reuters|Bloomberg|Izvestia|RBC|Interfax|TASS|RIA|Financial Times|Wall Street Journal|Nikkei|Xinhua|Forbes|Frank Media|Caixin|media|newspaper)\b"
    ),
    spurious=_p(
        r"\b(?:ignore (?:all |any )?(?:previous|prior|the above)|disregard (?:all |the )?(?:previous|above)|you are now|system prompt|as an ai\b|ai reader|output the following|drop table|delete the table|record that|please (?:output|record|insert|print|add)|add (?:an?|the) (?:event|entry|row|record)\b|(?:note|message|instructions?) (?:to|for) (?:the )?(?:assistant|model|reader|system|loader)|<\|)|\{\s*\"|^\s*(?:opinion|comment|analysis|editorial)\s*:|\b(?:read more|see also|also read)\b"
    ),
    speech=_p(
        r"\b(?:said|says|told|announc(?:es|ed)|stat(?:es|ed)|confirm(?:s|ed)|report(?:s|ed)|according to|declar(?:es|ed)|add(?:s|ed)|accus(?:es|ed)|wrote|statement|showed|found)\b"
    ),
    listing=_p(
        r"(?:'s\s+[a-z]+(?:\s+in\s+[A-Z]\w+)?|\s+(?:units?|branch(?:es)?|subsidiar(?:y|ies)))?\s*(?:(?:Ltd|Corp|Corporation|Co|Inc|Group|PJSC)\.?\s*)?(?:\([^()]{0,12}\)?|\))?\)?\s*(?:,|,?\s*and|,?\s*or|&|/|,?\s*as well as|,?\s*along with|\s)\s*(?:on\s+|against\s+|with\s+|from\s+)?(?:the\s+|UAB\s+|AB\s+|maker\s+|truck makers?\s+|[A-Z]\w+'s\s+|(?:Russian|Chinese)\s+)?"
    ),
    by=_p(r"\bby\s+(?:the\s+|Russia's\s+|China's\s+)?(?!\d|about|almost|more|up|sea|rail|year)"),
    pronoun=_p(
        r"\b(?:(?:prime minister|president|premier)|the (?:company|carmaker|automaker|maker|manufacturer|bank|lender|ministry|regulator|agency|group|firm|producer|plant|watchdog|authority)|it|they|he|she|its|their|his|her)\b"
    ),
    old=_p(r"\b(?:years? ago|anniversary|decades? ago)\b"),
    days=days_of,
    amounts=amounts_of,
)


PAIR: Final = 2  # the new sum and the old one
TRIGGERS: Final = {rule.id: rule.trigger for rule in RULES}


def _clause(one: Said) -> tuple[str, str]:
    """The part of its sentence in which the rule of a reading fired, and what of it stands before that."""
    text = one.sentence.text
    found = TRIGGERS[one.pattern.removeprefix("en.")].search(text)
    if found is None:
        return text, ""
    edges = [0, *(edge.end() for edge in TONGUE.clauses.finditer(text)), len(text)]
    begin = max(edge for edge in edges if edge <= found.start())
    return text[begin : min((edge for edge in edges if edge >= found.end()), default=len(text))], text[: found.start()]


def said(sentences: Sequence[Sentence], page: Page) -> Iterator[Said]:
    """The events and denials that the sentences of an English article tell, each with its sentence."""
    read = english_settled.prepared(sentences)
    following = {one.start: other for one, other in pairwise(read) if one.part == other.part}
    found: list[Said] = []
    for one in rules.read(read, page, TONGUE):
        if one.actor == "?":
            fixed = rules.by_project(one)
            if fixed is not None:
                found.append(fixed)
        elif one.event_type == "forecast":
            found += rules.forecast(one, page, FORECASTS, IN_YEAR, "next")
        else:
            found.append(one)
    bodies = {m.entity.name for one in read for m in one.mentions if m.entity.name in english_settled.BODIES}
    kept: list[Said] = []
    for one in rules.narrowed(found, read, NARROWED, TONGUE):
        full = _filled(one, following.get(one.sentence.start), page)
        settled = english_settled.settled(full, page, *_clause(full))
        if settled is not None:
            kept.append(english_settled.authorised(settled, bodies))
    makers = any(one.entity.side == "CN" for sentence in read for one in sentence.of("maker"))
    yield from english_whole.together(kept, page.day, makers=makers)


def _filled(one: Said, after: Sentence | None, page: Page) -> Said:
    """The reading with what the sentence after it adds: the day on which it begins, the discount that is complained of."""
    if after is None or page.day is None:
        return one
    if one.status == "dumping" and one.value is None and english_settled.DISCOUNT.search(after.text):
        sums = [amount for amount in amounts_of(after.text) if amount.unit == "RUB"]
        return replace(one, value=sums[0].value, unit="RUB") if len(sums) == 1 else one
    if (
        one.event_type in {"antidumping_duty", "tariff"}
        and one.value is None
        and english_settled.RATE.search(after.text)
    ):
        rates = [amount for amount in amounts_of(after.text) if amount.unit == "percent"]
        one = replace(one, value=rates[0].value, unit="percent") if len(rates) == 1 else one
    hit = english_settled.HIT.search(after.text) and english_settled.HITS.search(after.text)
    if one.event_type == "tariff" and one.target is None and one.value is not None and hit:
        one = replace(one, target="Russia" if one.actor == "China" else None)
    if one.event_type == "fee_change" and one.value is None and english_settled.UP_FROM.search(after.text):
        sums = [amount for amount in amounts_of(after.text) if amount.unit == "RUB"]
        return replace(one, value=max(one_sum.value for one_sum in sums), unit="RUB") if 0 < len(sums) <= PAIR else one
    if one.event_type == "purchase_halt" and one.product == "crude oil" and english_settled.SEABORNE.search(after.text):
        return replace(one, product="seaborne crude")
    return english_settled.effective(one, after, days_of(after.text, page.day), page.day)
