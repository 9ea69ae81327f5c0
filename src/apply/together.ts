/** Runs generators beside each other and gives what they give as it comes; ends them all when the reader stops. */
export async function* together<T>(generators: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const [only, ...others] = generators;
  if (only !== undefined && others.length === 0) return yield* only;
  const next = (generator: AsyncGenerator<T>) => {
    const step = generator.next().then((result) => ({ generator, result }));
    // It is looked at when the reader comes back, however late that is.
    step.catch(() => undefined);
    return step;
  };
  const running = new Map(generators.map((generator) => [generator, next(generator)]));
  try {
    while (running.size > 0) {
      const { generator, result } = await Promise.race(running.values());
      if (result.done === true) {
        running.delete(generator);
        continue;
      }
      running.set(generator, next(generator));
      yield result.value;
    }
  } finally {
    // A step that is under way is finished: an issue that was sent is recorded.
    await Promise.allSettled([...running.keys()].map((generator) => generator.return(undefined)));
  }
}
