/** Connections to one build: a bounded number of them, a bounded queue before them, a limit on time. */
import type { Connection } from '../../engine/engine.js';
import { overloaded } from '../http/problem.js';

export interface PoolLimits {
  /** Queries that run at once. */
  readonly connections: number;
  /** Requests that wait for a connection; one more is refused. */
  readonly queue: number;
  /** Milliseconds that a query may wait, and again that it may run. */
  readonly timeLimit: number;
}

interface Waiter {
  readonly take: (connection: Connection) => void;
  readonly refuse: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class ConnectionPool {
  private readonly open: () => Promise<Connection>;
  private readonly limits: PoolLimits;
  private readonly idle: Connection[] = [];
  private readonly waiters: Waiter[] = [];
  private readonly all = new Set<Connection>();
  private count = 0;
  private closed = false;

  constructor(open: () => Promise<Connection>, limits: PoolLimits) {
    this.open = open;
    this.limits = limits;
  }

  /** Queries that run now, and those that wait. */
  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.count - this.idle.length, waiting: this.waiters.length };
  }

  /**
   * Runs `work` on a connection of its own. Throws a problem of status 503 when the
   * queue is full, when it waited too long, and when it ran too long: the query is
   * interrupted then.
   */
  async run<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.take();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      connection.interrupt();
    }, this.limits.timeLimit);
    try {
      return await work(connection);
    } catch (error) {
      if (late) throw overloaded('The query took too long and was stopped.', 5);
      throw error;
    } finally {
      clearTimeout(timer);
      this.giveBack(connection);
    }
  }

  private async take(): Promise<Connection> {
    const free = this.idle.pop();
    if (free !== undefined) return free;
    if (this.count < this.limits.connections) return this.opened();
    if (this.waiters.length >= this.limits.queue) {
      throw overloaded('Too many queries are waiting. Try again in a moment.');
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        take: resolve,
        refuse: reject,
        timer: setTimeout(() => {
          this.waiters.splice(this.waiters.indexOf(waiter), 1);
          reject(overloaded('The query waited too long for a connection. Try again in a moment.'));
        }, this.limits.timeLimit),
      };
      this.waiters.push(waiter);
    });
  }

  /** Lets go of every connection: what runs is cancelled, and what waits is refused. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { timer, refuse } of this.waiters.splice(0)) {
      clearTimeout(timer);
      refuse(overloaded('The server is shutting down.'));
    }
    this.idle.length = 0;
    await Promise.all([...this.all].map((connection) => connection.release()));
    this.all.clear();
  }

  private async opened(): Promise<Connection> {
    this.count += 1;
    try {
      const connection = await this.open();
      this.all.add(connection);
      return connection;
    } catch (error) {
      this.count -= 1;
      throw error;
    }
  }

  private giveBack(connection: Connection): void {
    if (this.closed) return;
    const next = this.waiters.shift();
    if (next === undefined) {
      this.idle.push(connection);
      return;
    }
    clearTimeout(next.timer);
    next.take(connection);
  }
}
