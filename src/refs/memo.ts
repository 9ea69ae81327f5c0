/** A small place for text that outlives a run: the ledger's memos, or a map in a test. */
export interface Memo {
  get(name: string): Promise<string | null>;
  set(name: string, value: string | null): Promise<void>;
}

/** A memo that lasts as long as the program. */
export function memoInMemory(): Memo {
  const texts = new Map<string, string>();
  return {
    get: async (name) => texts.get(name) ?? null,
    set: async (name, value) => {
      if (value === null) texts.delete(name);
      else texts.set(name, value);
    },
  };
}
