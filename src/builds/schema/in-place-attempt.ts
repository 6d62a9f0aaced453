/** `seed` on a warehouse: writes each table directly under its own name. This is not a build, and publishes nothing. */
import type { Engine } from '../../engine/engine.js';
import type { Manifest } from '../../manifest/nodes.js';
import type { Attempt, Published } from '../attempt.js';

export class InPlaceAttempt implements Attempt {
  readonly base = null;
  readonly prior = {};
  readonly resumes = false;
  readonly limited = undefined;
  readonly sourcesExist = false;
  readonly mayWrite = true;
  readonly inPlace = true;
  readonly notes = [];
  readonly schemas = [];
  private readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  async start(): Promise<Engine> {
    return this.engine;
  }

  placed(manifest: Manifest): Manifest {
    return manifest;
  }

  async takeOver(): Promise<null> {
    return null;
  }

  /** Seeds read nothing. */
  async defer(): Promise<ReadonlyMap<string, number>> {
    return new Map();
  }

  async clone(): Promise<void> {
    throw new TypeError('Only a build clones.');
  }

  async settle(): Promise<readonly string[]> {
    return [];
  }

  async publish(): Promise<Published> {
    throw new TypeError('Seeds alone are not a build.');
  }

  async keep(): Promise<null> {
    return null;
  }

  async abandon(): Promise<void> {
    // A table is made whole or not at all.
  }

  interrupt(): void {
    this.engine.interruptAll();
  }
}
