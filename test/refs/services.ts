import type { Ref } from '../../src/items/item.ts';
import { networkGet } from '../../src/refs/asking.ts';
import type { FollowOptions } from '../../src/refs/follow.ts';
import { memoInMemory } from '../../src/refs/memo.ts';
import { type Incoming, listen, type Outgoing, type Running, send } from '../../src/sandbox/http.ts';

export interface Recorder extends Running {
  /** What was asked for, with the query. */
  readonly asked: string[];
  /** Answers by the path with the query; what is not there is a 404. A `drop` ends the connection. */
  answers: Record<string, Partial<Outgoing> | 'drop' | ((request: Incoming) => Partial<Outgoing>)>;
}

/** A server that gives recorded answers. */
export async function startRecorder(): Promise<Recorder> {
  const asked: string[] = [];
  const recorder = { asked, answers: {} as Recorder['answers'] };
  const server = await listen(async (request, response) => {
    asked.push(request.path);
    const found = recorder.answers[request.path] ?? { status: 404, body: 'Not found' };
    if (found === 'drop') {
      response.destroy();
      return;
    }
    const answer = typeof found === 'function' ? found(request) : found;
    send(response, { status: 200, headers: {}, body: '', ...answer });
  });
  return Object.assign(recorder, server);
}

/** Options under which tests do not wait; everything is asked of the recorder. */
export function optionsFor(recorder: Running, change: Partial<FollowOptions> = {}): FollowOptions {
  const { url } = recorder;
  return {
    get: networkGet(5000),
    memo: memoInMemory(),
    clock: { now: () => new Date(), sleep: async () => {} },
    limits: { gapMs: 0, perHost: 100, freshMs: 600_000, overFreshMs: 86_400_000 },
    githubToken: null,
    hosts: {
      launchpad: url,
      github: url,
      gerrit: { 'review.opendev.org': url, 'review.openstack.org': url },
      storyboard: { 'storyboard.openstack.org': url },
    },
    ...change,
  };
}

export const bug = (id: string): Ref => ({ kind: 'launchpad-bug', id, url: `https://bugs.launchpad.net/bugs/${id}` });
export const issue = (id: string): Ref => ({
  kind: 'github-issue',
  id,
  url: `https://github.com/${id.replace('#', '/issues/')}`,
});
export const pull = (id: string): Ref => ({
  kind: 'github-pull',
  id,
  url: `https://github.com/${id.replace('#', '/pull/')}`,
});
export const change = (id: string, url = `https://review.opendev.org/c/openstack/neutron/+/${id}`): Ref => ({
  kind: 'gerrit-change',
  id,
  url,
});
export const story = (id: string): Ref => ({
  kind: 'storyboard-story',
  id,
  url: `https://storyboard.openstack.org/#!/story/${id}`,
});
