import { describe, expect, it } from 'vitest';
import { aNote, folder, ptg } from './run.ts';

const COMMANDS = ['extract', 'plan', 'sync', 'status', 'init', 'sandbox'];

describe('the command line', () => {
  it.each([
    {
      args: ['extarct'],
      says: "error: unknown command 'extarct' (Did you mean extract?)\n  See: ptg-tracker --help\n",
    },
    {
      args: ['extract', '--formt', 'json'],
      says: "error: unknown option '--formt' (Did you mean --format?)\n  See: ptg-tracker extract --help\n",
    },
    {
      args: ['status', '--stale', 'soon'],
      says: /^error: .*'soon' is invalid\. Write a duration.*\n {2}See: .*status --help\n$/,
    },
    { args: ['status', '--since', 'ever'], says: /^error: .*'ever' is invalid\. Write a date.*\n.*\n$/ },
    { args: ['sync', '--max-creates', '0'], says: /^error: .*'0' is invalid\. Write a whole number.*\n.*\n$/ },
    {
      args: ['extract', '--threshold', '2', 'x'],
      says: /^error: .*'2' is invalid\. Write a number from 0 to 1.*\n.*\n$/,
    },
    {
      args: ['extract', '--format', 'xml', 'x'],
      says: /^error: .*Allowed choices are table, json, yaml, markdown, csv\.\n.*\n$/,
    },
    { args: ['status', 'extra'], says: /^error: too many arguments.*\n.*\n$/ },
    { args: ['extract'], says: /^error: no notes were named.*\n.*\n$/ },
    { args: ['extract', '--config', 'gone.yaml', 'x'], says: 'error: gone.yaml does not exist\n' },
    { args: ['plan'], says: /^error: there is no ptg-tracker\.yaml here or above.*\n.*ptg-tracker init\n$/ },
    { args: ['sync'], says: /^error: sync writes to the trackers, and nobody can be asked here\n.*--yes.*\n$/ },
  ])('ends $args with status 2 and says what is wrong', async ({ args, says }) => {
    const { exit, out, err } = await ptg(args, { cwd: await folder() });

    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    if (typeof says === 'string') expect(err).toBe(says);
    else expect(err).toMatch(says);
  });

  it.each(COMMANDS)('helps with %s and shows examples', async (command) => {
    const { exit, out, err } = await ptg([command, '--help'], { cwd: await folder() });

    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toContain(`Usage: ptg-tracker ${command}`);
    expect(out).toMatch(new RegExp(`Examples:\\n {2}ptg-tracker ${command}`));
    expect(out).toContain('--config');
  });

  it('shows what there is when nothing is asked, and its version', async () => {
    const cwd = await folder();

    const [bare, version] = await Promise.all([ptg([], { cwd }), ptg(['--version'], { cwd })]);

    expect(bare).toMatchObject({ exit: 2, out: '' });
    for (const command of COMMANDS) expect(bare.err).toContain(`  ${command} `);
    expect(version).toEqual({ exit: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' });
  });

  it('takes the common flags before and after the command', async () => {
    const cwd = await folder({ 'a.md': aNote(1), 'x.yaml': 'notes: [a.md]\n' });

    const before = await ptg(['--config', 'x.yaml', 'extract', '--format', 'json'], { cwd });
    const after = await ptg(['extract', '--format', 'json', '--config', 'x.yaml'], { cwd });

    expect(before.exit).toBe(0);
    expect(after).toEqual(before);
  });

  it('logs as JSON lines on stderr with --verbose, and leaves stdout to the data', async () => {
    const cwd = await folder({ 'a.md': aNote(1) });

    const { out, err } = await ptg(['extract', 'a.md', '--format', 'json', '--verbose'], { cwd });

    const lines = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toContain('items found');
    expect(() => JSON.parse(out)).not.toThrow();
  });
});
