import type { KnownItem } from '../items/item.ts';
import type { Entry } from '../ledger/ledger.ts';
import type { State } from '../trackers/tracker.ts';
import type { ReportItem } from './report.ts';

/** The present state of an issue that we did not file and only follow. */
export interface Followed {
  readonly state: State;
  readonly raw: string | null;
  readonly updatedAt: string | null;
  readonly assignees: readonly string[];
  readonly remarks: readonly string[];
}

/** Where an item's work stands, and why we think so. */
export type Standing = Followed & Pick<ReportItem, 'issue' | 'tracked'>;

/** An item that was found in the notes and never filed. */
export const UNFILED: Standing = {
  issue: null,
  tracked: false,
  state: 'open',
  raw: null,
  updatedAt: null,
  assignees: [],
  remarks: ['not filed yet'],
};

/** Where an item stands by what the ledger saw, or by the issue that existed before. */
export function standingOf(entry: Entry | null, item: KnownItem, followed: ReadonlyMap<string, Followed>): Standing {
  if (entry?.issue) return ofIssue(entry, entry.issue);
  if (item.tracked !== null) return ofTracked(item.tracked, followed);
  if (entry?.claim?.uncertain) {
    return unknown('it was sent and the answer was lost; the next sync looks for it and does not send it twice');
  }
  if (entry?.claim) return unknown('a run is filing it, or died doing so; the next sync settles it');
  return UNFILED;
}

function ofIssue({ seen, deletedAt, item }: Entry, issue: NonNullable<Entry['issue']>): Standing {
  const tracked = item.tracked?.url === issue.url;
  if (deletedAt !== null) {
    return {
      ...unknown('its issue was deleted on the tracker'),
      state: 'dropped',
      raw: 'deleted',
      updatedAt: deletedAt,
      issue,
    };
  }
  if (seen === null) return { ...unknown('its issue was not looked at yet'), issue };
  const { state, raw, updatedAt, assignees, duplicateOf } = seen;
  const remarks = duplicateOf === null ? [] : [`duplicate of ${duplicateOf}`];
  return { issue: { id: seen.id, url: seen.url }, tracked, state, raw, updatedAt, assignees, remarks };
}

function ofTracked(ref: NonNullable<KnownItem['tracked']>, followed: ReadonlyMap<string, Followed>): Standing {
  const issue = { id: ref.id ?? ref.url, url: ref.url };
  const found = followed.get(ref.url);
  return found === undefined
    ? { ...unknown('could not be looked up'), issue, tracked: true }
    : { ...found, issue, tracked: true };
}

function unknown(remark: string): Standing {
  return { ...UNFILED, state: 'unknown', remarks: [remark] };
}
