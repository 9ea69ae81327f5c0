import { describe, expect, it } from 'vitest';
import { itemsMarkdown } from '../../src/cli/items-markdown.ts';
import { itemsText } from '../../src/cli/items-text.ts';
import type { Extraction } from '../../src/items/extract.ts';
import type { Item, ItemKey } from '../../src/items/item.ts';
import type { Note } from '../../src/notes/note.ts';
import { painter } from '../../src/terminal/paint.ts';
import { widthOf } from '../../src/terminal/text.ts';

const SCREEN = { width: 80, paint: painter(false) };
const BUG = { url: 'https://bugs.launchpad.net/neutron/+bug/1815933', kind: 'launchpad-bug', id: '1815933' } as const;

const note: Note = {
  source: 'notes/a.txt',
  url: null,
  kind: 'mail',
  title: 'Summary',
  author: 'Owner One',
  date: '2019-11-12',
  hash: '',
  people: [],
  blocks: [],
};

function anItem(over: Partial<Item> = {}): Item {
  return {
    key: 'aaaaaaaaaaaaaaaa' as ItemKey,
    kind: 'action',
    title: 'Drop the old job',
    quote: 'we will drop the old job',
    owners: [],
    refs: [],
    due: null,
    section: ['Jobs'],
    source: { note: 'notes/a.txt', lineStart: 40, lineEnd: 41 },
    note,
    tracked: null,
    confidence: 0.934,
    evidence: [],
    alsoIn: [],
    ...over,
  };
}

const close = {
  text: 'We could look at it.',
  lineStart: 7,
  lineEnd: 7,
  confidence: 0.31,
  reasons: [{ id: 'could', weight: -1.2 }],
};
const surely = {
  text: 'We will drop it.',
  lineStart: 40,
  lineEnd: 41,
  confidence: 0.93,
  reasons: [{ id: 'will', weight: 2.1 }],
};
const never = { ...close, text: 'Hello.', confidence: 0.01 };

const extraction: Extraction = {
  findings: [anItem()],
  close: [close],
  explain: () => [never, close, surely],
};
const found = {
  notes: [note],
  items: [
    anItem(),
    anItem({
      kind: 'rfe',
      title: 'Tag resources at creation',
      owners: [{ name: 'Owner Two', github: null, launchpad: null }],
      tracked: BUG,
    }),
  ],
  extractions: [extraction],
};

describe('the items on a terminal', () => {
  it('stand by note and section, with what came close in a word', () => {
    expect(itemsText(found, {}, SCREEN)).toMatchInlineSnapshot(`
      "Summary · Owner One · 12 Nov 2019 · mail               2 items (1 action, 1 RFE)

        Jobs
          action  Drop the old job                              –          L40    0.93
          rfe     Tag resources at creation                     Owner Two  L40    0.93
                  tracked as LP 1815933

        1 more statement came close (0.31): --all shows them, --explain says why
      "
    `);
  });

  it('show what came close, and why, when that is asked for', () => {
    const all = itemsText(found, { all: true }, SCREEN);
    const explained = itemsText(found, { explain: true }, SCREEN);

    expect(all).toContain('  Came close:\n    L7     0.31  We could look at it.\n');
    expect(all).not.toContain('--all shows');
    expect(explained).toContain('    L7     0.31  We could look at it.\n                 −1.2 could\n');
    expect(explained).toContain('+2.1 will');
    expect(explained).not.toContain('Hello.');
    expect(itemsText(found, { explain: true, all: true }, SCREEN)).toContain('Hello.');
  });

  it('fit every width', () => {
    const long = {
      ...found,
      items: [...found.items, anItem({ title: '実装する項目の説明文'.repeat(8), section: ['長い見出し'.repeat(20)] })],
    };

    for (const width of [40, 60, 80, 120, 200]) {
      const lines = itemsText(long, { explain: true }, { ...SCREEN, width }).split('\n');
      expect(Math.max(...lines.map(widthOf)), String(width)).toBeLessThanOrEqual(width);
    }
  });

  it('say when there are none', () => {
    const none = { ...found, items: [], extractions: [{ ...extraction, findings: [], close: [] }] };

    expect(itemsText(none, {}, SCREEN)).toContain('no items');
    expect(itemsMarkdown(none)).toBe('No items found.\n');
  });
});

describe('the items as a check-list', () => {
  it('mention nobody and keep markup out', () => {
    const hostile = anItem({
      title: '@alice: **fix** #12 <b>',
      owners: [{ name: '@bob', github: null, launchpad: null }],
    });

    const markdown = itemsMarkdown({ ...found, items: [hostile] });

    expect(markdown).toMatch(/^## Summary, 12 Nov 2019\n\n### Jobs\n\n- \[ \] /);
    expect(markdown).not.toMatch(/@alice|@bob|#12|<b>|\*\*fix/);
  });
});

describe('many items', () => {
  it('are no harder to print than few', () => {
    const items = Array.from({ length: 150_000 }, () => anItem());

    expect(itemsText({ ...found, items }, {}, SCREEN).split('\n').length).toBeGreaterThan(150_000);
    expect(itemsMarkdown({ ...found, items }).split('\n').length).toBeGreaterThan(150_000);
  });
});
