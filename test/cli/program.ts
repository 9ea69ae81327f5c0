import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'ptg-tracker');

let built: Promise<string> | null = null;

/** The program built from the source as it is now: what users run, and many times faster to start than the source. */
export function program(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const folder = join(CACHE, fingerprint());
  const main = join(folder, 'cli', 'main.js');
  if (existsSync(main)) return main;
  const draft = `${folder}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', draft], { cwd: ROOT });
  // Test files run beside each other and may all build; the first one to finish wins.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  await removeOld();
  return main;
}

/** Changes whenever a source file does. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const folder of ['src', 'config', 'workers', 'scripts']) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const { mtimeMs, size } = statSync(join(ROOT, folder, name));
      hash.update(`${folder}/${name} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

const HOUR = 3_600_000;

async function removeOld(): Promise<void> {
  for (const name of readdirSync(CACHE)) {
    const folder = join(CACHE, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > HOUR) await rm(folder, { recursive: true, force: true });
  }
}
