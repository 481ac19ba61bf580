// A PostgreSQL server of the tests' own, by the program of tests/serve/postgres.c.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export class Postgres {
  // Null where PostgreSQL is not installed.
  static async start(program) {
    const postgres = new Postgres();
    postgres.process = spawn(program, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ASSAY_ENGINE: 'postgres' },
    });
    postgres.ended = new Promise((resolve) => postgres.process.once('close', resolve));
    const lines = createInterface({ input: postgres.process.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done || first.value === '') {
      postgres.process.stdin.end();
      return null;
    }
    postgres.database = first.value;
    return postgres;
  }

  async stop() {
    this.process.stdin.end();
    await this.ended;
  }
}
