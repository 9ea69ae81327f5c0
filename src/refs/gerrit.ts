import { z } from 'zod';
import { readJson } from './asking.ts';
import { type Found, hostOf, isoOf, type Service } from './service.ts';
import { stateOf } from './states.ts';

const Change = z.object({
  _number: z.number().int(),
  subject: z.string(),
  status: z.string(),
  updated: z.string().nullish(),
  owner: z.object({ username: z.string().nullish(), name: z.string().nullish() }).nullish(),
});

/** Gerrit changes, many in one query. `bases` are API roots by the host in the address of the change. */
export function gerritChanges(bases: Readonly<Record<string, string>>): Service {
  return {
    name: 'Gerrit',
    batch: 25,
    place: ({ kind, id, url }) => {
      const base = Object.hasOwn(bases, hostOf(url)) ? bases[hostOf(url)] : undefined;
      return kind === 'gerrit-change' && id !== null && base !== undefined ? { id, base } : null;
    },
    async look(asking, base, asked) {
      const query = asked.map(({ id }) => `change:${id}`).join('+OR+');
      const answer = await asking.ask(`${base}/changes/?q=${query}&n=${asked.length}&o=DETAILED_ACCOUNTS`, {
        Accept: 'application/json',
      });
      const listed = z.array(z.unknown()).safeParse(readJson(answer.body));
      const remark = listed.success
        ? 'Gerrit has no such change, or it is private'
        : `Gerrit's answer could not be read (${answer.status})`;
      const found = new Map<string, Found>(asked.map(({ id }) => [id, { found: 'nothing', remark }]));
      for (const entry of listed.data ?? []) {
        const change = Change.safeParse(entry);
        if (change.success) found.set(String(change.data._number), toFound(change.data));
      }
      return found;
    },
  };
}

function toFound({ subject, status, updated, owner }: z.infer<typeof Change>): Found {
  const who = owner?.username ?? owner?.name;
  const thing = {
    state: stateOf('gerrit', status),
    raw: status,
    title: subject,
    updatedAt: isoOf(updated),
    assignees: who ? [who] : [],
    remarks: [],
  };
  return { found: 'thing', thing, etag: null };
}
