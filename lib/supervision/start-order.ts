/**
 * Runs `start` for each name as soon as all that it depends on has ended, in the given order where there is a choice.
 * `order` names dependencies first. Never rejects as long as `start` does not.
 */
export async function inDependencyOrder(
  order: readonly string[],
  dependenciesOf: (name: string) => readonly string[],
  start: (name: string) => Promise<void>,
): Promise<void> {
  const running = new Map<string, Promise<void>>();
  for (const name of order) {
    const before = dependenciesOf(name).flatMap((dependency) => running.get(dependency) ?? []);
    running.set(
      name,
      Promise.all(before).then(async () => start(name)),
    );
  }
  await Promise.all(running.values());
}
