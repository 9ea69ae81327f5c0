import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];
// Hooks that tests add later run before this one, so that nobody works in a folder that is gone.
afterAll(() =>
  Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 }))),
);

/** A folder of its own with these files; it is taken away when the tests of the file are over. */
export async function folderOf(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `ptg-${name}-`));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
