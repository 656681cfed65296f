export interface Peer {
  /** Also the name of its file in peers/. */
  readonly id: string;
  readonly title: string;
  /** The letters of the scenarios that it serves. */
  readonly serves: string;
}

/** All that take part, in the order of the report. */
export const peers: readonly Peer[] = [
  { id: 'raw', title: 'raw node:http', serves: 'abc' },
  { id: 'fastify', title: 'Fastify', serves: 'abc' },
  { id: 'plugboard', title: 'Plugboard', serves: 'abc' },
];
