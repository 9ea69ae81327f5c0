import { type Paint, painter } from '../terminal/paint.ts';

/** One of the two streams that a program writes to, and what it can show. */
export interface Screen {
  readonly tty: boolean;
  readonly colours: boolean;
  readonly width: number;
  readonly paint: Paint;
  /** The stream itself, for what draws on it. */
  readonly stream: NodeJS.WriteStream;
  /** Writes; a reader that went away (`| head`) ends nothing but the writing. */
  write(text: string): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks at a stream once. `color` is false where the flags forbid colours. */
export function screenOf(stream: NodeJS.WriteStream, env: Environment, color: boolean): Screen {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    open = false;
  });
  const tty = stream.isTTY === true;
  const colours = mayColour(tty, env, color);
  const write = (text: string) => {
    if (open && stream.writable) stream.write(text);
  };
  return { tty, colours, width: widthOf(stream, env), paint: painter(colours), stream, write };
}

/** See no-color.org and force-color.org; who forbids colours wins. */
function mayColour(tty: boolean, env: Environment, color: boolean): boolean {
  if (!color || (env.NO_COLOR ?? '') !== '') return false;
  if ((env.FORCE_COLOR ?? '') !== '') return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return tty && env.TERM !== 'dumb';
}

function widthOf(stream: NodeJS.WriteStream, env: Environment): number {
  const told = Number(env.COLUMNS);
  const columns = stream.isTTY ? stream.columns : Number.isInteger(told) && told > 0 ? told : 0;
  return columns > 0 ? columns : 80;
}
