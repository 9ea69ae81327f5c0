import { CronExpressionParser } from 'cron-parser';
import { messageOf } from '../src/errors.ts';
import {
  prefixesFit,
  routesAreReached,
  routesFitTheirTracker,
  routesNameTrackers,
  tagsAndLabelsAreValid,
  trackersAreRouted,
} from './route-rules.ts';
import type { Config } from './schema.ts';
import type { Path, Problem } from './yaml.ts';

/** What the rules that look across fields found: problems make the file unusable, warnings do not. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Where a rule says what it found. */
export interface Told {
  problem(path: Path, message: string): void;
  warning(path: Path, message: string): void;
}

/** A rule and the settings it looks at; it is skipped where one of those is itself unusable. */
interface Rule {
  readonly needs: readonly (keyof Config)[];
  check(config: Config, told: Told, trackerNames: readonly string[]): void;
}

/**
 * Checks everything that one field alone cannot say. `unusable` names the settings whose form is wrong already;
 * `trackerNames` are those in the file, also of trackers that are not usable.
 */
export function checkRules(config: Config, unusable: ReadonlySet<string>, trackerNames: readonly string[]): Findings {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const told: Told = {
    problem: (path, message) => problems.push({ path, message }),
    warning: (path, message) => warnings.push({ path, message }),
  };
  for (const { needs, check } of RULES) {
    if (!needs.some((setting) => unusable.has(setting))) check(config, told, trackerNames);
  }
  return { problems, warnings };
}

const RULES: readonly Rule[] = [
  { needs: ['routes'], check: routesNameTrackers },
  { needs: ['routes', 'trackers'], check: trackersAreRouted },
  { needs: ['routes'], check: routesAreReached },
  { needs: ['trackers'], check: trackersDiffer },
  { needs: ['routes', 'trackers'], check: prefixesFit },
  { needs: ['routes', 'trackers'], check: tagsAndLabelsAreValid },
  { needs: ['routes', 'trackers'], check: routesFitTheirTracker },
  { needs: ['notes'], check: notesHoldNoSecrets },
  { needs: ['trackers'], check: trackersHoldNoSecrets },
  { needs: ['ledger'], check: ledgerIsNoAddress },
  { needs: ['extract', 'close'], check: modelClosesNothing },
  { needs: ['limits', 'trackers'], check: paceIsBearable },
  { needs: ['schedules'], check: schedulesTick },
  { needs: ['schedules', 'notes', 'trackers'], check: schedulesHaveWork },
];

/** Two trackers on one project would see each other's issues and take the same numbers for their own. */
function trackersDiffer({ trackers }: Config, told: Told): void {
  const seen = new Map<string, string>();
  for (const [name, tracker] of Object.entries(trackers)) {
    const place = tracker.type === 'github' ? tracker.repository.toLowerCase() : tracker.project;
    const target = `${tracker.type} ${place} at ${tracker.baseUrl}`;
    const other = seen.get(target);
    if (other === undefined) seen.set(target, name);
    else
      told.problem(['trackers', name], `${other} is the same ${tracker.type} ${place}; keep one, routes give labels`);
  }
}

const SECRET_IN_ADDRESS = 'an address must not hold a name and a password';

/** They would end up in reports and logs. */
function notesHoldNoSecrets({ notes }: Config, told: Told): void {
  for (const [index, note] of notes.entries()) if (hasSecret(note)) told.problem(['notes', index], SECRET_IN_ADDRESS);
}

function trackersHoldNoSecrets({ trackers }: Config, told: Told): void {
  for (const [name, { baseUrl }] of Object.entries(trackers)) {
    if (hasSecret(baseUrl)) told.problem(['trackers', name, 'baseUrl'], SECRET_IN_ADDRESS);
  }
}

function hasSecret(address: string): boolean {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== '' || password !== '';
}

function ledgerIsNoAddress({ ledger }: Config, told: Told): void {
  if (typeof ledger !== 'string' || !/^rediss?:/i.test(ledger)) return;
  told.problem(['ledger'], 'for Redis name the variable that holds its address: { redis: { urlEnv: REDIS_URL } }');
}

/** What a model finds may be missing the next time, and all of it is when the model is down. */
function modelClosesNothing({ extract, close }: Config, told: Told): void {
  if (extract.model?.mode !== 'merge' || !close.vanished) return;
  told.problem(
    ['close', 'vanished'],
    'not together with extract.model in mode merge: whenever the model does not answer, its issues would be closed',
  );
}

const PUBLIC = /^https:\/\/api\.(?:github\.com|launchpad\.net)\b/;

function paceIsBearable({ limits, trackers }: Config, told: Told): void {
  if (limits.createsPerMinute <= 80) return;
  if (!Object.values(trackers).some(({ baseUrl }) => PUBLIC.test(baseUrl))) return;
  told.warning(['limits', 'createsPerMinute'], 'GitHub takes at most 80 a minute, and Launchpad asks for 60');
}

function schedulesTick({ schedules }: Config, told: Told): void {
  for (const [name, { timezone, cron }] of Object.entries(schedules)) {
    if (!isTimezone(timezone)) {
      told.problem(['schedules', name, 'timezone'], 'write a time zone such as UTC or Europe/Prague');
    }
    const wrong = cronProblem(cron);
    if (wrong !== null) told.problem(['schedules', name, 'cron'], wrong);
  }
}

function schedulesHaveWork({ schedules, notes, trackers }: Config, told: Told): void {
  for (const [name, schedule] of Object.entries(schedules)) {
    if (Object.keys(trackers).length === 0) told.problem(['schedules', name], 'there is no tracker to work on');
    if (schedule.run === 'sync' && notes.length === 0 && (schedule.notes ?? []).length === 0) {
      told.problem(['schedules', name], 'it names no notes, and neither does the top of this file');
    }
  }
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function cronProblem(cron: string): string | null {
  try {
    CronExpressionParser.parse(cron);
    return null;
  } catch (error) {
    return `not a cron pattern such as "0 6 * * 1" (${messageOf(error)})`;
  }
}
