/** What a driver such as `pg` looks like from here. */
export abstract class Pool {
  abstract connect(): Promise<Connection>;
}

export interface Connection {
  query(text: string, values?: readonly unknown[]): Promise<void>;
  release(): void;
}
