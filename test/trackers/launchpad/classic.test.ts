import { expect, it } from 'vitest';
import { aBench, aDraft } from './desk.ts';

const bench = aBench({ classic: true });

it('searches a Launchpad from before the two newest statuses, and asks it the right way from then on', async () => {
  const { tracker, proxy } = bench;
  await tracker.create(aDraft(tracker));

  const first = await tracker.changes(null);
  proxy.plan({});
  await tracker.changes(first.cursor);

  expect(first.issues).toHaveLength(1);
  expect(proxy.sent('GET', 'searchTasks').map(({ status }) => status)).toEqual([200]);
});
