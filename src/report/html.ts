import { html, raw } from 'hono/html';
import { printable } from '../terminal/text.ts';
import { figuresOf, type NoteFigures, type OwnerFigures, statesOf } from './figures.ts';
import { filterStyles, STYLES } from './html-styles.ts';
import { summarise } from './make.ts';
import type { Report, ReportItem } from './report.ts';
import { attention, count, longDate, noteLine, shortRef, sinceLast, whose } from './words.ts';

type Html = ReturnType<typeof html>;

/**
 * The report as one page that needs nothing else: no script, no address of another host. It can be filtered by state,
 * owner and what needs a look. Text from outside is text there, whatever it looks like.
 */
export function renderHtml(report: Report): string {
  const owners = ownersOf(report.items);
  const since = sinceLast(report);
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Follow-up: ${count(report.items.length, 'item')}, ${longDate(report.at)}</title>
<style>${raw(STYLES)}${raw(filterStyles(owners.length))}</style>
</head>
<body>
<h1>Follow-up</h1>
<p class="when">As of <time datetime="${report.at}">${longDate(report.at)}, ${report.at.slice(11, 16)} UTC</time>${since === null ? '' : `; ${since}`}.</p>
${report.warnings.map((warning) => html`<p class="warning" role="note">${printable(warning)}</p>`)}
${filters(owners)}
${report.items.length === 0 ? html`<p>No items to report on.</p>` : ''}
${figuresOf(report.items).map((note) => noteSection(note, report.at, owners))}
</body>
</html>`}\n`;
}

/** Owners by name; their place in the list stands for them in the style sheet, where no text from outside may be. */
function ownersOf(items: readonly ReportItem[]): readonly string[] {
  return [...new Set(items.flatMap(namesOf))].sort();
}

function namesOf({ owners, assignees }: ReportItem): readonly string[] {
  const names = owners.length > 0 ? owners.map(({ name }) => name) : assignees;
  return names.length > 0 ? names : ['nobody'];
}

const STATES = {
  open: 'open',
  'in-progress': 'in progress',
  done: 'done',
  dropped: 'dropped',
  unknown: 'unknown',
} as const;

function filters(owners: readonly string[]): Html {
  return html`<form class="filters" aria-label="Filters">
<fieldset><legend>State</legend>${Object.entries(STATES).map(
    ([state, word]) => html`<label><input type="checkbox" id="s-${state}" checked> ${word}</label> `,
  )}</fieldset>
<fieldset><legend>Show</legend><label><input type="checkbox" id="look"> only what needs a look</label></fieldset>
<fieldset><legend>Owner</legend><label><input type="radio" name="owner" checked> everybody</label> ${owners.map(
    (name, index) => html`<label><input type="radio" name="owner" id="o-${index}"> ${printable(name)}</label> `,
  )}</fieldset>
</form>`;
}

function noteSection(note: NoteFigures, at: string, owners: readonly string[]): Html {
  const states = statesOf(summarise(note.items)).filter(([, number]) => number > 0);
  return html`<section>
<h2>${printable(noteLine(note))}</h2>
<p>${count(note.items.length, 'item')}, ${note.percent} % done: ${states.map(([word, number]) => `${word} ${number}`).join(', ')}.</p>
<table class="owners"><caption>By owner</caption>
<thead><tr><th scope="col">Owner</th><th scope="col">Done</th><th scope="col">Needs a look</th></tr></thead>
<tbody>${note.owners.map(ownerRow)}</tbody></table>
<table class="items"><caption>Items</caption>
<thead><tr><th scope="col">State</th><th scope="col">Issue</th><th scope="col">Item</th><th scope="col">Owner</th><th scope="col">Changed</th></tr></thead>
<tbody>${note.items.map((item) => itemRow(item, at, owners))}</tbody></table>
</section>`;
}

function ownerRow({ name, done, total, stale, overdue }: OwnerFigures): Html {
  const said = [
    ...(stale.length > 0 ? [`${stale.length} stale`] : []),
    ...(overdue.length > 0 ? [`${overdue.length} overdue`] : []),
  ].join(', ');
  const shown = printable(name ?? 'nobody');
  return html`<tr><th scope="row">${shown}</th><td><meter min="0" max="${total}" value="${done}">${done}/${total}</meter> ${done}/${total}</td><td>${said}</td></tr>
`;
}

function itemRow(item: ReportItem, at: string, owners: readonly string[]): Html {
  const said = attention(item, at).map(printable);
  const classes = [
    `s-${item.state}`,
    ...(said.length > 0 ? ['look'] : []),
    ...namesOf(item).map((name) => `o-${owners.indexOf(name)}`),
  ].join(' ');
  return html`<tr class="${classes}"><td><span class="state">${STATES[item.state]}</span></td><td>${issueLink(item)}</td><td>${
    item.kind === 'rfe' ? html`<span class="kind">RFE</span> ` : ''
  }${printable(item.title)}${said.length === 0 ? '' : html`<br><small>${said.join('; ')}</small>`}</td><td>${printable(whose(item))}</td><td>${
    item.updatedAt?.slice(0, 10) ?? ''
  }</td></tr>
`;
}

function issueLink({ issue }: ReportItem): Html | string {
  if (issue === null) return '–';
  const name = printable(shortRef(issue));
  return /^https?:\/\//i.test(issue.url) ? html`<a href="${issue.url}" rel="noopener noreferrer">${name}</a>` : name;
}
