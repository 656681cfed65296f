import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { useContainer } from 'routing-controllers';
import type { Agent } from 'supertest';
import { answer, client, own, reference, type Answer } from './parity-harness.ts';
import { coverage, upstreamCases } from './parity/coverage.ts';
import { deliberate } from './parity/deliberate.ts';
import { differences } from './parity/differences.ts';
import { topics } from './parity/topics.ts';
import type { Expected, Row, Setup } from './parity/row.ts';

describe("each case of routing-controllers' own specs holds", () => {
  for (const { spec, setups } of topics) {
    describe(spec, () => {
      for (const setup of setups) showCases(setup);
    });
  }
});

describe('where the engine differs on purpose', () => {
  for (const setup of deliberate) showCases(setup);

  const docs = ['http.md', 'routing-controllers.md'].map((file) =>
    readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8'),
  );
  for (const [name, words] of Object.entries(differences)) {
    it(`the docs say so: ${name}`, () =>
      assert.ok(
        docs.some((text) => text.includes(words)),
        words,
      ));
  }
});

describe('the table of parity', () => {
  const { reached, rows, unservable } = coverage();
  const all = Object.values(upstreamCases).reduce((sum, count) => sum + count, 0);

  it(`reaches all ${all} cases by ${rows} rows; ${all - unservable} of them routing-controllers holds itself`, () => {
    const { 'route-prefix-regexp': _unreleased, ...released } = reached;
    assert.deepEqual(released, upstreamCases);
    assert.deepEqual({ all, unservable }, { all: 183, unservable: 48 });
  });

  for (const setup of topics.flatMap(({ setups }) =>
    setups.filter((each) => each.unservable !== undefined),
  )) {
    it(`leaves routing-controllers out where it can't start: ${setup.unservable}`, () => {
      assert.throws(() => reference(setup), /Missing parameter name|Unexpected \(/);
    });
  }
});

function showCases(setup: Setup): void {
  describe(setup.unservable ?? 'through routing-controllers and through the engine', () => {
    let ours: Agent;
    let theirs: Agent | undefined;

    before(() => {
      if (setup.container) useContainer(setup.container as never, setup.container.options);
      ours = client(own(setup));
      theirs = setup.unservable === undefined ? client(reference(setup)) : undefined;
    });

    after(() => useContainer(undefined as never));

    for (const [title, rows] of Object.entries(setup.cases)) {
      it(title, async () => {
        for (const row of rows) await check(row, ours, theirs);
      });
    }
  });
}

async function check({ ask, expected, differs }: Row, ours: Agent, theirs: Agent | undefined): Promise<void> {
  const answered = await answer(ours, ask);
  const reference = theirs && (await answer(theirs, ask));
  if (reference) assertExpected(reference, expected);
  assertExpected(answered, differs?.ours ?? expected);
  if (reference && !differs) assert.deepEqual(answered, reference);
}

function assertExpected(answered: Answer, expected: Expected): void {
  const { status, type, text, json, headers = {}, trace } = expected;
  assert.equal(answered.status, status, answered.text);
  if (type !== undefined) assert.equal(answered.headers['content-type'], type);
  if (text instanceof RegExp) assert.match(answered.text, text);
  else if (text !== undefined) assert.equal(answered.text, text);
  if (json !== undefined) assert.deepEqual(JSON.parse(answered.text), json);
  for (const [name, value] of Object.entries(headers)) assert.equal(answered.headers[name], value);
  if (trace !== undefined) assert.deepEqual(answered.trace, trace);
}
