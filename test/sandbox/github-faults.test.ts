import { afterEach, describe, expect, it } from 'vitest';
import type { Chance, Fault } from '../../src/sandbox/fault-plan.ts';
import { type FaultPlan, type FaultProxy, startFaultProxy } from '../../src/sandbox/faults.ts';
import { listen, type Running, send } from '../../src/sandbox/http.ts';

const opened: Running[] = [];
let served = 0;

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  served = 0;
});

/** A proxy before a server that counts: its answer to the nth request is `{"n":n,"body":…}`. */
async function start(plan: FaultPlan): Promise<FaultProxy> {
  const server = await listen(async (request, response) => {
    served += 1;
    const headers = { 'content-type': 'application/json', etag: `"${served}"` };
    send(response, { status: 200, headers, body: JSON.stringify({ n: served, body: request.body }) });
  });
  const proxy = await startFaultProxy({ target: server.url, plan });
  opened.push(server, proxy);
  return proxy;
}

async function ask(proxy: FaultProxy, method = 'POST', body = '{"title":"x","labels":["a"]}'): Promise<string> {
  try {
    const sent = method === 'GET' ? {} : { body };
    const answer = await fetch(`${proxy.url}/issues`, { method, redirect: 'manual', ...sent });
    return `${answer.status} ${await answer.text()}`;
  } catch {
    return 'no answer';
  }
}

describe('the fault proxy', () => {
  it('passes everything on, unchanged and recorded, when nothing is planned', async () => {
    const proxy = await start({});

    expect(await ask(proxy)).toBe('200 {"n":1,"body":"{\\"title\\":\\"x\\",\\"labels\\":[\\"a\\"]}"}');
    expect(proxy.requests).toMatchObject([
      { method: 'POST', path: '/issues', forwarded: true, fault: null, status: 200 },
    ]);
  });

  it.each<[string, Fault, string | RegExp, number]>([
    ['drops before', { do: 'drop', when: 'before' }, 'no answer', 0],
    ['drops after', { do: 'drop', when: 'after' }, 'no answer', 1],
    ['answers before', { do: 'answer', when: 'before', status: 502 }, /^502 /, 0],
    ['answers after', { do: 'answer', when: 'after', status: 504 }, /^504 /, 1],
    ['truncates', { do: 'truncate' }, 'no answer', 1],
    ['answers garbage', { do: 'garbage' }, /^200 <html>/, 1],
    ['redirects', { do: 'redirect', status: 307, from: '/issues', to: '/repositories/1/issues' }, /^307 /, 0],
    ['loses fields', { do: 'without', fields: ['labels'] }, '200 {"n":1,"body":"{\\"title\\":\\"x\\"}"}', 1],
  ])('%s what it is told to, and forwards as it says', async (_, fault, expected, forwarded) => {
    const proxy = await start({ rules: [{ method: 'POST', fault }] });

    expect(await ask(proxy)).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    expect(served).toBe(forwarded);
    expect(proxy.requests.map((request) => request.forwarded)).toEqual([forwarded === 1]);
  });

  it('answers slowly, and not at all when nobody waits any more', async () => {
    const proxy = await start({ rules: [{ fault: { do: 'slow', ms: 60_000 } }] });

    await expect(fetch(`${proxy.url}/issues`, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    expect(served).toBe(1);
  });

  it('answers an older copy of the same address', async () => {
    const proxy = await start({ rules: [{ method: 'GET', nth: 2, fault: { do: 'stale' } }] });

    expect([await ask(proxy, 'GET'), await ask(proxy, 'GET'), await ask(proxy, 'GET')]).toEqual([
      '200 {"n":1,"body":""}',
      '200 {"n":1,"body":""}',
      '200 {"n":2,"body":""}',
    ]);
  });

  it('answers what it is told when there is no older copy', async () => {
    const proxy = await start({ rules: [{ fault: { do: 'stale', instead: '[]' } }] });

    expect(await ask(proxy, 'GET')).toBe('200 []');
  });

  it('counts what each rule matches, so that the 2nd POST is the 2nd POST', async () => {
    const proxy = await start({
      rules: [
        { method: 'POST', nth: 1, fault: { do: 'answer', when: 'before', status: 500 } },
        { method: 'POST', nth: 2, times: 2, fault: { do: 'answer', when: 'before', status: 502 } },
        { method: 'GET', path: '/elsewhere', fault: { do: 'drop', when: 'before' } },
      ],
    });
    const answers = [];
    for (let number = 0; number < 4; number += 1) {
      await ask(proxy, 'GET');
      answers.push((await ask(proxy)).slice(0, 3));
    }

    expect(answers).toEqual(['500', '502', '502', '200']);
    expect(proxy.sent('POST')).toHaveLength(4);
  });

  it('begins anew with a new plan', async () => {
    const proxy = await start({ rules: [{ fault: { do: 'drop', when: 'before' } }] });
    await ask(proxy);

    proxy.plan({});

    expect(proxy.requests).toEqual([]);
    expect(await ask(proxy, 'GET')).toMatch(/^200/);
  });

  it('breaks the same requests with the same seed, and others with another', async () => {
    const faults = [
      { do: 'drop', when: 'before' },
      { do: 'answer', when: 'before', status: 503 },
    ] as const;
    const runs = [];
    for (const seed of [1, 1, 2]) {
      const chance: Chance = { seed, rate: 0.5, faults, only: { method: 'POST' } };
      const proxy = await start({ chance });
      const answers = [];
      for (let number = 0; number < 40; number += 1) answers.push((await ask(proxy)).slice(0, 3));
      expect(await ask(proxy, 'GET')).toMatch(/^200/);
      runs.push(answers.join());
    }

    expect(runs[0]).toBe(runs[1]);
    expect(runs[0]).not.toBe(runs[2]);
    const broken = runs[0]?.split(',').filter((status) => status !== '200').length ?? 0;
    expect(broken).toBeGreaterThan(8);
    expect(broken).toBeLessThan(32);
  });
});
