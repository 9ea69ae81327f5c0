import { RequestError } from '@octokit/request-error';
import type { z } from 'zod';
import { messageOf, TrackerError } from '../../errors.ts';
import { isLimit, limitEnds, reasonOf, silenceOf } from './errors.ts';
import { fieldOf, sentence } from './problem.ts';
import {
  type Doing,
  disabled,
  forbidden,
  gone,
  lost,
  missing,
  NO_API,
  PERMISSION,
  type Place,
  type Told,
} from './sentences.ts';

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
