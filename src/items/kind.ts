import type { Reading } from './features.ts';
import type { ItemKind } from './item.ts';
import type { Language } from './language.ts';
import type { Places } from './place.ts';
import type { Statement } from './statement.ts';

const ENOUGH = 2.4;

/** Whether a statement that is an item asks for an enhancement (RFE, spec, blueprint) or is any other action. */
export function kindOf(statement: Statement, reading: Reading, places: Places, language: Language): ItemKind {
  let odds = 0;
  for (const id of new Set(reading.requests)) odds += language.cues.get(id)?.weight ?? 0;
  const heading = statement.block.section[statement.block.section.length - 1];
  if (heading !== undefined && places.of(heading).ids.includes('place-rfe'))
    odds += language.cues.get('place-rfe')?.weight ?? 0;
  return odds >= ENOUGH ? 'rfe' : 'action';
}
