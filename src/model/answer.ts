import { z } from 'zod';

/** The form that the model is asked for. */
const Asked = z.strictObject({
  items: z.array(
    z.strictObject({
      block: z.number(),
      quote: z.string(),
      kind: z.enum(['action', 'rfe']),
      title: z.string(),
      owners: z.array(z.string()),
    }),
  ),
});

/** That form as a JSON Schema, without what only some endpoints understand. */
export function answerSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(Asked);
  return schema;
}

/** One item as a model offers it: read with patience, since many models leave out what they find obvious. */
export const Offer = z.object({
  block: z.number().nullish().catch(null),
  quote: z.string().max(4_000),
  kind: z.enum(['action', 'rfe']).catch('action'),
  title: z.string().max(1_000),
  owners: z.array(z.unknown()).catch([]),
});
export type Offer = z.infer<typeof Offer>;

const Answer = z.union([
  z.object({ items: z.array(z.unknown()) }).transform(({ items }) => items),
  z.array(z.unknown()),
]);

/** The offers in a model's answer, unchecked; null when it is not what was asked for. */
export function offersIn(text: string): readonly unknown[] | null {
  for (const candidate of jsonIn(text)) {
    const read = Answer.safeParse(parse(candidate));
    if (read.success) return read.data;
  }
  return null;
}

/** Where the JSON of an answer may be: all of it, in a fence, or between other words; what was thought aloud is left out. */
function* jsonIn(text: string): Generator<string> {
  const thought = text.lastIndexOf('</think>');
  const said = thought < 0 ? text : text.slice(thought + '</think>'.length);
  yield said;
  const fence = said.indexOf('```');
  if (fence >= 0) {
    const start = said.indexOf('\n', fence);
    const end = said.indexOf('```', fence + 3);
    if (start >= 0 && end > start) yield said.slice(start, end);
  }
  const [object, list] = [said.indexOf('{'), said.indexOf('[')];
  if (object >= 0) yield said.slice(object, said.lastIndexOf('}') + 1);
  // A list inside of an object is not the answer.
  if (list >= 0 && (object < 0 || list < object)) yield said.slice(list, said.lastIndexOf(']') + 1);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an endpoint answers, as far as we use it. */
const Completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.union([z.string(), z.array(z.object({ text: z.string().default('') }))]) }),
      }),
    )
    .min(1),
});

/** The text in the body of a chat completion; null when there is none. */
export function saidIn(body: string): string | null {
  const read = Completion.safeParse(parse(body));
  const content = read.success ? read.data.choices[0]?.message.content : undefined;
  if (content === undefined) return null;
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}
