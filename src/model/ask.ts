import type { Note } from '../notes/note.ts';
import { offersIn } from './answer.ts';
import { Chat, type ChatSettings, ModelTrouble } from './chat.ts';
import { type Check, checkFor } from './check.ts';
import { type Part, partsOf } from './parts.ts';
import { INSTRUCTIONS } from './prompt.ts';
import type { Opinion, Proposal, Refused, Why } from './proposal.ts';

/** A model that is asked about the notes of one run. */
export interface Model {
  /** What it finds in a note. Never throws: what it could not read is told by `warning`. */
  ask(note: Note): Promise<Opinion>;
  /** One sentence for the whole run when something went wrong, else null. */
  warning(): string | null;
}

/** So many offers are read of one answer; no part of a note holds more. */
const MOST_OFFERS = 100;
/** After so many failures in a row the model is left alone, so that a broken one costs a run little. */
const PATIENCE = 2;

/** Opens a model for one run of at most `maxRequests` parts. Nothing is sent before `ask`. */
export function openModel(settings: ChatSettings & { readonly maxRequests: number }): Model {
  const chat = new Chat(settings);
  let trouble: string | null = null;
  let over = false;
  let failed = 0;
  const parts = { asked: 0, read: 0, all: 0 };

  const say = async (part: Part): Promise<readonly unknown[]> => {
    parts.all += 1;
    if (over || settings.signal.aborted || parts.asked >= settings.maxRequests) return [];
    parts.asked += 1;
    try {
      const offers = offersIn(await chat.ask(INSTRUCTIONS, part.text));
      if (offers === null) throw new ModelTrouble(`${chat.who} did not answer in the form that was asked for`, false);
      parts.read += 1;
      failed = 0;
      return offers;
    } catch (error) {
      if (!(error instanceof ModelTrouble)) throw error;
      trouble ??= error.message;
      failed += 1;
      over = error.over || failed >= PATIENCE;
      return [];
    }
  };

  return {
    async ask(note) {
      const sieve = new Sieve(checkFor(note));
      for (const part of partsOf(note)) sieve.take(await say(part), part);
      return sieve.opinion;
    },
    warning() {
      if (parts.read === parts.all || settings.signal.aborted) return null;
      const why = trouble ?? `${chat.who} is asked about ${settings.maxRequests} parts a run at most (maxRequests)`;
      if (parts.read === 0) return `${why}: the items are those of the rules alone`;
      return `${why}: ${parts.all - parts.read} of ${parts.all} parts of the notes were read by the rules alone`;
    },
  };
}

/** Keeps what stands in the note, and counts what does not. */
class Sieve {
  readonly #check: Check;
  readonly #kept = new Map<string, Proposal>();
  readonly #refused: Partial<Record<Why, number>> = {};

  constructor(check: Check) {
    this.#check = check;
  }

  take(offers: readonly unknown[], part: Part): void {
    for (const offer of offers.slice(0, MOST_OFFERS)) {
      const checked = this.#check(offer, part);
      if (typeof checked === 'string') this.#refuse(checked, 1);
      else this.#keep(checked);
    }
    if (offers.length > MOST_OFFERS) this.#refuse('many', offers.length - MOST_OFFERS);
  }

  get opinion(): { readonly proposals: readonly Proposal[]; readonly refused: Refused } {
    return { proposals: [...this.#kept.values()], refused: this.#refused };
  }

  #keep(proposal: Proposal): void {
    const { block, start, end, title } = proposal;
    const id = `${block} ${start} ${end} ${title}`;
    if (this.#kept.has(id)) this.#refuse('twice', 1);
    else this.#kept.set(id, proposal);
  }

  #refuse(why: Why, n: number): void {
    this.#refused[why] = (this.#refused[why] ?? 0) + n;
  }
}
