import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigError, messageOf } from '../src/errors.ts';
import type { TrackerConfig } from './schema.ts';

/** The service whose credentials a tracker needs, by its host: several instances of one service are told apart. */
export function serviceOf(settings: Pick<TrackerConfig, 'type' | 'baseUrl'>): string {
  return `${settings.type}@${new URL(settings.baseUrl).host.replaceAll(':', '-')}`;
}

/** Where credentials of a service are kept for this user: `$XDG_CONFIG_HOME/ptg-tracker/<service>`, else below `~/.config`. */
export function credentialsFile(service: string, env: Readonly<Record<string, string | undefined>>): string {
  const given = env.XDG_CONFIG_HOME ?? '';
  // The directory counts only when it is absolute, as its specification says.
  const base = given.startsWith('/') ? given : join(env.HOME || homedir(), '.config');
  return join(base, 'ptg-tracker', service);
}

/** Keeps a secret in a file that only this user can read, from its first byte on. An older file is exchanged as a whole. */
export async function keepSecret(file: string, secret: string): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${secret}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(draft, 0o600);
    await rename(draft, file);
  } catch (error) {
    // What could not be made need not be removed.
    await rm(draft, { force: true }).catch(() => {});
    throw new ConfigError(null, [`The credentials could not be kept in ${file}: ${messageOf(error)}`]);
  }
}

/** The secret in such a file; null when there is none. Throws `ConfigError` when others could read it. */
export async function readSecret(file: string): Promise<string | null> {
  let mode: number;
  let text: string;
  try {
    mode = (await stat(file)).mode;
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new ConfigError(null, [`The credentials in ${file} could not be read: ${messageOf(error)}`]);
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new ConfigError(null, [`The credentials in ${file} can be read by others`], `Close it: chmod 600 ${file}`);
  }
  return text.trim() === '' ? null : text.trim();
}
