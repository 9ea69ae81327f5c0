import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDecisions } from '../../config/decisions.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { program } from './program.ts';
import { aProject } from './project.ts';
import { folder } from './run.ts';

/** util-linux's `script` gives a program a terminal; every Debian has it. */
const hasScript = spawnSync('script', ['--version']).status === 0;

interface Typing {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed once the text before it has appeared. */
  readonly answers: readonly (readonly [string, string])[];
}

/** Runs the program on a terminal of 100 columns and types the answers. */
async function onTerminal(args: readonly string[], { cwd, env = {}, answers }: Typing) {
  const command = `stty cols 100 rows 40; exec "${process.execPath}" "${await program()}" ${args.join(' ')}`;
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env: { PATH, HOME, TERM: 'xterm', ...env } });
  const [exit, shown] = await typed(child, answers);
  return { exit, raw: shown, text: stripVTControlCharacters(shown) };
}

function typed(child: ChildProcess, answers: Typing['answers']): Promise<[number | null, string]> {
  let shown = '';
  let answered = 0;
  const left = [...answers];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    const next = left[0];
    const at = next === undefined ? -1 : shown.indexOf(next[0], answered);
    if (next === undefined || at === -1) return;
    // The same question may come again: only what is shown from here on is an answer to this one.
    answered = shown.length;
    left.shift();
    child.stdin?.write(next[1]);
  });
  return new Promise((resolve) => child.once('close', (exit) => resolve([exit, shown])));
}

describe.skipIf(!hasScript)('on a terminal', () => {
  let github: GitHubSandbox;

  beforeAll(async () => {
    github = await startGitHubSandbox({ seed: { repository: 'acme/items', others: ['acme/no', 'acme/gone'] } });
  });
  afterAll(() => github.close());

  it('sync shows the plan, asks, and shows how far it is', async () => {
    const { cwd, env } = await aProject(github, { repository: 'acme/items' });

    const { exit, raw, text } = await onTerminal(['sync'], { cwd, env, answers: [['Do it?', 'y']] });

    expect(exit).toBe(0);
    expect(text).toMatch(/\+ .*upgrade guide/);
    // Which steps are drawn depends on how fast they follow each other.
    expect(text).toMatch(/work {6}[█░]{20} {2}\d\/3/);
    expect(text).toContain('✓ 3 created');
    expect(raw).toContain('\u001b[32m');
    expect(await github.actAs('alice').all()).toHaveLength(3);
  });

  it.each([
    { answer: 'n', repository: 'acme/no', exit: 0 },
    { answer: '\u0003', repository: 'acme/gone', exit: 130 },
  ])('sync writes nothing after $answer', async ({ answer, repository, exit }) => {
    const { cwd, env } = await aProject(github, { repository });

    const ran = await onTerminal(['sync'], { cwd, env, answers: [['Do it?', answer]] });

    expect(ran.exit).toBe(exit);
    expect(ran.text).toContain('Nothing has been written.');
    expect(await github.actAs('alice', repository).all()).toEqual([]);
  });

  it('review writes what is decided, takes the last one back, and goes on where it was left', async () => {
    const { cwd, env } = await aProject(github, { repository: 'acme/no' });
    const [down, up] = ['\u001b[B', '\u001b[A'];
    const [keep, drop, retitle, undo, quit] = ['\r', `${down}\r`, `${down}${down}\r`, `${up}${up}\r`, `${up}\r`];
    const decided = async () =>
      parseDecisions(await readFile(join(cwd, 'ptg-decisions.yaml'), 'utf8'), 'ptg-decisions.yaml');

    const first = await onTerminal(['review'], {
      cwd,
      env,
      answers: [
        ['1 of 3', keep],
        ['2 of 3', drop],
        ['3 of 3', undo],
        ['2 of 3', retitle],
        ['Title', ' today\r'],
        ['2 of 3', keep],
        ['3 of 3', quit],
      ],
    });

    expect(first).toMatchObject({ exit: 0, text: expect.stringContaining('2 decided.') });
    expect(await decided()).toMatchObject([
      { decided: 'keep' },
      { decided: 'keep', title: expect.stringMatching(/ today$/) },
    ]);

    const second = await onTerminal(['review'], { cwd, env, answers: [['1 of 1', drop]] });

    expect(second).toMatchObject({ exit: 0, text: expect.stringContaining('1 decided.') });
    expect(await decided()).toMatchObject([{ decided: 'keep' }, { title: expect.anything() }, { decided: 'drop' }]);
    expect((await onTerminal(['review'], { cwd, env, answers: [] })).text).toContain('everything is decided: 3 items');
  });

  it('init asks for the repository and the notes', async () => {
    const cwd = await folder();

    const { exit } = await onTerminal(['init'], {
      cwd,
      answers: [
        ['takes the issues?', 'owner/asked\r'],
        ['Where are the notes?', '\r'],
      ],
    });

    expect(exit).toBe(0);
    expect(await readFile(join(cwd, 'ptg-tracker.yaml'), 'utf8')).toMatch(
      /- "notes\/\*\*\/\*.*\n[\s\S]*repository: owner\/asked/,
    );
  });

  it('uses colours unless NO_COLOR or --no-color forbids them', async () => {
    const { cwd, env } = await aProject(github, { repository: 'acme/no', items: 1 });
    const coloured = async (args: string[], more: Record<string, string>) =>
      (await onTerminal(['extract', 'notes', ...args], { cwd, env: { ...env, ...more }, answers: [] })).raw.includes(
        '\u001b[',
      );

    expect(await coloured([], {})).toBe(true);
    expect(await coloured([], { NO_COLOR: '1' })).toBe(false);
    expect(await coloured(['--no-color'], {})).toBe(false);
  });
});
