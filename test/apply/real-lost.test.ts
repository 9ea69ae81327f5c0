import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-plan.ts';
import { Bench, did, items, titles } from './bench.ts';
import { syncReal } from './real.ts';

const bench = new Bench();

describe('a run over real HTTP and a real file', () => {
  it('files each item once; the second one writes nothing and asks once', async () => {
    const at = await bench.place();
    const parts = await bench.open(at);

    expect(did(await syncReal(parts, items))).toEqual(['created', 'created', 'created']);
    bench.proxy.plan({});
    expect(did(await syncReal(parts, items))).toEqual(['nothing', 'nothing', 'nothing']);

    expect(bench.writes()).toEqual([]);
    expect(bench.proxy.requests).toHaveLength(1);
    expect(await bench.openTitles(at)).toEqual(titles);
  });

  it('takes over what is there when the ledger is lost, and writes nothing', async () => {
    const at = await bench.place();
    const parts = await bench.open(at);
    await syncReal(parts, items);
    await bench.close(parts);
    await rm(at.ledger);
    bench.proxy.plan({});

    const again = await bench.open(at);

    expect(did(await syncReal(again, items))).toEqual(['adopted', 'adopted', 'adopted']);
    expect(bench.writes()).toEqual([]);
    expect(did(await syncReal(again, items))).toEqual(['nothing', 'nothing', 'nothing']);
  });
});

describe('a create whose answer is lost', () => {
  it.each<{ how: string; fault: Fault }>([
    { how: 'the connection breaks', fault: { do: 'drop', when: 'after' } },
    { how: 'a gateway answers 502', fault: { do: 'answer', when: 'after', status: 502 } },
    { how: 'half of it comes', fault: { do: 'truncate' } },
    { how: 'it is no JSON', fault: { do: 'garbage' } },
    { how: 'it comes after the time-out', fault: { do: 'slow', ms: 1_500 } },
  ])('is taken over by the next run when $how', async ({ fault }) => {
    const at = await bench.place({ timeout: '500ms' });
    const parts = await bench.open(at);
    bench.proxy.plan({ rules: [{ method: 'POST', path: /\/issues$/, nth: 2, fault }] });

    expect(did(await syncReal(parts, items))).toEqual(['created', 'uncertain', 'created']);
    expect(did(await syncReal(parts, items))).toEqual(['nothing', 'adopted', 'nothing']);
    expect((await bench.openTitles(at)).toSorted()).toEqual(titles.toSorted());
  });

  it.each<{ how: string; fault: Fault }>([
    { how: 'the connection breaks', fault: { do: 'drop', when: 'before' } },
    { how: 'a gateway answers 504', fault: { do: 'answer', when: 'before', status: 504 } },
  ])('is waited for, and sent again only after the settling time, when $how before it arrives', async ({ fault }) => {
    const at = await bench.place();
    const parts = await bench.open(at);
    let late = 0;
    const later = { ...parts, now: () => new Date(Date.now() + late) };
    bench.proxy.plan({ rules: [{ method: 'POST', path: /\/issues$/, nth: 2, fault }] });

    expect(did(await syncReal(later, items))).toEqual(['created', 'uncertain', 'created']);
    expect(did(await syncReal(later, items))).toEqual(['nothing', 'uncertain', 'nothing']);
    late = 3_600_000;
    expect(did(await syncReal(later, items))).toEqual(['nothing', 'created', 'nothing']);
    expect((await bench.openTitles(at)).toSorted()).toEqual(titles.toSorted());
  });
});
