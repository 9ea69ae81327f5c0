import type { Item, Owner } from '../../src/items/item.ts';
import { itemKey } from '../../src/items/key.ts';
import type { Random } from './random.ts';

/** One statement of a note. What it is about stays; how it is worded, where it stands and who quotes it may change. */
export interface Statement {
  readonly number: number;
  readonly kind: 'action' | 'rfe';
  readonly owner: Owner;
  readonly verbs: readonly string[];
  /** What it is about: its issue is found by these words. */
  readonly object: string;
  readonly verb: string;
  readonly adjective: string;
  readonly trailing: string;
  readonly note: string;
  /** Another document that says the same, in the same words. */
  readonly alsoIn: string | null;
  readonly line: number;
}

const VERBS = [
  ['write', 'draft'],
  ['review', 'check'],
  ['remove', 'drop'],
  ['document', 'describe'],
  ['measure', 'benchmark'],
] as const;
const OBJECTS = [
  'upgrade guide for operators',
  'grenade job in the gate',
  'quota engine patches',
  'placement cache cleanup',
  'scheduler load figures',
  'floating IP quota panel',
  'bandwidth pool of the gateway',
  'trunk port rollback path',
  'metadata agent restart loop',
  'subnet pool migration script',
  'volume snapshot retention rules',
  'console proxy certificates',
  'image signing handbook',
  'heat template samples',
  'baremetal cleaning timeouts',
  'telemetry meter names',
  'keypair import dialog',
  'router failover alarms',
  'object store ring balance',
  'translation deadline calendar',
] as const;
const ADJECTIVES = ['', 'old ', 'new ', 'remaining ', 'whole '];
const TRAILINGS = ['', ' soon', ' before the freeze', ' by next week', ' after the release'];
const NOTES = ['notes/summary.md', 'notes/summary.md', 'notes/reply.txt', 'notes/blog.html'];
export const OWNERS: readonly Owner[] = [
  { name: 'alice', github: 'alice', launchpad: 'alice' },
  { name: 'bob', github: 'bob', launchpad: 'bob' },
  { name: 'carol', github: null, launchpad: null },
];

/** So many statements, each about something of its own. */
export function drawStatements(random: Random, count: number, rfes: boolean): Statement[] {
  return random.some(OBJECTS, count).map((object, number) => {
    const verbs = random.pick(VERBS);
    return {
      number,
      kind: rfes && random.chance(0.4) ? 'rfe' : 'action',
      owner: random.pick(OWNERS),
      verbs,
      object,
      verb: verbs[0],
      adjective: '',
      trailing: '',
      note: 'notes/summary.md',
      alsoIn: null,
      line: 10 + 3 * number,
    };
  });
}

/** The same statement in other words, on another line, or in another note. */
export function reword(random: Random, statement: Statement): Statement {
  switch (random.below(6)) {
    case 0:
      return { ...statement, verb: random.pick(statement.verbs) };
    case 1:
      return { ...statement, adjective: random.pick(ADJECTIVES) };
    case 2:
      return { ...statement, trailing: random.pick(TRAILINGS) };
    case 3:
      return { ...statement, line: 1 + random.below(200) };
    case 4:
      return { ...statement, alsoIn: random.pick([null, ...NOTES]) };
    default:
      return { ...statement, note: random.pick(NOTES) };
  }
}

/** The statement as a note words it. */
export function quoteOf({ kind, owner, verb, adjective, object, trailing }: Statement): string {
  const work = `${verb} the ${adjective}${object}${trailing}`;
  return kind === 'rfe' ? `${owner.name} will file an RFE to ${work}.` : `ACTION: ${owner.name} will ${work}.`;
}

/** The item that an extraction gives for a statement. */
export function itemOf(statement: Statement): Item {
  const { kind, owner, verb, adjective, object, trailing, note, alsoIn, line } = statement;
  const quote = quoteOf(statement);
  const facts = { url: null, title: 'Team meeting summary', author: 'Author One', date: '2026-03-02' };
  const second = alsoIn === null || alsoIn === note ? [] : [alsoIn];
  const section = ['Work'];
  return {
    key: itemKey({ quote, section }),
    kind,
    title: `${verb[0]?.toUpperCase()}${verb.slice(1)} the ${adjective}${object}${trailing}`,
    quote,
    owners: [owner],
    refs: [],
    due: null,
    section,
    source: { note, lineStart: line, lineEnd: line },
    note: { source: note, ...facts },
    tracked: null,
    confidence: 0.9,
    evidence: ['will'],
    alsoIn: second.map((name) => ({
      note: name,
      lineStart: line,
      lineEnd: line,
      quote,
      noteFacts: { source: name, ...facts },
    })),
  };
}
