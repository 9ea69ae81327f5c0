/** One repository of the sandbox, with what the emulator underneath does not know. */
export interface Place {
  /** `owner/name` as it is called now. */
  name: string;
  /** Its number at GitHub, which survives renaming. */
  readonly id: number;
  private: boolean;
  hasIssues: boolean;
  archived: boolean;
  /** Issues that were deleted. */
  readonly deleted: Set<number>;
  /** Issues that moved: number → where they are now (`/repositories/2/issues/7`). */
  readonly moved: Map<number, string>;
  /** Issues closed as a duplicate, a reason that the emulator does not know. */
  readonly duplicates: Set<number>;
}

/** What GitHub knows about everybody. */
export interface World {
  /** Token → login. */
  readonly tokens: Map<string, string>;
  /** Who may write everywhere; anybody else is a passer-by. */
  readonly members: ReadonlySet<string>;
  readonly places: Place[];
  /** Names that repositories had before → their id. */
  readonly renamed: Map<string, number>;
}

/** A repository by its present name; case does not matter. */
export function placeOf(world: World, name: string): Place | null {
  return world.places.find((place) => place.name.toLowerCase() === name.toLowerCase()) ?? null;
}

/** A repository by the name that it had before it was renamed. */
export function renamedFrom(world: World, name: string): Place | null {
  const id = world.renamed.get(name.toLowerCase());
  return world.places.find((place) => place.id === id) ?? null;
}

/** Who can be assigned: everybody with rights, but no app. */
export function assignable(world: World): readonly string[] {
  return [...world.members].filter((login) => !login.endsWith('[bot]'));
}
