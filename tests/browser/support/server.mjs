// Starts the program as `assay serve` with a data folder of its own, and ends it.

import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SOURCE = fileURLToPath(new URL('../../..', import.meta.url));

const PATIENCE_MS = 20000;
const FAULTS = /AddressSanitizer|LeakSanitizer|runtime error:|ThreadSanitizer|BUG/;

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// A copy of the mediation scheme whose texts claim to be in another language, in `folder`.
function schemeIn(folder, language) {
  const scheme = join(folder, 'scheme');
  const conf = join(scheme, 'scheme.conf');

  cpSync(join(SOURCE, 'schemes/mediation'), scheme, { recursive: true });
  const text = readFileSync(conf, 'utf8');
  const changed = text.replace(/^(\s*language) en$/m, `$1 ${language}`);
  if (changed === text) throw new Error('scheme.conf no longer says "language en"');
  writeFileSync(conf, changed);
  return scheme;
}

export class Server {
  /*
   * options.language: that of the scheme's texts, "en" if not given
   * options.host: the name by which browsers know it, 127.0.0.1 if not given; passkeys need a name
   * options.database: postgres://...; a file of its own if not given
   * options.conf: what its assay.conf says
   */
  static async start(program, options = {}) {
    const server = new Server();
    server.folder = mkdtempSync(join(tmpdir(), 'assay-browser-'));
    const scheme = options.language
      ? schemeIn(server.folder, options.language)
      : join(SOURCE, 'schemes/mediation');
    const port = await freePort();
    server.data = join(server.folder, 'data');
    server.base = `http://${options.host ?? '127.0.0.1'}:${port}`;
    server.program = program;
    server.said = '';
    if (options.conf) {
      mkdirSync(server.data, { mode: 0o700 });
      writeFileSync(join(server.data, 'assay.conf'), options.conf);
    }
    server.process = spawn(
      program,
      [
        'serve',
        ...['--data', server.data, '--scheme', scheme],
        ...['--port', `${port}`, '--base', server.base],
        ...(options.database ? ['--database', options.database] : []),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [server.process.stdout, server.process.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        server.said += text;
      });
    server.ended = new Promise((resolve) => {
      server.process.once('error', (error) => resolve(`${error}`));
      server.process.once('close', (code, signal) => resolve(signal ?? code));
    });
    await server.answers();
    return server;
  }

  // What a command of the same installation answers as JSON, while the server runs.
  command(...words) {
    return new Promise((resolve, reject) => {
      execFile(this.program, [...words, '--data', this.data, '--json'], (error, out, err) => {
        if (error) reject(new Error(`assay ${words.join(' ')}: ${err || error.message}`));
        else resolve(JSON.parse(out));
      });
    });
  }

  async answers() {
    const end = Date.now() + PATIENCE_MS;
    let over = null;

    this.ended.then((how) => {
      over = { how };
    });
    while (Date.now() < end && !over) {
      try {
        const answer = await fetch(`${this.base}/healthz`);
        if (answer.ok) return;
      } catch {
        // It does not listen yet.
      }
      await pause(50);
    }
    this.kill();
    throw new Error(
      `assay serve ${over ? `ended with ${over.how}` : 'does not answer'}:\n${this.said}`,
    );
  }

  // Ends the server. An error when it ended badly, or a sanitizer had something to say.
  async stop() {
    this.process.kill('SIGTERM');
    const late = setTimeout(() => this.process.kill('SIGKILL'), PATIENCE_MS);
    const how = await this.ended;
    clearTimeout(late);
    this.kill();
    if (how !== 0 || FAULTS.test(this.said))
      throw new Error(`assay serve ended with ${how}:\n${this.said}`);
  }

  kill() {
    this.process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
