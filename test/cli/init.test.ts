import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { folder, ptg } from './run.ts';

describe('init', () => {
  it('writes a configuration that loads', async () => {
    const cwd = await folder();

    const { exit, out } = await ptg(['init', '--repository', 'owner/name', '--notes', 'a/*.md', 'b', '--yes'], { cwd });

    expect({ exit, out }).toEqual({ exit: 0, out: 'wrote ptg-tracker.yaml\n' });
    const { config, warnings } = await loadConfig({ cwd });
    expect(warnings).toEqual([]);
    expect(config.notes).toEqual(['a/*.md', 'b']);
    expect(config.trackers.work).toMatchObject({ repository: 'owner/name', tokenEnv: 'GITHUB_TOKEN' });
  });

  it('takes the repository that the folder was cloned from', async () => {
    const cwd = await folder({ '.git/config': '[remote "origin"]\n\turl = git@github.com:owner/cloned.git\n' });

    const { exit } = await ptg(['init', '--yes'], { cwd });

    expect(exit).toBe(0);
    expect((await loadConfig({ cwd })).config.trackers.work).toMatchObject({ repository: 'owner/cloned' });
  });

  it('never overwrites a file unless it is told to', async () => {
    const cwd = await folder({ 'ptg-tracker.yaml': 'stale: 1d\n' });
    const args = ['init', '--repository', 'owner/name', '--yes'];

    const refused = await ptg(args, { cwd });
    const kept = await readFile(join(cwd, 'ptg-tracker.yaml'), 'utf8');
    const forced = await ptg([...args, '--force'], { cwd });

    expect(refused).toEqual({
      exit: 2,
      out: '',
      err: 'error: ptg-tracker.yaml is there already\n  Say --force to overwrite it.\n',
    });
    expect(kept).toBe('stale: 1d\n');
    expect(forced.exit).toBe(0);
    expect((await loadConfig({ cwd })).config.stale).toBe(30 * 86_400_000);
  });

  it.each([
    { args: ['init', '--yes'], says: 'which repository' },
    { args: ['init'], says: 'which repository' },
    { args: ['init', '--yes', '--repository', 'neutron'], says: 'write owner/name' },
    { args: ['init', '--yes', '--repository', 'o/n', '--token-env', 'ghp_secret'], says: 'not the secret itself' },
  ])('ends $args with status 2, a reason and no file', async ({ args, says }) => {
    const cwd = await folder();

    const { exit, err } = await ptg(args, { cwd });

    expect(exit).toBe(2);
    expect(err).toContain(says);
    await expect(readFile(join(cwd, 'ptg-tracker.yaml'))).rejects.toThrow('ENOENT');
  });

  it('writes where --config says', async () => {
    const cwd = await folder();
    await mkdir(join(cwd, 'sub'));
    await writeFile(join(cwd, 'ptg-tracker.yaml'), 'stale: 1d\n');

    const { exit } = await ptg(['init', '--yes', '--repository', 'o/n', '--config', 'sub/other.yaml'], { cwd });

    expect(exit).toBe(0);
    expect(await readFile(join(cwd, 'sub/other.yaml'), 'utf8')).toContain('repository: o/n');
  });
});
