import type { Trace } from './creation-trace.ts';

/** Who has made a server, and where. */
export interface ServerMaker {
  readonly owner: object;
  readonly trace: Trace | undefined;
}

/** Nobody's context is there when a connection is accepted: it belongs to whoever has made the server. */
export class AcceptedSockets {
  readonly #servers = new Map<number, WeakRef<object>>();
  // By the handle, which lives as long as the server listens: the ids alone would keep owners for ever.
  readonly #makers = new WeakMap<object, ServerMaker>();

  addServer(id: number, handle: object, maker: ServerMaker): void {
    for (const [old, server] of this.#servers) if (!server.deref()) this.#servers.delete(old);
    this.#servers.set(id, new WeakRef(handle));
    this.#makers.set(handle, maker);
  }

  makerOf(serverId: number): ServerMaker | undefined {
    const handle = this.#servers.get(serverId)?.deref();
    return handle && this.#makers.get(handle);
  }
}
