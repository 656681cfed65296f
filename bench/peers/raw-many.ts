/** Answers `GET /p<index>/items/:id` with what the query says. */
export type ItemHandler = (id: number, limit: number, active: boolean | undefined) => object;

/**
 * What a plugin of scenario d is at the least: an entry of a map, and a class with its instance. What 1,000 of these cost more
 * than one is what nobody can beat.
 */
export function itemHandlers(count: number): ReadonlyMap<string, ItemHandler> {
  return new Map(Array.from({ length: count }, (_, index) => [`/p${index}`, createHandler()]));
}

function createHandler(): ItemHandler {
  class Items {
    find(id: number, limit: number, active: boolean | undefined): object {
      return { id, limit, active };
    }
  }
  const items = new Items();
  return (id, limit, active) => items.find(id, limit, active);
}
