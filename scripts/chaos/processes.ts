import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { forward, listen, type Running, send } from '../../src/sandbox/http.ts';
import { bundled } from './bundle.ts';
import type { Errand } from './child.ts';
import { STEPS } from './mortal.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';
import type { Round } from './round.ts';

const KILLS = [
  'when the create arrives',
  'right after the create was done',
  'at a random moment',
  'at a step',
] as const;
/** In blocks of 512 bytes: more than an empty ledger, less than one after some runs. */
const LEAST_BLOCKS = 120;
const MOST_BLOCKS = 700;

/** Some runs as processes of their own on one ledger; the first of them is killed as the kernel would, or may write no further. */
export async function processes(round: Round): Promise<void> {
  const { random } = round;
  const ledger = round.ledgers[random.below(round.ledgers.length)] ?? '';
  const count = random.pick([1, 2, 4]);
  const errand = { ledger, items: await round.items(), ahead: round.ahead };
  round.count(`${count} process${count === 1 ? '' : 'es'} at once on one ledger`);
  if (random.chance(0.2)) return limited(round, errand, count);
  const kill = random.pick(KILLS);
  const dies = { where: random.pick(STEPS), nth: 1 + random.below(2) };
  let doomed: ChildProcess | null = null;
  const end = () => void doomed?.kill('SIGKILL');
  const gates: Running[] = [];
  const place = await gated(round.place, kill, 1 + random.below(2), end, gates);
  const first = { ...errand, place, ...(kill === 'at a step' ? { dies } : {}) };
  const others = Array.from({ length: count - 1 }, () => ({ ...errand, place: round.place }));
  const children = await Promise.all([first, ...others].map((one) => start(one)));
  doomed = children[0] ?? null;
  if (kill === 'at a random moment') killLater(random, end, doomed);
  const told = await Promise.all(children.map(ending));
  for (const gate of gates) await gate.close();
  const killed = doomed?.signalCode === 'SIGKILL';
  const how = kill === 'at a step' ? dies.where : kill;
  round.count(killed ? `SIGKILL ${how}` : 'process that lived on');
  round.tell(`${count} process(es) on ${ledger}, ${killed ? `one killed ${how}` : 'none killed'}\n${told.join('\n')}`);
}

/** The first process may not write beyond a size of its files, as with a quota. */
async function limited(round: Round, errand: Omit<Errand, 'place'>, count: number): Promise<void> {
  const blocks = LEAST_BLOCKS + round.random.below(MOST_BLOCKS - LEAST_BLOCKS);
  const all = Array.from({ length: count }, () => ({ ...errand, place: round.place }));
  const children = await Promise.all(all.map((one, index) => start(one, index === 0 ? blocks : null)));
  const told = await Promise.all(children.map(ending));
  round.count('process that may not write beyond a size');
  round.tell(
    `${count} process(es) on ${errand.ledger}, one with files of ${blocks} blocks at most\n${told.join('\n')}`,
  );
}

async function start(errand: Errand, blocks: number | null = null): Promise<ChildProcess> {
  const script = await bundled('child.ts');
  const command = [process.execPath, script, JSON.stringify(errand)];
  // Without the signal the write fails, as on a full disk, and the process goes on.
  const limits = ['sh', '-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`, 'sh'];
  const [name = '', ...args] = blocks === null ? command : [...limits, ...command];
  return spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ending(child: ChildProcess): Promise<string> {
  const none = Promise.resolve('');
  const [out, errors, [code, signal]] = await Promise.all([
    child.stdout === null ? none : text(child.stdout),
    child.stderr === null ? none : text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  return `  process ended with ${code ?? signal}\n${out}${code === 0 ? '' : errors.slice(0, 2_000)}`;
}

/** A moment after it has planned, which is when it writes. */
function killLater(random: Random, end: () => void, child: ChildProcess | null): void {
  const ms = random.below(200);
  child?.stdout?.once('data', () => void sleep(ms, undefined, { ref: false }).then(end));
}

/** The place behind gates that kill at the n-th create. */
async function gated(
  place: Place,
  kill: (typeof KILLS)[number],
  nth: number,
  end: () => void,
  gates: Running[],
): Promise<Place> {
  let creates = 0;
  const gate = async (target: string) => {
    const running = await listen(async (request, response) => {
      const isCreate = request.method === 'POST' && /\/(?:issues|bugs)$/.test(request.path);
      if (isCreate) creates += 1;
      const now = isCreate && creates === nth;
      if (now && kill === 'when the create arrives') {
        end();
        // The tracker gets it all the same: the request was on its way.
        await forward(target, request);
        return;
      }
      const answer = await forward(target, request);
      if (now && kill === 'right after the create was done') end();
      send(response, answer);
    });
    gates.push(running);
    return running.url;
  };
  return {
    github: place.github && { ...place.github, url: await gate(place.github.url) },
    launchpad: place.launchpad && { ...place.launchpad, url: await gate(place.launchpad.url) },
  };
}
