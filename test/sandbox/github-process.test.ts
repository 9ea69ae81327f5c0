import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const SCRIPT = `
  import { startGitHubSandbox } from './src/sandbox/github.ts';
  const sandbox = await startGitHubSandbox();
  await sandbox.actAs('alice').file({ title: 'One', labels: ['ptg'] });
  await sandbox.close();
`;

it('prints nothing and ends by itself once it is closed', async () => {
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT], {
    cwd: root,
    timeout: 15_000,
  });

  expect(await run).toEqual({ stdout: '', stderr: '' });
});
