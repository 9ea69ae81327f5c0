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
const OWNERS: readonly Owner[] = [
  { name: 'Owner One', github: 'alice', launchpad: 'alice' },
  { name: 'Owner Two', github: 'bob', launchpad: 'bob' },
  { name: 'Owner Three', github: null, launchpad: null },
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
      line: 10 + 3 * number,
    };
  });
}

/** The same statement in other words, on another line, or in another note. */
export function reword(random: Random, statement: Statement): Statement {
  switch (random.below(5)) {
    case 0:
      return { ...statement, verb: random.pick(statement.verbs) };
    case 1:
      return { ...statement, adjective: random.pick(ADJECTIVES) };
    case 2:
      return { ...statement, trailing: random.pick(TRAILINGS) };
    case 3:
      return { ...statement, line: 1 + random.below(200) };
    default:
      return { ...statement, note: random.pick(NOTES) };
  }
}

/** The item that an extraction gives for a statement. */
export function itemOf(statement: Statement): Item {
  const { kind, owner, verb, adjective, object, trailing, note, line } = statement;
  const quote = `${owner.name} will ${verb} the ${adjective}${object}${trailing}.`;
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
    note: { source: note, url: null, title: 'Team meeting summary', author: 'Author One', date: '2026-03-02' },
    tracked: null,
    confidence: 0.9,
    evidence: ['will'],
    alsoIn: [],
  };
}
