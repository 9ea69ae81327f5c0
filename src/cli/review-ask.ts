import { isCancel, select, text } from '@clack/prompts';
import type { Decision } from '../../config/decisions.ts';
import type { Item } from '../items/item.ts';
import type { Doubt } from '../plan/input.ts';
import { printable, wrap } from '../terminal/text.ts';
import type { Session } from './session.ts';

interface Question {
  readonly item: Item;
  /** "3 of 12". */
  readonly place: string;
  readonly doubt: Doubt | null;
  readonly before: Decision | null;
  readonly trackers: readonly string[];
  readonly session: Session;
}

/** Asks about one item until it is decided; changes (a title, an owner, …) may come before keep or drop. */
export async function askAbout(question: Question): Promise<Decision | 'undo' | 'quit'> {
  const { item, before, session } = question;
  let decision: Decision = before ?? { key: item.key, says: item.quote, under: item.section, decided: 'keep' };
  for (;;) {
    session.err.write(shown(question, decision));
    const chosen = await select({ message: question.place, options: optionsFor(question), output: session.err.stream });
    if (isCancel(chosen) || chosen === 'quit') return 'quit';
    if (chosen === 'undo') return 'undo';
    if (chosen === 'keep' || chosen === 'drop') return { ...decision, decided: chosen };
    if (chosen.startsWith('same:')) return { ...decision, sameAs: sameAs(chosen.slice(5), question) };
    decision = await changed(decision, chosen, question);
  }
}

function optionsFor({ doubt, trackers }: Question): { value: string; label: string }[] {
  const same =
    doubt === null
      ? []
      : [
          ...doubt.maybe.map(({ key, title }) => ({
            value: `same:${key}`,
            label: `it is “${printable(title)}” said anew`,
          })),
          { value: 'same:none', label: 'it is another item' },
        ];
  return [
    ...same,
    { value: 'keep', label: 'keep' },
    { value: 'drop', label: 'drop: it is no item' },
    { value: 'title', label: 'retitle' },
    { value: 'owners', label: 'assign' },
    ...(trackers.length > 1 ? [{ value: 'tracker', label: 'route' }] : []),
    { value: 'tracked', label: 'it is tracked already: give its address' },
    { value: 'undo', label: 'undo the last one' },
    { value: 'quit', label: 'quit; the rest can wait' },
  ];
}

function sameAs(answer: string, { doubt }: Question): Decision['sameAs'] {
  return doubt?.maybe.find(({ key }) => key === answer)?.key ?? 'none';
}

async function changed(decision: Decision, what: string, question: Question): Promise<Decision> {
  const { item, trackers, session } = question;
  const output = session.err.stream;
  if (what === 'tracker') {
    const tracker = await select({ message: 'Tracker', options: trackers.map((value) => ({ value })), output });
    return isCancel(tracker) ? decision : { ...decision, tracker };
  }
  const now = {
    title: decision.title ?? item.title,
    owners: (decision.owners ?? item.owners.map(({ name }) => name)).join(', '),
    tracked: decision.tracked ?? '',
  };
  const initialValue = now[what as keyof typeof now];
  const answer = await text({
    message: QUESTIONS[what] ?? what,
    initialValue,
    output,
    validate: (value) => trouble(what, value ?? ''),
  });
  if (isCancel(answer)) return decision;
  const said = answer.trim();
  if (what === 'owners')
    return {
      ...decision,
      owners: said
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    };
  return { ...decision, [what]: said };
}

const QUESTIONS: Readonly<Record<string, string>> = {
  title: 'Title',
  owners: 'Owners, with commas between; empty for nobody',
  tracked: 'Address of the issue',
};

function trouble(what: string, value: string): string | undefined {
  const said = value.trim();
  if (what === 'title' && (said === '' || said.length > 200)) return 'A title has 1 to 200 characters.';
  if (what === 'tracked' && !(/^https?:\/\//.test(said) && URL.canParse(said))) return 'Write an http(s) address.';
  return undefined;
}

function shown({ item, doubt, session }: Question, decision: Decision): string {
  const { strong, dim, changed: mark } = session.err.paint;
  const lines = (words: string, before: string) =>
    wrap(printable(words), session.err.width - before.length)
      .map((line) => `${before}${line}\n`)
      .join('');
  const owners = (decision.owners ?? item.owners.map(({ name }) => name)).join(', ') || 'nobody';
  const facts = [
    item.kind,
    `owner: ${owners}`,
    decision.tracker,
    decision.tracked ?? item.tracked?.url,
    `${item.source.note}:${item.source.lineStart}`,
    item.confidence.toFixed(2),
  ];
  const maybe = doubt === null ? '' : doubt.maybe.map(({ quote }) => mark(lines(quote, '  before: '))).join('');
  return `\n${strong(printable(decision.title ?? item.title))}\n${lines(item.quote, '  > ')}${maybe}  ${dim(printable(facts.filter(Boolean).join(' · ')))}\n`;
}
