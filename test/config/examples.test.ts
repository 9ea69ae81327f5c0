import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../config/check.ts';
import { DEFAULTS } from '../../config/defaults.ts';
import { checkPeople } from '../../config/people.ts';
import { configText, USUAL_NOTES } from '../../src/cli/config-text.ts';

const read = (name: string) => readFile(new URL(`../../config/${name}`, import.meta.url), 'utf8');

describe('the examples', () => {
  it('load, and say the defaults where they show them', async () => {
    const { config, warnings } = checkConfig(await read('ptg-tracker.example.yaml'), 'example');

    expect(warnings).toEqual([]);
    expect(config).toMatchObject({ ledger: DEFAULTS.ledger, limits: DEFAULTS.limits, stale: DEFAULTS.stale });
  });

  it('also load with everything that is commented out switched on', async () => {
    const text = (await read('ptg-tracker.example.yaml'))
      .replace('# ledger: { redis', '# Or: ')
      .replaceAll(/^( *)# (?= *(?:[a-z]\w*:|- ))/gm, '$1');

    const { config, warnings } = checkConfig(text, 'example');

    expect(warnings).toEqual([]);
    expect(Object.keys(config.trackers)).toEqual(['bugs', 'work']);
    expect(Object.keys(config.schedules)).toEqual(['weekly', 'report']);
    expect(config).toMatchObject({
      people: 'people.yaml',
      close: { vanished: true },
      limits: { settleAfter: 900_000 },
    });
  });

  it('are what init writes', async () => {
    const facts = { repository: 'openstack/neutron', notes: [USUAL_NOTES], tokenEnv: 'GITHUB_TOKEN' };

    expect(configText(facts)).toBe(await read('ptg-tracker.example.yaml'));
  });

  it('name people as the schema wants them', async () => {
    expect(await checkPeople(await read('people.example.yaml'), 'example')).toHaveLength(2);
  });
});
