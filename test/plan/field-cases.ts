import type { Wrote } from '../../src/ledger/ledger.ts';
import type { Patch } from '../../src/trackers/tracker.ts';
import { aKey } from '../builders.ts';
import { theFacts } from './world.ts';

export const key = aKey('item');
export const facts = theFacts();
const { dialect } = facts;

/** One field in one situation: what we wrote, what the tracker says, what the notes say, and what must come of it. */
export interface Case {
  readonly when: string;
  readonly wrote: Partial<Wrote>;
  readonly theirs: {
    readonly title?: string;
    readonly body?: string;
    readonly labels?: string[];
    readonly assignees?: string[];
  };
  readonly notes: Partial<Wrote>;
  readonly patch: Patch;
  /** What is said of a person's change; null when there is nothing to say. */
  readonly kept: string | null;
  /** What the ledger holds as ours afterwards. */
  readonly base: Partial<Wrote>;
}

/** The title in every situation. */
export const titles: readonly Case[] = [
  {
    when: 'nobody changed it',
    wrote: { title: 'Old' },
    theirs: { title: 'Old' },
    notes: { title: 'Old' },
    patch: {},
    kept: null,
    base: { title: 'Old' },
  },
  {
    when: 'the notes changed it',
    wrote: { title: 'Old' },
    theirs: { title: 'Old' },
    notes: { title: 'New' },
    patch: { title: 'New' },
    kept: null,
    base: { title: 'New' },
  },
  {
    when: 'a person changed it',
    wrote: { title: 'Old' },
    theirs: { title: 'Mine' },
    notes: { title: 'Old' },
    patch: {},
    kept: 'retitled by a person: left as it is',
    base: { title: 'Old' },
  },
  {
    when: 'both changed it',
    wrote: { title: 'Old' },
    theirs: { title: 'Mine' },
    notes: { title: 'New' },
    patch: {},
    kept: 'retitled by a person, while the notes now say “New”: left as it is',
    base: { title: 'Old' },
  },
  {
    when: 'both changed it to the same',
    wrote: { title: 'Old' },
    theirs: { title: 'New' },
    notes: { title: 'New' },
    patch: {},
    kept: null,
    base: { title: 'New' },
  },
  {
    when: 'the tracker merely trimmed it',
    wrote: { title: 'Old' },
    theirs: { title: ' Old' },
    notes: { title: 'New' },
    patch: { title: 'New' },
    kept: null,
    base: { title: 'New' },
  },
];

export const ours = (content: string) => dialect.wrap(key, content);
const edited = (content: string, by: string) => ours(content).replace(content, by);

/** Our part of the body in every situation. */
export const blocks: readonly Case[] = [
  {
    when: 'nobody changed it',
    wrote: { block: 'old' },
    theirs: { body: ours('old') },
    notes: { block: 'old' },
    patch: {},
    kept: null,
    base: { block: 'old' },
  },
  {
    when: 'the notes changed it',
    wrote: { block: 'old' },
    theirs: { body: ours('old') },
    notes: { block: 'new' },
    patch: { body: ours('new') },
    kept: null,
    base: { block: 'new' },
  },
  {
    when: 'the notes changed it and people wrote around it',
    wrote: { block: 'old' },
    theirs: { body: `Hello\n\n${ours('old')}\n\nBye` },
    notes: { block: 'new' },
    patch: { body: `Hello\n\n${ours('new')}\n\nBye` },
    kept: null,
    base: { block: 'new' },
  },
  {
    when: 'a person changed it',
    wrote: { block: 'old' },
    theirs: { body: edited('old', 'mine') },
    notes: { block: 'old' },
    patch: {},
    kept: 'our part of its text was edited by a person: left as it is',
    base: { block: 'old' },
  },
  {
    when: 'both changed it',
    wrote: { block: 'old' },
    theirs: { body: edited('old', 'mine') },
    notes: { block: 'new' },
    patch: {},
    kept: 'our part of its text was edited by a person, while the notes changed too: left as it is',
    base: { block: 'old' },
  },
  {
    when: 'both changed it to the same',
    wrote: { block: 'old' },
    theirs: { body: edited('old', 'new') },
    notes: { block: 'new' },
    patch: {},
    kept: null,
    base: { block: 'new' },
  },
  {
    when: 'a person took it away',
    wrote: { block: 'old' },
    theirs: { body: 'Only mine' },
    notes: { block: 'new' },
    patch: {},
    kept: 'our part of its text was removed by a person: left out',
    base: { block: 'old' },
  },
  {
    when: 'another run of ours wrote it, with another ledger',
    wrote: { block: 'old' },
    theirs: { body: ours('theirs') },
    notes: { block: 'new' },
    patch: { body: ours('new') },
    kept: null,
    base: { block: 'new' },
  },
  {
    when: 'a browser merely sent other line ends',
    wrote: { block: 'old\n\nline' },
    theirs: { body: ours('old\n\nline').replaceAll('\n', '\r\n') },
    notes: { block: 'old\n\nline' },
    patch: {},
    kept: null,
    base: { block: 'old\n\nline' },
  },
  {
    when: 'the statement merely moved in its note',
    wrote: { block: 'at lines 3–4 of notes' },
    theirs: { body: ours('at lines 3–4 of notes') },
    notes: { block: 'at line 17 of notes' },
    patch: {},
    kept: null,
    base: { block: 'at lines 3–4 of notes' },
  },
];
