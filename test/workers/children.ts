import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A worker in a process of its own. */
export interface WorkerChild {
  readonly process: ChildProcess;
  /** Resolves when it takes jobs. */
  readonly ready: Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to drain; gives the exit code. */
  drain(): Promise<number | null>;
}

/** Starts a worker process. */
export function startChild(redisUrl: string, name: string, deskUrl: string): WorkerChild {
  const script = join(import.meta.dirname, 'worker-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, redisUrl, name, deskUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line === 'ready' && resolve());
    child.on('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  // Somebody who kills it before it is ready does not wait for that.
  ready.catch(() => {});
  return {
    process: child,
    ready,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async drain() {
      child.kill('SIGTERM');
      const [code] = await exited;
      return typeof code === 'number' ? code : null;
    },
  };
}
