import { injectable } from 'inversify';
import { UnitOfWork } from './unit-of-work.ts';

/** Writes within the unit of work of its request: asking for it is what begins it. */
@injectable('Request')
export class OrderLines {
  constructor(private readonly unit: UnitOfWork) {}

  async add(line: string): Promise<void> {
    await this.unit.run('INSERT', line);
  }
}
