import { type ChildProcess, spawn } from 'node:child_process';
import { vi } from 'vitest';
import { folderOf } from '../folder.ts';
import { program } from './program.ts';

// Whole programs take their time on a busy machine; none of them waits for a clock.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

export interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Starts the real program as a process of its own; nothing of this process's colours or tokens reaches it. */
export async function start(args: readonly string[], { cwd, env = {}, input }: RunOptions): Promise<ChildProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [await program(), ...args], { cwd, env: { PATH, HOME, ...env } });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  return child;
}

/** What a started program printed, once it has ended. */
export function ended(child: ChildProcess): Promise<Ran> {
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => {
    child.once('close', (exit) => resolve({ exit, out, err }));
  });
}

/** Waits until a started program has printed a text on either stream. */
export function said(child: ChildProcess, text: string): Promise<void> {
  let printed = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (more) => {
        printed += more;
        if (printed.includes(text)) resolve();
      });
    }
    child.once('close', () => reject(new Error(`it ended without saying ${text}: ${printed}`)));
  });
}

/** Runs the real program to its end. */
export async function ptg(args: readonly string[], options: RunOptions): Promise<Ran> {
  return ended(await start(args, options));
}

/** What was told on stderr but for progress, which only shows on a slow machine. */
export function withoutProgress(err: string): string {
  return err.replaceAll(/^.* …\n/gm, '');
}

/** A folder of its own with these files; it is taken away when the tests of the file are over. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  return folderOf('cli', files);
}

/** A note with so many action items that nobody could miss. */
export function aNote(items = 3): string {
  const verbs = [
    'write the upgrade guide',
    'remove the old gate job',
    'review the quota patches',
    'document the new API',
  ];
  const lines = Array.from(
    { length: items },
    (_, index) => `* ACTION: alice to ${verbs[index % verbs.length]} for release number ${index + 1}`,
  );
  return `# Weekly meeting\n\n## Action items\n\n${lines.join('\n')}\n`;
}
