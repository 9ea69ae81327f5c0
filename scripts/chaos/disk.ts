import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SIZE = '3m';

/** What is still mounted; a suite that breaks leaves nothing of it behind. */
const mounted = new Set<SmallDisk>();
process.once('exit', () => {
  for (const disk of mounted) disk.close();
});

/** A small disk of its own for a ledger, which can really be full and really be read-only. */
export class SmallDisk {
  readonly folder: string;
  /** The same disk through a door that lets nobody write; made once, as each mount has to be undone. */
  #door: string | null = null;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Null where nobody lets us mount one: then both are played. */
  static open(within: string): SmallDisk | null {
    const folder = join(within, 'disk');
    mkdirSync(folder);
    if (process.getuid?.() !== 0 || !mount('-t', 'tmpfs', '-o', `size=${SIZE}`, 'none', folder)) return null;
    const disk = new SmallDisk(folder);
    mounted.add(disk);
    return disk;
  }

  /** Leaves room for so many bytes. */
  fill(left: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.#filler, Buffer.alloc(Math.max(bavail * bsize - left, 0)));
  }

  free(): void {
    rmSync(this.#filler, { force: true });
  }

  /** The folder through which the disk can be read only; null when there can be none. */
  readOnly(): string | null {
    if (this.#door !== null) return this.#door;
    const door = `${this.folder}-readonly`;
    mkdirSync(door, { recursive: true });
    if (!mount('--bind', this.folder, door)) return null;
    if (mount('-o', 'remount,bind,ro', door)) this.#door = door;
    else unmount(door);
    return this.#door;
  }

  close(): void {
    // Lazily: SQLite keeps a file open until its last statement is collected as garbage.
    for (const folder of [this.#door, this.folder]) if (folder !== null) unmount(folder);
    mounted.delete(this);
  }

  get #filler(): string {
    return join(this.folder, 'filler');
  }
}

function mount(...args: string[]): boolean {
  return spawnSync('mount', args).status === 0;
}

function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder]);
}
