import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Item } from '../../src/items/item.ts';
import { type Known, match } from '../../src/items/match.ts';
import { anItem, anOwner, changed, knownOf } from './build.ts';

const before = anItem({
  quote: 'Alice will drop the failing neutron-grenade job by Victoria-2 as it runs on py27.',
  title: 'Drop the failing neutron-grenade job',
  owners: [anOwner('Alice')],
  section: ['Zuul jobs'],
});

function reread(given: Partial<Finding>): Item {
  return changed(before, given);
}

function matchOne(item: Item, known: readonly Known[] = [knownOf(before)]) {
  const [found] = match([item], known);
  return found;
}

describe('match', () => {
  it.each([
    { what: 'word for word the same', is: 'same', given: {} },
    { what: 'wrapped and marked up anew', is: 'same', given: { quote: `**Alice** will\n${before.quote.slice(11)}` } },
    {
      what: 'given another verb',
      is: 'edited',
      given: { quote: 'Alice will remove the failing neutron-grenade job by Victoria-2 as it runs on py27.' },
    },
    {
      what: 'given another adjective',
      is: 'edited',
      given: { quote: 'Alice will drop the broken neutron-grenade job by Victoria-2 as it runs on py27.' },
    },
    {
      what: 'given another date',
      is: 'edited',
      given: { quote: 'Alice will drop the failing neutron-grenade job by Victoria-3 as it runs on py27.' },
    },
    { what: 'cut short', is: 'edited', given: { quote: 'Alice will drop the failing neutron-grenade job.' } },
    {
      what: 'continued by another phrase',
      is: 'edited',
      given: {
        quote: 'Alice will drop the failing neutron-grenade job by Victoria-2, and the team will be told by mail.',
      },
    },
    {
      what: 'mistyped',
      is: 'edited',
      given: { quote: 'Alice wil drop teh faling neutron-grenade job by Victoria-2 as it runs on py27.' },
    },
    {
      what: 'all of that at once',
      is: 'edited',
      given: { quote: 'Alice is going to remove the broken neutron-grenade job before October.' },
    },
    { what: 'put under another heading', is: 'moved', given: { section: ['CI status'] } },
    { what: 'put into another note', is: 'moved', given: { source: { note: 'blog.md', lineStart: 4, lineEnd: 4 } } },
    {
      what: 'edited and moved',
      is: 'moved',
      given: {
        quote: 'Alice will remove the failing neutron-grenade job by Victoria-2 as it runs on py27.',
        section: ['CI status'],
      },
    },
  ])('gives the key back to a statement that was $what', ({ is, given }) => {
    const found = matchOne(reread(given));

    expect(found).toMatchObject({ is, known: { key: before.key }, item: { key: before.key } });
  });

  it('takes another object and another owner for another item', () => {
    const item = reread({
      quote: 'Bob will drop the failing networking-midonet job by Victoria-2.',
      owners: [anOwner('Bob')],
    });

    expect(matchOne(item)).toMatchObject({ is: 'new', known: null, item: { key: item.key } });
  });

  it.each([
    {
      what: 'another object',
      quote: 'Alice will drop the failing networking-midonet job by Victoria-2.',
      owner: 'Alice',
    },
    { what: 'another owner', quote: before.quote.replace('Alice', 'Bob'), owner: 'Bob' },
  ])('does not guess when only $what is named', ({ quote, owner }) => {
    const found = matchOne(reread({ quote, owners: [anOwner(owner)] }));

    expect(found).toMatchObject({ is: 'doubtful', known: null, others: [{ key: before.key }] });
    expect(found?.because).toContain(before.quote);
  });

  it('keeps the key of a short statement that was continued', () => {
    const item = anItem({ quote: 'Alice to follow up.', title: 'Follow up on the share API', section: ['Share API'] });
    const longer = changed(item, { quote: 'Alice to follow up, as was discussed on the list.', title: 'Follow up' });

    expect(matchOne(longer, [knownOf(item)])).toMatchObject({ is: 'edited', item: { key: item.key } });
  });

  it('takes the same few words about another thing under another heading for another item', () => {
    const item = (topic: string) =>
      anItem({ quote: 'Revisit next week.', title: `Revisit the ${topic} review`, section: [topic] });

    expect(matchOne(item('share API'), [knownOf(item('audio API'))])).toMatchObject({ is: 'new' });
  });

  it('takes another number for another object', () => {
    const fix = (n: number) => anItem({ quote: `Alice will fix issue ${n} in the agent`, owners: [anOwner('Alice')] });

    expect(matchOne(fix(124), [knownOf(fix(123))])).toMatchObject({ is: 'doubtful' });
  });

  it('does not guess which of two known statements a shortened one was', () => {
    const one = anItem({ quote: 'drop the grenade job from the check queue', section: ['Jobs'] });
    const two = anItem({ quote: 'drop the grenade job from the gate queue', section: ['Jobs'] });

    const found = matchOne(anItem({ quote: 'drop the grenade job', section: ['Jobs'] }), [knownOf(one), knownOf(two)]);

    expect(found).toMatchObject({ is: 'doubtful', others: [{}, {}] });
  });

  it('follows what people decided about a doubtful item', () => {
    const item = reread({ quote: before.quote.replace('Alice', 'Bob'), owners: [anOwner('Bob')] });
    const known = [knownOf(before)];

    expect(match([item], known, new Map([[item.key, before.key]]))).toMatchObject([{ item: { key: before.key } }]);
    expect(match([item], known, new Map([[item.key, null]]))).toMatchObject([{ is: 'new', item: { key: item.key } }]);
  });

  it('lets one part of a split statement go on under its key', () => {
    const whole = anItem({ quote: 'Alice to put up the model proposal, Bob to follow up with code for the router' });
    const parts = [
      anItem({ quote: 'Alice to put up the model proposal' }),
      anItem({
        quote: 'Bob to follow up with code for the router',
        source: { note: 'notes/mail.txt', lineStart: 2, lineEnd: 2 },
      }),
    ];

    const found = match(parts, [knownOf(whole)]);

    expect(found.filter(({ known }) => known !== null)).toHaveLength(1);
    expect(new Set(found.map(({ item }) => item.key)).size).toBe(2);
  });

  it('says which statements a merged one was', () => {
    const parts = [
      anItem({ quote: 'put up the model proposal' }),
      anItem({ quote: 'follow up with code for the router' }),
    ];
    const whole = anItem({ quote: 'put up the model proposal and follow up with code for the router' });

    const [found] = match([whole], parts.map(knownOf));

    expect(found).toMatchObject({ is: 'merged', others: [{}] });
  });

  it('never gives a key to other words that had been given to an edited statement', () => {
    const edited = { ...knownOf(before), quote: 'Alice will remove the neutron-grenade job' };
    const items = [reread({ quote: edited.quote }), before];

    const found = match(items, [edited]);

    expect(found[0]?.item.key).toBe(before.key);
    expect(found[1]?.item.key).not.toBe(before.key);
  });

  it('finds the items of 5,000 edited statements among 5,000 known ones', () => {
    const items = Array.from({ length: 5_000 }, (_, n) =>
      anItem({
        quote: `Alice will fix bug ${n} in the part${n % 70} module of service${n % 300}`,
        section: [`Part ${n % 90}`],
      }),
    );
    const edited = items.map((item) => changed(item, { quote: item.quote.replace('fix', 'finally solve') }));
    const known = items.map(knownOf);

    const found = match(edited, known);

    expect(found.filter(({ item }, n) => item.key !== items[n]?.key)).toEqual([]);
  });
});

const VERBS = ['drop', 'review', 'write', 'fix', 'extend', 'document', 'test', 'clean'];
const ADJECTIVES = ['broken', 'old', 'failing', 'new', 'missing'];
const THINGS = [
  'grenade job',
  'policy guide',
  'agent extension',
  'metering driver',
  'subnet pool',
  'quota engine',
  'trunk port',
];
const PLACES = ['neutron', 'octavia', 'devstack', 'tempest', 'ironic'];
const DATES = ['by Victoria-2', 'before Friday', 'this cycle', 'in March', ''];
const TAILS = ['as discussed', 'because users ask for it', 'so that upgrades work', ''];
const OWNERS = ['Alice', 'Bob', 'Carol'];

interface Told {
  readonly owner: string;
  readonly verb: string;
  readonly adjective: string;
  readonly thing: string;
  readonly place: string;
  readonly date: string;
  readonly tail: string;
}

const told = fc.record({
  owner: fc.constantFrom(...OWNERS),
  verb: fc.constantFrom(...VERBS),
  adjective: fc.constantFrom(...ADJECTIVES),
  thing: fc.constantFrom(...THINGS),
  place: fc.constantFrom(...PLACES),
  date: fc.constantFrom(...DATES),
  tail: fc.constantFrom(...TAILS),
});
const notes = fc.uniqueArray(told, { maxLength: 12, selector: ({ thing, place }) => `${thing} ${place}` });
const edit = fc.oneof(
  fc.record({ verb: fc.constantFrom(...VERBS) }),
  fc.record({ adjective: fc.constantFrom(...ADJECTIVES) }),
  fc.record({ date: fc.constantFrom(...DATES) }),
  fc.record({ tail: fc.constantFrom(...TAILS) }),
);

function tell({ owner, verb, adjective, thing, place, date, tail }: Told): Item {
  const quote = [owner, 'will', verb, 'the', adjective, thing, 'of', place, date, tail]
    .filter((part) => part !== '')
    .join(' ');
  return anItem({ quote, owners: [anOwner(owner)], section: [place] });
}

describe('match, for any notes', () => {
  it('keeps the key over any sequence of small edits', () => {
    fc.assert(
      fc.property(notes, fc.array(fc.tuple(fc.nat(), edit), { maxLength: 8 }), (first, edits) => {
        const texts = [...first];
        const keys = texts.map((one) => tell(one).key);
        let known = texts.map((one) => knownOf(tell(one)));
        for (const [at, change] of edits) {
          const n = texts.length === 0 ? -1 : at % texts.length;
          const old = texts[n];
          if (old !== undefined) texts[n] = { ...old, ...change };
          const found = match(texts.map(tell), known);
          expect(found.map(({ item }) => item.key)).toEqual(keys);
          known = found.map(({ item }) => knownOf(item));
        }
      }),
    );
  });

  it('never puts two items on one key, and gives the same answer twice', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 12 }), fc.array(told, { maxLength: 12 }), (now, then) => {
        const known = then.map((one) => knownOf(tell(one)));

        const found = match(now.map(tell), known);
        const keys = found.map(({ item }) => item.key);
        const again = match(
          found.map(({ item }) => item),
          [...known.filter(({ key }) => !keys.includes(key)), ...found.map(({ item }) => knownOf(item))],
        );

        expect(new Set(keys).size).toBe(now.length);
        expect(again.map(({ item }) => item.key)).toEqual(keys);
      }),
    );
  });

  it('does not depend on the order of the items or of what is known', () => {
    fc.assert(
      fc.property(notes, notes, fc.func(fc.integer()), (now, then, order) => {
        const shuffle = <T>(list: readonly T[]) =>
          list
            .map((one, n) => ({ one, rank: order(n) }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ one }) => one);
        const items = now.map(tell);
        const known = then.map((one) => knownOf(tell(one)));
        const byQuote = (found: ReturnType<typeof match>) =>
          new Map(found.map(({ item, is, others }) => [item.quote, [item.key, is, others.map(({ key }) => key)]]));

        expect(byQuote(match(shuffle(items), shuffle(known)))).toEqual(byQuote(match(items, known)));
      }),
    );
  });
});
