import { ContainerModule, inject, injectable, named, optional } from 'inversify';
import { Logger, Plugin } from 'plugboard';
import { Get, JsonController, Param, Post } from 'routing-controllers';
import { Exchange, Mailer } from './mailer.ts';

// #region store
/** Offered to other plugins. */
export abstract class InvoiceStore {
  abstract open(amount: number): number;
  abstract amount(id: number): number | undefined;
}

/** Private: nobody else can inject it by this class. */
@injectable()
class MemoryInvoices extends InvoiceStore {
  readonly #amounts: number[] = [];

  constructor(private readonly log: Logger) {
    super();
  }

  open(amount: number): number {
    this.log.info('invoice opened', { amount });
    return this.#amounts.push(amount);
  }

  amount(id: number): number | undefined {
    return this.#amounts[id - 1];
  }
}
// #endregion

// #region module
class Rounding {
  constructor(readonly digits: number) {}
}

/** Inversify's own way of binding, for what a pair can't say: names, factories, values. */
const roundings = new ContainerModule(({ bind }) => {
  bind(Rounding).toConstantValue(new Rounding(2)).whenNamed('shown');
  bind(Rounding)
    .toDynamicValue((context) => new Rounding(context.get(Exchange).rate('EUR') > 1 ? 3 : 4))
    .inSingletonScope()
    .whenNamed('kept');
});
// #endregion

// #region plugin
@Plugin({
  name: 'invoices',
  services: [[InvoiceStore, MemoryInvoices], roundings],
  exports: [InvoiceStore],
  imports: [Exchange], // only the factory in `roundings` asks for it, which can't be read from a constructor
})
@JsonController('/invoices')
export class InvoicesPlugin {
  constructor(
    private readonly store: InvoiceStore,
    @inject(Rounding) @named('shown') private readonly rounding: Rounding,
    @inject(Mailer) @optional() private readonly mailer?: Mailer,
  ) {}

  @Post('/:amount')
  async open(@Param('amount') amount: number) {
    const id = this.store.open(amount);
    await this.mailer?.send('billing@example.org', `Invoice ${id}`);
    return { id };
  }

  @Get('/:id')
  show(@Param('id') id: number) {
    return { amount: this.store.amount(id)?.toFixed(this.rounding.digits) };
  }
}
// #endregion
