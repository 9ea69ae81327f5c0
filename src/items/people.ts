import type { Person } from '../../config/schema.ts';
import type { Owner } from './item.ts';
import { plainWords } from './plain.ts';

/** Who is who: the people of `people.yaml`, found by any name that leads to exactly one of them. */
export interface Directory {
  /** The person that a name, nick or mail address means; null when nobody or more than one fits. */
  find(name: string): Person | null;
}

/** Puts people in an order in which they are found by name, nick, mail, account and, where it is one person's, first name. */
export function directoryOf(people: readonly Person[]): Directory {
  const exact = new Map<string, Set<Person>>();
  const loose = new Map<string, Set<Person>>();
  for (const person of people) {
    const mails = person.mail === undefined ? [] : [person.mail].flat();
    const accounts = [person.github, person.launchpad].filter((account) => account !== undefined);
    for (const name of [person.name, ...person.nicks, ...mails]) add(exact, normal(name), person);
    for (const name of [...accounts, ...partsOf(person.name)]) add(loose, normal(name), person);
  }
  return {
    find(name) {
      const wanted = normal(name);
      return only(exact.get(wanted)) ?? (exact.has(wanted) ? null : only(loose.get(wanted)));
    },
  };
}

/** The owner that a name stands for: with accounts where the directory knows the person, else just the name. */
export function ownerOf(name: string, directory: Directory): Owner {
  const person = directory.find(name);
  if (person === null) return { name, github: null, launchpad: null };
  return { name: person.name, github: person.github ?? null, launchpad: person.launchpad ?? null };
}

/** First name and surname; a name of one word has no parts. */
function partsOf(name: string): readonly string[] {
  const words = name.trim().split(/\s+/);
  const [first] = words;
  const last = words[words.length - 1];
  return words.length < 2 || first === undefined || last === undefined ? [] : [first, last];
}

function normal(name: string): string {
  const bare = name.trim().replace(/^@/, '');
  return bare.includes('@') ? bare.toLowerCase() : plainWords(bare).join(' ');
}

function add(map: Map<string, Set<Person>>, key: string, person: Person): void {
  if (key === '') return;
  const found = map.get(key);
  if (found === undefined) map.set(key, new Set([person]));
  else found.add(person);
}

function only(found: ReadonlySet<Person> | undefined): Person | null {
  if (found === undefined || found.size !== 1) return null;
  const [person] = found;
  return person ?? null;
}
