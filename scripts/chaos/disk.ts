import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SIZE = '3m';

/** A small disk of its own for a ledger, which can really be full and really be read-only. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Null where nobody lets us mount one: then both are played. */
  static open(within: string): SmallDisk | null {
    const folder = join(within, 'disk');
    mkdirSync(folder);
    const mounted = process.getuid?.() === 0 && mount('-t', 'tmpfs', '-o', `size=${SIZE}`, 'none', folder);
    return mounted ? new SmallDisk(folder) : null;
  }

  /** Leaves room for so many bytes. */
  fill(left: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.#filler, Buffer.alloc(Math.max(bavail * bsize - left, 0)));
  }

  free(): void {
    rmSync(this.#filler, { force: true });
  }

  /** The same disk seen through a door that lets nobody write: its folder; null when there can be none. */
  readOnly(): string | null {
    const door = `${this.folder}-readonly`;
    mkdirSync(door, { recursive: true });
    return mount('--bind', this.folder, door) && mount('-o', 'remount,bind,ro', door) ? door : null;
  }

  close(): void {
    // Lazily: SQLite keeps a file open until its last statement is collected as garbage.
    for (const folder of [`${this.folder}-readonly`, this.folder]) spawnSync('umount', ['-l', folder]);
  }

  get #filler(): string {
    return join(this.folder, 'filler');
  }
}

function mount(...args: string[]): boolean {
  return spawnSync('mount', args).status === 0;
}
