import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaunchpadSandbox, startLaunchpadSandbox } from '../../src/sandbox/launchpad.ts';
import { folder, ptg } from './run.ts';

let launchpad: LaunchpadSandbox;

beforeAll(async () => {
  launchpad = await startLaunchpadSandbox({});
});
afterAll(() => launchpad.close());

describe('doctor with Launchpad', () => {
  it('says whether we may triage: set importance, milestones and assignees', async () => {
    const cwd = await folder({
      'ptg-tracker.yaml': `trackers: { bugs: { type: launchpad, project: ${launchpad.project}, baseUrl: "${launchpad.url}" } }\n`,
    });

    const { exit, out } = await ptg(['doctor'], {
      cwd,
      env: { LAUNCHPAD_CREDENTIALS: launchpad.credentials, COLUMNS: '160' },
    });

    expect(exit).toBe(0);
    expect(out).toContain('✓ bugs (launchpad:neutron) can be reached and takes issues');
    expect(out).toContain('! bugs (launchpad:neutron): we may not set importance and milestones, nor assign others');
  });
});
