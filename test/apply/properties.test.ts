import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/items/item.ts';
import type { Issue } from '../../src/trackers/tracker.ts';
import { aKey, anItem, anOwner } from '../builders.ts';
import { aRoute } from '../plan/world.ts';
import type { Fault } from './simulator.ts';
import { World } from './world.ts';

const WORDS = ['one', 'two', 'three', 'four'];

/** What may happen between and during runs. */
const step = fc.oneof(
  fc.record({ do: fc.constant('sync' as const) }),
  fc.record({ do: fc.constant('reword' as const), item: fc.nat(3), title: fc.constantFrom('New A', 'New B', 'New C') }),
  fc.record({ do: fc.constant('reroute' as const), label: fc.constantFrom('octavia', 'nova', null) }),
  fc.record({ do: fc.constant('reassign' as const), item: fc.nat(3), to: fc.constantFrom('alice-gh', 'bob-gh', null) }),
  fc.record({ do: fc.constant('lose ledger' as const) }),
  fc.record({ do: fc.constant('double' as const), item: fc.nat(3) }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 10, 30) }),
  fc.record({
    do: fc.constant('person' as const),
    item: fc.nat(3),
    edit: fc.constantFrom('title', 'label', 'unlabel', 'assign', 'close', 'around', 'block', 'ignore'),
  }),
  fc.record({
    do: fc.constant('fault' as const),
    kind: fc.constantFrom<Fault>(
      'lost',
      { kind: 'uncertain' },
      { kind: 'invalid', field: 'title' },
      { kind: 'denied' },
      { kind: 'unreachable' },
      { kind: 'busy', until: new Date('2026-03-02T23:00:00.000Z') },
    ),
    on: fc.constantFrom('create' as const, 'update' as const),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What people made of an issue: it must be so for ever. */
interface Wish {
  readonly id: string;
  readonly title?: string;
  readonly label?: string;
  readonly not?: string;
  readonly assignees?: readonly string[];
  readonly closed?: true;
  readonly text?: string;
}

describe('whatever happens, in whatever order', () => {
  it('there is one issue an item, one outcome an item a run, and nothing of what people did is undone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const world = await World.open();
        const state: State = {
          items: WORDS.map((word) => anItem({ key: aKey(word), title: `Do ${word}` })),
          wishes: [],
        };
        for (const one of steps) await take(one, world, state);
        await settle(world, state);

        const issues = [...world.work.issues.values()].filter(({ duplicateOf }) => duplicateOf === null);
        const keys = issues.map(({ body }) => keyIn(body));
        expect(keys.toSorted()).toEqual(state.items.map(({ key }) => key).toSorted());
        for (const wish of state.wishes) expectKept(wish, world);
        world.work.writes.length = 0;
        await sync(world, state);
        expect(world.work.writes).toEqual([]);
      }),
      { numRuns: 120 },
    );
  }, 60_000);
});

interface State {
  items: Item[];
  readonly wishes: Wish[];
}

async function take(one: Step, world: World, state: State): Promise<void> {
  switch (one.do) {
    case 'sync':
      return sync(world, state);
    case 'reword':
      state.items = state.items.map((item, index) => (index === one.item ? { ...item, title: one.title } : item));
      return;
    case 'reroute':
      world.routes = [aRoute({ labels: one.label === null ? [] : [one.label] })];
      return;
    case 'reassign': {
      const owners = one.to === null ? [] : [anOwner({ name: one.to, github: one.to })];
      state.items = state.items.map((item, index) => (index === one.item ? { ...item, owners } : item));
      return;
    }
    case 'lose ledger':
      return world.loseLedger();
    case 'double': {
      const issue = issueOf(one.item, world, state);
      if (issue !== undefined) world.work.double(issue.id);
      return;
    }
    case 'wait':
      world.now = new Date(world.now.getTime() + one.minutes * 60_000);
      return;
    case 'person':
      return person(one, world, state);
    case 'fault':
      (one.on === 'create' ? world.work.createFaults : world.work.updateFaults).push(one.kind);
      return;
    default:
      return one satisfies never;
  }
}

async function sync(world: World, { items }: State): Promise<void> {
  const outcomes = await world.sync(items);
  expect(outcomes.slice(0, items.length).map(({ key }) => key)).toEqual(items.map(({ key }) => key));
  expect(outcomes.every(({ because }) => because !== '')).toBe(true);
}

/** Runs without faults and after all waiting times, until everything has come to rest. */
async function settle(world: World, state: State): Promise<void> {
  world.work.createFaults.length = 0;
  world.work.updateFaults.length = 0;
  for (let round = 0; round < 3; round += 1) {
    world.now = new Date(world.now.getTime() + 60 * 60_000);
    await sync(world, state);
  }
}

function person({ item, edit }: Extract<Step, { do: 'person' }>, world: World, state: State): void {
  const issue = issueOf(item, world, state);
  if (issue === undefined) return;
  const { id } = issue;
  const [part, wish] = edits(issue)[edit];
  world.work.edit(id, part);
  state.wishes.push({ id, ...wish });
}

/** The issue of an item: the first one, as the others are doubles that are closed. */
function issueOf(item: number, world: World, state: State): Issue | undefined {
  const key = state.items[item]?.key;
  return [...world.work.issues.values()].find(({ body }) => keyIn(body) === key);
}

type Edit = Extract<Step, { do: 'person' }>['edit'];

/** What a person does to an issue, and what must stay of it. */
function edits({ id, body, labels }: Issue): Readonly<Record<Edit, readonly [Partial<Issue>, Omit<Wish, 'id'>]>> {
  return {
    title: [{ title: `Mine ${id}` }, { title: `Mine ${id}` }],
    label: [{ labels: [...labels, 'bug'] }, { label: 'bug' }],
    unlabel: [{ labels: labels.filter((label) => label !== 'ptg') }, { not: 'ptg' }],
    assign: [{ assignees: ['carol-gh'] }, { assignees: ['carol-gh'] }],
    close: [{ state: 'done', raw: 'closed' }, { closed: true }],
    around: [{ body: `${body}\n\nMy note ${id}.` }, { text: `My note ${id}.` }],
    block: [{ body: body.replace('**To do:**', '**To do (mine):**') }, { text: '**To do (mine):**' }],
    ignore: [{ labels: [...labels, 'ptg-tracker-ignore'] }, { label: 'ptg-tracker-ignore' }],
  };
}

function expectKept(wish: Wish, world: World): void {
  const issue = world.work.issues.get(wish.id);
  if (issue === undefined) throw new Error(`#${wish.id} is gone`);
  if (wish.title !== undefined) expect(issue.title).toBe(wish.title);
  if (wish.label !== undefined) expect(issue.labels).toContain(wish.label);
  if (wish.not !== undefined) expect(issue.labels).not.toContain(wish.not);
  if (wish.assignees !== undefined) expect(issue.assignees).toEqual(wish.assignees);
  if (wish.closed === true) expect(issue.state).toBe('done');
  if (wish.text !== undefined) expect(issue.body).toContain(wish.text);
}

function keyIn(body: string): string | null {
  return /key=(?<key>[a-z2-7]{16})/.exec(body)?.groups?.key ?? null;
}
