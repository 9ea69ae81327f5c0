import type { Refusal } from '../../errors.ts';

/** What messages speak of. */
export interface Place {
  /** The tracker's name in the configuration. */
  readonly name: string;
  /** `owner/repo`. */
  readonly target: string;
  readonly tokenEnv: string;
  readonly host: string;
  /** What must never be shown. */
  readonly secrets: readonly string[];
  readonly timeout: number;
}

/** What was being done when it failed. */
export interface Doing {
  /** For the sentence: "listing issues". */
  readonly what: string;
  /** The issue it was about. */
  readonly id?: string;
  /** A create: no answer, or none that can be read, leaves open whether it was done. */
  readonly create?: boolean;
}

/** A refusal with a sentence and a hint. */
export type Told = readonly [refusal: Refusal, message: string, hint: string];

/** What a token needs. */
export const PERMISSION = 'It needs "Issues: read and write" on that repository. See: ptg-tracker doctor';
/** What may be wrong when the answers make no sense. */
export const NO_API = 'Is "baseUrl" in the configuration the address of a GitHub API?';

/** A create whose answer says nothing. */
export function lost(message: string): Told {
  return [{ kind: 'uncertain' }, message, 'It will be looked for on the next run; it will not be sent twice.'];
}

/** The credentials are known and lack a right. */
export function forbidden(place: Place, doing: Doing, said: string): Told {
  if (/archived/i.test(said)) return archived(place, said);
  const token = `the token in ${place.tokenEnv}`;
  return [{ kind: 'forbidden' }, `GitHub forbids ${token} ${doing.what} in ${place.target} (${said})`, PERMISSION];
}

/** The repository, or the issue that was asked for, is not there or hidden. */
export function missing(place: Place, doing: Doing, said: string): Told {
  if (doing.id !== undefined) return gone(place, doing.id, said);
  return [
    { kind: 'missing' },
    `GitHub has no repository ${place.target}, or hides it from the token in ${place.tokenEnv} (${said})`,
    'Check "repository" in the configuration and what the token may see. See: ptg-tracker doctor',
  ];
}

/** The repository takes no changes at all. */
export function archived(place: Place, said: string): Told {
  return [
    { kind: 'disabled' },
    `${place.target} is archived and takes no changes (${said})`,
    'Unarchive it, or name another repository in the configuration.',
  ];
}

/** The repository takes no issues. */
export function disabled(place: Place, said: string): Told {
  return [
    { kind: 'disabled' },
    `Issues are switched off in ${place.target} (${said})`,
    'Switch them on in the settings of the repository, or name another one in the configuration.',
  ];
}

/** This one issue is not there any more. */
export function gone(place: Place, id: string, said: string): Told {
  return [
    { kind: 'gone', id },
    `Issue ${id} is no longer in ${place.target} (${said})`,
    'It was deleted, or moved out of sight.',
  ];
}
