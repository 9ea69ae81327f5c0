/** What somebody with an account does to issues in a browser. */
export interface Colleague {
  file(issue: { title: string; body?: string; labels?: string[] }): Promise<number>;
  close(number: number, reason?: 'completed' | 'not_planned' | 'duplicate'): Promise<void>;
  reopen(number: number): Promise<void>;
  retitle(number: number, title: string): Promise<void>;
  /** Exchanges the whole text. */
  rewrite(number: number, body: string): Promise<void>;
  comment(number: number, text: string): Promise<void>;
  label(number: number, ...labels: string[]): Promise<void>;
  unlabel(number: number, label: string): Promise<void>;
  assign(number: number, ...logins: string[]): Promise<void>;
  unassign(number: number, ...logins: string[]): Promise<void>;
  /** An issue as GitHub shows it. */
  see(number: number): Promise<SeenIssue>;
  /** All issues, newest last. */
  all(): Promise<SeenIssue[]>;
}

interface SeenIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly state_reason: string | null;
  readonly labels: readonly { readonly name: string }[];
  readonly assignees: readonly { readonly login: string }[];
  readonly html_url: string;
  readonly updated_at: string;
}

/** A colleague who uses a GitHub over its API. */
export function colleague(at: { url: string; token: string; repository: string }): Colleague {
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${at.url}/repos/${at.repository}${path}`, {
      method,
      headers: { authorization: `token ${at.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} in the sandbox: ${answer.status} ${await answer.text()}`);
    return (await answer.json().catch(() => null)) as T;
  };
  const change = async (number: number, fields: object) => void (await ask('PATCH', `/issues/${number}`, fields));
  return {
    file: async (issue) => (await ask<SeenIssue>('POST', '/issues', issue)).number,
    close: (number, state_reason = 'completed') => change(number, { state: 'closed', state_reason }),
    reopen: (number) => change(number, { state: 'open' }),
    retitle: (number, title) => change(number, { title }),
    rewrite: (number, body) => change(number, { body }),
    comment: async (number, body) => void (await ask('POST', `/issues/${number}/comments`, { body })),
    label: async (number, ...labels) => void (await ask('POST', `/issues/${number}/labels`, { labels })),
    unlabel: async (number, label) =>
      void (await ask('DELETE', `/issues/${number}/labels/${encodeURIComponent(label)}`)),
    assign: async (number, ...assignees) => void (await ask('POST', `/issues/${number}/assignees`, { assignees })),
    unassign: async (number, ...assignees) => void (await ask('DELETE', `/issues/${number}/assignees`, { assignees })),
    see: (number) => ask('GET', `/issues/${number}`),
    all: async () => {
      const found: SeenIssue[] = [];
      for (let page = 1; ; page += 1) {
        const list = await ask<SeenIssue[]>(
          'GET',
          `/issues?state=all&sort=created&direction=asc&per_page=100&page=${page}`,
        );
        found.push(...list);
        if (list.length < 100) return found;
      }
    },
  };
}
