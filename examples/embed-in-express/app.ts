import express from 'express';
import session from 'express-session';
import type { AddressInfo } from 'node:net';
import { createPluginHost } from './plugin-host.ts';
import { StaffList } from './staff.ts';

// The app as it was before it had plugins: a parser, sessions, a login, a page.
const staff = new StaffList();
const app = express();
app.use(express.json());
app.use(session({ secret: 'change me', resave: false, saveUninitialized: false }));

app.get('/', (_request, response) => {
  response.send(
    'The app itself. Log in with POST /login {"name":"ada"}, then see /api/notes, /api/visits, /api/report.',
  );
});

// Without a password: this example is about what comes after it.
app.post('/login', (request, response, next) => {
  const { name } = (request.body ?? {}) as { name?: string };
  const user = staff.find(String(name));
  if (!user) {
    response.status(401).json({ message: 'Unknown name.' });
    return;
  }
  request.session.regenerate((error) => {
    if (error) {
      next(error);
    } else {
      request.session.user = user;
      response.json(user);
    }
  });
});

// The two lines that make it extensible.
const host = createPluginHost(staff);
app.use('/api', host.handler);

// What no plugin serves comes out again at the app's own 404.
app.use((request, response) => {
  response.status(404).json({ message: `The app has no ${request.path}.` });
});

await host.start();
for (const { name, failure } of host.plugins) {
  if (failure) console.error(`${name}: ${failure.message}\n  Fix: ${failure.fix}`);
}

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Open http://localhost:${(server.address() as AddressInfo).port}`);
});

process.once('SIGTERM', () => {
  server.close();
  void host.close();
});
