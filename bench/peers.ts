export interface Peer {
  /** Also the name of its file in peers/. */
  readonly id: string;
  readonly title: string;
  /** The scenarios that make sense for it. */
  readonly serves: string;
}

/** All that take part, in the order of the report. */
export const peers: readonly Peer[] = [
  { id: 'raw', title: 'raw node:http', serves: 'abcde' },
  { id: 'fastify', title: 'Fastify', serves: 'abcde' },
  { id: 'fastify-no-reply-schema', title: 'Fastify without response schema', serves: 'abce' },
  { id: 'hono', title: 'Hono on node-server', serves: 'abce' },
  { id: 'nest-fastify', title: 'Nest on Fastify', serves: 'abcef' },
  { id: 'inversify-fastify', title: 'inversify http on Fastify', serves: 'abcef' },
  { id: 'express', title: 'Express', serves: 'abceg' },
  { id: 'express-server', title: "Express on Plugboard's createServer(app)", serves: 'abceg' },
  { id: 'routing-controllers', title: 'routing-controllers + inversify', serves: 'abcef' },
  { id: 'controllers-handler', title: 'controllersHandler on createServer(app)', serves: 'abce' },
  { id: 'nest-express', title: 'Nest on Express', serves: 'abcef' },
  { id: 'inversify-express', title: 'inversify http on Express', serves: 'abcef' },
  { id: 'plugboard', title: 'Plugboard, host.listen()', serves: 'abcdef' },
  { id: 'plugboard-app', title: 'Plugboard in an Express app', serves: 'abcefg' },
  { id: 'plugboard-server', title: 'Plugboard in an Express app on createServer(app)', serves: 'abcefg' },
];
