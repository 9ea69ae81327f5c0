import { printable, wrap } from '../terminal/text.ts';
import { renderHtml } from './html.ts';
import type { Report } from './report.ts';
import { renderText } from './text.ts';
import { attention, count, longDate, whose } from './words.ts';

/** Who a mail is from and for; a mail without receivers is completed by what sends it. */
export interface Envelope {
  readonly from: string | null;
  readonly to: readonly string[];
}

const WIDTH = 76;

/** The report as a mail that can be given to `sendmail -t`: plain text, and the page for those who prefer it. */
export async function renderMail(report: Report, { from, to }: Envelope): Promise<string> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer/index.js');
  const { summary } = report;
  const composer = new MailComposer({
    ...(from === null ? {} : { from }),
    to: [...to],
    subject: `Follow-up: ${summary.done} of ${count(summary.items, 'item')} done, ${summary.stale} stale, ${summary.overdue} overdue (${longDate(report.at)})`,
    date: new Date(report.at),
    text: [renderText(report, { width: WIDTH, colours: false, brief: true }), ...needsALook(report)].join('\n'),
    html: renderHtml(report),
    // The same report is the same mail: nothing in it is drawn by lot.
    messageId: `<${report.at.replace(/\D/g, '')}@ptg-tracker>`,
    baseBoundary: `report-${report.at.replace(/\D/g, '')}`,
    newline: '\n',
    textEncoding: 'quoted-printable',
  });
  const message = await composer.compile().build();
  return message.toString('utf8');
}

/** What is stale, overdue or nobody's, with addresses, since a plain mail has no links. */
function needsALook(report: Report): readonly string[] {
  const items = report.items.filter(({ stale, overdue, unowned }) => stale || overdue || unowned);
  if (items.length === 0) return [];
  const told = items.flatMap((item) => {
    const said = `${printable(whose(item))}: ${attention(item, report.at).map(printable).join('; ')}`;
    const [first = '', ...rest] = wrap(printable(item.title), WIDTH - 2);
    const lines = [...rest, ...wrap(said, WIDTH - 2), ...(item.issue === null ? [] : [printable(item.issue.url)])];
    return [`* ${first}`, ...lines.map((line) => `  ${line}`)];
  });
  return ['Needs a look:', '', ...told, ''];
}
