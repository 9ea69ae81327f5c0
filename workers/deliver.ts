import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { messageOf } from '../src/errors.ts';
import { renderCsv } from '../src/report/csv.ts';
import { renderHtml } from '../src/report/html.ts';
import { renderJson } from '../src/report/json.ts';
import { renderMail } from '../src/report/mail.ts';
import { renderMarkdown } from '../src/report/markdown.ts';
import type { Report } from '../src/report/report.ts';
import { renderText } from '../src/report/text.ts';

/** Where reports go out. */
export interface DeliverOptions {
  /** `smtp://user:password@host:587`; null where no mail can be sent. */
  readonly smtpUrl: string | null;
  readonly from: string;
  /** What file names are relative to. */
  readonly dir: string;
}

const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  '.html': renderHtml,
  '.md': renderMarkdown,
  '.json': renderJson,
  '.csv': renderCsv,
};

/** Mails a report to those of `to` that are addresses, and writes it to those that are files. Tells what it did not reach. */
export async function deliver(report: Report, to: readonly string[], options: DeliverOptions): Promise<string[]> {
  const people = to.filter((one) => one.includes('@'));
  const files = to.filter((one) => !one.includes('@'));
  const tasks = files.map((file) => [file, write(report, resolve(options.dir, file))] as const);
  if (people.length > 0) tasks.push([people.join(', '), mail(report, people, options)]);
  const done = await Promise.allSettled(tasks.map(([, task]) => task));
  return done.flatMap((one, index) =>
    one.status === 'fulfilled' ? [] : [`the report did not reach ${tasks[index]?.[0]}: ${messageOf(one.reason)}`],
  );
}

async function write(report: Report, file: string): Promise<void> {
  const render = FORMATS[extname(file)] ?? ((one) => renderText(one, { width: 100, colours: false, brief: false }));
  await writeFile(file, render(report));
}

async function mail(report: Report, to: readonly string[], { smtpUrl, from }: DeliverOptions): Promise<void> {
  if (smtpUrl === null) throw new Error('SMTP_URL is not set, so no mail can be sent');
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(smtpUrl);
  try {
    await transport.sendMail({ envelope: { from, to: [...to] }, raw: await renderMail(report, { from, to }) });
  } finally {
    transport.close();
  }
}
