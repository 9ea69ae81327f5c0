/** Verbs of work as the notes use them, in their base form; "~" marks a last letter that doubles ("drop~": dropping). */
const WORK =
  'interview pair accommodate annotate arbitrate augment batch bootstrap calculate catch centralize certify co-chair co-author compute condense containerize convene cross-check cross-post demonstrate differentiate digest discover dispatch double-check enter enumerate escalate factor fetch fold formulate fund hand inquire instruct inventory isolate iterate kick-off label modularize obtain orchestrate pack parametrize persist place prefer propagate provision pursue re-check re-organize re-review re-send re-submit re-test re-use re-visit reactivate rearrange reassess reassign reboot recheck reconcile reconvene recover reformulate relicense reorder reschedule retrieve shrink showcase simulate sketch squash transcribe understand uninstall utilize visualize ' +
  'abandon accept achieve acknowledge acquire act activate adapt add address adhere adjust admit~ adopt advance advertise advise ' +
  'agree aim alert align allocate allow alter amend analyse analyze announce answer apply appoint approach approve archive arrange ' +
  'ask assemble assess assign assist attach attempt attend audit author automate avoid backport balance begin~ bench benchmark bind block ' +
  'blog~ book boost brainstorm branch bring broadcast build bump bundle buy call cancel cap~ capture care carryover carry categorise categorize ' +
  'change charter chase chat~ cherry-pick check choose circulate clarify classify clean cleanup clear clone close coauthor code collaborate collate ' +
  'collect comb combine come comment commit~ communicate compare compile complete compose comply conclude conduct configure confirm connect ' +
  'consider consolidate construct consult contact continue contribute control~ converge convert coordinate copy correct cover create ' +
  'curate customise customize cut~ deal debug~ decide declare decommission decouple dedicate deduplicate default defer~ define delegate ' +
  'delete deliver demo deploy deprecate derive describe design detail detect determine develop diagnose disable discourage discuss ' +
  'dig~ disallow display distribute dive do document donate double download draft drive drop~ duplicate edit elaborate elect eliminate ' +
  'email embed~ embrace emit~ employ enable encapsulate encourage endorse enforce engage enhance enlist ensure establish estimate ' +
  'evaluate evolve examine exclude execute expand expedite experiment explain explore export expose express extend extract facilitate ' +
  'fast-track feed figure file fill filter finalise finalize find finish fit~ fix flag~ flesh focus follow force forbid~ fork form format~ ' +
  'formalise formalize forward forward-port foster freeze fulfil~ fwd gate gather generate get~ give go grant groom group grow guide handle harden ' +
  'have help highlight hire hold host identify implement import improve include incorporate increase inform~ initiate inject insert ' +
  'inspect install instrument integrate introduce invent invest investigate invite involve iron issue join keep kick kickoff kickstart ' +
  'kill land launch lay lead learn leave let~ leverage liaise limit~ link list load localise localize locate lock log~ look lower ' +
  'mail maintain make manage mandate map~ mark meet measure mention mentor merge message migrate minimise minimize mock model~ moderate ' +
  'modernise modernize modify monitor motivate move name need negotiate nominate normalise normalize note notify nudge offer onboard open ' +
  'operate optimise optimize order organise organize outline overhaul own package parse participate pass patch pay perform persuade pick ' +
  'pilot pin~ ping plan~ play plug~ point poke poll polish populate port post postpone pr practise prepare present preserve press prevent ' +
  'print prioritise prioritize probe process procure produce profile program~ progress prohibit~ promote prompt propose protect prototype prove ' +
  'provide prune publicise publicize publish pull punt purchase purge push put~ qualify query quantify question queue raise ramp ratify ' +
  're-add re-enable re-evaluate re-frame re-home re-implement re-open re-run~ re-vamp re-work re-write reach read rebase rebrand rebuild recap~ recommend reconsider record recreate ' +
  'recruit redesign redirect redo reduce reevaluate refactor refer~ refine reflect reformat~ refresh register reimplement reject release relabel relax ' +
  'relocate remain remind remove rename render reopen reorganise reorganize repack repair replace reply report represent reproduce request require ' +
  'rerun~ research resend reserve reset~ resolve respin~ respond restart restore restrict restructure resubmit~ resync resume retarget retest rethink ' +
  'retire retry return reuse revamp reverse revert review revise revisit~ revive reword rework rewrite roll rotate run~ sanitise ' +
  'sanitize save scale scan~ schedule scope script search secure see seek select sell send separate serve set~ setup settle shape share ' +
  'shepherd shift ship~ show shut~ shutdown sign simplify skip~ slim~ smoke-test socialise socialize solicit~ solidify solve sort spawn speak specify ' +
  'speed spend spin~ split~ sponsor spread stabilise stabilize stage standardise standardize start state stay steer step~ stick stop~ store ' +
  'streamline strengthen stress strip~ structure study submit~ subscribe suggest summarise summarize supply support survey suspend ' +
  'swap~ switch sync synchronise synchronize tackle tag~ take talk target teach tell tender test think tidy tie tighten touch track trace train transfer~ ' +
  'transform transition translate triage trial~ trigger trim~ troubleshoot try tune turn tweak type undeprecate undertake undo unify ' +
  'unblock unpin~ untangle update upgrade upload upstream use validate verify version vet~ view visit~ volunteer vote wait walk want ' +
  'warn watch welcome whitelist widen wire wish work wrap~ write';

/** Forms that no rule makes, with their base form. */
const IRREGULAR: readonly string[] = [
  'began begin',
  'begun begin',
  'brought bring',
  'built build',
  'bought buy',
  'chose choose',
  'chosen choose',
  'did do',
  'done do',
  'does do',
  'drove drive',
  'driven drive',
  'dealt deal',
  'dug dig',
  'drew draw',
  'fed feed',
  'found find',
  'froze freeze',
  'frozen freeze',
  'gave give',
  'given give',
  'goes go',
  'gone go',
  'got get',
  'grew grow',
  'grown grow',
  'had have',
  'has have',
  'having have',
  'held hold',
  'kept keep',
  'laid lay',
  'led lead',
  'left leave',
  'made make',
  'met meet',
  'paid pay',
  'ran run',
  'redone redo',
  'rebuilt rebuild',
  'rethought rethink',
  'rewrote rewrite',
  'rewritten rewrite',
  're-written re-write',
  'saw see',
  'seen see',
  'sent send',
  'shown show',
  'spent spend',
  'spoke speak',
  'spoken speak',
  'took take',
  'taken take',
  'taught teach',
  'thought think',
  'told tell',
  'tried try',
  'undertook undertake',
  'undertaken undertake',
  'went go',
  'wrote write',
  'written write',
  'tying tie',
  'lying lie',
  'becoming become',
];

const FORMS = formsOf(WORK);

/** The base form of a verb of work ("dropped", "Dropping", "drops" → "drop"); null for words that are none. */
export function baseOf(word: string): string | null {
  return FORMS.get(word.toLowerCase()) ?? null;
}

/** Whether a word is a verb of work in its base form, as an imperative begins. */
export function isBaseVerb(word: string): boolean {
  const lower = word.toLowerCase();
  return FORMS.get(lower) === lower;
}

function formsOf(list: string): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  for (const entry of list.split(' ')) {
    const doubles = entry.endsWith('~');
    const base = doubles ? entry.slice(0, -1) : entry;
    for (const form of inflect(base, doubles)) if (!forms.has(form)) forms.set(form, base);
  }
  for (const pair of IRREGULAR) {
    const [form = '', base = ''] = pair.split(' ');
    forms.set(form, base);
  }
  // A base form is never another verb's inflection.
  for (const entry of list.split(' ')) {
    const base = entry.replace(/~$/, '');
    forms.set(base, base);
  }
  return forms;
}

/** All regular forms of a base: itself, third person, past, and -ing. */
function inflect(base: string, doubles: boolean): readonly string[] {
  if (/[eoy]e$/.test(base)) return [base, `${base}s`, `${base}d`, `${base}ing`];
  if (base.endsWith('e')) return [base, `${base}s`, `${base}d`, `${base.replace(/ie$/, 'y').replace(/e$/, '')}ing`];
  if (/[^aeiou]y$/.test(base)) return [base, `${base.slice(0, -1)}ies`, `${base.slice(0, -1)}ied`, `${base}ing`];
  const third = /(?:s|x|z|ch|sh|o)$/.test(base) ? `${base}es` : `${base}s`;
  const forms = [base, third, `${base}ed`, `${base}ing`];
  const last = base.slice(-1);
  return doubles ? [...forms, `${base}${last}ed`, `${base}${last}ing`] : forms;
}
