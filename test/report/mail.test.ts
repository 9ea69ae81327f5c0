import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { renderMail } from '../../src/report/mail.ts';
import { aKnownItem, anEntry, anIssue, aReport } from './builders.ts';

const NOBODY = { from: null, to: [] };

describe('the report as a mail', () => {
  it('has a subject that tells the most, the text, and the page', async () => {
    const entries = [anEntry({ seen: anIssue({ updatedAt: '2020-01-01T00:00:00Z' }) })];

    const mail = await PostalMime.parse(
      await renderMail(aReport({ entries }), { from: 'a@example.org', to: ['b@example.org'] }),
    );

    expect(mail.subject).toBe('Follow-up: 0 of 1 item done, 1 stale, 0 overdue (15 Jun 2020)');
    expect(mail.from?.address).toBe('a@example.org');
    expect(mail.to?.map(({ address }) => address)).toEqual(['b@example.org']);
    expect(mail.text).toContain('https://github.com/owner/name/issues/41');
    expect(mail.html).toContain('<!doctype html>');
  });

  it('is the same mail for the same report', async () => {
    expect(await renderMail(aReport(), NOBODY)).toBe(await renderMail(aReport(), NOBODY));
  });

  it('lets no title add a header or a line that is too long for mail', async () => {
    const item = aKnownItem({ title: `x\r\nBcc: c@example.org\r\n\r\n${'word '.repeat(300)}`, owners: [] });

    const raw = await renderMail(aReport({ entries: [anEntry({ item })] }), NOBODY);

    expect((await PostalMime.parse(raw)).bcc ?? []).toEqual([]);
    expect(raw).not.toMatch(/^Bcc:/m);
    expect(Math.max(...raw.split('\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });
});
