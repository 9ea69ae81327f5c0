import { type Refusal, TrackerError } from '../../errors.ts';

/** One answer of Launchpad's, its body as text: an answer may be HTML, or empty, where JSON was due. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Launchpad's own clock, else ours. */
  readonly at: Date;
}

/** The texts by which Launchpad's 401 says that the credentials are at fault; any other 401 is a missing permission. */
const BAD_CREDENTIALS =
  /^\s*(?:Expired token|Invalid token|Unknown access token|Unknown consumer|Invalid signature|Inactive account|Unauthorized token)/;

/** Whether a 401 is about who we are and not about what we may do. */
export function refusesCredentials(answer: Answer): boolean {
  return answer.status === 401 && BAD_CREDENTIALS.test(answer.body);
}

/** A server error behind which nothing was written: Launchpad rolls back before it reports an OOPS. */
export function rolledBack(answer: Answer): boolean {
  return answer.status === 503 && oops(answer) !== null;
}

/** The number under which Launchpad's people find the failure in their logs. */
function oops(answer: Answer): string | null {
  return answer.headers['x-lazr-oopsid'] ?? null;
}

/** When to come again after a 429 or 503, at most a quarter of an hour on: Launchpad's own figure is a fixed guess. */
export function comeAgain(answer: Answer, now: Date): Date {
  const asked = Number(answer.headers['retry-after'] ?? '60');
  const seconds = Number.isFinite(asked) && asked >= 0 ? Math.min(asked, 900) : 60;
  return new Date(now.getTime() + seconds * 1000);
}

/** What an answer that is no success means, in one sentence. `what` says what was asked for ("the bugs of neutron"). */
export function refusal(tracker: string, what: string, answer: Answer, now: Date): TrackerError {
  const { kind, sentence, hint } = judge(what, answer, now);
  return new TrackerError(tracker, kind, sentence, hint === undefined ? {} : { hint });
}

interface Judgement {
  readonly kind: Refusal;
  readonly sentence: string;
  readonly hint?: string;
}

function judge(what: string, answer: Answer, now: Date): Judgement {
  const said = firstWords(answer.body);
  switch (answer.status) {
    case 400:
      return { kind: { kind: 'invalid', field: fieldOf(answer.body) }, sentence: `Launchpad refused ${what}: ${said}` };
    case 401:
      return refusesCredentials(answer)
        ? {
            kind: { kind: 'denied' },
            sentence: `Launchpad refused the credentials (401 ${said})`,
            hint: 'Get new ones: ptg-tracker login launchpad',
          }
        : {
            kind: { kind: 'forbidden' },
            sentence: `This account may not do that on Launchpad: ${what} (401 ${said})`,
            hint: 'Ask the project for the permission, or use another account',
          };
    case 404:
      return {
        kind: { kind: 'missing' },
        sentence: `Launchpad has no such thing, or hides it: ${what} (404)`,
        hint: 'Check the name of the project in the configuration',
      };
    case 410:
      return { kind: { kind: 'disabled' }, sentence: `Launchpad has suspended ${what} (410)` };
    case 429:
      return busy(what, answer, now, 'Launchpad asks to slow down (429)');
    case 503:
      return busy(what, answer, now, `Launchpad timed out or is in maintenance (503${oopsNote(answer)})`);
    default:
      return {
        kind: { kind: 'broken' },
        sentence: `Launchpad gave an answer that makes no sense to ${what} (${answer.status}${oopsNote(answer)}): ${said}`,
      };
  }
}

function busy(what: string, answer: Answer, now: Date, why: string): Judgement {
  const until = comeAgain(answer, now);
  return { kind: { kind: 'busy', until }, sentence: `${why} at ${what}; come again at ${until.toISOString()}` };
}

function oopsNote(answer: Answer): string {
  const id = oops(answer);
  return id === null ? '' : `, ${id}`;
}

/** `title: Too long` names the field at fault. */
function fieldOf(body: string): string | null {
  return /^(?<field>[a-z_]{1,40}): /.exec(body)?.groups?.field ?? null;
}

/** The first line of a text, or that it was a page or nothing at all; never more than a sentence's worth. */
export function firstWords(body: string): string {
  const text = body.trim();
  if (text === '') return 'an empty answer';
  if (text.startsWith('<')) return 'an HTML page';
  const line = text.split('\n', 3).join(' · ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
