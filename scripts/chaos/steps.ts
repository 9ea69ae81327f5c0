import { existsSync } from 'node:fs';
import { readFile, rm, stat, truncate } from 'node:fs/promises';
import Libsql from 'libsql';
import type { SmallDisk } from './disk.ts';
import { type Fate, STEPS } from './mortal.ts';
import { EDITS } from './people.ts';
import { SETTLE_MS } from './place.ts';
import { processes } from './processes.ts';
import type { Random } from './random.ts';
import { MOST_SKEW_MS, type Round, type RunPlan } from './round.ts';

const MINUTE = 60_000;
/** Edits after which only the ledger tells which issue is whose. */
const ONLY_WITH_A_LEDGER: readonly string[] = ['block taken away'];

/** Something happens: a run, several runs, a person, a ledger's mishap, a change of the notes. */
export async function step(round: Round): Promise<void> {
  const { random } = round;
  const lot = random.next();
  if (lot < 0.34) return aRun(round);
  if (lot < 0.34 + round.processes) return processes(round);
  if (lot < 0.48) return runsTogether(round);
  if (lot < 0.58) return round.rewordSome();
  if (lot < 0.8) return aPerson(round);
  if (lot < 0.9) return ledgerMishap(round);
  if (lot < 0.94) return somethingMoves(round);
  if (lot < 0.97) {
    round.absent = random.below(round.statements.length);
    round.count('statement taken out for a while');
    return round.tell(`statement ${round.absent} is taken out of the notes for a while`);
  }
  round.ahead += random.pick([5_000, SETTLE_MS + 1_000]);
  round.tell(`time passes: ${round.ahead} ms in all`);
}

/** One run, most often while something goes wrong. */
export async function aRun(round: Round): Promise<void> {
  const { random } = round;
  const drawn = random.chance(0.75) ? round.faults() : [];
  const skew = random.chance(0.15) ? random.pick([-180 * MINUTE, -MINUTE, MINUTE / 2, MOST_SKEW_MS]) : 0;
  if (skew !== 0) round.count('clock skew');
  await round.runs([{ ledger: random.below(round.ledgers.length), fate: fate(random), skew }], drawn);
}

function fate(random: Random): Fate | null {
  const lot = random.next();
  if (lot < 0.12) return { what: 'dies', step: 1 + random.below(60) };
  if (lot < 0.25) return { what: 'dies', where: random.pick(STEPS), step: 1 + random.below(4) };
  return lot < 0.3 ? { what: 'disk full', step: 1 + random.below(20) } : null;
}

/** Several runs at the same time. */
export async function runsTogether(round: Round): Promise<void> {
  const { random } = round;
  const plans: RunPlan[] = Array.from({ length: 2 + random.below(3) }, () => ({
    ledger: random.below(round.ledgers.length),
    fate: fate(random),
    skew: 0,
  }));
  round.count(`${plans.length} runs at once`);
  await round.runs(plans, random.chance(0.4) ? round.faults() : []);
}

async function aPerson(round: Round): Promise<void> {
  const edits = EDITS.filter((edit) => !round.forgetful || !ONLY_WITH_A_LEDGER.includes(edit));
  await round.person(round.random.pick(edits));
}

/** A repository gets another name, or an issue moves to another repository. */
async function somethingMoves(round: Round): Promise<void> {
  const { random } = round;
  const desk = random.pick(round.desks);
  if (desk.type !== 'github' || desk.repository.endsWith('-now')) return;
  if (random.chance(0.6)) {
    await desk.rename();
    round.count('repository renamed');
    return round.tell('the repository is renamed');
  }
  const issues = (await desk.all()).filter(
    ({ id }) => round.recorded.has(`work ${id}`) && !round.wishes.has(`work ${id}`),
  );
  if (round.forgetful || issues.length === 0) return;
  const { id } = random.pick(issues);
  await desk.transfer(id);
  round.count('issue transferred');
  round.tell(`work ${id} is transferred to another repository`);
}

async function ledgerMishap(round: Round): Promise<void> {
  const { random } = round;
  const index = random.below(round.ledgers.length);
  const file = round.ledgers[index] ?? '';
  if (!existsSync(file)) return;
  const away = async () => {
    for (const end of ['', '-wal', '-shm']) await rm(`${file}${end}`, { force: true });
    round.recorded.clear();
  };
  if (round.disk !== null && random.chance(0.6)) return diskTrouble(round, round.disk, index);
  const lot = random.below(round.forgetful ? 5 : 3);
  if (lot === 0) return lockedWhile(round, file, index);
  if (lot === 1) return newerFor(round, file, index);
  if (lot === 2) return secretsIn(round, file);
  if (lot === 3) {
    round.count('ledger deleted');
    round.tell(`ledger ${index} is deleted`);
    return away();
  }
  const { size } = await stat(file);
  await truncate(file, random.below(size));
  round.count('ledger truncated');
  round.tell(`ledger ${index} is truncated`);
  await round.runs([{ ledger: index, fate: null, skew: 0 }], []);
  return away();
}

/** The ledger's disk is really full, or really read-only, for a run or two. */
async function diskTrouble(round: Round, disk: SmallDisk, ledger: number): Promise<void> {
  const { random } = round;
  const runs = Array.from({ length: 1 + random.below(2) }, () => ({ ledger, fate: null, skew: 0 }));
  if (random.chance(0.6)) {
    const left = random.below(200_000);
    disk.fill(left);
    round.count('disk of the ledger really full');
    round.tell(`the disk of ledger ${ledger} has room for ${left} bytes`);
    await round.runs(runs, []);
    return disk.free();
  }
  const within = disk.readOnly();
  if (within === null) return;
  round.count('disk of the ledger really read-only');
  round.tell(`the disk of ledger ${ledger} is read-only for a while`);
  await round.runs(
    runs.map((run) => ({ ...run, within })),
    [],
  );
}

async function lockedWhile(round: Round, file: string, ledger: number): Promise<void> {
  const db = new Libsql(file);
  try {
    db.exec('BEGIN EXCLUSIVE');
    round.count('ledger locked by another program');
    round.tell(`ledger ${ledger} is locked for a while`);
    await round.runs([{ ledger, fate: null, skew: 0 }], []);
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    db.close();
  }
}

async function newerFor(round: Round, file: string, ledger: number): Promise<void> {
  const version = (value?: number) => {
    const db = new Libsql(file);
    const now = Number(Object.values(db.prepare('PRAGMA user_version').get() as object)[0]);
    if (value !== undefined) db.pragma(`user_version = ${value}`);
    db.close();
    return now;
  };
  const before = version(99);
  round.count('ledger from a newer version');
  round.tell(`ledger ${ledger} is from a newer version for a while`);
  const [outcomes = []] = await round.runs([{ ledger, fate: null, skew: 0 }], []);
  if (outcomes.length > 0) round.broken.push('a run went on with a ledger from a newer version');
  version(before);
}

async function secretsIn(round: Round, file: string): Promise<void> {
  const texts = await Promise.all([file, `${file}-wal`].filter(existsSync).map((one) => readFile(one, 'latin1')));
  round.count('ledger searched for secrets');
  for (const secret of round.secrets) {
    if (texts.some((text) => text.includes(secret))) round.broken.push('the ledger holds a secret');
  }
}
