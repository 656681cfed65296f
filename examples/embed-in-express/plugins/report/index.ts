import { Plugin } from 'plugboard';
import { Authorized, Get, JsonController } from 'routing-controllers';
import { Staff } from '../../contracts.ts';

@Plugin({ name: 'report', version: '1.0.0', description: 'Shows managers who works here' })
@JsonController('/report')
export class ReportPlugin {
  constructor(private readonly staff: Staff) {}

  @Get()
  @Authorized('manager')
  show() {
    return { staff: this.staff.all().map(({ name }) => name) };
  }
}
