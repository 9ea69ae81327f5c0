import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { makeLog } from '../../workers/log.ts';

function logged(say: (log: ReturnType<typeof makeLog>) => void): string {
  const lines: string[] = [];
  const into = new Writable({ write: (line, _, done) => done(void lines.push(String(line))) });
  say(makeLog({ secrets: ['ghp_verysecret', ''] }, into));
  return lines.join('');
}

describe('the log of a worker', () => {
  it.each([
    { what: 'a known secret in a message', say: { reason: 'refused ghp_verysecret' } },
    { what: 'a known secret deep in an error', say: { err: new Error('token ghp_verysecret') } },
    { what: 'a field named like a secret', say: { token: 'ghp_verysecret' } },
    { what: 'a nested field named like a secret', say: { tracker: { authorization: 'ghp_verysecret' } } },
    { what: 'a password in an address', say: { reason: 'redis://user:ghp_verysecret@host:1' } },
    { what: 'another password in an address', say: { reason: 'cannot reach rediss://:hunter22@host' } },
  ])('does not show $what', ({ say }) => {
    const text = logged((log) => log.warn(say, 'something happened'));

    expect(text).toContain('something happened');
    expect(text).not.toMatch(/ghp_verysecret|hunter22/);
  });

  it('keeps what is no secret', () => {
    const text = logged((log) => log.info({ job: 'j-1', key: 'abcd', at: 'https://example.org/a?b=c@d' }, 'item'));

    expect(JSON.parse(text)).toMatchObject({ job: 'j-1', key: 'abcd', at: 'https://example.org/a?b=c@d', msg: 'item' });
  });
});
