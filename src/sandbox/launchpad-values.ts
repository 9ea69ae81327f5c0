/** A refusal of the sandbox's Launchpad: a status and a plain text. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  constructor(status: number, body: string) {
    super(body);
    this.status = status;
  }
}

/** Form values, each a list: a name may come more than once. */
export type Form = ReadonlyMap<string, readonly string[]>;

/** Reads a query or a form body. */
export function readForm(text: string): Form {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) form.set(name, [...(form.get(name) ?? []), value]);
  return form;
}

/** Launchpad takes a value as JSON first, and as it stands when it is none. `null` counts as missing. */
export function decode(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** A text parameter: what JSON makes of it, written out; line ends become one kind. Null when missing. */
export function textValue(form: Form, name: string): string | null {
  const raw = form.get(name)?.[0];
  if (raw === undefined) return null;
  const value = decode(raw);
  if (value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\r\n?/g, '\n');
}

/** A text parameter that must be there. */
export function requiredText(form: Form, name: string): string {
  const text = textValue(form, name);
  if (text === null || text === '') throw new Refusal(400, `${name}: Required input is missing.`);
  return text;
}

/** A list parameter: a JSON list, or the name several times. Null when missing; `tags[]` is another name. */
export function listValue(form: Form, name: string): string[] | null {
  const raws = form.get(name);
  if (raws === undefined) return null;
  const values = raws.length === 1 ? decode(raws[0] ?? '') : raws.map(decode);
  if (values === null) return null;
  return (Array.isArray(values) ? values : [values]).map(String);
}

/** A true or false. */
export function boolValue(form: Form, name: string, otherwise: boolean): boolean {
  const raw = form.get(name)?.[0];
  if (raw === undefined) return otherwise;
  const value = decode(raw);
  if (typeof value !== 'boolean') throw new Refusal(400, `${name}: got '${raw}', expected bool`);
  return value;
}

/** A moment, in UTC. Digits alone are read as a number, which is no date. */
export function dateValue(form: Form, name: string): Date | null {
  const raw = form.get(name)?.[0];
  if (raw === undefined) return null;
  const value = decode(raw);
  if (value === null) return null;
  const date = new Date(String(value));
  if (typeof value !== 'string' || Number.isNaN(date.getTime())) {
    throw new Refusal(400, `${name}: Value doesn't look like a date.`);
  }
  if (/T/.test(value) && !/(?:Z|[+-]00:?00)$/.test(value)) throw new Refusal(400, `${name}: Time not in UTC.`);
  return date;
}

/** One of some words, as it is written. */
export function choice(name: string, value: unknown, words: readonly string[]): string {
  if (typeof value === 'string' && words.includes(value)) return value;
  throw new Refusal(400, `${name}: Invalid value "${String(value)}". Acceptable values are: ${words.join(', ')}`);
}

const TAG = /^[a-z0-9][a-z0-9+.-]+$/;

/** Tags as Launchpad keeps them: lower case, each once, sorted. */
export function tagList(name: string, values: readonly unknown[]): string[] {
  for (const value of values) {
    if (typeof value !== 'string' || !TAG.test(value))
      throw new Refusal(400, `${name}: ${String(value)}: Constraint not satisfied`);
  }
  return [...new Set(values.map(String))].sort();
}

/** A bug's title: one line of at most 200 characters. */
export function titleText(value: unknown): string {
  if (typeof value !== 'string')
    throw new Refusal(400, `title: got '${typeof value}', expected str: ${JSON.stringify(value)}`);
  const title = value.trim();
  if (title === '') throw new Refusal(400, 'title: Required input is missing.');
  if (title.length > 200) throw new Refusal(400, 'title: Value is too long');
  if (/\n/.test(title)) throw new Refusal(400, 'title: Constraint not satisfied');
  return title;
}

/** A bug's description: at most 50,000 characters, without blanks at its end. */
export function descriptionText(value: unknown): string {
  if (typeof value !== 'string')
    throw new Refusal(400, `description: got '${typeof value}', expected str: ${JSON.stringify(value)}`);
  const text = value.trimEnd();
  if (text === '') throw new Refusal(400, 'description: Required input is missing.');
  if (text.length > 50_000) throw new Refusal(400, 'description: Value is too long');
  return text;
}
