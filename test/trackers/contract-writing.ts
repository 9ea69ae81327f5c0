import { expect } from 'vitest';
import type { Test } from './contract.ts';
import { aDraft, anIssueText, withKey } from './harness.ts';

/** What a tracker promises about writing: what is asked for and nothing else; people win. */
export const WRITING: readonly Test[] = [
  [
    'creates an issue that is found again by its key',
    async ({ tracker, person }) => {
      const draft = aDraft(tracker);

      const { issue, dropped } = await tracker.create(draft);

      expect(dropped).toEqual([]);
      expect(issue).toMatchObject({ title: draft.title, state: 'open', labels: ['ptg'], assignees: [] });
      expect(issue.url).toMatch(/^http.*\d+$/);
      expect(tracker.dialect.find(issue.body)).toMatchObject({ key: draft.key, untouched: true });
      expect(withKey(tracker, (await tracker.changes(null)).issues, draft.key)).toHaveLength(1);
      expect(await person.count()).toBe(1);
    },
  ],
  [
    'keeps the key when people write around our block and retitle, label and close',
    async ({ tracker, person }) => {
      const draft = aDraft(tracker);
      const { issue } = await tracker.create(draft);
      const body = `Before it.\r\n\r\n${issue.body.replaceAll('\n', '\r\n')}\r\n\r\nAfter it.\r\n`;
      await person.rewrite(issue.id, body);
      await person.retitle(issue.id, 'Another title');
      await person.label(issue.id, 'triaged');
      await person.close(issue.id, 'done');

      const [found] = withKey(tracker, (await tracker.changes(null)).issues, draft.key);

      expect(tracker.dialect.find(found?.body ?? '')).toMatchObject({ untouched: true });
      expect(found).toMatchObject({ id: issue.id, state: 'done' });
    },
  ],
  [
    'sees that a person wrote inside our block',
    async ({ tracker, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await person.rewrite(issue.id, issue.body.replace('grenade', 'shiny'));

      const now = await tracker.get(issue.id);

      expect(tracker.dialect.find(now?.body ?? '')).toMatchObject({ key: aDraft(tracker).key, untouched: false });
    },
  ],
  [
    'changes only what the patch names',
    async ({ tracker, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await person.label(issue.id, 'triaged');
      const seen = await tracker.get(issue.id);

      const title = await tracker.update(seen ?? issue, { title: 'A better title' });
      const body = tracker.dialect.replace(title.issue.body, aDraft(tracker).key, 'Another content');
      const both = await tracker.update(title.issue, { body });

      expect(title.issue).toMatchObject({ title: 'A better title', body: issue.body, state: 'open' });
      expect(both.issue).toMatchObject({ title: 'A better title', state: 'open' });
      expect(tracker.dialect.find(both.issue.body)).toMatchObject({ content: 'Another content', untouched: true });
      expect([...both.issue.labels].sort()).toEqual(['ptg', 'triaged']);
    },
  ],
  [
    'adds and takes away the labels that are named, and touches no other',
    async ({ tracker, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await person.label(issue.id, 'triaged');
      const seen = (await tracker.get(issue.id)) ?? issue;

      const more = await tracker.update(seen, { addLabels: ['rfe', 'ptg'] });
      const less = await tracker.update(more.issue, { removeLabels: ['ptg', 'never-there'] });

      expect([...more.issue.labels].sort()).toEqual(['ptg', 'rfe', 'triaged']);
      expect([...less.issue.labels].sort()).toEqual(['rfe', 'triaged']);
    },
  ],
  [
    'assigns who can be assigned, and says who cannot',
    async ({ tracker, accounts }) => {
      const { assignable, stranger } = accounts;

      const good = await tracker.create(aDraft(tracker, 'good', { assignees: [assignable] }));
      const bad = await tracker.create(aDraft(tracker, 'bad', { assignees: [stranger] }));

      expect(good.issue.assignees).toEqual([assignable]);
      expect(good.dropped).toEqual([]);
      expect(bad.issue.assignees).toEqual([]);
      expect(bad.dropped).toEqual([{ what: `assignee ${stranger}`, because: expect.stringMatching(/\w/) }]);
    },
  ],
  [
    'assigns later, without touching who is there',
    async ({ tracker, accounts, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));

      const assigned = await tracker.update(issue, { addAssignees: [accounts.assignable] });
      await person.label(issue.id, 'triaged');
      const seen = (await tracker.get(issue.id)) ?? issue;
      const freed = await tracker.update(seen, { removeAssignees: [accounts.assignable] });

      expect(assigned.issue.assignees).toEqual([accounts.assignable]);
      expect(freed.issue.assignees).toEqual([]);
    },
  ],
  [
    'closes as done, as dropped and as the duplicate of another',
    async ({ tracker }) => {
      const [one, two, three] = [
        (await tracker.create(aDraft(tracker, 'one'))).issue,
        (await tracker.create(aDraft(tracker, 'two'))).issue,
        (await tracker.create(aDraft(tracker, 'three'))).issue,
      ];

      const done = await tracker.update(one, { close: { as: 'done' } });
      const dropped = await tracker.update(two, { close: { as: 'dropped' } });
      const duplicate = await tracker.update(three, { close: { as: 'duplicate', of: one.id } });

      expect(done.issue.state).toBe('done');
      expect(dropped.issue.state).toBe('dropped');
      expect(duplicate.issue.raw.toLowerCase()).toContain('duplicate');
    },
  ],
  [
    'writes nothing over what a person changed meanwhile',
    async ({ tracker, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await person.retitle(issue.id, "A person's title");

      const writing = tracker.update(issue, { title: 'Our title', addLabels: ['rfe'] });

      await expect(writing).rejects.toMatchObject({ refusal: { kind: 'conflict', id: issue.id } });
      expect(await person.see(issue.id)).toMatchObject({ title: "A person's title", labels: ['ptg'] });
    },
  ],
  [
    'stops when a person asks for it meanwhile by label',
    async ({ tracker, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await person.label(issue.id, 'ptg-tracker-ignore');

      const writing = tracker.update(issue, { title: 'Our title' });

      await expect(writing).rejects.toMatchObject({ refusal: { kind: 'conflict' } });
      expect((await person.see(issue.id)).title).toBe(issue.title);
    },
  ],
  [
    'writes although somebody commented meanwhile',
    async ({ tracker, person }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await person.comment(issue.id, 'Good idea.');

      expect((await tracker.update(issue, { title: 'Our title' })).issue.title).toBe('Our title');
    },
  ],
  [
    'sends no write when everything is as the patch wants it',
    async ({ tracker, proxy }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      proxy.plan({});

      const { issue: now } = await tracker.update(issue, { title: issue.title, body: issue.body, addLabels: ['ptg'] });

      expect(now.title).toBe(issue.title);
      expect(proxy.requests.filter((request) => request.method !== 'GET')).toEqual([]);
    },
  ],
  [
    'says that an issue is gone when it is to be changed',
    async ({ tracker, remove }) => {
      const { issue } = await tracker.create(aDraft(tracker));
      await remove(issue.id);

      const writing = tracker.update(issue, { title: 'Our title' });

      await expect(writing).rejects.toMatchObject({ refusal: { kind: 'gone', id: issue.id }, endsTheRun: false });
    },
  ],
  [
    'refuses as invalid what is too long, creates nothing and names the field',
    async ({ tracker, person }) => {
      const title = 'x'.repeat(tracker.limits.title + 1);
      const body = 'x'.repeat(tracker.limits.body + 1);

      await expect(tracker.create(aDraft(tracker, 'one', { title }))).rejects.toMatchObject({
        refusal: { kind: 'invalid', field: 'title' },
        endsTheRun: false,
      });
      await expect(tracker.create(aDraft(tracker, 'two', { body }))).rejects.toMatchObject({
        refusal: { kind: 'invalid' },
      });
      expect(await person.count()).toBe(0);
    },
  ],
  [
    'takes a title of the most characters and a block of the longest passage',
    async ({ tracker }) => {
      const quote = 'A very long passage with <b>markup</b> & @names. '.repeat(5000);
      const draft = aDraft(tracker, 'long', { title: 'x'.repeat(tracker.limits.title), text: { quote } });

      const { issue } = await tracker.create(draft);

      expect(draft.body.length).toBeLessThanOrEqual(tracker.limits.body);
      expect(issue.title).toBe(draft.title);
      const block = tracker.dialect.find(issue.body);
      expect(block).toMatchObject({ key: draft.key, untouched: true });
      expect(tracker.dialect.read(block?.content ?? '')?.quote).toMatch(/^A very long passage with <b>markup/);
      expect(anIssueText({ quote }).quote.length).toBeGreaterThan(tracker.limits.body);
    },
  ],
];
