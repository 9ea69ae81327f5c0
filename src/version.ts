import { readFileSync } from 'node:fs';

/** The program's version, from package.json: found upwards, since the built program lies deeper than the source. */
export const VERSION: string = readVersion(new URL('.', import.meta.url));

/** How we present ourselves to trackers and web servers. */
export const USER_AGENT = `ptg-tracker/${VERSION}`;

function readVersion(folder: URL): string {
  try {
    const { name, version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
    if (name === 'ptg-tracker') return version;
  } catch {
    // Not here: one folder up.
  }
  const above = new URL('..', folder);
  return above.href === folder.href ? '0.0.0' : readVersion(above);
}
