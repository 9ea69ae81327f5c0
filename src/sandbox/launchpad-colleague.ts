/** A person of the sandbox who works on bugs by hand, over HTTP as everybody does. */
export interface Colleague {
  /** `consumerKey:token:secret`. */
  readonly credentials: string;
  /** Files a bug and gives its id. */
  file(title: string, description: string, tags?: readonly string[]): Promise<string>;
  /** Changes the bug: title, description, tags, duplicate_of_link. Gives the status of the answer. */
  edit(id: string, fields: Readonly<Record<string, unknown>>): Promise<number>;
  /** Changes its task: status, importance, assignee_link, milestone_link. */
  triage(id: string, fields: Readonly<Record<string, unknown>>): Promise<number>;
  comment(id: string, content: string): Promise<number>;
}

/** Somebody who signs with these credentials. */
export function colleague(url: string, project: string, credentials: string): Colleague {
  const [consumer, token, secret] = credentials.split(':');
  const Authorization = `OAuth realm="${url}/", oauth_consumer_key="${consumer}", oauth_token="${token}", oauth_signature_method="PLAINTEXT", oauth_signature="%26${secret}"`;
  const post = (path: string, form: Record<string, string>) =>
    fetch(`${url}/devel${path}`, { method: 'POST', headers: { Authorization }, body: new URLSearchParams(form) });
  const patch = async (path: string, fields: Readonly<Record<string, unknown>>) => {
    const headers = { Authorization, 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/devel${path}`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify(fields),
      redirect: 'manual',
    });
    return answer.status;
  };
  return {
    credentials,
    async file(title, description, tags = []) {
      const form = {
        title: JSON.stringify(title),
        description: JSON.stringify(description),
        tags: JSON.stringify(tags),
      };
      const answer = await post('/bugs', { 'ws.op': 'createBug', target: `${url}/devel/${project}`, ...form });
      return answer.headers.get('location')?.split('/').at(-1) ?? '';
    },
    edit: (id, fields) => patch(`/bugs/${id}`, fields),
    triage: (id, fields) => patch(`/${project}/+bug/${id}`, fields),
    comment: async (id, content) =>
      (await post(`/bugs/${id}`, { 'ws.op': 'newMessage', content: JSON.stringify(content) })).status,
  };
}
