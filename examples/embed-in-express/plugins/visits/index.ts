import type { SessionData } from 'express-session';
import { Plugin } from 'plugboard';
import { Get, JsonController, Session } from 'routing-controllers';

@Plugin({ name: 'visits', version: '1.0.0', description: "Counts visits in the app's own session" })
@JsonController('/visits')
export class VisitsPlugin {
  @Get()
  count(@Session() session: Partial<SessionData>) {
    session.visits = (session.visits ?? 0) + 1;
    return { visits: session.visits };
  }
}
