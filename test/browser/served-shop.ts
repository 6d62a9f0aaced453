/** A shop in a folder of its own, served on a free port by the program itself. */
import { spawn, type ChildProcess } from 'node:child_process';
import { bareEnvironment, program, type Shop } from '../helpers/shop.js';

export class ServedShop {
  readonly url: string;
  readonly shop: Shop;
  private readonly server: ChildProcess;

  private constructor(shop: Shop, url: string, server: ChildProcess) {
    this.shop = shop;
    this.url = url;
    this.server = server;
  }

  static async start(shop: Shop, ...options: readonly string[]): Promise<ServedShop> {
    const server = spawn(
      process.execPath,
      [program, 'serve', '--port', '0', '--log-level', 'error', ...options],
      { cwd: shop.dir, env: bareEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      server.stderr.on('data', (text: Buffer) => (said += text.toString()));
      server.stdout.on('data', (text: Buffer) => {
        const found = /http:\/\/\S+/.exec(text.toString())?.[0];
        if (found !== undefined) resolve(found);
      });
      server.on('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)));
    });
    return new ServedShop(shop, url, server);
  }

  /** Stops the server and leaves the shop. */
  async stop(): Promise<void> {
    if (this.server.exitCode !== null) return;
    const ended = new Promise((done) => this.server.once('exit', done));
    this.server.kill('SIGTERM');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    this.shop.remove();
  }
}
