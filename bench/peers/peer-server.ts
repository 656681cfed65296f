import type { AddressInfo, Server } from 'node:net';
import type { Case } from '../scenarios/scenario.ts';

/** What each file of this folder exports as `serve`: makes a server for a scenario, and gives its port. */
export type Serve = (asked: Asked) => Promise<number>;

export interface Asked extends Case {
  readonly scenario: string;
}

/** Listens on a free port of this machine only, and gives it. */
export async function listenOn(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return portOf(server);
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
