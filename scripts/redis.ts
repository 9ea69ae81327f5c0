/**
 * A Redis of one's own on loopback: finds redis-server or valkey-server, installs one where that is possible, starts it on a free
 * port with a folder of its own, and stops it. Tests and benchmarks use it; `npx tsx scripts/redis.ts` keeps one running until Ctrl-C.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The first that is found is used; `REDIS_SERVER=valkey-server` asks for that one. */
const SERVERS = [process.env.REDIS_SERVER ?? [], 'redis-server', 'valkey-server'].flat();

/** A Redis that was started here. */
export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, as a crash would; its data stays for `start`. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  /** Ends it and takes its data away. */
  stop(): Promise<void>;
}

/** Starts a Redis on a free loopback port; `config` are further lines of its configuration, such as `--maxmemory 5mb`. */
export async function startRedis(config: readonly string[] = []): Promise<OwnRedis> {
  const binary = await findServer();
  const folder = await mkdtemp(join(tmpdir(), 'ptg-redis-'));
  const port = await freePort();
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  let running = await launch(binary, folder, [...own, ...config]);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: () => end(running, 'SIGKILL'),
    async start() {
      running = await launch(binary, folder, [...own, ...config]);
    },
    async stop() {
      await end(running, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The server's program; installed when it is missing and this machine lets us, else an error that says what to install. */
async function findServer(): Promise<string> {
  const there = await onPath(SERVERS);
  if (there !== null) return there;
  for (const [program, ...steps] of await installers()) {
    process.stderr.write(`Redis is missing: installing it with ${program}\n`);
    for (const step of steps) if (!(await run(step))) break;
    const installed = await onPath(SERVERS);
    if (installed !== null) return installed;
  }
  throw new Error('Redis is needed here: install redis-server or valkey-server (7 or newer), or set REDIS_URL');
}

type Installer = readonly [program: string, ...steps: (readonly string[])[]];

async function installers(): Promise<readonly Installer[]> {
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = [...root, 'apt-get', '-o', 'DPkg::Lock::Timeout=180'];
  const known: readonly Installer[] = [
    ['apt-get', [...apt, 'update'], [...apt, 'install', '-y', '--no-install-recommends', 'redis-server']],
    ['brew', ['brew', 'install', 'redis']],
  ];
  const there = await Promise.all(known.map(([program]) => onPath([program])));
  return known.filter((_, index) => there[index] !== null);
}

async function onPath(names: readonly string[]): Promise<string | null> {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      if (await access(file, constants.X_OK).then(yes, no)) return file;
    }
  return null;
}

async function run(command: readonly string[]): Promise<boolean> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return once(child, 'exit').then(([code]) => code === 0, no);
}

/** Said to the shell by whoever ends a server: its folder is still wanted, or taken away by us. */
const KEEP = 'keep';

interface Running {
  readonly shell: ChildProcess;
  readonly pid: number;
}

/** Runs the server as the child of a shell that ends it and takes its folder away when we are gone, however we went. */
async function launch(binary: string, folder: string, args: readonly string[]): Promise<Running> {
  const script =
    'folder=$1; shift; "$@" & server=$!; echo "pid $server"; read -r word; kill "$server" 2>/dev/null; wait "$server"; ' +
    `[ "$word" = ${KEEP} ] || rm -rf "$folder"`;
  const shell = spawn('sh', ['-c', script, 'redis', folder, binary, ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
  shell.unref();
  const said: string[] = [];
  const lines = createInterface({ input: shell.stdout });
  const ready = await new Promise<boolean>((resolve) => {
    lines.on('line', (line) => {
      said.push(line);
      if (/Ready to accept connections/.test(line)) resolve(true);
      if (/Failed listening|Bad directive|FATAL|Aborting/.test(line)) resolve(false);
    });
    lines.on('close', () => resolve(false));
  });
  lines.removeAllListeners('line');
  lines.on('line', () => {});
  const pid = Number(/^pid (\d+)/.exec(said[0] ?? '')?.[1]);
  if (ready) return { shell, pid };
  shell.stdin.end();
  throw new Error(`Redis did not start:\n${said.slice(-5).join('\n')}`);
}

async function end({ shell, pid }: Running, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (shell.exitCode !== null) return;
  // Somebody waits for its end now.
  shell.ref();
  const gone = once(shell, 'exit');
  process.kill(pid, signal);
  shell.stdin?.end(`${KEEP}\n`);
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

const yes = (): boolean => true;
const no = (): boolean => false;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const redis = await startRedis();
  console.log(`${redis.url}   (Ctrl-C ends it and takes its data away)`);
  const beat = setInterval(() => {}, 60_000);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(beat);
  await redis.stop();
}
