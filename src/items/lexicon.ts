/** The forms of a verb that one spelling can be, and the classes that the verb is in. */
export interface VerbForm {
  readonly form: 'base' | 's' | 'ing' | 'ed';
  readonly lemma: string;
  readonly base: boolean;
  readonly s: boolean;
  readonly ing: boolean;
  readonly ed: boolean;
  readonly work: boolean;
  readonly strong: boolean;
  readonly behave: boolean;
  readonly talk: boolean;
}

/** The words of `config/words.yaml`, each class as one text. */
export type RawWords = Readonly<Record<string, string>>;

/** The words that the stage knows, by class. */
export interface Lexicon {
  readonly forms: ReadonlyMap<string, VerbForm>;
  readonly plain: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly crowds: ReadonlySet<string>;
  readonly abbreviations: ReadonlySet<string>;
  readonly past: ReadonlySet<string>;
}

/** Derives every form of the verbs and makes sets of the other classes. */
export function compileLexicon(raw: RawWords): Lexicon {
  const set = (name: string) => new Set((raw[name] ?? '').trim().split(/\s+/));
  const classes = { work: set('work'), strong: set('strong'), behave: set('behave'), talk: set('talk') };
  const forms = new Map<string, VerbForm>();
  for (const lemma of new Set([...classes.work, ...classes.strong, ...classes.behave, ...classes.talk])) {
    for (const [spelling, form] of spellingsOf(lemma)) addForm(forms, spelling, lemma, form, classes);
  }
  for (const participle of set('irregular'))
    addForm(forms, participle, participle, 'ed', { ...classes, work: set('irregular') });
  return {
    forms,
    plain: set('plain'),
    groups: set('groups'),
    crowds: set('crowds'),
    abbreviations: set('abbreviations'),
    past: set('past'),
  };
}

type Classes = Readonly<Record<'work' | 'strong' | 'behave' | 'talk', ReadonlySet<string>>>;

function addForm(
  forms: Map<string, VerbForm>,
  spelling: string,
  lemma: string,
  form: VerbForm['form'],
  classes: Classes,
): void {
  const known = forms.get(spelling);
  const base = known?.base === true || form === 'base';
  forms.set(spelling, {
    form: known?.form ?? form,
    lemma: known?.lemma ?? lemma,
    base,
    s: known?.s === true || form === 's',
    ing: known?.ing === true || form === 'ing',
    ed: known?.ed === true || form === 'ed',
    work: known?.work === true || classes.work.has(lemma) || classes.strong.has(lemma),
    strong: known?.strong === true || classes.strong.has(lemma),
    behave: known?.behave === true || classes.behave.has(lemma),
    talk: known?.talk === true || classes.talk.has(lemma),
  });
}

/** The regular forms; where a spelling rule is ambiguous both spellings are made, since a wrong one harms nothing. */
function spellingsOf(lemma: string): readonly (readonly [string, VerbForm['form']])[] {
  const stem = lemma.endsWith('e') ? lemma.slice(0, -1) : lemma;
  const spellings: [string, VerbForm['form']][] = [[lemma, 'base']];
  if (/[^aeiou]y$/.test(lemma)) spellings.push([`${lemma.slice(0, -1)}ies`, 's'], [`${lemma.slice(0, -1)}ied`, 'ed']);
  else spellings.push([`${lemma}${/(?:s|x|z|ch|sh|o)$/.test(lemma) ? 'es' : 's'}`, 's'], [`${stem}ed`, 'ed']);
  spellings.push([`${stem}ing`, 'ing']);
  if (/[^aeiou][aeiou][bdglmnprt]$/.test(lemma)) {
    const doubled = `${lemma}${lemma.at(-1)}`;
    spellings.push([`${doubled}ing`, 'ing'], [`${doubled}ed`, 'ed']);
  }
  return spellings;
}
