import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Bench, did, items } from './bench.ts';
import { syncReal } from './real.ts';

const bench = new Bench();

describe('what people did', () => {
  const edited = items.map((item) => ({ ...item, title: `${item.title} now`, quote: `${item.quote} Really.` }));

  it.each([{ ledger: 'kept' }, { ledger: 'lost' }])(
    'stays when the notes change, with the ledger $ledger',
    async ({ ledger }) => {
      const at = await bench.place();
      const parts = await bench.open(at);
      await syncReal(parts, items);
      const alice = bench.github.actAs('alice', at.repository);
      await alice.retitle(1, 'Mine');
      await alice.label(1, 'urgent');
      await alice.unlabel(1, 'ptg');
      await alice.assign(1, 'alice');
      await alice.rewrite(2, `${(await alice.see(2)).body}\n\nI looked into it.`);
      await alice.close(3);
      if (ledger === 'lost') {
        await bench.close(parts);
        await rm(at.ledger);
      }

      const again = ledger === 'lost' ? await bench.open(at) : parts;
      await syncReal(again, edited);
      await syncReal(again, edited);

      expect(await alice.see(1)).toMatchObject({ title: 'Mine', assignees: [{ login: 'alice' }] });
      expect((await alice.see(1)).labels.map(({ name }) => name).toSorted()).toEqual(['action', 'urgent']);
      expect((await alice.see(1)).body).toContain('Really.');
      expect(await alice.see(2)).toMatchObject({ title: edited[1]?.title });
      expect((await alice.see(2)).body).toMatch(/Really\.(?:.|\n)*\n\nI looked into it\.$/);
      expect(await alice.see(3)).toMatchObject({ state: 'closed', title: items[2]?.title });
      bench.proxy.plan({});
      await syncReal(again, edited);
      expect(bench.writes()).toEqual([]);
    },
  );

  it('is not undone by filing again what they deleted', async () => {
    const at = await bench.place({ repository: bench.github.repository });
    const parts = await bench.open(at);
    await syncReal(parts, items);
    bench.github.remove(2);

    expect(did(await syncReal(parts, edited))).toHaveLength(3);
    expect(await syncReal(parts, edited)).toMatchObject([{ did: 'nothing' }, { because: DELETED }, { did: 'nothing' }]);
    expect(bench.writes().filter((write) => write.startsWith('POST') && write.endsWith('/issues'))).toHaveLength(3);
  });
});

const DELETED = 'its issue #2 was deleted on the tracker: not filed again';
