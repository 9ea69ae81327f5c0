import type { Limits, TrackerConfig } from '../../config/schema.ts';
import type { Memo } from '../refs/memo.ts';
import type { Tracker } from './tracker.ts';

/** What every tracker is opened with. */
export interface OpenOptions<Config extends TrackerConfig = TrackerConfig> {
  /** The name in the configuration. */
  readonly name: string;
  readonly config: Config;
  /** The secret itself: a token of GitHub, `consumerKey:token:secret` of Launchpad. */
  readonly token: string;
  readonly limits: Limits;
  readonly userAgent: string;
  /** Told whenever a limit of the service makes us wait. */
  readonly onWait?: (until: Date, why: string) => void;
  /** What a tracker may remember between runs: the ledger's memos. Without it, an unchanged run reads a little more. */
  readonly memo?: Memo;
}

type Openers = {
  readonly [Type in TrackerConfig['type']]?: (
    options: OpenOptions<Extract<TrackerConfig, { type: Type }>>,
  ) => Promise<Tracker>;
};

/** All trackers, by the `type` of their configuration; each is loaded only when it is used. */
export const trackers = {
  github: async (options) => (await import('./github/github.ts')).openGitHub(options),
  launchpad: async ({ token, ...options }) =>
    (await import('./launchpad/launchpad.ts')).openLaunchpad({ ...options, credentials: token }),
} satisfies Openers;

/** Opens the tracker that a configuration names. Nothing is sent before the first call. */
export function openTracker(options: OpenOptions): Promise<Tracker> {
  const { config } = options;
  switch (config.type) {
    case 'github':
      return trackers.github({ ...options, config });
    case 'launchpad':
      return trackers.launchpad({ ...options, config });
    default:
      return config satisfies never;
  }
}
