import { deepEqual, equal, match } from 'node:assert/strict';
import type { HostOptions } from 'plugboard';
import { complaints, serveAll, type Served } from './ways.ts';
import { exchange, type Answer, type RawRequest } from './wire.ts';

/** A request, and what is to come of it in every way of serving. */
export interface Row extends RawRequest {
  /** What is expected, as a sentence. */
  readonly title: string;
  readonly status: number;
  /** undefined: the header is not there. */
  readonly expect?: Readonly<Record<string, string | RegExp | undefined>>;
  /** The JSON of the body, or its text. */
  readonly json?: unknown;
  readonly text?: string | RegExp;
}

/** Declares a test for each row: all ways of serving give the answer that the row says, and give the same. */
export function sameAnswers(options: () => HostOptions, rows: readonly Row[]): void {
  let served: readonly Served[] = [];
  before(async () => {
    served = await serveAll(options());
  });
  after(async () => Promise.all(served.map(async ({ close }) => close())));

  for (const row of rows) {
    it(row.title, async () => {
      const before = served.flatMap(complaints);
      const answers = await Promise.all(served.map(async (one) => exchange(one, row)));
      const [first, ...others] = withoutPrefixes(answers, served);
      if (!first) throw new Error('Nothing is served');
      check(first, row);
      for (const [index, other] of others.entries()) {
        deepEqual(other, first, `${served[index + 1]?.way} answers otherwise than ${served[0]?.way}`);
      }
      if (row.status < 500) deepEqual(served.flatMap(complaints), before);
    });
  }
}

type Comparable = Pick<Answer, 'version' | 'status' | 'headers' | 'body'>;

/** The answers without what differs from one way and one moment to the next. */
function withoutPrefixes(answers: readonly Answer[], served: readonly Served[]): Comparable[] {
  // The app's own page tells the path; to a HEAD only by its length.
  const tellsPath = answers.every(
    ({ status, headers }) => status === 404 && /html/.test(headers['content-type'] ?? ''),
  );
  return answers.map(({ version, status, headers: { date, ...headers }, body }, index) => {
    const own = tellsPath ? { ...headers, 'content-length': '' } : headers;
    return {
      version,
      status,
      headers: { ...own, date: String(date !== undefined) },
      body: body.replaceAll(served[index]?.prefix || '\0', ''),
    };
  });
}

function check({ status, headers, body }: Comparable, row: Row): void {
  equal(status, row.status, `${status} ${body}`);
  for (const [name, expected] of Object.entries(row.expect ?? {})) {
    if (expected instanceof RegExp) match(headers[name] ?? '', expected, name);
    else equal(headers[name], expected, name);
  }
  if ('json' in row) deepEqual(JSON.parse(body), row.json);
  if (row.text instanceof RegExp) match(body, row.text);
  else if (row.text !== undefined) equal(body, row.text);
}
