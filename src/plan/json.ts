import type { Change, Plan } from './plan.ts';

/** How many changes of each kind a plan holds. */
export type PlanSummary = Readonly<Record<Change['do'], number>>;

export function summaryOf(changes: readonly Change[]): PlanSummary {
  const counts = { create: 0, adopt: 0, update: 0, close: 0, wait: 0, nothing: 0 };
  for (const change of changes) counts[change.do] += 1;
  return counts;
}

/** Whether doing the plan would write to a tracker. */
export function writes(change: Change): boolean {
  return change.do === 'create' || change.do === 'update' || change.do === 'close' || isPatchedAdoption(change);
}

function isPatchedAdoption(change: Change): boolean {
  return change.do === 'adopt' && change.patch !== null;
}

/** The plan as `plan --format json` prints it; `PlanJson` in `schema.ts` describes it. */
export function planJson(plan: Plan) {
  return {
    changes: plan.changes.map((change) => ({
      key: change.key,
      title: change.title,
      tracker: change.tracker,
      do: change.do,
      because: change.because,
      fields: change.fields,
      issue: issueOf(change),
      notes: change.notes,
    })),
    summary: summaryOf(plan.changes),
  };
}

function issueOf(change: Change): { readonly id: string; readonly url: string } | null {
  if (!('issue' in change) || change.issue === null) return null;
  return { id: change.issue.id, url: change.issue.url };
}
