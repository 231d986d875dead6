"""The words by which a sentence is known to tell what happened to one patient, or what somebody did in their work."""

import re

_CONDITION = (
    r"(?:diabetes|diabetic|dementia|delirium|copd|cancer|sepsis|septic|pneumonia|stroke|flu|covid|epilep\w+|asthma"
    r"|incontinent|confused|dehydrated|unwell|unconscious|unresponsive|allergic|agitated|in pain|bleeding|pregnant"
    r"|nil by mouth|bed-?bound|frail|dying|dead|very ill|ill|parkinson\w*|alzheimer\w*|arthritis|autis\w+|blind"
    r"|deaf|heart failure|kidney failure|a learning disability|osteoporosis|coeliac|jaundice\w?|anaemi\w+)"
)
_MISHAP = (
    r"(?:fall|stroke|seizure|fit|heart attack|cardiac arrest|bleed|haemorrhage|infection|chest infection|reaction"
    r"|overdose|pressure (?:ulcer|sore)|bed ?sore|wound|fracture|broken \w+|clot|dvt|pe|operation|surgery|amputation"
    r"|biopsy|scan"
    r"|baby|miscarriage|stillbirth|caesarean|c-section|hip replacement|uti|hypo|blood clot|catheter|tumour|rash)"
)
_DETAIL = rf"(?:an? |his |her |the |another |some )?(?:\w+ ){{0,2}}?{_MISHAP}\b"
_HARM = r"(?:grade|category|cat|stage|moisture|pressure|ulcer|sore|bed ?sore|wound|rash|blister|\w+ infection)"
_PLACE = r"(?:wards?|bed|bay|hospital|a&e|ed|icu|itu|hdu|theatre|hospice|care home|nursing home|resus)\b"
_ACTIVE = (
    r"(?:fell|fallen|collapsed|died|dies|slipped|tripped|choked|bled|vomited|aspirated|deteriorated|absconded"
    r"|self-harmed"
    r"|overdosed|passed away|passed out|fainted|suffered|came in\b|gave birth|lay (?:on|in|there)|stopped breathing"
    r"|did ?(?:not|n['’]t) (?:get|have|receive) (?:his|her|any) \w+"
    r"|could ?(?:not|n['’]t) (?:breathe|walk|move|feel|swallow|speak)"
    r"|waited (?:for )?\w+ (?:hours?|days?|weeks?|months?)"
    rf"|developed (?:an? |the )?(?:\w+ )?(?:{_HARM}|{_CONDITION}|{_MISHAP})"
    r"|broke (?:his|her|my|a|an|the) (?:hip|wrist|arm|leg|ankle|neck|nose|rib|pelvis|collar|femur|foot|shoulder"
    r"|elbow|jaw)"
    r"|(?:hit|banged|cut|hurt|injured) (?:his|her) \w+|pulled out|lost (?:consciousness|blood|weight|the baby"
    r"|her baby)"
    r"|went (?:over|down|into (?:hospital|labour|shock|arrest)|to (?:a&e|hospital)|septic|blue|without (?:food"
    r"|water|pain))"
    r"|had (?:an? )?(?:late|missed|wrong|double|extra|omitted|delayed|incorrect) (?:\w+ )?(?:doses?|tablets?|insulin"
    r"|medicines?|medication|drugs?|meals?|diagnosis|blood)"
    r"|had no (?:food|water|drink|pain relief|painkillers|medication|medicines?|tablets|insulin|oxygen|bell|buzzer)"
    r"|has an? (?:category|cat|grade|stage) \d|has an? (?:\w+ )?(?:pressure (?:ulcer|sore)|broken \w+|infection|clot)\b"
    r"|had (?:his|her|their) (?:\w+ ){1,3}?(?:omitted|missed|delayed|forgotten|withheld|cancelled|lost|amputated"
    r"|mixed up)"
    r"|lost (?:my|her|our|his) (?:baby|husband|wife|mother|father|mum|dad|son|daughter|leg|foot|sight|hearing|life)"
    r"|had to wait \w+ (?:hours?|days?|weeks?|months?)|stopped (?:eating|drinking|walking|speaking)|never came home"
    r"|needed help to (?:eat|drink|walk|stand|wash|move)|lost \d+ ?(?:kg|kilos?|stone|pounds?|ml)"
    r"|(?:caught|contracted) (?:covid|flu|norovirus|mrsa|c\.? ?diff\w*|pneumonia|an infection|sepsis)"
    r"|is \d\d and (?:fell|has|had|was)|is on (?:warfarin|insulin|oxygen|apixaban|chemo\w*|dialysis|a drip"
    r"|a ventilator)"
    r"|(?:has|had) (?:not|never) been (?:seen|turned|washed|fed|weighed|checked|assessed|changed|moved)"
    r"|missed (?:\w+ )?(?:doses?|insulin|medication|medicines?|tablets?|dialysis)|refused (?:his|her|food|care|meds)"
    rf"|took an overdose|became {_CONDITION}|got (?:an? )?(?:\w+ )?(?:{_MISHAP}|{_CONDITION})"
    rf"|ha(?:s|d) {_CONDITION}|ha(?:d|s had) {_DETAIL}|underwent|complained of"
    r"|(?:saw|sent) (?:him|her|my|our|his) ?\w* ?(?:home|husband|wife|mother|father|mum|dad|son|daughter)?)"
)
_PASSIVE = (
    rf"(?:(?:re-?)?admitted|discharged|diagnosed|sectioned|restrained|resuscitated|intubated|catheteri[sz]ed"
    rf"|misdiagnosed|injured|harmed|hospitali[sz]ed|sedated|ventilated|transfused|anaestheti[sz]ed|operated on"
    rf"|overdosed|scalded|burnt|burned|bereaved|transferred|treated (?:for|with|in|by)"
    rf"|moved (?:to|from|on to) (?:an?|the|another|ward|bed|bay|icu|itu|hdu|a&e|ed)\b|seen (?:in|by|at"
    rf"|on (?!the (?:news|stage)|tv|television|screen|video)|twice"
    rf"|once|alive)"
    r"|found (?:on|in|dead|unresponsive|unconscious|collapsed|lying|with|by|at|to have)"
    r"|prescribed|given (?!time|notice|permission|leave|funding|access|thanks|£|(?:the|an?) (?:\w+ )?(?:award|prize"
    r"|medal|lead|role|job"
    r"|title|chance|grant|task|post|go-ahead)\b)"
    r"|left (?:in(?! charge)|on|alone|lying|sitting|without|wet|for|unattended)|ill\b"
    rf"|(?:taken|sent|moved|transferred) to (?:an?|the|another|her|his)? ?(?:wrong |nearest )?{_PLACE}"
    rf"|sent (?:home|away|back)|delivered|stillborn|induced"
    r"|(?<=not )(?:turned|washed|fed|checked|changed|offered|monitored|helped|believed|reviewed|told|weighed"
    r"|assessed)"
    r"|(?<=never )(?:turned|washed|fed|checked|changed|offered|monitored|helped|believed|reviewed|told|assessed)"
    rf"|(?:last |never )seen alive|rushed|born|medicated|turned away|told (?:he|she) had|{_CONDITION})"
)
HAPPENED = (
    r"(?:(?:also|then|again|both|had|has|have|sadly|later|first|nearly|never|who|unfortunately|recently) ){0,2}"
    rf"(?:{_ACTIVE}|(?:was|were|is|been|being|got) (?:(?:both|then|not|also|later|last|again|only|never|being"
    rf"|wrongly) ){{0,2}}"
    rf"{_PASSIVE})"
)
"""A predicate that tells what happened to a patient, as it follows the word for the person."""
WITH_A_PATIENT = (
    r"(?:wound|catheter|falls?|death|dressing|insulin|blood|medicines?|medication|tablets|operation|discharge"
    r"|admission"
    r"|bed|skin|hip|leg|arm|scan|results|surgery|birth|overdose|sepsis|treatment|condition|care plan|breathing|heart"
    r"|pressure|obs|drip|chart|diagnosis|cancer|dementia|diabetes|stroke|temperature|oxygen|waters|dialysis"
    r"|dentures|hearing aid|walking frame|pads?|meals?"
    r"|tube|nappy|hip|eyes?|veins?|kidneys?|lungs?|chest|legs?|feet|heels?|sacrum|bruis\w+|daughter|son|wife"
    r"|husband|widow"
    r"|family|relatives|mother|father|baby)"
)
"""What a patient has: it follows the name and 's."""
NOT_OF_A_PATIENT = (
    r"(?! (?:\w+ )?(?:team|leads?|groups?|polic(?:y|ies)|audits?|projects?|lists?|work|charts?|sheets?|forms?|rounds?"
    r"|trolleys?|tools?|bundles?|posters?|leaflets?|ideas?|data|rates?|sensors?|training|clinics?|plan for|programmes?"
    r"|nurses?|specialists?|prevention|practitioners?|collaborative|services?|champions?|safety|reviews?|management"
    r"|assessments?|campaigns?|talks?|shows?)\b)"
)
"""In "falls team" and "medicines trolley" what a patient has is the name of work."""
OF_A_PATIENT = re.compile(
    rf"\b(?:(?:his|her|their) (?:own )?(?:\w+ )?(?:(?:{WITH_A_PATIENT}|{_MISHAP}|water|drink|doses?|inhalers?|call bell"
    rf"|buzzer|bell|own life|keyworker)\b{NOT_OF_A_PATIENT})"
    rf"|(?:he|she|they) {HAPPENED}"
    r"|the (?:toilet|commode|buzzer|call bell|corridor|bedpan)|on the (?:\w+ )?floor|wheelchair|on a (?:trolley|chair)"
    r"|own life"
    rf"|in (?:pain|agony|hospital for|intensive care|tears)|back (?:to|in|into) {_PLACE}|(?:nurses?"
    rf"|staff) to (?:stand|walk|move)"
    r"|(?:wrong|no|another patient['’]s|someone else['’]s) (?:drug|tablets|medicines?|medication|insulin|oxygen|blood"
    rf"|dose|pain relief)|got an? (?:\w+ )?{_MISHAP}|fell (?:in|on|at|out|from|over|down|while|twice|again)"
    r"|both (?:fell|died|slipped)|(?:to|in|into|from) (?:bed|bay) \d+|\d{2,3} ?(?:yo|y/o|yrs?|years? old)"
    rf"|(?<=- )(?:\w+ )?{_MISHAP}(?= ?(?:$|[;,-])))\b",
    re.IGNORECASE,
)
"""Words that tell of one patient, wherever in a sentence they stand."""
PLACE_OF_A_PATIENT = r"(?:bed|bay|room|ward|aged|age|dob|d\.o\.b|nhs|hospital|hosp|mrn) ?(?:no\.? ?|number ?)?\d"
TELEGRAPHIC = (
    r"(?:(?:un)?witnessed fall|fall|fell|#nof|fractured? \w+|pph|pressure (?:ulcer|sore)|slip|sepsis|uti|dvt|aki"
    r"|overdose|hypo|missed \w+|wrong \w+"
    r"|cat(?:egory)? \d"
    r"|grade \d|low harm|no harm|moderate harm|severe harm|nil by mouth|nbm"
    r"|found (?:on (?:the )?floor|collapsed|un\w+)|dka|dnar|died|(?:high )?falls risk|high risk|\d\d ?(?:yo|y/o|f|m)"
    r"|(?:re-?)?admitted(?! (?:that|to (?:\w+ )?(?:fail|mis|err)))|discharged(?! the)|transferred(?! the)|collapsed)\b"
)
"""What follows a name in notes, without any verb."""
_ROLE = (
    r"nurse|nurses|manager|director|chair|chairs|lead|consultant|surgeon|midwife|physician|doctor|adviser|advisor"
    r"|officer|pharmacist|minister|mp|representative|partner|coach|professor|matron|sister|registrar|therapist|clerk"
    r"|executive|president|secretary|head|governor|trustee|commissioner|inspector|author|editor|researcher|champion"
    r"|dietitian|paramedic|analyst|engineer|coordinator|co-ordinator|facilitator|specialist|fellow|ambassador|mayor"
    r"|councillor|baroness|lord|coroner|ombudsman|volunteer|anaesthetist|geriatrician|paediatrician|psychiatrist"
    r"|psychologist|radiographer|scientist|administrator|receptionist|porter|solicitor|judge|chaplain|tutor|lecturer"
)
_WORK = (
    r"opened|opens|spoke|speaks|speak|presented|presents|present|chaired|chairs|launched|launches|launch|led|leads"
    r"|joined|joins|join|retired|retires|appointed|elected|visited|visits|visit|signed|wrote|writes|published|hosted"
    r"|hosts|welcomed|thanked|announced|unveiled|unveils|introduced|taught|teaches|ran|run|runs|organised|reviewed"
    r"|reviews|reports|reported|audited|agreed|told|said|says|started|founded|set up|met|meets|attended|handed"
    r"|received|minutes|meeting|award"
    r"|awarded|ceremony|conference|workshop|webinar|seminar|launch|board|committee|letter|report|guideline|guidance"
    r"|policy|training|lecture|talk|keynote|event|ribbon|plaque|role|approved|recorded|designed|proposed|shared"
    r"|invited|interviewed|trained|demonstrated|explained|closing|opening|study day|inquiry|evidence|stood down"
    r"|took over|took up|stepped down|became (?:the|our|a|an)|works|worked|knighted|honoured|won|judged|will"
    r"|interview|podcast|blog|film|video|slides|photo|article|statement|gave a"
    r"|by (?:mr|mrs|ms|miss|mx)"
)
PUBLIC = re.compile(rf"\b(?:{_ROLE}|{_WORK})\b", re.IGNORECASE)
"""Words of somebody's work or of what they do in public."""
ROLE = re.compile(rf"\b(?:{_ROLE})\b", re.IGNORECASE)
CLINICAL = re.compile(
    rf"\b(?:{_ACTIVE}|(?:re-?)?admitted|admission|discharged|{_PASSIVE}|{_MISHAP}|{_CONDITION}|bed|bay|ward|a&e"
    rf"|ed|icu|itu"
    r"|hospital|ambulance|wound|insulin|antibiotics?|tablets|medication|medicines|dose|chemo\w*|dialysis|falls?"
    r"|oxygen"
    r"|hip|symptoms|next of kin|daughter|wife|husband|widow|son|family|home|trolley|theatre|triage|injection|x-ray"
    r"|feeding|resus\w*|relative|relatives|carer|patient|pain)\b",
    re.IGNORECASE,
)
"""Words that are found where one patient is written about, and also elsewhere."""
