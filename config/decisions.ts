import { isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../src/errors.ts';
import { parseKey } from '../src/items/item.ts';
import { problemsOf } from './problems.ts';
import { readYaml, tellProblem } from './yaml.ts';

const Key = z.string().transform((text, context) => {
  const key = parseKey(text);
  if (key !== null) return key;
  context.addIssue({ code: 'custom', message: 'a key has 16 characters of a-z and 2-7' });
  return z.NEVER;
});

/**
 * What a person decided about one item. What is absent is left as the notes say it. It is found again by its key, and by
 * the words when those change.
 */
export const Decision = z.strictObject({
  key: Key,
  /** The statement and the headings above it, so that the file can be read, and the item known again. */
  says: z.string().default(''),
  under: z.array(z.string()).readonly().default([]),
  /** `drop`: it is no item; it is never filed. */
  decided: z.enum(['keep', 'drop']).default('keep'),
  title: z.string().min(1).max(200).optional(),
  kind: z.enum(['action', 'rfe']).optional(),
  /** Names as `people.yaml` has them; an empty list for nobody. */
  owners: z.array(z.string().min(1)).readonly().optional(),
  /** The tracker that it goes to, whatever the routes say. */
  tracker: z.string().min(1).optional(),
  /** The address of the issue that exists for it already. */
  tracked: z.url({ protocol: /^https?$/ }).optional(),
  /** It is this known item said anew; `none`: it is another one. Settles what the plan calls doubtful. */
  sameAs: z.union([z.literal('none'), Key]).optional(),
});
export type Decision = Readonly<z.infer<typeof Decision>>;

const HEADER = ` What people decided about the items that ptg-tracker found. Written by: ptg-tracker review
 Read it, edit it by hand, commit it. \`decided\` is keep or drop; title, kind, owners, tracker, tracked (an address) and
 sameAs (a key, or none) take the place of what the notes say.`;

/** Reads a decisions file. Throws one `ConfigError` with everything that is wrong in it. */
export function parseDecisions(text: string, name: string): readonly Decision[] {
  const read = readYaml(text);
  if ('problems' in read) throw new ConfigError(name, read.problems);
  const parsed = z.array(Decision).safeParse(read.file.value ?? []);
  if (!parsed.success) {
    throw new ConfigError(
      name,
      problemsOf(parsed.error.issues).map((problem) => tellProblem(read.file, problem)),
    );
  }
  const twice = parsed.data.findIndex(({ key }, index) => parsed.data.findIndex((one) => one.key === key) < index);
  if (twice !== -1)
    throw new ConfigError(name, [
      tellProblem(read.file, { path: [twice, 'key'], message: 'this key stands here a second time' }),
    ]);
  return parsed.data;
}

/**
 * The file's text with these decisions put in: known ones where they stand, new ones at the end. Comments, order and all
 * other lines stay as people left them. Without changes the text comes back as it was.
 */
export function writeDecisions(text: string, decisions: readonly Decision[]): string {
  if (decisions.length === 0) return text;
  const document = parseDocument(text.trim() === '' ? '[]' : text);
  if (text.trim() === '') document.commentBefore = HEADER;
  if (!isSeq(document.contents)) throw new ConfigError(null, ['the decisions file is not a list']);
  const list = document.contents as YAMLSeq;
  list.flow = false;
  for (const decision of decisions) {
    const node = document.createNode(JSON.parse(JSON.stringify(decision)));
    const at = list.items.findIndex((item) => isMap(item) && item.get('key') === decision.key);
    if (at === -1) list.add(node);
    else list.set(at, node);
  }
  return document.toString({ lineWidth: 120 });
}
