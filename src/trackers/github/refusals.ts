import { RequestError } from '@octokit/request-error';
import type { z } from 'zod';
import { messageOf, type Refusal, TrackerError } from '../../errors.ts';
import { isLimit, limitEnds, reasonOf, silenceOf } from './errors.ts';
import { fieldOf, sentence } from './problem.ts';

/** What messages speak of. */
export interface Place {
  /** The tracker's name in the configuration. */
  readonly name: string;
  /** `owner/repo`. */
  readonly target: string;
  readonly tokenEnv: string;
  readonly host: string;
  /** What must never be shown. */
  readonly secrets: readonly string[];
  readonly timeout: number;
}

/** What was being done when it failed. */
export interface Doing {
  /** For the sentence: "listing issues". */
  readonly what: string;
  /** The issue it was about. */
  readonly id?: string;
  /** A create: no answer, or none that can be read, leaves open whether it was done. */
  readonly create?: boolean;
}

const PERMISSION = 'It needs "Issues: read and write" on that repository. See: ptg-tracker doctor';
const NO_API = 'Is "baseUrl" in the configuration the address of a GitHub API?';

/** The failure of a request as a refusal with a sentence; what is no failure of a request is given back as it is. */
export function refused(place: Place, asked: Doing, error: unknown): unknown {
  if (!(error instanceof RequestError)) return isBadKey(error) ? badKey(place) : error;
  // An app asks for its own token first; when that fails, what was asked for was never sent.
  const forToken = /\/access_tokens$/.test(error.request.url);
  const doing = forToken ? { what: 'a token for the app' } : asked;
  if (forToken && error.status === 404) error.status = 401;
  const silence = silenceOf(error);
  const [refusal, message, hint] = silence === null ? answered(place, doing, error) : silent(place, doing, error);
  return new TrackerError(place.name, refusal, redact(message, place), { hint, cause: harmless(error, place) });
}

type Told = readonly [refusal: Refusal, message: string, hint: string];

function silent(place: Place, doing: Doing, error: RequestError): Told {
  const silence = silenceOf(error);
  const reason = silence === 'timeout' ? `no answer within ${place.timeout / 1000} s` : reasonOf(error);
  if (doing.create && silence !== 'not sent')
    return lost(`The answer of GitHub to a new issue in ${place.target} was lost (${reason})`);
  if (silence === 'unreadable') {
    return [{ kind: 'broken' }, `${place.host} does not answer ${doing.what} like GitHub (${reason})`, NO_API];
  }
  return [
    { kind: 'unreachable' },
    `GitHub could not be reached at ${place.host} (${reason})`,
    'Check the network, the proxy and "baseUrl" in the configuration, then run again.',
  ];
}

function lost(message: string): Told {
  return [{ kind: 'uncertain' }, message, 'It will be looked for on the next run; it will not be sent twice.'];
}

function answered(place: Place, doing: Doing, error: RequestError): Told {
  const { status } = error;
  const said = `${status} ${sentence(error)}`.trim();
  if (isLimit(error)) {
    const until = limitEnds(error, Date.now());
    return [
      { kind: 'busy', until },
      `GitHub's rate limit is used up until ${until.toISOString()} (${said})`,
      'Run again after that time; what is missing will be done then.',
    ];
  }
  if (status >= 500 && doing.create) return lost(`GitHub answered a new issue in ${place.target} with ${said}`);
  switch (status) {
    case 401:
      return [
        { kind: 'denied' },
        `GitHub refused the token in ${place.tokenEnv} for ${place.target} (${said})`,
        PERMISSION,
      ];
    case 403:
      return forbidden(place, doing, said);
    case 404:
    case 451:
      return missing(place, doing, said);
    case 410:
      return doing.id === undefined ? disabled(place, said) : gone(place, doing.id, said);
    case 400:
    case 422:
      return [
        { kind: 'invalid', field: fieldOf(error) },
        `GitHub refused ${doing.what} in ${place.target} (${said})`,
        'Change what it names, then run again; the other items are not affected.',
      ];
    default:
      return [{ kind: 'broken' }, `GitHub failed at ${doing.what} in ${place.target} (${said})`, 'Run again later.'];
  }
}

function forbidden(place: Place, doing: Doing, said: string): Told {
  if (/archived/i.test(said)) return archived(place, said);
  const token = `the token in ${place.tokenEnv}`;
  return [{ kind: 'forbidden' }, `GitHub forbids ${token} ${doing.what} in ${place.target} (${said})`, PERMISSION];
}

function missing(place: Place, doing: Doing, said: string): Told {
  if (doing.id !== undefined) return gone(place, doing.id, said);
  return [
    { kind: 'missing' },
    `GitHub has no repository ${place.target}, or hides it from the token in ${place.tokenEnv} (${said})`,
    'Check "repository" in the configuration and what the token may see. See: ptg-tracker doctor',
  ];
}

/** The repository takes no changes at all. */
export function archived(place: Place, said: string): Told {
  return [
    { kind: 'disabled' },
    `${place.target} is archived and takes no changes (${said})`,
    'Unarchive it, or name another repository in the configuration.',
  ];
}

/** The repository takes no issues. */
export function disabled(place: Place, said: string): Told {
  return [
    { kind: 'disabled' },
    `Issues are switched off in ${place.target} (${said})`,
    'Switch them on in the settings of the repository, or name another one in the configuration.',
  ];
}

function gone(place: Place, id: string, said: string): Told {
  return [
    { kind: 'gone', id },
    `Issue ${id} is no longer in ${place.target} (${said})`,
    'It was deleted, or moved out of sight.',
  ];
}

/** The answer as a shape that we know; else the refusal of `unreadable`. */
export function understood<T extends z.ZodType>(place: Place, doing: Doing, shape: T, answer: unknown): z.output<T> {
  const parsed = shape.safeParse(answer);
  if (!parsed.success) throw unreadable(place, doing);
  return parsed.data;
}

/** An answer that tells nothing: `uncertain` for a create, `broken` for the rest. */
export function unreadable(place: Place, doing: Doing): TrackerError {
  const [refusal, message, hint]: Told = doing.create
    ? lost(`The answer of GitHub to a new issue in ${place.target} cannot be read`)
    : [{ kind: 'broken' }, `GitHub's answer to ${doing.what} in ${place.target} cannot be read`, NO_API];
  return new TrackerError(place.name, refusal, message, { hint });
}

/** An app's private key that cannot sign is found out before anything is sent. */
function isBadKey(error: unknown): boolean {
  return error instanceof Error && /private ?key|keyData|PKCS|DECODER/i.test(error.message);
}

function badKey(place: Place): TrackerError {
  const hint = 'Write app:APP_ID:INSTALLATION_ID:KEY, the key as PEM or as its base64 on one line.';
  return new TrackerError(
    place.name,
    { kind: 'denied' },
    `The private key of the app in ${place.tokenEnv} cannot be used`,
    { hint },
  );
}

function redact(text: string, place: Place): string {
  return place.secrets.reduce((told, secret) => told.replaceAll(secret, '***'), text);
}

/** The cause for logs, without the request that carries the token. */
function harmless(error: RequestError, place: Place): Error {
  const cause = new Error(redact(`${error.status} ${messageOf(error)}`, place));
  cause.name = error.name;
  return cause;
}
