import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startLaunchpadSandbox } from '../../src/sandbox/launchpad.ts';

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, '../../scripts/launchpadlib_check.py');
const WADL =
  'import launchpadlib.testing as t, os; print(os.path.join(os.path.dirname(t.__file__), "launchpad-wadl.xml"))';

/** A Python that has launchpadlib, and the API description that it brings along; null when there is none. */
function findLaunchpadlib(): { python: string; wadl: string } | null {
  for (const python of ['/usr/bin/python3', 'python3']) {
    try {
      return { python, wadl: execFileSync(python, ['-c', WADL], { encoding: 'utf8', stdio: 'pipe' }).trim() };
    } catch {
      // The next one may have it.
    }
  }
  return null;
}

const found = findLaunchpadlib();
const excuse = found === null ? ' (skipped: launchpadlib is not there; apt-get install -y python3-launchpadlib)' : '';

describe.skipIf(found === null)(`the sandbox, for launchpadlib${excuse}`, () => {
  it('is a Launchpad: login, bugs, search, triage, comments, tags, refusals', { timeout: 120_000 }, async () => {
    const { python, wadl } = found ?? { python: '', wadl: '' };
    const sandbox = await startLaunchpadSandbox({ wadl: readFileSync(wadl, 'utf8') });
    try {
      const env = { ...process.env, no_proxy: '127.0.0.1' };
      const { stdout } = await run(python, [SCRIPT, `${sandbox.url}/`], { encoding: 'utf8', env });
      const steps = Object.fromEntries(
        stdout
          .trim()
          .split('\n')
          .map((line) => {
            const { step, ...facts } = JSON.parse(line);
            return [step, facts];
          }),
      );

      expect(steps).toEqual({
        'not yet': { status: 401, text: 'Request token has not yet been reviewed. Try again later.' },
        me: { name: 'ptg-bot', display: 'PTG Bot', team: ['neutron-bugs'] },
        created: {
          title: '"Quoted" [1] title',
          description: 'First line\nsecond line',
          tags: ['ovn', 'rfe'],
          private: false,
          id: true,
        },
        task: { status: 'New', importance: 'Undecided', target: 'neutron', complete: false },
        confirmed: { status: 'Confirmed' },
        'not allowed': { refused: { status: 401, text: expect.stringContaining('sufficient permissions') } },
        triaged: { status: 'Triaged', importance: 'Wishlist', assignee: 'bob', milestone: 'victoria-2' },
        'lost update': { refused: true, tags: ['ovn', 'rfe-confirmed'] },
        messages: { texts: ['First line\nsecond line', 'A comment'] },
        search: {
          usual: ['"Quoted" [1] title'],
          closed: ['Closed'],
          doubles: ['"Quoted" [1] title', 'Double'],
          any: ['"Quoted" [1] title'],
          all: [],
          mine: ['"Quoted" [1] title'],
          alices: [],
          text: ['"Quoted" [1] title'],
        },
        paging: { length: 81, listed: 81, tail: 'Many 78' },
        devel: { listed: 81, first: true },
        refusals: {
          tag: { status: 400, text: expect.stringMatching(/^tags: /) },
          title: { status: 400, text: 'title: Value is too long' },
          series: { status: 400, text: expect.stringContaining("Can't create a bug on a series") },
        },
        people: { known: 'Bob', unknown: false, mail: 'bob' },
        anonymous: { title: '"Quoted" [1] title', refused: 401 },
      });
    } finally {
      await sandbox.close();
    }
  });
});
