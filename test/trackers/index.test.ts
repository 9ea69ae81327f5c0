import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Limits, TrackerConfig } from '../../config/schema.ts';
import { openTracker, trackers } from '../../src/trackers/index.ts';

const CONFIGS = {
  github: { config: { type: 'github', repository: 'acme/items' }, token: 'token' },
  launchpad: { config: { type: 'launchpad', project: 'items' }, token: 'consumer:token:secret' },
};

describe('the registry of trackers', () => {
  it('knows every tracker that has a folder', () => {
    const folders = readdirSync(join(import.meta.dirname, '..', '..', 'src', 'trackers'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);

    expect(Object.keys(trackers).sort()).toEqual(folders.sort());
    expect(Object.keys(CONFIGS).sort()).toEqual(folders.sort());
  });

  it.each(Object.entries(CONFIGS))(
    'opens %s by the type in the configuration, without a request',
    async (type, given) => {
      const tracker = await openTracker({
        name: 'work',
        config: TrackerConfig.parse(given.config),
        token: given.token,
        limits: Limits.parse({}),
        userAgent: 'ptg-tracker-test',
      });

      expect(tracker).toMatchObject({ name: 'work', type });
    },
  );
});
