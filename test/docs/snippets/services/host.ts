import { createHost } from 'plugboard';
import { InvoicesPlugin, InvoiceStore } from './invoices.ts';
import { Exchange, FixedExchange, Mailer, type Mailer as MailerType } from './mailer.ts';

class ConsoleMailer implements MailerType {
  async send(to: string, text: string): Promise<void> {
    console.log(`to ${to}: ${text}`);
  }
}

export async function run(): Promise<number | undefined> {
  // #region host
  const host = createHost({
    plugins: [InvoicesPlugin],
    services: [
      [Exchange, FixedExchange],
      [Mailer, ConsoleMailer],
    ],
  });
  await host.start();
  const store = host.get(InvoiceStore); // an export, or a host service
  // #endregion
  const id = store.open(12);
  await host.close();
  return store.amount(id);
}
