import { describe, expect, it } from 'vitest';
import { openLaunchpad } from '../../../src/trackers/launchpad/launchpad.ts';
import {
  askForAccess,
  beginLogin,
  networkPost,
  waitForAccess,
  webRootOf,
  writeCredentials,
} from '../../../src/trackers/launchpad/login.ts';
import { aSharedSandbox, LIMITS } from './desk.ts';

const shared = aSharedSandbox();
const post = networkPost(5000);
const begin = () => beginLogin(post, { webRoot: shared.sandbox.url, consumerKey: 'ptg-tracker' });

describe('login to Launchpad', () => {
  it('gets credentials that work, once the person has said yes', async () => {
    const { sandbox } = shared;
    const request = await begin();
    let asked = 0;
    const clock = {
      now: () => new Date(),
      sleep: async () => {
        asked += 1;
        if (asked === 2) sandbox.grant(request.token, 'alice');
      },
    };

    const credentials = await waitForAccess(post, sandbox.url, request, { clock, timeoutMs: 60_000 });

    expect(asked).toBe(2);
    const tracker = openLaunchpad({
      name: 'bugs',
      config: { project: sandbox.project, baseUrl: sandbox.url },
      credentials: writeCredentials(credentials),
      limits: LIMITS,
      userAgent: 'ptg-tracker-test',
    });
    expect((await tracker.open()).account).toBe('alice');
  });

  it('names a page that says what is asked for', async () => {
    const request = await begin();

    expect(request.page).toBe(
      `${shared.sandbox.url}/+authorize-token?oauth_token=${request.token}&allow_permission=WRITE_PUBLIC`,
    );
    const page = await (await fetch(request.page)).text();
    expect(page).toContain('ptg-tracker wants to');
  });

  it('ends when the person says no', async () => {
    const { sandbox } = shared;
    const request = await begin();
    sandbox.grant(request.token, 'alice', 'UNAUTHORIZED');

    await expect(askForAccess(post, sandbox.url, request)).rejects.toMatchObject({ refusal: { kind: 'denied' } });
  });

  it('ends when nobody answers in time', async () => {
    const { sandbox } = shared;
    let time = 0;
    const clock = {
      now: () => new Date(time),
      sleep: async (ms: number) => {
        time += ms;
      },
    };

    const waiting = waitForAccess(post, sandbox.url, await begin(), { clock, timeoutMs: 10_000 });

    await expect(waiting).rejects.toMatchObject({
      refusal: { kind: 'denied' },
      message: expect.stringContaining('in time'),
    });
    expect(time).toBeGreaterThanOrEqual(10_000);
  });

  it('cannot be repeated with the same request token', async () => {
    const { sandbox } = shared;
    const request = await begin();
    sandbox.grant(request.token, 'bob');
    await askForAccess(post, sandbox.url, request);

    await expect(askForAccess(post, sandbox.url, request)).rejects.toMatchObject({ refusal: { kind: 'broken' } });
  });

  it('says that Launchpad cannot be reached, without the secret', async () => {
    const request = { ...(await begin()), secret: 'v3ry-s3cr3t' };

    const error = await askForAccess(post, 'http://127.0.0.1:1', request).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ refusal: { kind: 'unreachable' } });
    expect(JSON.stringify(error) + String(error)).not.toContain('s3cr3t');
  });

  it.each([
    ['https://api.launchpad.net', 'https://launchpad.net'],
    ['https://api.qastaging.launchpad.net/', 'https://qastaging.launchpad.net'],
    ['http://127.0.0.1:8085', 'http://127.0.0.1:8085'],
  ])('for the API at %s happens at %s', (api, web) => {
    expect(webRootOf(api)).toBe(web);
  });
});
