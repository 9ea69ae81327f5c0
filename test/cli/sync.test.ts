import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SyncJson } from '../../src/cli/schema.ts';
import { PlanJson } from '../../src/plan/schema.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { aProject, type Given } from './project.ts';
import { ptg, withoutProgress } from './run.ts';

let github: GitHubSandbox;

beforeAll(async () => {
  github = await startGitHubSandbox({
    seed: { repository: 'acme/items', others: Array.from({ length: 20 }, (_, index) => `acme/r${index}`) },
  });
});
afterAll(() => github.close());

let used = 0;

/** A project for a repository that no other test uses. */
async function project({ repository = `acme/r${used++}`, ...given }: Partial<Given> = {}) {
  const made = await aProject(github, { repository, ...given });
  return { ...made, repository, issues: () => github.actAs('alice', repository).all() };
}

const outcomesOf = (out: string) => SyncJson.parse(JSON.parse(out));

describe('plan', () => {
  it('says what sync would do and writes nothing, neither there nor here', async () => {
    const { cwd, run, issues } = await project();

    const [table, json] = [await run('plan'), await run('plan', '--format', 'json')];

    expect(table.exit).toBe(0);
    expect(withoutProgress(table.err)).toBe('');
    expect(table.out).toMatch(/^work · github acme\/r\d+ +3 create {3}0 update {3}0 nothing$/m);
    expect(PlanJson.parse(JSON.parse(json.out)).summary).toMatchObject({ create: 3, update: 0, nothing: 0 });
    expect(await issues()).toEqual([]);
    await expect(readFile(join(cwd, '.ptg-tracker/ledger.db'))).rejects.toThrow('ENOENT');
  });

  it('tells by its exit status whether there are changes, when asked to', async () => {
    const { run } = await project({ items: 1 });

    const before = await run('plan', '--exit-code');
    await run('sync', '--yes');
    const after = await run('plan', '--exit-code');

    expect([before.exit, after.exit]).toEqual([4, 0]);
    expect(after.out).toContain('0 changes, 1 as they are');
  });
});

describe('sync', () => {
  it('files each item once, tells one outcome each, and does nothing the second time', async () => {
    const { run, issues } = await project();

    const first = await run('sync', '--yes', '--format', 'json');
    const second = await run('sync', '--yes', '--format', 'json');
    const table = await run('sync', '--yes');

    expect(first.exit).toBe(0);
    expect(outcomesOf(first.out).summary).toMatchObject({ created: 3, nothing: 0, failed: 0 });
    expect(
      outcomesOf(first.out)
        .outcomes.map(({ issue }) => issue?.id)
        .sort(),
    ).toEqual(['1', '2', '3']);
    expect(second.exit).toBe(0);
    expect(outcomesOf(second.out).summary).toMatchObject({ created: 0, updated: 0, nothing: 3 });
    expect(outcomesOf(second.out).outcomes.every(({ because }) => because !== '')).toBe(true);
    expect(table).toMatchObject({ exit: 0, out: '0 changes, 3 up to date\n' });
    expect(await issues()).toHaveLength(3);
  });

  it('shows what it filed and the sum', async () => {
    const { run } = await project();

    const { out, err, exit } = await run('sync', '--yes', '--quiet');

    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out.match(/^ {2}\+ #\d {2}\S/gm)).toHaveLength(3);
    expect(out.endsWith('✓ 3 created\n')).toBe(true);
  });

  it('files no more than it may, and goes on the next time', async () => {
    const { run, issues } = await project();

    const first = await run('sync', '--yes', '--max-creates', '2', '--format', 'json');

    expect(outcomesOf(first.out).summary).toMatchObject({ created: 2, nothing: 1 });
    expect(outcomesOf(first.out).outcomes.find(({ did }) => did === 'nothing')?.because).toContain(
      'over the limit of 2',
    );
    await run('sync', '--yes');
    expect(await issues()).toHaveLength(3);
  });

  it('touches only what was chosen', async () => {
    const { run, issues } = await project();
    const key = PlanJson.parse(JSON.parse((await run('plan', '--format', 'json')).out)).changes[1]?.key ?? '';

    const { out } = await run('sync', '--yes', '--only', key, '--format', 'json');

    expect(
      outcomesOf(out)
        .outcomes.filter(({ did }) => did === 'created')
        .map((one) => one.key),
    ).toEqual([key]);
    expect(await issues()).toHaveLength(1);
  });

  it('does just what a plan file says', async () => {
    const { run, issues } = await project();
    await run('plan', '--max-creates', '2', '--out', 'plan.json');

    const { exit, out } = await run('sync', '--plan', 'plan.json', '--yes');

    expect(exit).toBe(0);
    expect(out).toContain('✓ 2 created');
    expect(await issues()).toHaveLength(2);
  });

  it('refuses a plan file when the notes or the tracker moved, and names what moved', async () => {
    const { cwd, run, issues, repository } = await project({ items: 2 });
    await run('plan', '--out', 'plan.json');
    await writeFile(join(cwd, 'notes/b.md'), '# Other\n\n* ACTION: bob to test the restore of the backup database\n');

    const notes = await run('sync', '--plan', 'plan.json', '--yes');
    await writeFile(join(cwd, 'notes/b.md'), '# Other\n\nNothing to do.\n');
    await run('sync', '--yes', '--max-creates', '1');
    const tracker = await run('sync', '--plan', 'plan.json', '--yes');

    expect(notes).toMatchObject({ exit: 2, out: '' });
    expect(notes.err).toMatch(
      /nothing was written:\n {2}“[^”]*restore of the backup[^”]*”: not in the plan, now create\n/,
    );
    expect(tracker).toMatchObject({ exit: 2, out: '' });
    expect(tracker.err).toMatch(/: was create, now nothing \(/);
    expect(await issues()).toHaveLength(1);
    expect(repository).toMatch(/^acme/);
  });

  it.each([
    { what: 'no JSON', text: '{', says: /is not JSON/ },
    { what: 'another JSON', text: '{"version": 2}', says: /is not a plan of this version/ },
  ])('refuses a plan file that is $what', async ({ text, says }) => {
    const { cwd, run } = await project();
    await writeFile(join(cwd, 'plan.json'), text);

    const { exit, err } = await run('sync', '--plan', 'plan.json', '--yes');

    expect(exit).toBe(2);
    expect(err).toMatch(says);
  });

  it('says a note that could not be read, does the rest, and ends with status 1', async () => {
    const { cwd, run, issues } = await project({ items: 1 });
    await writeFile(join(cwd, 'empty.md'), '');

    const { exit, err } = await run('sync', 'notes', 'empty.md', '--yes');

    expect(exit).toBe(1);
    expect(err).toContain('warning: empty.md');
    expect(await issues()).toHaveLength(1);
  });
});

describe('a tracker that cannot be used', () => {
  it.each([
    { when: 'refuses the token', given: { token: 'wrong-token-wrong' }, says: /token/i },
    { when: 'has no such repository', given: { repository: 'acme/absent' }, says: /acme\/absent/ },
    { when: 'cannot be reached', given: { baseUrl: 'http://127.0.0.1:9' }, says: /127\.0\.0\.1:9|reach/ },
  ])('ends plan, sync and status with status 3 and one sentence when it $when', async ({ given, says }) => {
    const { run } = await project({ items: 2, ...given });

    for (const args of [['plan'], ['sync', '--yes'], ['status']]) {
      const { exit, err, out } = await run(...args);

      expect(exit, args[0]).toBe(3);
      expect(err.match(/^error: /gm), args[0]).toHaveLength(1);
      expect(err, args[0]).toMatch(says);
      expect(out + err).not.toContain('wrong-token-wrong');
    }
  });

  it('ends with status 3 when it takes no issues', async () => {
    const closed = await startGitHubSandbox({ seed: { repository: 'acme/items', hasIssues: false } });
    const { run } = await project({ items: 1, repository: 'acme/items', baseUrl: closed.url, token: closed.token });

    const { exit, err } = await run('sync', '--yes');
    await closed.close();

    expect(exit).toBe(3);
    expect(err).toContain('acme/items');
  });

  it('ends with status 2 when the variable of the token is not set, and names it', async () => {
    const { run } = await project({ token: '' });

    for (const args of [['plan'], ['sync', '--yes'], ['status']]) {
      const { exit, err } = await run(...args);

      expect(exit).toBe(2);
      expect(err).toContain('SOME_TOKEN');
    }
  });

  it('ends within the time-out when it never answers', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { cwd } = await project({ items: 1, baseUrl: `http://127.0.0.1:${port}` });
    const config = await readFile(join(cwd, 'ptg-tracker.yaml'), 'utf8');
    await writeFile(join(cwd, 'ptg-tracker.yaml'), config.replace('timeout: 5s', 'timeout: 300ms'));

    const { exit, err } = await ptg(['sync', '--yes'], { cwd, env: { SOME_TOKEN: 'x' } });
    silent.closeAllConnections();
    silent.close();

    expect(exit).toBe(3);
    expect(err).toMatch(/^error: /m);
  });
});
