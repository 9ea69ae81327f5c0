import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { TrackerError } from '../../errors.ts';
import { webHost } from './dialect.ts';

/** What GitHub gives at the start of a device login: the code that a person types on the page. */
export interface DeviceLogin {
  readonly code: string;
  readonly page: string;
  readonly device: string;
  readonly pauseMs: number;
  readonly until: Date;
}

const DeviceCode = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  expires_in: z.number(),
  interval: z.number().default(5),
});
const DeviceToken = z.object({
  access_token: z.string().optional(),
  error: z.string().optional(),
  interval: z.number().optional(),
});

/** The web address under which an API root's people log in. */
export function webRootOf(baseUrl: string): string {
  const { protocol, host } = new URL(baseUrl);
  return host === 'api.github.com' ? `https://${webHost(baseUrl)}` : `${protocol}//${host}`;
}

/** Starts a device login for an OAuth app with the device flow enabled. Throws `TrackerError`. */
export async function beginDeviceLogin(webRoot: string, clientId: string, now: Date): Promise<DeviceLogin> {
  const answer = DeviceCode.safeParse(
    await post(`${webRoot}/login/device/code`, { client_id: clientId, scope: 'repo' }),
  );
  if (!answer.success) {
    throw new TrackerError('github', { kind: 'denied' }, `GitHub gave no device code for the client ${clientId}`, {
      hint: 'It has to be an OAuth app with the device flow enabled',
    });
  }
  const { user_code: code, verification_uri: page, device_code: device, interval, expires_in: seconds } = answer.data;
  return { code, page, device, pauseMs: interval * 1000, until: new Date(now.getTime() + seconds * 1000) };
}

/** Asks until the person has typed the code, at GitHub's pace. Throws `denied` when they refused or the time is over. */
export async function waitForToken(
  webRoot: string,
  clientId: string,
  login: DeviceLogin,
  signal: AbortSignal,
): Promise<string> {
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  let pauseMs = login.pauseMs;
  for (;;) {
    await sleep(pauseMs, undefined, { signal });
    const form = { client_id: clientId, device_code: login.device, grant_type: grant };
    const {
      access_token: token,
      error,
      interval,
    } = DeviceToken.parse(await post(`${webRoot}/login/oauth/access_token`, form));
    if (token !== undefined) return token;
    if (error === 'slow_down') pauseMs = (interval ?? pauseMs / 1000 + 5) * 1000;
    else if (error !== 'authorization_pending') throw ended(error);
  }
}

function ended(error: string | undefined): TrackerError {
  const words =
    error === 'access_denied'
      ? 'The access was refused on the page of GitHub'
      : `GitHub ended the login (${error ?? 'no reason given'})`;
  return new TrackerError('github', { kind: 'denied' }, words, { hint: 'Run ptg-tracker login github again' });
}

async function post(url: string, form: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    });
    return await answer.json();
  } catch (error) {
    throw new TrackerError('github', { kind: 'unreachable' }, `GitHub could not be reached at ${new URL(url).host}`, {
      cause: error,
    });
  }
}
