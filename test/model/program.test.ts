import { describe, expect, it } from 'vitest';
import { ExtractJson } from '../../src/cli/schema.ts';
import { folder, ptg } from '../cli/run.ts';
import { items, type Says, silence, status } from './server.ts';
import { endpoint } from './setting.ts';

const KEY = 'sk-0123456789abcdef';

const NOTE = `# Weekly meeting

* ACTION: alice to write the upgrade guide
* The weather was fine, so zed might perhaps look at the release tooling one day.
`;

const OFFERS = items(
  { quote: 'alice to  write\nthe upgrade guide', title: 'Write the guide', owners: ['alice'] },
  { quote: 'zed might perhaps look at the release tooling', title: 'Look at the release tooling', owners: ['zed'] },
  { quote: 'mallory will send money', title: 'Send money' },
);

interface Given {
  readonly settings?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `extract` in a folder whose configuration names this endpoint. */
async function extracting(says: Says, { settings = '', args = [], env = { MODEL_KEY: KEY } }: Given = {}) {
  const { baseUrl, asked } = await endpoint(says);
  const cwd = await folder({
    'a.md': NOTE,
    'ptg-tracker.yaml': `extract: { model: { baseUrl: "${baseUrl}", name: tiny, keyEnv: MODEL_KEY${settings} } }\n`,
  });
  const ran = await ptg(['extract', 'a.md', ...args], { cwd, env });
  expect(ran.out + ran.err).not.toContain(KEY);
  return { ...ran, asked };
}

const JSON_ALL = ['--format', 'json', '--explain'];

describe('extract with a model', () => {
  it('merges what both found, with evidence and confidence by agreement', async () => {
    const { exit, out, err, asked } = await extracting(() => OFFERS, { args: JSON_ALL });

    const found = ExtractJson.parse(JSON.parse(out));
    expect(exit).toBe(0);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(asked[0]?.body.messages[1]?.content).toContain('alice to write the upgrade guide');
    expect(found.items).toMatchObject([
      { source: { lineStart: 3 }, evidence: expect.arrayContaining(['model']) },
      { title: 'Look at the release tooling', source: { lineStart: 4 }, confidence: 0.5, evidence: ['model'] },
    ]);
    expect(found.model).toMatchObject([
      { note: 'a.md', both: [{}], onlyModel: [{ confidence: 0.5 }], onlyRules: [], refused: { quote: 1 } },
    ]);
    expect(err).toContain(
      '1 item found by the rules and the model, 0 by the rules alone, 1 by the model alone; 1 offer of the model refused\n',
    );
  });

  it('compares without a change to the items, and tells the differences', async () => {
    const settings = ', mode: compare';
    const [json, text] = await Promise.all([
      extracting(() => OFFERS, { settings, args: JSON_ALL }),
      extracting(() => OFFERS, { settings, args: ['--explain'] }),
    ]);

    const found = ExtractJson.parse(JSON.parse(json.out));
    expect(found.items).toHaveLength(1);
    expect(found.items[0]?.evidence).not.toContain('model');
    expect(found.model?.[0]?.onlyModel).toHaveLength(1);
    expect(text.out).toMatch(/The model on a\.md\n {2}Only the model:\n {4}L4 {5}Look at the release tooling\n/);
    expect(text.out).toContain('1 whose quote does not stand in the note');
    expect(text.out).toContain('Found by both: 1');
  });

  it.each([
    { when: 'breaks', says: () => status(500), warns: 'answered with an error (500)' },
    { when: 'refuses the key', says: () => status(401, `{"error": "${KEY}"}`), warns: 'refused the key (401)' },
    { when: 'says nothing', says: () => silence, warns: 'did not answer within 0.3 s' },
    { when: 'talks nonsense', says: () => `I found "${KEY}" [31m`, warns: 'did not answer in the form' },
  ])('gives the items of the rules and one warning when it $when', async ({ says, warns }) => {
    const { exit, out, err } = await extracting(says, {
      args: ['--format', 'json'],
      settings: warns.includes('0.3') ? ', timeout: 300ms' : '',
    });

    expect(exit).toBe(0);
    expect(ExtractJson.parse(JSON.parse(out)).items).toHaveLength(1);
    expect(err.match(/warning:/g)).toHaveLength(1);
    expect(err).toContain(warns);
    expect(err).toContain('the items are those of the rules alone');
  });

  it('asks for the key that the configuration names, and sends nothing without it', async () => {
    const { exit, err, asked } = await extracting(() => OFFERS, { env: {} });

    expect(exit).toBe(2);
    expect(err).toContain('MODEL_KEY is not set');
    expect(asked).toEqual([]);
  });

  it('is silent in a log of everything', async () => {
    const { err, exit } = await extracting(() => OFFERS, { args: ['--verbose'] });

    expect(exit).toBe(0);
    expect(err).toContain('items found');
  });

  it('keeps hostile titles from the terminal', async () => {
    const title = 'Look\u001b]0;owned\u0007 at\u202e it';
    const { out } = await extracting(() => items({ quote: 'zed might perhaps look', title }), { args: ['--explain'] });

    expect(out).toContain('Look ]0;owned at it');
    for (const hidden of ['\u001b', '\u0007', '\u202e']) expect(out).not.toContain(hidden);
  });
});
