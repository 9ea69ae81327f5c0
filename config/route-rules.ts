import type { Told } from './rules.ts';
import type { Config, Route, TrackerConfig } from './schema.ts';

/** A route leads to a tracker of the file. */
export function routesNameTrackers({ routes }: Config, told: Told, known: readonly string[]): void {
  for (const [index, route] of routes.entries()) {
    if (known.includes(route.tracker)) continue;
    const there = known.length === 0 ? 'there are none' : `there is ${known.join(', ')}`;
    told.problem(['routes', index, 'tracker'], `no tracker is named ${route.tracker}; ${there}`);
  }
}

/** A tracker without a route is probably not meant. */
export function trackersAreRouted({ routes, trackers }: Config, told: Told): void {
  for (const name of Object.keys(trackers)) {
    if (routes.some((route) => route.tracker === name)) continue;
    told.warning(['trackers', name], 'no route leads to it, so nothing is filed there');
  }
}

/** A route behind one that takes everything is probably not meant. */
export function routesAreReached({ routes }: Config, told: Told): void {
  const last = routes.findIndex(takesEverything);
  if (last === -1 || last === routes.length - 1) return;
  told.warning(['routes', last + 1], `never reached: routes[${last}] takes everything; first match wins`);
}

function takesEverything({ kind, section, note, owner, words }: Route): boolean {
  return [kind, section, note, owner, words].every((condition) => condition === undefined);
}

/** Titles of items have up to 80 characters; what the tracker allows beyond that is the prefix's. */
const LONGEST_PREFIX = { github: 256 - 80, launchpad: 200 - 80 } satisfies Record<TrackerConfig['type'], number>;

/** A title prefix leaves room for the title. */
export function prefixesFit(config: Config, told: Told): void {
  for (const { index, route, tracker } of routedTrackers(config)) {
    const most = LONGEST_PREFIX[tracker.type];
    if (route.titlePrefix.length <= most) continue;
    told.problem(['routes', index, 'titlePrefix'], `too long: ${tracker.type} leaves room for ${most} characters`);
  }
}

const LAUNCHPAD_TAG = /^[a-z0-9][a-z0-9+.-]+$/;

/** The tracker would take the tags and labels. */
export function tagsAndLabelsAreValid(config: Config, told: Told): void {
  for (const { index, route, tracker } of routedTrackers(config)) {
    for (const [place, tag] of route.tags.entries()) {
      if (tracker.type !== 'launchpad' || LAUNCHPAD_TAG.test(tag)) continue;
      told.problem(['routes', index, 'tags', place], 'a Launchpad tag has 2 or more of a-z 0-9 + . -');
    }
    for (const [place, label] of route.labels.entries()) {
      if (tracker.type !== 'github' || label.length <= 50) continue;
      told.problem(['routes', index, 'labels', place], 'a GitHub label has at most 50 characters');
    }
  }
}

/** What the tracker of a route does not have is left out. */
export function routesFitTheirTracker(config: Config, told: Told): void {
  for (const { index, route, tracker } of routedTrackers(config)) {
    if (tracker.type === 'launchpad' && route.labels.length > 0) {
      told.warning(['routes', index, 'labels'], 'left out: Launchpad has tags, not labels');
    }
    if (tracker.type === 'github' && route.tags.length > 0) {
      told.warning(['routes', index, 'tags'], 'left out: GitHub has labels, not tags');
    }
    if (tracker.type === 'github' && route.importance !== undefined) {
      told.warning(['routes', index, 'importance'], 'left out: GitHub has no importance');
    }
  }
}

function routedTrackers({ routes, trackers }: Config) {
  return routes.flatMap((route, index) => {
    const tracker = trackers[route.tracker];
    return tracker === undefined ? [] : [{ index, route, tracker }];
  });
}
