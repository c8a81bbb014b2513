import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = process.env['ZHONGDA_BIN'] ?? fileURLToPath(new URL('../../bin/zhongda', import.meta.url));
const startWithin = 90_000;

/** Starts the real program with demonstration data of its own; returns what stops and removes it. */
export default async function start(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'zhongda-e2e-'));
  chmodSync(data, 0o755); // the database runs as another user when this runs as root
  const address = `127.0.0.1:${await freePort()}`;
  process.env['ZHONGDA_URL'] = `http://${address}`;
  process.env['ZHONGDA_DEMO_PASSWORD'] = `demo-${randomBytes(9).toString('hex')}`;

  const said: string[] = [];
  const server = spawn(binary, ['serve', '--demo'], {
    env: { ...process.env, ZHONGDA_ADDR: address, ZHONGDA_DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text: Buffer) => said.push(text.toString()));
  const stop = async () => {
    await ended(server);
    rmSync(data, { recursive: true, force: true });
  };

  try {
    await ready(`http://${address}/readyz`, server);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${said.join('').slice(-4000)}`, { cause: error });
  }
  return stop;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + startWithin;
  let failed: Error | undefined;
  server.once('error', (error) => (failed = error));
  while (Date.now() < deadline) {
    if (failed) throw failed;
    if (server.exitCode !== null) throw new Error(`the server ended with status ${server.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server was not ready within ${startWithin / 1000} s`);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.pid === undefined) return;
  const exit = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const impatient = setTimeout(() => server.kill('SIGKILL'), 15_000);
  await exit;
  clearTimeout(impatient);
}
