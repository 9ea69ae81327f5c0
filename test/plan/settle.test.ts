import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/ledger/ledger.ts';
import { aClaim, anEntry, anItem } from '../builders.ts';
import { aRoute, filed, held, onlyChange, theFacts, theInput } from './world.ts';

const item = anItem();

describe('a plan for a create that was not settled', () => {
  const at = '2026-03-02T11:50:00.000Z';
  const entry = (over: Parameters<typeof aClaim>[0]): Entry =>
    anEntry({ key: item.key, issue: null, seen: null, claim: aClaim({ at, ...over }) });
  const look = (time: string) => new Map([[item.key, { what: 'absent' as const, at: new Date(time) }]]);

  it('leaves it to the run that is at it', () => {
    const change = onlyChange(theInput({ items: [item], entries: [entry({})] }));

    expect(change).toMatchObject({ do: 'nothing', because: `another run (run-other) is at it since ${at}` });
  });

  it('waits while the issue may still appear', () => {
    const trackers = [theFacts({ lookedFor: look('2026-03-02T12:00:00.000Z') })];
    const change = onlyChange(theInput({ items: [item], entries: [entry({ uncertain: true })], trackers }));

    expect(change).toMatchObject({ do: 'wait', until: '2026-03-02T12:05:00.000Z' });
  });

  it('creates it anew once it was looked for after the settling time', () => {
    const trackers = [theFacts({ lookedFor: look('2026-03-02T12:05:00.000Z') })];
    const orphan = entry({ uncertain: true });
    const change = onlyChange(theInput({ items: [item], entries: [orphan], trackers }));

    expect(change).toMatchObject({ do: 'create', instead: orphan.claim });
  });

  it('waits when the settling time is over but nobody has looked', () => {
    const options = { now: new Date('2026-03-05T00:00:00.000Z') };
    for (const uncertain of [true, false]) {
      expect(onlyChange(theInput({ items: [item], entries: [entry({ uncertain })], options }))).toMatchObject({
        do: 'wait',
      });
    }
  });

  it('does not trust a look from before the settling time, however late the plan is made', () => {
    const trackers = [theFacts({ lookedFor: look('2026-03-02T12:04:59.999Z') })];
    const options = { now: new Date('2026-03-05T00:00:00.000Z') };
    const change = onlyChange(theInput({ items: [item], entries: [entry({ uncertain: true })], trackers, options }));

    expect(change.do).toBe('wait');
  });

  it('stays with the tracker of the claim when the route changed meanwhile', () => {
    const trackers = [theFacts(), theFacts({ name: 'other', target: 'acme/other' })];
    const routes = [aRoute({ tracker: 'other' })];
    const change = onlyChange(theInput({ items: [item], entries: [entry({})], trackers, routes }));

    expect(change).toMatchObject({ do: 'nothing', tracker: 'work' });
  });

  it('adopts the issue when it has appeared', () => {
    const { own, issue } = filed(item);
    const trackers = [theFacts({ issues: held(item.key, own) })];
    const change = onlyChange(theInput({ items: [item], entries: [entry({ uncertain: true })], trackers }));

    expect(change).toMatchObject({ do: 'adopt', issue: { id: issue.id }, patch: null });
  });
});
