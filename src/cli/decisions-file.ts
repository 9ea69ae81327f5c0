import type { Decision } from '../../config/decisions.ts';
import { parseDecisions, writeDecisions } from '../../config/decisions.ts';
import { textOf } from '../../config/load.ts';
import type { ItemKey } from '../items/item.ts';
import { writeWhole } from './write-file.ts';

/** The decisions file while somebody works on it: on disk after each decision. */
export interface DecisionsFile {
  readonly text: string;
  of(key: ItemKey): Decision | null;
  put(decision: Decision): Promise<void>;
  /** Writes an earlier text back. */
  restore(text: string): Promise<void>;
}

/** Opens the file; one that is not there yet is made by the first decision. */
export async function openDecisions(file: string, cwd: string): Promise<DecisionsFile> {
  const { existsSync } = await import('node:fs');
  let text = existsSync(file) ? await textOf(file, file) : '';
  let known = new Map(parseDecisions(text, file).map((decision) => [decision.key, decision]));
  const restore = async (next: string) => {
    const decisions = parseDecisions(next, file);
    await writeWhole(file, next, cwd);
    text = next;
    known = new Map(decisions.map((decision) => [decision.key, decision]));
  };
  return {
    get text() {
      return text;
    },
    of: (key) => known.get(key) ?? null,
    put: (decision) => restore(writeDecisions(text, [decision])),
    restore,
  };
}
