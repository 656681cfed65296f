// #region app
import express from 'express';
import { createHost } from 'plugboard';
import { Clock, SystemClock } from './clock.ts';

const host = createHost({
  plugins: [new URL('./plugins', import.meta.url).href], // folders, npm packages, classes
  services: [[Clock, SystemClock]], // what plugins may inject
});
await host.start(); // never rejects because a plugin is broken
console.table(host.plugins.map(({ name, state, failure }) => ({ name, state, fix: failure?.fix })));

const app = express();
app.use('/api', host.handler);
const server = app.listen(3000);
// #endregion

export { host, server };
