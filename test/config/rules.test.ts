import { describe, expect, it } from 'vitest';
import { checkRules } from '../../config/rules.ts';
import { Config } from '../../config/schema.ts';

const GITHUB = { type: 'github', repository: 'owner/name' };
const LAUNCHPAD = { type: 'launchpad', project: 'neutron' };

function findings(input: Readonly<Record<string, unknown>>) {
  const config = Config.parse(input);
  const { problems, warnings } = checkRules(config, new Set(), Object.keys(config.trackers));
  const tell = ({ path, message }: (typeof problems)[number]) => `${path.join('.')}: ${message}`;
  return { problems: problems.map(tell), warnings: warnings.map(tell) };
}

describe('problems across fields', () => {
  it.each([
    {
      when: 'a route names a tracker that is not there',
      input: { routes: [{ tracker: 'work' }] },
      says: 'routes.0.tracker: no tracker is named work; there are none',
    },
    {
      when: 'two trackers are the same repository',
      input: {
        trackers: { a: GITHUB, b: { ...GITHUB, repository: 'Owner/Name' } },
        routes: [{ tracker: 'a' }, { tracker: 'b' }],
      },
      says: 'trackers.b: a is the same github owner/name; keep one, routes give labels',
    },
    {
      when: 'a title prefix leaves no room for titles',
      input: { trackers: { bugs: LAUNCHPAD }, routes: [{ tracker: 'bugs', titlePrefix: 'x'.repeat(121) }] },
      says: 'routes.0.titlePrefix: too long: launchpad leaves room for 120 characters',
    },
    {
      when: 'Launchpad would refuse a tag',
      input: { trackers: { bugs: LAUNCHPAD }, routes: [{ tracker: 'bugs', tags: ['ok', 'Not_OK'] }] },
      says: 'routes.0.tags.1: a Launchpad tag has 2 or more of a-z 0-9 + . -',
    },
    {
      when: 'GitHub would refuse a label',
      input: { trackers: { work: GITHUB }, routes: [{ tracker: 'work', labels: ['x'.repeat(51)] }] },
      says: 'routes.0.labels.0: a GitHub label has at most 50 characters',
    },
    {
      when: 'a tracker address holds a password',
      input: { trackers: { work: { ...GITHUB, baseUrl: 'https://u:p@example.org' } }, routes: [{ tracker: 'work' }] },
      says: 'trackers.work.baseUrl: an address must not hold a name and a password',
    },
    {
      when: 'a schedule has no such time zone',
      input: { ...scheduled({ timezone: 'Mars/North' }) },
      says: 'schedules.weekly.timezone: write a time zone such as UTC or Europe/Prague',
    },
    {
      when: 'a schedule syncs nothing',
      input: { ...scheduled({}), notes: [] },
      says: 'schedules.weekly: it names no notes, and neither does the top of this file',
    },
    {
      when: 'a schedule has nothing to work on',
      input: { schedules: { weekly: { cron: '0 6 * * 1', run: 'status' } } },
      says: 'schedules.weekly: there is no tracker to work on',
    },
  ])('are told when $when', ({ input, says }) => {
    expect(findings(input).problems).toEqual([says]);
  });

  it.each(['61 * * * *', 'every monday', '', '* * *x'.repeat(50)].filter(Boolean))(
    'are told for the cron %j',
    (cron) => {
      expect(findings(scheduled({ cron })).problems).toEqual([
        expect.stringMatching(/^schedules\.weekly\.cron: not a cron/),
      ]);
    },
  );

  it.each(['0 6 * * 1', '*/15 * * * *', '0 0 6 * * MON', '@weekly'])('are none for the cron %j', (cron) => {
    expect(findings(scheduled({ cron }))).toEqual({ problems: [], warnings: [] });
  });
});

describe('warnings across fields', () => {
  it.each([
    {
      when: 'no route leads to a tracker',
      input: { trackers: { work: GITHUB, bugs: LAUNCHPAD }, routes: [{ tracker: 'bugs' }] },
      says: 'trackers.work: no route leads to it, so nothing is filed there',
    },
    {
      when: 'a route stands behind one that takes everything',
      input: { trackers: { work: GITHUB }, routes: [{ tracker: 'work' }, { kind: 'rfe', tracker: 'work' }] },
      says: 'routes.1: never reached: routes[0] takes everything; first match wins',
    },
    {
      when: 'a route to GitHub sets an importance',
      input: { trackers: { work: GITHUB }, routes: [{ tracker: 'work', importance: 'High' }] },
      says: 'routes.0.importance: left out: GitHub has no importance',
    },
    {
      when: 'more is to be filed a minute than GitHub takes',
      input: { trackers: { work: GITHUB }, routes: [{ tracker: 'work' }], limits: { createsPerMinute: 81 } },
      says: 'limits.createsPerMinute: GitHub takes at most 80 a minute, and Launchpad asks for 60',
    },
    {
      when: 'a route to Launchpad sets labels',
      input: { trackers: { bugs: LAUNCHPAD }, routes: [{ tracker: 'bugs', labels: ['x'] }] },
      says: 'routes.0.labels: left out: Launchpad has tags, not labels',
    },
  ])('are told when $when', ({ input, says }) => {
    expect(findings(input)).toEqual({ problems: [], warnings: [says] });
  });
});

function scheduled(over: Readonly<Record<string, unknown>>) {
  return {
    notes: ['notes'],
    trackers: { work: GITHUB },
    routes: [{ tracker: 'work' }],
    schedules: { weekly: { cron: '0 6 * * 1', run: 'sync', ...over } },
  };
}
