import type { Item } from '../../src/items/item.ts';
import { itemKey } from '../../src/items/key.ts';
import { anItem } from '../builders.ts';

/** Many items that nobody would take for one another. */
export function manyItems(count: number, from = 0): Item[] {
  return Array.from({ length: count }, (_, index) => theItem(from + index));
}

/** The n-th of them. */
export function theItem(n: number): Item {
  const [verb, object, place, more] = [1, 7, 31, 97].map((salt) => word(n * 7919 + salt * 104_729));
  const quote = `Owner One will ${verb} the ${object} of ${place} and ${more}.`;
  const section = [`Topic ${word(n)}`];
  return anItem({ key: itemKey({ quote, section }), title: `${verb} the ${object} of ${place}`, quote, section });
}

/** A word of seven letters; neighbours in number are far apart in spelling. */
function word(n: number): string {
  let rest = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  let text = '';
  for (let letter = 0; letter < 7; letter++) {
    text += (letter % 2 === 0 ? 'bcdfghklmnprstvz' : 'aeiouaeiouaeiouy')[rest & 15];
    rest = (rest >>> 4) | ((rest & 15) << 28);
  }
  return text;
}
