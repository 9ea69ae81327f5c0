/** Words with a capital at the start of a line that are not names. */
export const COMMON: ReadonlySet<string> = new Set(
  (
    'a about above actually after again agenda all also alternatively although always an and another any anybody anyone apparently as at ' +
    'background basically because before being below besides both but by can chair chairs code community conclusion conclusions consensus ' +
    'contributors could cores currently data date dates deadline decision decisions developers did discussion docs documentation does done due ' +
    'each either else especially even eventually everybody everyone everything except explicitly feature features few finally first ' +
    'folks followup for from full further furthermore general generally given goal goals going good group has have having he hello help hence ' +
    'her here hi his hopefully how however i idea ideas if implementation in initially instead is issue issues it item items its just kind last ' +
    'lastly lately later least let lets list long looks lot maintainers many maybe me meanwhile meeting meetings members might more moreover ' +
    'most motion much must my name namely need needs new next no nobody none nope nor not note notes nothing now of off ok okay old on ' +
    'once one only open operators option options or originally other others otherwise our out outcome over overall part patch patches people per ' +
    'perhaps please plan plans point possibly pr presently probably problem process progress project projects proposal proposed ptl prs ' +
    'question questions rather reason reasons recently related release releases remaining resolution resolved result results reviewers right same ' +
    'second section see several she should similarly since so solution some somebody someone something somewhat soon sorry spec specs ' +
    'specifically state status step steps still such summary sure tbd team teams test testing tests than thank thanks that the their them then ' +
    'there therefore these they thing things think third this those though three through thus till time title to today together tomorrow ' +
    'too topic topics tentatively two under unfortunately unless until up upcoming update updates upstream us user users usually various vendors very ' +
    'via volunteers want wants was way we well were what when where whether which while who why will with within without work workers working would ' +
    'yeah yes yesterday yet you your action actions todo ai ar aob ' +
    'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday ' +
    'api apis ci cd ui ux cli gui http https json xml yaml sql url urls rfe rfes id ids db os vm vms tc wg sig ptg irc ml lp faq qa ga eol rc pdf ' +
    'ssh ssl tls dns dhcp ip ipv4 ipv6 nat vpn lan cpu gpu ram uuid ldap oauth jwt saml aws gcp gce s3 iot usb html css js ram rfc ietf w3c ' +
    'minutes attendees attending attendance present regrets apologies absent participants scribe notetaker host agreed agreement motion ' +
    'wglc cfp ietf wgs areas adopted approved carried seconded quorum recording slides links eta due eod eow eom asap fyi nb ' +
    'assigned asked tasked requested invited appointed nominated ' +
    'readme kep cve sdk rpm deb ptr toc coc cla dco gsoc'
  ).split(' '),
);

/** Words that end the name of a group. */
export const GROUPS: ReadonlySet<string> = new Set(
  'team group committee council board squad subteam sig wg tc foundation community'.split(' '),
);
/** Words that stand before things and hardly before people. */
export const OF_THINGS =
  /^(?:in|the|of|on|into|onto|a|an|our|its|this|each|every|old|new|current|using|via|within|upstream|latest|run|running|under)$/;

/** Small words inside names ("Owner van One"). */
export const PARTICLE = /^(?:de|da|del|der|den|di|du|la|le|van|von|bin|al|el|dos|ten|ter)$/;

/** Words before "to VERB" that are not names. */
export const NO_NICK =
  /^(?:intend|expect|hope|tend|seem|appear|happen|wish|attempt|fail|refuse|used|able|likely|unable|ready|easy|hard|order|way|time|need|bad|good|staff|optional|maybe|yet|enough|here|there|how|what|where|when|whether|who|only|nothing|something|anything|everything|room|none|chance|ability|effort|wants?|help)$/;

/** Words before "team" that do not make it a certain team. */
export const NO_GROUP_NAME =
  /^(?:the|a|an|our|this|that|generally|whole|entire|all|each|every|core|new|own|other|another|same|task|tools?|wider|broader|whole|and|or|in|of|to|by|with|for|small|separate|team|community|working|work|we|as)$/;

/** The form of a nick: a lower-case word. */
export const NICK = /^[a-z][a-z0-9_-]{2,23}$/;
