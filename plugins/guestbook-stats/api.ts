import { Get, JsonController } from 'routing-controllers';
import { Statistics } from './statistics.ts';

@JsonController('/api/guestbook-stats')
export class GuestbookStatsApi {
  constructor(private readonly statistics: Statistics) {}

  @Get()
  current() {
    return this.statistics.current();
  }
}
