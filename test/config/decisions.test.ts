import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../config/decisions.ts';
import { parseDecisions, writeDecisions } from '../../config/decisions.ts';
import { itemKey } from '../../src/items/key.ts';

const key = itemKey({ quote: 'drop the job', section: [] });
const kept: Decision = {
  key,
  says: 'drop the job',
  under: ['Jobs'],
  decided: 'keep',
  title: 'Drop the "old" job: now',
};

describe('the decisions file', () => {
  it('gives back what was written, whatever the words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
        (says, owners) => {
          const decision = { ...kept, says, owners };
          expect(parseDecisions(writeDecisions('', [decision]), 'file')).toEqual([decision]);
        },
      ),
    );
  });

  it('keeps the comments, the order and the other entries of people', () => {
    const text = `# ours\n- key: ${itemKey({ quote: 'another', section: [] })} # why\n  decided: drop\n`;

    const written = writeDecisions(text, [kept]);

    expect(written).toContain('# ours');
    expect(written).toContain('# why');
    expect(parseDecisions(written, 'file')).toHaveLength(2);
  });

  it('exchanges an entry in its place', () => {
    const text = writeDecisions('', [kept, { ...kept, key: itemKey({ quote: 'another', section: [] }) }]);

    const written = parseDecisions(writeDecisions(text, [{ ...kept, decided: 'drop' }]), 'file');

    expect(written[0]).toMatchObject({ key, decided: 'drop' });
    expect(written).toHaveLength(2);
  });

  it('comes back byte for byte when nothing was decided', () => {
    const text = `- {key: ${key},   decided: keep}\n`;

    expect(writeDecisions(text, [])).toBe(text);
  });

  it('tells everything that is wrong, with its line', () => {
    const text = '- key: short\n  decided: perhaps\n';

    expect(() => parseDecisions(text, 'ptg-decisions.yaml')).toThrow(
      /key \(line 1\).*16 characters[\s\S]*decided \(line 2\)/,
    );
  });

  it('refuses a key that stands there twice', () => {
    expect(() => parseDecisions(`- key: ${key}\n- key: ${key}\n`, 'file')).toThrow(/second time/);
  });
});
