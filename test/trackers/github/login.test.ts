import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, type Running } from '../../../src/sandbox/http.ts';
import { beginDeviceLogin, waitForToken, webRootOf } from '../../../src/trackers/github/login.ts';

/** GitHub's device flow: the answers to the polls come in this order. */
let answers: Record<string, unknown>[] = [];
let web: Running;

beforeAll(async () => {
  web = await listen(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    const known = new URLSearchParams(request.body).get('client_id') === 'known';
    if (!request.path.endsWith('/login/device/code')) return void response.end(JSON.stringify(answers.shift() ?? {}));
    const code = {
      device_code: 'device',
      user_code: 'ABCD-1234',
      verification_uri: 'https://github.com/login/device',
      expires_in: 900,
      interval: 0,
    };
    response.end(JSON.stringify(known ? code : { error: 'Not Found' }));
  });
});
afterAll(() => web.close());

const { signal } = new AbortController();

describe('the device login', () => {
  it('gives the code for the page, waits while nobody has typed it, and ends with the token', async () => {
    answers = [{ error: 'authorization_pending' }, { error: 'authorization_pending' }, { access_token: 'gho_token' }];

    const login = await beginDeviceLogin(web.url, 'known', new Date());

    expect(login).toMatchObject({ code: 'ABCD-1234', page: 'https://github.com/login/device' });
    expect(await waitForToken(web.url, 'known', login, signal)).toBe('gho_token');
  });

  it('says that the access was refused', async () => {
    answers = [{ error: 'access_denied' }];
    const login = await beginDeviceLogin(web.url, 'known', new Date());

    await expect(waitForToken(web.url, 'known', login, signal)).rejects.toThrow(
      'The access was refused on the page of GitHub',
    );
  });

  it('says that the client is none with a device flow', async () => {
    await expect(beginDeviceLogin(web.url, 'unknown', new Date())).rejects.toThrow(
      'GitHub gave no device code for the client unknown',
    );
  });

  it('says that GitHub is not there', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => gone.once('listening', resolve));
    const address = gone.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => gone.close(resolve));

    await expect(beginDeviceLogin(`http://127.0.0.1:${port}`, 'known', new Date())).rejects.toThrow(
      'could not be reached',
    );
  });

  it('knows the web address of an API root', () => {
    expect(webRootOf('https://api.github.com')).toBe('https://github.com');
    expect(webRootOf('https://github.example.org/api/v3')).toBe('https://github.example.org');
  });
});
