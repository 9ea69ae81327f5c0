/**
 * Every failure we expect. Anything else that is thrown is a bug and keeps its stack trace.
 */

/** The exit statuses of the command line; see the README. */
export const EXIT = { fine: 0, partial: 1, usage: 2, tracker: 3, changes: 4 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A failure with a sentence for the reader (what, where), a hint (what to do about it) and an exit status. */
export class ExpectedError extends Error {
  override readonly name: string = 'ExpectedError';
  readonly exit: Exit;
  readonly hint: string | null;

  constructor(message: string, options: { exit: Exit; hint?: string | null; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exit = options.exit;
    this.hint = options.hint ?? null;
  }
}

/** The command line was used wrongly: an unknown flag, a value of the wrong form. */
export class UsageError extends ExpectedError {
  override readonly name = 'UsageError';
  constructor(message: string, hint?: string) {
    super(message, { exit: EXIT.usage, hint: hint ?? null });
  }
}

/**
 * The configuration cannot be used; `problems` holds all of them, each with its path.
 * Without a file the problem speaks for itself (an environment variable that is not set).
 */
export class ConfigError extends ExpectedError {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(file: string | null, problems: readonly string[], hint?: string) {
    const told = `${file} is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`;
    super(file === null ? problems.join('\n') : told, {
      exit: EXIT.usage,
      hint: hint ?? null,
    });
    this.problems = problems;
  }
}

/** One note could not be read; the others go on. It ends the program only when no note could be read at all. */
export class NoteError extends ExpectedError {
  override readonly name = 'NoteError';
  readonly source: string;
  constructor(source: string, what: string, options: { hint?: string; cause?: unknown } = {}) {
    super(`${source} ${what}`, { exit: EXIT.usage, hint: options.hint ?? null, cause: options.cause });
    this.source = source;
  }
}

/** The ledger cannot be used: locked by another program, damaged, read-only, from a newer version. */
export class LedgerError extends ExpectedError {
  override readonly name = 'LedgerError';
  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { exit: EXIT.usage, hint: options.hint ?? null, cause: options.cause });
  }
}

/**
 * Why a tracker did not do what we asked.
 *
 * - `denied`: it refused the credentials. `forbidden`: the credentials lack a permission.
 * - `missing`: the repository or project is not there, or hidden from us. `disabled`: it takes no issues (GitHub 410).
 * - `unreachable`: no answer at all. `broken`: an answer that makes no sense, to a request that may be repeated.
 * - `busy`: a rate limit; nothing was done; `until` says when to come again.
 * - `invalid`: this one request was refused for its content (422, 400). `gone`: this one issue was deleted.
 * - `conflict`: somebody changed the issue between our look and our write (412).
 * - `uncertain`: a create was sent and its answer was lost; the issue may exist.
 */
export type Refusal =
  | { readonly kind: 'denied' | 'forbidden' | 'missing' | 'disabled' | 'unreachable' | 'broken' }
  | { readonly kind: 'busy'; readonly until: Date }
  | { readonly kind: 'invalid'; readonly field: string | null }
  | { readonly kind: 'gone'; readonly id: string }
  | { readonly kind: 'conflict'; readonly id: string }
  | { readonly kind: 'uncertain' };

/** Kinds of refusal that meet every further request too, so that the run on this tracker ends. */
const WHOLE_TRACKER = ['denied', 'forbidden', 'missing', 'disabled', 'unreachable'] as const;

/** A tracker refused or failed; `refusal` says how, so that callers decide by facts and not by messages. */
export class TrackerError extends ExpectedError {
  override readonly name = 'TrackerError';
  readonly tracker: string;
  readonly refusal: Refusal;
  constructor(tracker: string, refusal: Refusal, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { exit: EXIT.tracker, hint: options.hint ?? null, cause: options.cause });
    this.tracker = tracker;
    this.refusal = refusal;
  }

  /** Whether the next request would fail the same way. */
  get endsTheRun(): boolean {
    return (WHOLE_TRACKER as readonly string[]).includes(this.refusal.kind);
  }
}

/** One sentence for an unknown thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
