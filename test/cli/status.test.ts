import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReportJson } from '../../src/report/schema.ts';
import { type GitHubSandbox, startGitHubSandbox } from '../../src/sandbox/github.ts';
import { aProject, type Project } from './project.ts';
import { ptg, withoutProgress } from './run.ts';

let github: GitHubSandbox;
let project: Project;

beforeAll(async () => {
  github = await startGitHubSandbox({ seed: { repository: 'acme/items', others: ['acme/moved'] } });
  project = await aProject(github, { repository: github.repository });
  await project.run('sync', '--yes');
  const colleague = github.actAs('alice');
  await colleague.close(1);
  await colleague.close(2, 'not_planned');
});
afterAll(() => github.close());

const reportOf = (out: string) => ReportJson.parse(JSON.parse(out));

describe('status', () => {
  it('tells what colleagues did, item by item', async () => {
    const { exit, out, err } = await project.run('status', '--format', 'json');

    const { items, summary } = reportOf(out);
    expect({ exit, err: withoutProgress(err) }).toEqual({ exit: 0, err: '' });
    expect(summary).toMatchObject({ items: 3, open: 1, done: 1, dropped: 1, unknown: 0 });
    expect(items.map(({ issue, state }) => [issue?.id, state])).toEqual([
      ['1', 'done'],
      ['2', 'dropped'],
      ['3', 'open'],
    ]);
    expect(items[0]).toMatchObject({ tracker: 'work', title: expect.stringContaining('upgrade guide'), stale: false });
  });

  it('prints figures and items as a table', async () => {
    const { out } = await project.run('status');

    expect(out).toMatch(/^Weekly meeting · 3 items · 33 % done/m);
    expect(out).toContain('open 1   in progress 0   done 1   dropped 1');
    expect(out).toMatch(/^ {2}✓ #1 /m);
    expect(out).toContain(`#N is ${github.url}`.slice(0, 20));
  });

  it('leaves out what the filters say', async () => {
    const keysOf = async (...args: string[]) =>
      reportOf((await project.run('status', '--format', 'json', ...args)).out).items.length;

    expect(await keysOf('--state', 'open', 'done')).toBe(2);
    expect(await keysOf('--kind', 'rfe')).toBe(0);
    expect(await keysOf('--owner', 'ALICE')).toBe(3);
    expect(await keysOf('--owner', 'nobody')).toBe(0);
    expect(await keysOf('--since', '1h')).toBe(3);
    expect(await keysOf('--since', '2999-01-01')).toBe(0);
  });

  it('takes the limit for stale issues from the flag', async () => {
    const { summary } = reportOf((await project.run('status', '--format', 'json', '--stale', '0s')).out);

    expect(summary).toMatchObject({ open: 1, stale: 1 });
  });

  it('works offline, without any token', async () => {
    const { exit, out } = await ptg(['status', '--offline', '--format', 'json'], { cwd: project.cwd });

    expect(exit).toBe(0);
    expect(reportOf(out).items).toHaveLength(3);
  });

  it('prints every format', async () => {
    const out = async (format: string) => (await project.run('status', '--format', format)).out;

    expect(await out('markdown')).toContain('| ✅ | [#1](http');
    expect(await out('html')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect((await out('csv')).split('\r\n')).toHaveLength(5);
    expect((await PostalMime.parse(await out('mail'))).subject).toMatch(/^Follow-up: 1 of 3 items done/);
  });

  it('writes the report into a file, whole, in the format of its name', async () => {
    const { exit, out, err } = await project.run('status', '--out', 'reports/latest.html');

    expect({ exit, out }).toEqual({ exit: 0, out: '' });
    expect(withoutProgress(err)).toBe('wrote reports/latest.html\n');
    expect(await readdir(join(project.cwd, 'reports'))).toEqual(['latest.html']);
    expect(await readFile(join(project.cwd, 'reports/latest.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('says why a file cannot be written', async () => {
    const { exit, err } = await project.run('status', '--out', 'notes');

    expect(exit).toBe(2);
    expect(err).toMatch(/^error: notes cannot be written: /);
    expect((await readdir(project.cwd)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('says what moved since the last time', async () => {
    const own = await aProject(github, { repository: 'acme/moved' });
    await own.run('sync', '--yes');
    const before = reportOf((await own.run('status', '--format', 'json')).out);
    await github.actAs('alice', 'acme/moved').close(2);

    const after = reportOf((await own.run('status', '--format', 'json')).out);

    expect(before.since).toBeNull();
    expect(after.since).toMatchObject({ at: before.at, done: 1, dropped: 0, added: 0 });
  });
});
