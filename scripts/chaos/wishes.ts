import { nameOf } from './check.ts';
import { type Edit, edit, replaces, type Wish } from './people.ts';
import type { Random } from './random.ts';
import type { Desk, Seen } from './services.ts';
import type { Statement } from './statements.ts';

/** Where edits are made and remembered. */
interface Story {
  readonly random: Random;
  readonly statements: readonly Statement[];
  readonly wishes: Map<string, Wish[]>;
  /** Which statement an issue is about, where its text may no longer tell it. */
  readonly about: Map<string, number>;
  count(what: string): void;
  tell(what: string): void;
}

/** Somebody edits an issue, and what they want of it is remembered. */
export async function wished(story: Story, desk: Desk, issue: Seen, what: Edit): Promise<void> {
  const name = nameOf(issue);
  const text = `${issue.title}\n${issue.body}`.replace(/\s+/g, ' ');
  const statement = story.statements.find(({ object }) => text.includes(object));
  if (statement !== undefined && !story.about.has(name)) story.about.set(name, statement.number);
  const wish = await edit(story.random, desk, issue, what);
  const before = (story.wishes.get(name) ?? []).filter((earlier) => !replaces(what, earlier.what));
  story.wishes.set(name, [...before, wish]);
  story.count(`a person: ${what}`);
  story.tell(`a person on ${name}: ${what}`);
}
