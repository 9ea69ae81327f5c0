import type { Claim, Entry } from '../ledger/ledger.ts';
import type { Hands } from './parts.ts';

type Claimed = Entry & { readonly claim: Claim };

/** However long the settling time is, the claim is never older than this. */
const MOST_MS = 30_000;

/**
 * Does the work while the claim is kept young. A create may wait for its turn and for rate limits before it is sent;
 * another run must not take its claim for that of a dead one and send a second create meanwhile.
 */
export async function holding<T>(claimed: Claimed, hands: Hands, work: () => Promise<T>): Promise<T> {
  const every = Math.max(Math.min(hands.tracker.limits.settleAfterMs / 4, MOST_MS), 50);
  let held = claimed.claim;
  let renewal: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    renewal = renewal.then(async () => {
      held = await renewed(claimed, held, hands);
    });
  }, every);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await renewal;
  }
}

/** The claim with the present time; as it was when the ledger would not have it: what comes of the create tells more. */
async function renewed(claimed: Claimed, held: Claim, { ledger, clock }: Hands): Promise<Claim> {
  const claim = { ...held, at: clock().toISOString() };
  try {
    return (await ledger.claim({ ...claimed, claim }, held)) ? claim : held;
  } catch {
    return held;
  }
}
