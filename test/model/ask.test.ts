import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openModel } from '../../src/model/ask.ts';
import { aNote } from '../items/note.ts';
import { type Asked, items, type Says, silence, status } from './server.ts';
import { aModel, endpoint, settingsFor } from './setting.ts';

const TEXT = `# Jobs

Alice Example will drop the *old* gate
job, and bob promised to write the upgrade guide.

- carol: look at [the list](https://example.org/list)

\`\`\`
dave will run this
\`\`\`
`;

/** Mostly the first, sometimes one of the others. */
function often(first: fc.Arbitrary<unknown>, ...others: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4 * others.length, arbitrary: first }, ...others);
}

async function asking(says: Says, text = TEXT) {
  const { model, endpoint } = await aModel(says);
  const opinion = await model.ask(aNote(text));
  return { ...opinion, warning: model.warning(), asked: endpoint.asked };
}

const DROP = 'Alice Example will drop the old gate job';

describe('what a model offers', () => {
  it('is taken with its place, when its quote and its owners stand in the note', async () => {
    const { proposals, refused, warning } = await asking(() =>
      items({ quote: DROP, title: 'Drop the old gate job', owners: ['Alice Example'] }),
    );

    expect({ refused, warning }).toEqual({ refused: {}, warning: null });
    expect(proposals).toEqual([
      {
        kind: 'action',
        title: 'Drop the old gate job',
        quote: DROP,
        owners: ['Alice Example'],
        block: 1,
        start: 0,
        end: DROP.length,
      },
    ]);
  });

  it('may differ from the note in white space, and is then quoted as it stands there', async () => {
    const { proposals } = await asking(() => items({ quote: `  ${DROP.replaceAll(' ', '\u00a0\n ')}\t` }));

    expect(proposals.map(({ quote }) => quote)).toEqual([DROP]);
  });

  it.each([
    { what: 'an invented quote', quote: 'Alice Example will pay for the pizza' },
    { what: 'one changed word', quote: 'Alice Example will drop the new gate job' },
    { what: 'another case', quote: DROP.toLowerCase() },
    { what: 'an ellipsis', quote: 'Alice Example … gate job' },
    { what: 'half a word', quote: 'lice Example will drop' },
    { what: 'words of two blocks', quote: 'the upgrade guide. carol: look at' },
    { what: 'the number of the block', quote: `[1] ${DROP}` },
    { what: 'words of the context', quote: 'Note: Jobs' },
    { what: 'verbatim text', quote: 'dave will run this' },
    { what: 'one word', quote: 'job' },
    { what: 'nothing', quote: ' ' },
    { what: 'half a character', quote: `${DROP}\ud800` },
  ])('is refused for $what', async ({ quote }) => {
    const { proposals, refused, warning } = await asking(() => items({ quote, title: 'Do it' }));

    expect({ proposals, refused, warning }).toEqual({ proposals: [], refused: { quote: 1 }, warning: null });
  });

  it('is looked for in the block that it names, else in the others', async () => {
    const text = '* bob will test it\n* bob will test it\n* carol will not\n';
    const quote = 'bob will test it';

    const { proposals } = await asking(
      () => items({ quote, block: 1 }, { quote, block: 2 }, { quote, block: 99 }),
      text,
    );

    expect(proposals.map(({ block }) => block)).toEqual([1, 0]);
  });

  it('needs a title, on one line and of at most 80 characters', async () => {
    const long = `Drop ${'the old and rusty '.repeat(8)}job`;
    const { proposals, refused } = await asking(() =>
      items(
        { quote: DROP, title: ' Drop\nit\u001b[31m\u202e now. ' },
        { quote: DROP, title: long },
        { quote: DROP, title: ' …! ' },
        { quote: DROP, title: 'x'.repeat(81) },
      ),
    );

    expect(proposals.map(({ title }) => title)).toEqual([
      'Drop it [31m now',
      expect.stringMatching(/^Drop the old .*\w$/),
    ]);
    expect(proposals[1]?.title.length).toBeLessThanOrEqual(80);
    expect(refused).toEqual({ title: 2 });
  });

  it('loses owners that do not stand in the note as they are written', async () => {
    const owners = ['bob', 'Bob Example', 'Mallory', 'Ali', 'they', '', 42, '@carol', 'Alice Example', 'Alice Example'];

    const { proposals } = await asking(() => items({ quote: DROP, owners }));

    expect(proposals[0]?.owners).toEqual(['bob', 'carol', 'Alice Example']);
  });

  it('means the author of a mail by "I"', async () => {
    const text = 'From: Erin Example <erin@example.org>\nSubject: Summary\n\nI will write the upgrade guide.\n';

    const { proposals } = await asking(() => items({ quote: 'I will write the upgrade guide', owners: ['I'] }), text);

    expect(proposals[0]?.owners).toEqual(['Erin Example']);
  });

  it('is counted when it has no form, comes twice or without end; the others stand', async () => {
    const more = Array.from({ length: 120 }, () => 'what?');
    const offers = [{ quote: DROP, title: 'Drop it' }, { quote: DROP, title: 'Drop it' }, { quote: 7 }, null, ...more];

    const { proposals, refused } = await asking(() => JSON.stringify({ items: offers }));

    expect(proposals).toHaveLength(1);
    expect(refused).toEqual({ twice: 1, form: 98, many: 24 });
  });

  it('stands in the note, whatever the server answers', async () => {
    let answer = '';
    const { baseUrl } = await endpoint(() => answer);
    const note = aNote(TEXT);
    const text = note.blocks.map((block) => block.text).join('\n');
    const words = text.split(/\s/);
    const piece = fc
      .tuple(fc.nat(words.length), fc.integer({ min: 1, max: 6 }), fc.constantFrom(' ', '\n  '))
      .map(([start, length, space]) => words.slice(start, start + length).join(space))
      .chain((said) => fc.constantFrom(said, ` ${said} `, `${said}x`, said.slice(1)));
    const offer = fc.record(
      {
        block: fc.oneof(fc.integer({ min: -1, max: 5 }), fc.anything()),
        quote: often(piece, fc.string(), fc.anything()),
        kind: often(fc.constantFrom('action', 'rfe'), fc.anything()),
        title: often(piece, fc.string({ maxLength: 200 }), fc.anything()),
        owners: often(fc.array(fc.oneof(piece, fc.string())), fc.anything()),
      },
      { requiredKeys: ['quote', 'title'] },
    );
    const said = fc.oneof(
      { weight: 5, arbitrary: fc.array(offer).map((all) => JSON.stringify({ items: all })) },
      fc.string(),
    );
    const seen = { kept: 0 };

    await fc.assert(
      fc.asyncProperty(said, async (words) => {
        answer = words;
        const { proposals } = await openModel({ ...settingsFor(baseUrl), maxRequests: 9 }).ask(note);

        seen.kept += proposals.length;
        for (const { quote, title, owners, block, start, end } of proposals) {
          const stands = note.blocks[block];
          expect(stands?.kind).not.toBe('code');
          expect(stands?.text.slice(start, end)).toBe(quote);
          expect(title).toMatch(/^[^\p{Cc}\p{Cf}]{1,80}$/u);
          for (const owner of owners) expect(text).toContain(owner);
        }
      }),
      { numRuns: 150 },
    );
    expect(seen.kept).toBeGreaterThan(20);
  });
});

describe('a model that fails', () => {
  const LONG = Array.from({ length: 1_000 }, (_, n) => `* alice will look at bug report ${n} in the tracker`).join(
    '\n',
  );
  const RULES = 'the items are those of the rules alone';

  it.each([
    { when: 'refuses the key', says: () => status(401), warns: 'refused the key (401)', requests: 1 },
    { when: 'does not answer', says: () => silence, warns: 'did not answer within 0.2 s', requests: 1 },
    { when: 'breaks', says: () => status(500), warns: 'answered with an error (500)', requests: 2 },
    { when: 'chatters', says: () => 'Nice notes!', warns: 'did not answer in the form', requests: 2 },
  ])('and $when costs little and warns once', async ({ says, warns, requests }) => {
    const { model, endpoint } = await aModel(says, { timeoutMs: warns.includes('0.2') ? 200 : 10_000 });

    const opinions = [await model.ask(aNote(LONG)), await model.ask(aNote(TEXT))];

    expect(opinions).toEqual([
      { proposals: [], refused: {} },
      { proposals: [], refused: {} },
    ]);
    expect(model.warning()).toContain(warns);
    expect(model.warning()).toContain(RULES);
    expect(endpoint.asked).toHaveLength(requests);
  });

  it('for one part only is asked about the others', async () => {
    const quote = (asked: Asked) =>
      /alice will look at bug report \d+/.exec(asked.body.messages[1]?.content ?? '')?.[0] ?? '';
    const { model, endpoint } = await aModel((asked, nth) =>
      nth === 2 ? status(502) : items({ quote: quote(asked) }),
    );

    const { proposals } = await model.ask(aNote(LONG));

    expect(endpoint.asked.length).toBeGreaterThan(5);
    expect(proposals).toHaveLength(endpoint.asked.length - 1);
    expect(model.warning()).toContain(
      `(502): 1 of ${endpoint.asked.length} parts of the notes were read by the rules alone`,
    );
  });

  it('is asked no more often than it may be', async () => {
    const { model, endpoint } = await aModel(() => items(), { maxRequests: 3 });

    await model.ask(aNote(LONG));
    await model.ask(aNote(TEXT));

    expect(endpoint.asked).toHaveLength(3);
    expect(model.warning()).toMatch(/asked about 3 parts a run at most \(maxRequests\): \d+ of \d+ parts/);
  });

  it('says nothing when the run was stopped', async () => {
    const stop = new AbortController();
    const { model, endpoint } = await aModel(() => () => stop.abort(), { signal: stop.signal });

    expect(await model.ask(aNote(LONG))).toEqual({ proposals: [], refused: {} });

    expect(endpoint.asked).toHaveLength(1);
    expect(model.warning()).toBeNull();
  });

  it('is not asked at all before there is a note', async () => {
    const { model, endpoint } = await aModel(() => items());

    expect(model.warning()).toBeNull();
    expect(endpoint.asked).toEqual([]);
  });
});
