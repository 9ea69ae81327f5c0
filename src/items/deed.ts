import { baseOf } from './verbs.ts';

/** The same topic as something that is done: "Switching the backend" is "switch the backend"; null for a thing. */
export function deedIn(topic: string): string | null {
  const [first = '', ...rest] = topic.split(' ');
  const word = first.toLowerCase();
  const base = baseOf(word);
  if (
    base === null ||
    rest.length === 0 ||
    /^(?:meeting|planning|building|training|onboarding|testing|setting|pricing|timing)$/.test(word) ||
    /^(?:of|is|are|for|and|in|on|to|-)$/.test(rest[0] ?? '')
  )
    return null;
  if (base !== word && !/ing$/.test(word)) return null;
  return NOUN_TOO.test(word) && base === word && !/^(?:the|a|an|all|our|to|out|up)$/.test(rest[0] ?? '')
    ? null
    : [base, ...rest].join(' ');
}

/** Words that begin a topic as nouns more often than as verbs ("support for X", "test plan"). */
const NOUN_TOO =
  /^(?:support|test|review|update|release|plan|work|design|report|request|build|group|list|state|change|use|store|cache|default|index|model|project|process|program|question|name|host|image|type|view|set|map|document|network|service|log|mail|file|link|bug|clean|open|process|profile|power|focus|control|display|feed|form|format|gate|point|order|record|role|share|scope|secure|sponsor|stage|stress|study|survey|talk|target|trace|track|trial|trigger|upgrade|version|call|code|copy|cover|contact|approach|attempt|audit|benchmark|block|branch|demo|download|draft|merge|patch|proposal|pull|push|script|stick|stop|switch|sync|tag|transition|visit|vote|watch|poll|post|press|print|pilot|pin|play|own|matter|measure|load|lock|look|lower|issue|join|hire|hold|guide|fork|fix|fit|filter|experiment|end|duplicate|clone|close|clear|check|chat|charter|care|cap|cancel|bundle|bump|book|board|bind|balance|back|answer|amend|alert|aim|address|access)$/;

/** "drop the job" → "dropping the job", where a preposition needs a noun. */
export function gerundOf(deed: string): string {
  const [verb = '', ...rest] = deed.split(' ');
  const form = /ee$/.test(verb)
    ? `${verb}ing`
    : /[^aeiou][aeiou][bdgmnpt]$/.test(verb) && verb.length <= 4
      ? `${verb}${verb.slice(-1)}ing`
      : `${verb.replace(/e$/, '')}ing`;
  return [form, ...rest].join(' ');
}
