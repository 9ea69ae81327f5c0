import type { Session } from './session.ts';

/** Waits for the work, and says what is being waited for once that takes longer than a second. */
export async function slowly<T>(session: Session, what: string, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => session.tell(session.err.paint.dim(`${what} …`)), 1000);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
