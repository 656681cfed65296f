/** A connection of which there are few. */
export interface Client {
  run(statement: string, value?: string): Promise<void>;
}

/** What the app offers: it lends clients and wants them back. */
export abstract class Pool {
  abstract borrow(): Promise<Client>;
  abstract giveBack(client: Client): void;
}
