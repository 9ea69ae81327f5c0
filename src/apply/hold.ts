import { messageOf } from '../errors.ts';
import { type Claim, claimTime, type Entry } from '../ledger/ledger.ts';
import type { Hands } from './parts.ts';

type Claimed = Entry & { readonly claim: Claim };

/** However long the settling time is, the claim is never older than this. */
const MOST_MS = 30_000;

/** A create that was not sent: the claim was no longer ours, or the ledger could not tell (`cause`). */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/**
 * Does the work while the claim is kept young. A create may wait for its turn and for rate limits before it is sent;
 * another run must not take its claim for that of a dead one and send a second create meanwhile. The work awaits what it
 * is given right before it sends: that makes sure that the claim is still ours, and throws `NotSent` when it is not, as
 * in a process that was suspended for so long that others have settled its claim.
 */
export async function holding<T>(claimed: Claimed, hands: Hands, work: (mayI: () => Promise<void>) => Promise<T>) {
  const every = Math.max(Math.min(hands.tracker.limits.settleAfterMs / 4, MOST_MS), 50);
  const hold = new Hold(claimed, hands, every);
  const timer = setInterval(() => void hold.renew().catch(() => undefined), every);
  try {
    return await work(() => hold.confirm());
  } finally {
    clearInterval(timer);
    await hold.rest();
  }
}

/** One claim of ours, as the ledger has it. One thing at a time is asked of the ledger. */
class Hold {
  readonly #claimed: Claimed;
  readonly #hands: Hands;
  readonly #youngMs: number;
  #held: Claim;
  /** A renewal of which the ledger did not say whether it was done. */
  #maybe: Claim | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(claimed: Claimed, hands: Hands, youngMs: number) {
    this.#claimed = claimed;
    this.#hands = hands;
    this.#youngMs = youngMs;
    this.#held = claimed.claim;
  }

  /** Gives the claim the present time; false when it is no longer ours. */
  renew(): Promise<boolean> {
    return this.#inTurn(() => this.#renew());
  }

  /**
   * A young claim is looked at, an older one renewed: nobody may take either for a while. No run settles a young claim, and
   * still the look is needed: a run that finds the issue on the tracker (a create that landed late, a list that lagged)
   * records it however young the claim is, and a Redis that failed over may have lost the claim.
   */
  async confirm(): Promise<void> {
    let isOurs: boolean;
    try {
      isOurs = await this.#inTurn(async () => ((await this.#age()) < this.#youngMs ? this.#look() : this.#renew()));
    } catch (error) {
      throw new NotSent(messageOf(error), { cause: error });
    }
    if (!isOurs) throw new NotSent('the claim is no longer ours');
  }

  /** Waits for what was asked of the ledger. */
  async rest(): Promise<void> {
    await this.#queue;
  }

  async #renew(): Promise<boolean> {
    const { ledger } = this.#hands;
    if (this.#maybe !== null && !(await this.#look())) return false;
    const claim = { ...this.#held, at: (await this.#now()).toISOString() };
    this.#maybe = claim;
    const isOurs = await ledger.claim({ ...this.#claimed, claim }, this.#held);
    this.#maybe = null;
    if (isOurs) this.#held = claim;
    return isOurs;
  }

  async #look(): Promise<boolean> {
    const entry = await this.#hands.ledger.get(this.#claimed.key);
    const claim = entry?.issue == null ? (entry?.claim ?? null) : null;
    const known = [this.#held, this.#maybe].find((one) => one !== null && claim !== null && isSame(one, claim));
    if (known == null) return false;
    this.#held = known;
    this.#maybe = null;
    return true;
  }

  async #age(): Promise<number> {
    return Math.abs((await this.#now()).getTime() - Date.parse(this.#held.at));
  }

  #now(): Promise<Date> {
    return claimTime(this.#hands.ledger, this.#hands.clock);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

function isSame(one: Claim, other: Claim): boolean {
  return one.run === other.run && one.at === other.at && one.uncertain === other.uncertain;
}
