import { EDITS } from './people.ts';
import type { Figures } from './suite.ts';

/** What was tried, by what it was done to; the first part whose pattern fits. */
const PARTS: readonly (readonly [heading: string, pattern: RegExp])[] = [
  ['People', new RegExp(`^a person: (?:${EDITS.join('|')})$`)],
  ['Runs that die, runs at the same time', /\bat once\b|^killed\b|SIGKILL|process/],
  ['The ledger', /ledger|disk/],
  ['The world', /clock|renamed|transferred|statement|notes|reworded/],
  ['Answers of the tracker', /./],
];

/** The figures of a run as docs/reliability.md shows them. */
export function tablesOf(
  figures: Figures,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): string {
  const { rounds, duplicates, lost, undone, broken, seconds: doubles } = figures;
  const row = [seed, rounds, seconds, duplicates, lost, undone, broken, doubles];
  const left = new Map(figures.counts);
  const tables = PARTS.map(([heading, pattern]) => {
    const mine = [...left].filter(([what]) => pattern.test(what)).sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [what] of mine) left.delete(what);
    return mine.length === 0 ? '' : table(heading, mine);
  });
  return [
    ...tables.reverse().filter((text) => text !== ''),
    [
      '| seed | rounds | seconds | duplicates | lost | undone edits | broken | second issues, closed again |',
      '|---:|---:|---:|---:|---:|---:|---:|---:|',
      `| ${row.join(' | ')} |`,
    ].join('\n'),
  ].join('\n\n');
}

function table(heading: string, counts: readonly (readonly [string, number])[]): string {
  const rows = counts.map(([what, count]) => `| ${what} | ${count} |`);
  return [`### ${heading}`, '', '| what was tried | times |', '|---|---:|', ...rows].join('\n');
}
