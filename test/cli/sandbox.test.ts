import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aNote, ended, folder, ptg, start } from './run.ts';

interface Places {
  readonly github: { readonly url: string; readonly repository: string; readonly token: string };
  readonly launchpad: { readonly url: string; readonly project: string; readonly credentials: string };
}

describe('sandbox', () => {
  it('starts a GitHub and a Launchpad, says how to use them, and ends with Ctrl-C', async () => {
    const cwd = await folder({ 'notes/a.md': aNote(2) });
    const child = await start(['sandbox'], { cwd });
    const result = ended(child);
    const [howTo] = (await once(child.stdout ?? child, 'data')) as [string];

    const yaml = /In ptg-tracker.yaml:\n\n(?<yaml>[\s\S]*?)\nIn the shell:/.exec(howTo)?.groups?.yaml ?? '';
    const env = Object.fromEntries(
      [...howTo.matchAll(/export (\w+)='([^']*)'/g)].map(([, name, value]) => [name, value ?? '']),
    );
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(cwd, 'ptg-tracker.yaml'), yaml.replaceAll(/^ {2}/gm, ''));
    const synced = await ptg(['sync', '--yes'], { cwd, env });
    child.kill('SIGINT');

    expect(synced).toMatchObject({ exit: 0, out: expect.stringContaining('✓ 2 created') });
    expect(await result).toMatchObject({ exit: 0, err: expect.stringContaining('The sandbox ends') });
  });

  it('says where they are as JSON', async () => {
    const child = await start(['sandbox', '--format', 'json'], { cwd: await folder() });
    const result = ended(child);
    const [json] = (await once(child.stdout ?? child, 'data')) as [string];
    const { github, launchpad } = JSON.parse(json) as Places;

    const answers = await Promise.all([
      fetch(`${github.url}/repos/${github.repository}`),
      fetch(`${launchpad.url}/devel/${launchpad.project}`),
    ]);
    child.kill('SIGTERM');

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await result).exit).toBe(0);
  });

  it('says when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const { exit, err } = await ptg(['sandbox', '--port', String(port)], { cwd: await folder() });
    server.close();

    expect(exit).toBe(2);
    expect(err).toContain(`port ${port} is taken`);
  });

  it('shows the whole program in one run and leaves the reports', async () => {
    const cwd = await folder();

    const { exit, out } = await ptg(['sandbox', '--demo'], { cwd });

    expect(exit).toBe(0);
    const commands = [...out.matchAll(/^\$ ptg-tracker (\S+)/gm)].map(([, command]) => command);
    expect(commands).toEqual(['extract', 'plan', 'sync', 'sync', 'status']);
    expect(out).toMatch(/✓ \d+ created/);
    expect(out).toMatch(/^0 changes, \d+ up to date/m);
    expect(out).toMatch(/done [1-9]/);
    expect(await readFile(join(cwd, '.ptg-tracker/demo/status.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(await readFile(join(cwd, '.ptg-tracker/demo/status.md'), 'utf8')).toContain('# Follow-up');
  });
});
