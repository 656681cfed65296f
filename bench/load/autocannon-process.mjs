// autocannon in a process of its own, on a core of its own; started by autocannon.ts.
import autocannon from 'autocannon';

process.once('message', async ({ port, requests, seconds, connections }) => {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    duration: seconds,
    requests,
  });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${requests[0].path}: ${failed} requests failed under load.`);
  process.send({
    requests: result['2xx'],
    seconds: result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  });
  process.disconnect();
});
