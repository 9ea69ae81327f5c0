import { z } from 'zod';
import { TrackerError } from '../../errors.ts';
import type { Memo } from '../../refs/memo.ts';
import { type Answer, firstWords, refusal, refusesCredentials } from './answer.ts';
import type { LaunchpadHttp } from './http.ts';
import type { Clock } from './pace.ts';
import { lastPart, Person } from './schema.ts';

/** What every call on one Launchpad project needs. */
export interface Desk {
  /** The tracker's name in the configuration. */
  readonly name: string;
  readonly project: string;
  readonly http: LaunchpadHttp;
  readonly clock: Clock;
  /** Where people see the bugs: `https://bugs.launchpad.net`. */
  readonly web: string;
  /** What may be remembered between runs; `key` keeps projects and accounts apart. */
  readonly memo: Memo | null;
  readonly key: string;
  /** Set once this Launchpad refused the two newest statuses in a search. */
  classic: boolean;
  /** Set once a look found that the project takes no bugs. */
  unfit: TrackerError | null;
  /** Our own account's name, once it is known. */
  account: string | null;
}

/** The page of a bug of our project. */
export function bugPage(desk: Desk, id: string): string {
  return `${desk.web}/${desk.project}/+bug/${id}`;
}

/** Where people see bugs: `api.` gives way to `bugs.`; a host of another form serves both. */
export function bugsHost(baseUrl: string): string {
  const { protocol, host } = new URL(baseUrl);
  return `${protocol}//${host.replace(/^api\./, 'bugs.')}`;
}

/** The failure that an answer stands for. */
export function refused(desk: Desk, what: string, answer: Answer): TrackerError {
  return refusal(desk.name, what, answer, desk.clock.now());
}

/** What a successful answer holds; an HTML page, nothing at all or another shape is `broken`, in one sentence. */
export function parse<T>(desk: Desk, what: string, schema: z.ZodType<T>, answer: Answer): T {
  const found = schema.safeParse(toJson(answer.body));
  if (found.success) return found.data;
  throw new TrackerError(
    desk.name,
    { kind: 'broken' },
    `Launchpad answered ${what} with something else than expected (${answer.status}): ${firstWords(answer.body)}`,
  );
}

/** The JSON in a text; undefined when it is none. */
export function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is remembered of an account between runs. */
const Remembered = z.object({ account: z.string() });

/** Our own account name. Read once, then remembered. */
export async function ownAccount(desk: Desk): Promise<string> {
  desk.account ??= await rememberedAccount(desk);
  return desk.account;
}

async function rememberedAccount(desk: Desk): Promise<string> {
  const memory = Remembered.safeParse(toJson((await desk.memo?.get(`${desk.key}:account`)) ?? ''));
  if (memory.success) return memory.data.account;
  const account = await readOwnAccount(desk);
  await desk.memo?.set(`${desk.key}:account`, JSON.stringify({ account }));
  return account;
}

/** Forgets the account's name: people rename their accounts. */
export async function forgetAccount(desk: Desk): Promise<void> {
  desk.account = null;
  await desk.memo?.set(`${desk.key}:account`, null);
}

/** `+me` redirects to the account; its name stands in the address, so one request is enough. */
async function readOwnAccount(desk: Desk): Promise<string> {
  const what = 'who we are';
  const answer = await desk.http.peek(what, '/people/+me');
  const { location } = answer.headers;
  if (answer.status >= 300 && answer.status < 400 && location !== undefined) return lastPart(location);
  if (answer.status === 200) return parse(desk, what, Person, answer).name;
  if (answer.status === 401 && !refusesCredentials(answer)) {
    throw new TrackerError(
      desk.name,
      { kind: 'denied' },
      `Launchpad does not know who we are (401 ${firstWords(answer.body)})`,
      {
        hint: 'Get credentials: ptg-tracker login launchpad',
      },
    );
  }
  throw refused(desk, what, answer);
}
