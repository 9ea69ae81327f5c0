import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { credentialsFile, keepSecret, readSecret } from '../../config/credentials.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptg-tracker-keep-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('kept credentials', () => {
  it('can be read by this user alone, and so can their folder', async () => {
    const file = credentialsFile('launchpad', { XDG_CONFIG_HOME: folder });
    await keepSecret(file, 'a:b:c');

    expect(await readSecret(file)).toBe('a:b:c');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'ptg-tracker'))).mode & 0o777).toBe(0o700);
  });

  it('take the place of older ones as a whole, and leave nothing beside them', async () => {
    const file = join(folder, 'launchpad');
    await writeFile(file, 'old and open to all', { mode: 0o644 });

    await keepSecret(file, 'new');

    expect(await readSecret(file)).toBe('new');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['launchpad']);
  });

  it('are not used when others could read them', async () => {
    const file = join(folder, 'launchpad');
    await keepSecret(file, 'a:b:c');
    await chmod(file, 0o640);

    await expect(readSecret(file)).rejects.toMatchObject({ hint: `Close it: chmod 600 ${file}` });
  });

  it('are null when there are none', async () => {
    expect(await readSecret(join(folder, 'nothing'))).toBeNull();
    await keepSecret(join(folder, 'empty'), '');
    expect(await readSecret(join(folder, 'empty'))).toBeNull();
  });

  it('are below the home directory where no other place is named', () => {
    expect(credentialsFile('launchpad', { HOME: '/home/alice' })).toBe('/home/alice/.config/ptg-tracker/launchpad');
    expect(credentialsFile('launchpad', { HOME: '/home/alice', XDG_CONFIG_HOME: 'relative' })).toBe(
      '/home/alice/.config/ptg-tracker/launchpad',
    );
  });

  it('that cannot be written are said so with the file', async () => {
    await writeFile(join(folder, 'a-file'), '');

    await expect(keepSecret(join(folder, 'a-file', 'launchpad'), 'secret')).rejects.toThrow(
      /could not be kept in .*a-file/,
    );
  });
});
