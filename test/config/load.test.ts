import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../config/defaults.ts';
import { loadConfig } from '../../config/load.ts';
import { Config } from '../../config/schema.ts';
import { ConfigError, EXIT } from '../../src/errors.ts';
import { folderOf } from '../folder.ts';

const folder = (files: Readonly<Record<string, string | Buffer>> = {}): Promise<string> => folderOf('config', files);

async function refusal(text: string | Buffer): Promise<ConfigError> {
  const cwd = await folder({ 'ptg-tracker.yaml': text });
  const error: unknown = await loadConfig({ cwd }).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('it was not refused');
  return error;
}

const WORK = 'trackers:\n  work: { type: github, repository: owner/name }\n';

describe('finding the configuration', () => {
  it('works without a file, with the defaults of the schema', async () => {
    const cwd = await folder();

    const loaded = await loadConfig({ cwd });

    expect(loaded).toMatchObject({ file: null, dir: cwd, warnings: [] });
    expect(loaded.config).toEqual({
      ...Config.parse({}),
      decisions: join(cwd, 'ptg-decisions.yaml'),
      ledger: join(cwd, '.ptg-tracker/ledger.db'),
    });
    expect(DEFAULTS).toEqual(Config.parse({}));
  });

  it('finds the file in a folder above, and reads its paths relative to the file', async () => {
    const dir = await folder({ 'ptg-tracker.yaml': 'people: who.yaml\nextract: { cues: c.yaml }', 'a/b/note.md': '' });

    const { file, config } = await loadConfig({ cwd: join(dir, 'a', 'b') });

    expect(file).toBe(join(dir, 'ptg-tracker.yaml'));
    expect(config.people).toBe(join(dir, 'who.yaml'));
    expect(config.extract.cues).toBe(join(dir, 'c.yaml'));
    expect(config.ledger).toBe(join(dir, '.ptg-tracker/ledger.db'));
  });

  it('takes the file that was named before the one that lies there', async () => {
    const cwd = await folder({ 'ptg-tracker.yaml': 'stale: 1d', 'other.yaml': 'stale: 2d' });

    const { config } = await loadConfig({ cwd, file: 'other.yaml' });

    expect(config.stale).toBe(2 * 24 * 3_600_000);
  });

  it.each([
    { when: 'it does not exist', file: 'absent.yaml', says: 'absent.yaml does not exist' },
    { when: 'it is a folder', file: 'sub', says: 'sub is a folder, not a file' },
    { when: 'it is binary', file: 'sub/binary', says: 'sub/binary is not a text file' },
  ])('says so in one line when $when', async ({ file, says }) => {
    const cwd = await folder({ 'sub/binary': Buffer.from([1, 0, 2]) });

    const loading = loadConfig({ cwd, file });

    await expect(loading).rejects.toMatchObject({ exit: EXIT.usage, message: says });
  });

  it.each(['', '# only a comment\n', '{}', '\uFEFFstale: 30d'])('takes %j for the defaults', async (text) => {
    const cwd = await folder({ 'ptg-tracker.yaml': text });

    const { config } = await loadConfig({ cwd });

    expect(config.limits).toEqual(DEFAULTS.limits);
    expect(config.stale).toBe(DEFAULTS.stale);
  });

  it('sends everything to the only tracker when no route is written', async () => {
    const cwd = await folder({ 'ptg-tracker.yaml': WORK });

    const { config, warnings } = await loadConfig({ cwd });

    expect(config.routes).toEqual([{ tracker: 'work', labels: [], tags: [], titlePrefix: '' }]);
    expect(warnings).toEqual([]);
  });

  it('keeps notes as they are written, so that they are named the same from every folder', async () => {
    const dir = await folder({ 'ptg-tracker.yaml': 'notes: ["notes/*.md"]', 'sub/x': '' });

    const { config } = await loadConfig({ cwd: join(dir, 'sub') });

    expect(config.notes).toEqual(['notes/*.md']);
  });
});

describe('telling what is wrong', () => {
  it('tells all problems at once, in the order of the file, each with its path and line', async () => {
    const error = await refusal(`notes: one.md
trackers:
  work:
    type: github
    repository: neutron
  Bad: { type: github, repository: a/b }
  lab: { type: gitlab }
routes:
  - { kind: bug, tracker: work }
  - { tracker: nowhere }
  - { words: [], labels: [x] }
limits: { createsPerMinute: -1 }
stale: 30
staleDays: 4
ledger: { redis: {} }
extract: { releases: { Victoria: soon } }
`);

    expect(error.message.split('\n')).toEqual([
      'ptg-tracker.yaml is not usable:',
      '  notes (line 1): write a list',
      '  trackers.work.repository (line 5): write owner/name',
      '  trackers.Bad (line 6): name it with a-z 0-9 -',
      '  trackers.lab.type (line 7): write one of github, launchpad',
      '  routes[0].kind (line 9): write one of action, rfe',
      '  routes[2].words (line 11): write at least 1',
      '  routes[2].tracker (line 11): missing',
      '  limits.createsPerMinute (line 12): write a number above 0',
      '  stale (line 13): write a duration such as 30s, 15m, 1h or 30d',
      '  staleDays (line 14): no such setting',
      '  ledger.redis.urlEnv (line 15): missing',
      '  extract.releases.Victoria (line 16): write a date such as 2026-10-14',
    ]);
    expect(error.exit).toBe(EXIT.usage);
  });

  it('tells what fields contradict each other together with what is wrong in one field', async () => {
    const error = await refusal(`trackers:\n  work: { type: github, repository: neutron }
routes:\n  - { tracker: work }\n  - { tracker: wrok }\n`);

    expect(error.problems).toEqual([
      'trackers.work.repository (line 2): write owner/name',
      'routes[1].tracker (line 5): no tracker is named wrok; there is work',
    ]);
  });

  it('says on which lines the text is not YAML', async () => {
    const error = await refusal('notes: [a\nstale: 1d\nstale: "2d\n');

    expect(error.problems.length).toBeGreaterThan(0);
    for (const problem of error.problems) expect(problem).toMatch(/^line \d+: /);
  });

  it.each([
    { when: 'a list stands where settings belong', text: '- a\n', says: 'write settings, one a line' },
    { when: 'an alias multiplies', text: bomb(), says: 'alias' },
    { when: 'an anchor is missing', text: 'notes: *gone\n', says: 'gone' },
  ])('refuses the file when $when', async ({ text, says }) => {
    const error = await refusal(text);

    expect(error.message).toContain(says);
  });

  it('never repeats a secret that was written into the file', async () => {
    const error = await refusal(`trackers:
  a: { type: github, repository: owner/name, tokenEnv: ghp_topsecret }
  b: { type: github, repository: owner/name, token: ghp_topsecret }
notes: ["https://user:ghp_topsecret@example.org/x"]
ledger: "redis://:ghp_topsecret@localhost"
`);

    expect(error.message).not.toContain('topsecret');
    expect(error.problems).toEqual([
      'trackers.a.tokenEnv (line 2): name the environment variable that holds the secret, not the secret itself',
      expect.stringContaining('trackers.b.token (line 3): secrets are not written here'),
      'notes[0] (line 4): an address must not hold a name and a password',
      expect.stringContaining('ledger (line 5): for Redis name the variable'),
    ]);
  });

  it('never repeats a secret that stands in broken YAML', async () => {
    const error = await refusal('trackers: { a: { token: "ghp_topsecret }\n');

    expect(error.message).not.toContain('topsecret');
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x]'];
  for (let level = 1; level < 30; level += 1) lines.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`);
  return lines.join('\n');
}
