import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caught } from '../contract-faults.ts';
import { aDraft } from '../harness.ts';
import { type GitHubHarness, openHarness } from './open.ts';

let harness: GitHubHarness;
let credential: string;

beforeEach(async () => {
  harness = await openHarness({ app: true });
  credential = harness.sandbox.app ?? '';
});

afterEach(() => harness.close());

describe('a GitHub App', () => {
  it('works like an account: it creates, is told by its bot name and finds what it created', async () => {
    const { reopen, person, proxy } = harness;
    const tracker = reopen({ token: credential });
    await person.file('By a colleague');

    const access = await tracker.open();
    const { issue, dropped } = await tracker.create(aDraft(tracker, 'item', { assignees: ['alice'] }));

    expect(access).toMatchObject({ account: 'ptg-tracker-app[bot]', mayLabel: true, warnings: [] });
    expect(dropped).toEqual([]);
    expect(issue).toMatchObject({ author: 'ptg-tracker-app[bot]', assignees: ['alice'], labels: ['ptg'] });
    expect((await tracker.createdSince(new Date())).map(({ id }) => id)).toEqual([issue.id]);
    expect(proxy.sent('POST', '/access_tokens')).toHaveLength(1);
  });

  it('takes its key as PEM too', async () => {
    const { reopen } = harness;
    const [app, id, installation, key = ''] = credential.split(':');
    const pem = Buffer.from(key, 'base64').toString('utf8');
    for (const text of [pem, pem.replaceAll('\n', '\\n')]) {
      const tracker = reopen({ token: [app, id, installation, text].join(':') });

      expect((await tracker.open()).account).toBe('ptg-tracker-app[bot]');
    }
  });

  it.each([
    ['a key that is none', (app: string) => `${app.split(':').slice(0, 3).join(':')}:bm8ga2V5`],
    ['another installation', (app: string) => app.replace(':100:', ':101:')],
    ['another app', (app: string) => app.replace('12345', '54321')],
  ])('is denied with %s, in words without the key', async (_, change) => {
    const { reopen } = harness;
    const token = change(credential);
    const tracker = reopen({ token });

    for (const call of [() => tracker.open(), () => tracker.changes(null), () => tracker.create(aDraft(tracker))]) {
      const error = await caught(call());

      expect(error.refusal.kind).toBe('denied');
      expect(`${error.message} ${error.hint} ${error.cause}`).not.toContain(token.split(':').at(-1));
    }
  });

  it('is not in doubt about an issue when it got no token to send it with', async () => {
    const { reopen, proxy, person } = harness;
    const tracker = reopen({ token: credential });
    proxy.plan({ rules: [{ path: '/access_tokens', fault: { do: 'answer', when: 'before', status: 502 } }] });

    const error = await caught(tracker.create(aDraft(tracker)));

    expect(error.refusal.kind).toBe('broken');
    expect(await person.count()).toBe(0);
  });
});
