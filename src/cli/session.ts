import type { LoadedConfig } from '../../config/load.ts';
import { type Interrupt, onInterrupt } from './interrupt.ts';
import { type Log, openLog } from './log.ts';
import { type Screen, screenOf } from './screen.ts';

/** The flags that every command takes. */
export interface CommonFlags {
  readonly config?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** What a command works with: where it was started, where it may write, and how it is stopped. */
export interface Session {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Data: the reason for which the command was called. */
  readonly out: Screen;
  /** Everything else. */
  readonly err: Screen;
  /** Whether somebody sits there who can be asked. */
  readonly interactive: boolean;
  readonly quiet: boolean;
  readonly interrupt: Interrupt;
  readonly log: Log;
  /** Progress and other things that one can do without; silent with `--quiet`. */
  tell(text: string): void;
  /** What the reader should know; also with `--quiet`. */
  warn(text: string): void;
  /** The configuration; its warnings are told. */
  load(): Promise<LoadedConfig>;
}

/** Opens the session of one command. */
export async function openSession(flags: CommonFlags): Promise<Session> {
  const { env, stdin, stdout, stderr } = process;
  const cwd = process.cwd();
  const out = screenOf(stdout, env, flags.color);
  const err = screenOf(stderr, env, flags.color);
  const log = await openLog(flags.verbose === true);
  const quiet = flags.quiet === true;
  const tell = (text: string) => {
    if (!quiet) err.write(`${text}\n`);
  };
  const warn = (text: string) => err.write(`${err.paint.changed('warning:')} ${text}\n`);
  const load = async () => {
    const { loadConfig } = await import('../../config/load.ts');
    const loaded = await loadConfig({ file: flags.config, cwd });
    log.debug('configuration', { file: loaded.file });
    for (const warning of loaded.warnings) warn(warning);
    return loaded;
  };
  const interactive = stdin.isTTY === true && stderr.isTTY === true;
  return { cwd, env, out, err, interactive, quiet, interrupt: onInterrupt(err), log, tell, warn, load };
}
