import type { BenchRequest } from '../scenarios/scenario.ts';

/** What wrk is told in Lua: what to ask, and to print its result as one line of numbers. */
export function wrkScript(requests: readonly BenchRequest[]): string {
  const [first] = requests;
  if (!first) throw new Error('There is nothing to ask.');
  return `${requests.length === 1 ? always(first) : inTurn(requests)}\n${result}`;
}

function always({ method, path, headers = {}, body }: BenchRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers[${lua(name)}] = ${lua(value)}`);
  return [
    `wrk.method = ${lua(method)}`,
    `wrk.path = ${lua(path)}`,
    ...lines,
    ...(body === undefined ? [] : [`wrk.body = ${lua(body)}`]),
  ].join('\n');
}

/** Each is formatted once: all that a request costs is the look-up. */
function inTurn(requests: readonly BenchRequest[]): string {
  const each = requests.map(({ method, path }) => `  wrk.format(${lua(method)}, ${lua(path)}),`);
  return `
local requests
local position = 0
init = function()
  requests = {
${each.join('\n')}
  }
end
request = function()
  position = position % ${requests.length} + 1
  return requests[position]
end`;
}

const result = `
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("result %d %d %d %d %d\\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
`;

/** Lua understands JSON's escapes of quotes, backslashes and line ends; nothing else occurs here. */
function lua(text: string): string {
  return JSON.stringify(text);
}
