import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge } from '../../src/items/merge.ts';
import { aFinding, anOwner } from './build.ts';

const mail = { source: 'mail.txt', url: null, title: 'Mail', author: 'Owner One', date: '2020-01-02' };
const blog = { source: 'blog.md', url: null, title: 'Blog', author: 'Owner One', date: '2020-01-04' };
const inMail = { from: 'mail.txt', note: mail };
const inBlog = { from: 'blog.md', note: blog };

describe('merge', () => {
  it('makes one item of a statement that two notes hold, the older note first', () => {
    const items = merge([aFinding(inBlog), aFinding(inMail)]);

    expect(items).toHaveLength(1);
    expect(items[0]?.source.note).toBe('mail.txt');
    expect(items[0]?.alsoIn).toMatchObject([{ note: 'blog.md', noteFacts: { title: 'Blog' } }]);
  });

  it('makes one item of a statement that the blog post tells with a few words more', () => {
    const items = merge([
      aFinding({ ...inMail, quote: 'Alice will write the upgrade guide for operators' }),
      aFinding({ ...inBlog, quote: 'Alice will now write the new upgrade guide for operators' }),
    ]);

    expect(items).toHaveLength(1);
  });

  it('makes one item of a sentence that the other note wrote together with its bullet', () => {
    const items = merge([
      aFinding({
        ...inMail,
        quote: 'We all agreed that the agent port bug should be fixed.',
        title: 'Fix ports processed twice (agent)',
      }),
      aFinding({ ...inBlog, quote: 'Ports processed twice: We all agreed that the agent port bug should be fixed.' }),
    ]);

    expect(items).toHaveLength(1);
  });

  it('keeps apart what two notes say of different things', () => {
    const items = merge([
      aFinding({ ...inMail, quote: 'Alice will write the upgrade guide' }),
      aFinding({ ...inBlog, quote: 'Alice will review the upgrade guide' }),
    ]);

    expect(items).toHaveLength(2);
  });

  it('makes one item of a statement that one note holds twice', () => {
    const items = merge([
      aFinding({ source: { note: 'mail.txt', lineStart: 3, lineEnd: 3 } }),
      aFinding({ source: { note: 'mail.txt', lineStart: 9, lineEnd: 9 } }),
    ]);

    expect(items).toHaveLength(1);
    expect(items[0]?.alsoIn).toMatchObject([{ lineStart: 9 }]);
  });

  it('makes one item of a statement that the list of actions repeats', () => {
    const quote = 'Alice to write the upgrade guide for operators';
    const items = merge([aFinding({ quote, section: ['Docs'] }), aFinding({ quote, section: ['Action items'] })]);

    expect(items).toHaveLength(1);
  });

  it('keeps apart equal words in different sections of a note', () => {
    const quote = 'Revisit next week.';
    const items = merge([
      aFinding({ quote, section: ['Share API'], title: 'Revisit the share API' }),
      aFinding({ quote, section: ['Audio API'], title: 'Revisit the audio API' }),
    ]);

    expect(new Set(items.map(({ key }) => key)).size).toBe(2);
  });

  it('keeps apart equal words in one section that are about different things', () => {
    const quote = 'We agreed that this is a bug and should be fixed.';
    const findings = [
      aFinding({ quote, title: 'Fix the flow tables', source: { note: 'mail.txt', lineStart: 3, lineEnd: 3 } }),
      aFinding({ quote, title: 'Fix the port events', source: { note: 'mail.txt', lineStart: 9, lineEnd: 9 } }),
    ];

    const items = merge(findings);

    expect(new Set(items.map(({ key }) => key)).size).toBe(2);
    expect(merge([...findings].reverse())).toEqual(items);
  });

  it('takes owners, refs and due from the note that names them', () => {
    const ref = { url: 'https://bugs.launchpad.net/bugs/1', kind: 'launchpad-bug', id: '1' } as const;
    const [item] = merge([
      aFinding(inMail),
      aFinding({ ...inBlog, owners: [anOwner('Alice')], refs: [ref], due: { text: 'Victoria', date: null } }),
    ]);

    expect(item).toMatchObject({ owners: [{ name: 'Alice' }], refs: [ref], due: { text: 'Victoria' } });
  });

  it('gives the same items in the same order for any order of the findings, and no key twice', () => {
    const finding = fc.record({
      quote: fc.constantFrom('Alice to write docs', 'Bob to fix the gate job', 'Revisit next week.', 'fix it'),
      section: fc.constantFrom(['A'], ['B'], ['Top', 'A'], ['Action items']),
      title: fc.constantFrom('Write docs', 'Fix it', 'Fix the gate'),
      note: fc.constantFrom(mail, blog),
      line: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), fc.func(fc.integer()), (raw, order) => {
        const findings = raw.map(({ line, ...rest }) =>
          aFinding({ ...rest, source: { note: rest.note.source, lineStart: line, lineEnd: line } }),
        );
        const shuffled = findings
          .map((one, at) => ({ one, rank: order(at) }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ one }) => one);

        const items = merge(findings);

        expect(merge(shuffled)).toEqual(items);
        expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
        expect(items.reduce((sum, { alsoIn }) => sum + 1 + alsoIn.length, 0)).toBe(findings.length);
      }),
    );
  });
});
