import type { Ref } from '../items/item.ts';
import type { Asking } from './asking.ts';
import type { FollowedRef } from './followed.ts';

/** What is asked about: the service's own name for the thing, and the validator of the answer that we have. */
export interface Asked {
  readonly id: string;
  readonly etag: string | null;
}

/** What was found: the thing with a validator for next time; that it is as it was; or that it is not there. */
export type Found =
  | { readonly found: 'thing'; readonly thing: FollowedRef; readonly etag: string | null }
  | { readonly found: 'same' }
  | { readonly found: 'nothing'; readonly remark: string };

/** A service whose things we follow. */
export interface Service {
  readonly name: string;
  /** So many can be asked about in one request. */
  readonly batch: number;
  /** The service's name for what a ref points to and the API root that knows it; null when it is none of its things. */
  place(ref: Ref): { readonly id: string; readonly base: string } | null;
  /** Looks at up to `batch` things. May throw `NotNow`; one thing that is broken spoils no other. */
  look(asking: Asking, base: string, asked: readonly Asked[]): Promise<ReadonlyMap<string, Found>>;
}

/** The API roots that are asked; others are not, so that a note cannot make us call a host of its choice. */
export interface Hosts {
  /** By the host in the address of the ref. */
  readonly launchpad: string;
  readonly github: string;
  readonly gerrit: Readonly<Record<string, string>>;
  readonly storyboard: Readonly<Record<string, string>>;
}

export const PUBLIC_HOSTS: Hosts = {
  launchpad: 'https://api.launchpad.net',
  github: 'https://api.github.com',
  gerrit: {
    'review.opendev.org': 'https://review.opendev.org',
    // The name until 2019; the numbers are the same.
    'review.openstack.org': 'https://review.opendev.org',
  },
  storyboard: { 'storyboard.openstack.org': 'https://storyboard.openstack.org' },
};

/** The host in an address; empty when it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.toLowerCase() : '';
}

/** A moment as ISO 8601; null when it is none. A moment without a zone is UTC. */
export function isoOf(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text === '') return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text)
    ? text
    : `${text
        .trim()
        .replace(' ', 'T')
        .replace(/(\.\d{3})\d*$/, '$1')}Z`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
