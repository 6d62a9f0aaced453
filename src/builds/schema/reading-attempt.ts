/** `test` on a warehouse: tests the published build, and writes nothing. */
import type { Engine, RelationName } from '../../engine/engine.js';
import type { NodeStates } from '../../manifest/node-state.js';
import type { Manifest } from '../../manifest/nodes.js';
import type { Attempt, Deferral, Published } from '../attempt.js';
import type { SchemaBuild } from './build-row.js';
import { withRelations } from '../../manifest/with-relations.js';
import { publishedPlaces, relocateTo } from './relocate.js';

export class ReadingAttempt implements Attempt {
  readonly base: SchemaBuild;
  readonly prior: NodeStates;
  readonly resumes = false;
  readonly limited = undefined;
  readonly sourcesExist = true;
  readonly mayWrite = false;
  readonly notes = [];
  readonly schemas = [];
  private readonly engine: Engine;
  private deferred: ReadonlyMap<string, RelationName> = new Map();

  constructor(engine: Engine, published: SchemaBuild) {
    this.engine = engine;
    this.base = published;
    this.prior = published.record.nodes;
  }

  async start(): Promise<Engine> {
    return this.engine;
  }

  /** Tests read the tables, not the published names, which may show another build later. */
  placed(manifest: Manifest): Manifest {
    return withRelations(relocateTo(manifest, publishedPlaces(this.base.names)), this.deferred);
  }

  async takeOver(): Promise<null> {
    return null;
  }

  async defer({ tables }: Deferral): Promise<ReadonlyMap<string, number>> {
    this.deferred = new Map(tables.map(({ id, relation }) => [id, relation]));
    return new Map();
  }

  async clone(): Promise<void> {
    throw new TypeError('Only a build clones.');
  }

  async settle(): Promise<readonly string[]> {
    return [];
  }

  async publish(): Promise<Published> {
    throw new TypeError('Tests alone are not a build.');
  }

  async keep(): Promise<null> {
    return null;
  }

  async abandon(): Promise<void> {
    // Nothing was written.
  }

  interrupt(): void {
    this.engine.interruptAll();
  }
}
