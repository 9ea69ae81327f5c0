import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { forward, listen, type Running, send } from '../../src/sandbox/http.ts';
import type { Errand } from './child.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';
import type { Round } from './round.ts';

const KILLS = ['when the create arrives', 'right after the create was done', 'at a random moment'] as const;

/** Some runs as processes of their own on one ledger; the first of them is killed as the kernel would. */
export async function processes(round: Round): Promise<void> {
  const { random } = round;
  const kill = random.pick(KILLS);
  const ledger = round.ledgers[random.below(round.ledgers.length)] ?? '';
  const count = 1 + random.below(2);
  let doomed: ChildProcess | null = null;
  const end = () => void doomed?.kill('SIGKILL');
  const gates: Running[] = [];
  const place = await gated(round.place, kill, 1 + random.below(3), end, gates);
  const errand = { ledger, items: round.items, ahead: round.ahead };
  const children = Array.from({ length: count }, (_, index) =>
    start({ ...errand, place: index === 0 ? place : round.place }),
  );
  doomed = children[0] ?? null;
  if (kill === 'at a random moment') killLater(random, end, doomed);
  const told = await Promise.all(children.map(ending));
  for (const gate of gates) await gate.close();
  const killed = doomed?.signalCode === 'SIGKILL';
  round.count(killed ? `SIGKILL ${kill}` : 'process that lived on');
  round.tell(`${count} process(es) on ${ledger}, ${killed ? `one killed ${kill}` : 'none killed'}\n${told.join('\n')}`);
}

function start(errand: Errand): ChildProcess {
  const script = join(import.meta.dirname, 'child.ts');
  return spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(errand)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
