/** What Node's core has in common of all that libuv keeps open. */
export interface Handle {
  close(onClosed?: () => void): void;
  /** False once it is closed, too. */
  hasRef(): boolean;
}

/** The object that an author knows a handle by: a `net.Server`, an `fs.FSWatcher`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what it is, the kind of the handle says alone
export function facadeOf<Facade extends object>(handle: object): Facade | undefined {
  symbol ??= Object.getOwnPropertySymbols(handle).find(({ description }) => description === 'owner_symbol');
  return symbol && ((handle as Readonly<Record<symbol, Facade | undefined>>)[symbol] ?? undefined);
}

// Node's own, and not to be had otherwise.
let symbol: symbol | undefined;
