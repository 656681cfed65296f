import { deepEqual, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReloadReport } from './collected-generations-process.ts';

describe('the generations of a plugin that is reloaded again and again', () => {
  let report: ReloadReport;
  before(async () => {
    const app = join(import.meta.dirname, '../..');
    const script = join(import.meta.dirname, 'collected-generations-process.ts');
    const flags = ['--expose-gc', '--import', 'plugboard/register', script];
    const folder = join(app, 'test/fixtures/unloading/orders');
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, folder, '40'], {
      cwd: app,
      env: { ...process.env, LOG_LEVEL: 'silent' },
    });
    report = JSON.parse(stdout) as ReloadReport;
  });

  it('are collected, all but the one that runs', () => {
    deepEqual(report.left, [41]);
  });

  it('leave in the registries of decorators what the first one had there', () => {
    deepEqual(report.sizesAtLast, report.sizesAtFirst);
    ok(report.sizesAtLast.controllers === 1);
  });

  it('leave nothing there when the host is closed, but what the contract has', () => {
    const { controllers, actions, validations } = report.sizesClosed;
    deepEqual([controllers, actions, validations], [0, 0, 1]);
  });
});
