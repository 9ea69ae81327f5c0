import { InvalidArgumentError } from 'commander';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `30s`, `15m`, `1h`, `30d`, `2w` as milliseconds. */
export function duration(text: string): number {
  const { number, unit } = /^(?<number>\d{1,6})(?<unit>[smhdw])$/.exec(text)?.groups ?? {};
  if (number === undefined || unit === undefined)
    throw new InvalidArgumentError('Write a duration such as 12h, 30d or 2w.');
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

/** A date (`2026-04-01`), a time (`2026-04-01T12:00Z`), or how long ago (`7d`). */
export function pointInTime(text: string): Date {
  if (/^\d{1,6}[smhdw]$/.test(text)) return new Date(Date.now() - duration(text));
  const time = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/.test(text) ? new Date(text) : null;
  if (time !== null && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError('Write a date such as 2026-04-01, or how long ago, such as 7d.');
}

/** A whole number from 1 on. */
export function positive(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1 on.');
  return Number(text);
}

/** A number from 0 to 1. */
export function share(text: string): number {
  const number = /^(?:0|1|0?\.\d{1,6}|1\.0{1,6})$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw new InvalidArgumentError('Write a number from 0 to 1, such as 0.5.');
  return number;
}

/** A network port; 0 lets the system choose one. */
export function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= 65_535)) throw new InvalidArgumentError('Write a port from 0 to 65535.');
  return number;
}
