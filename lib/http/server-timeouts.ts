/** How long a client may take, in ms; 0 for as long as it likes. */
export interface ServerTimeouts {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** How often that is looked at. */
  readonly connectionsCheckingInterval: number;
}

/** What was given, completed: 15,000 ms for a request's headers, 30,000 ms for all of it. */
export function serverTimeouts(given: {
  readonly [Name in keyof ServerTimeouts]?: number | undefined;
}): ServerTimeouts {
  const headersTimeout = given.headersTimeout ?? Math.min(15_000, given.requestTimeout || 15_000);
  // Node refuses headers that may take longer than all of their request.
  const requestTimeout = given.requestTimeout ?? Math.max(30_000, headersTimeout);
  // By default every 30 s, which would double the shorter one.
  const shortest = Math.min(headersTimeout || 30_000, requestTimeout || 30_000, 30_000);
  const { connectionsCheckingInterval = Math.max(100, shortest / 4) } = given;
  return { headersTimeout, requestTimeout, connectionsCheckingInterval };
}
