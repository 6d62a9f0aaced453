/** Runs tasks on several threads, each when all its parents are done. */

export interface Work<R> {
  readonly id: string;
  /** Ids that must be done first. Ids that are not in the schedule count as done. */
  readonly after: readonly string[];
  run(thread: number): Promise<R>;
}

export interface ScheduleOptions<R> {
  readonly threads: number;
  /** True if the descendants of this result must not run. */
  blocks(result: R): boolean;
  /** The result of a task that is skipped because another one blocks it. */
  skip(id: string, because: string): R;
  /** True to start no further tasks, such as after Ctrl-C or a failure with --fail-fast. */
  stopped(): boolean;
  done?(id: string, result: R): void;
}

/**
 * Starts ready tasks in the given order. All descendants of a blocking task are skipped because of it.
 *
 * @returns results by id, without tasks that were not started before the stop
 */
export async function runSchedule<R>(
  works: readonly Work<R>[],
  options: ScheduleOptions<R>,
): Promise<Map<string, R>> {
  const byId = new Map(works.map((work) => [work.id, work]));
  const waitingFor = new Map<string, number>();
  const children = new Map<string, string[]>();
  for (const work of works) {
    const parents = [...new Set(work.after)].filter((id) => byId.has(id) && id !== work.id);
    waitingFor.set(work.id, parents.length);
    for (const parent of parents) {
      const list = children.get(parent);
      if (list === undefined) children.set(parent, [work.id]);
      else list.push(work.id);
    }
  }
  const place = new Map(works.map((work, index) => [work.id, index]));
  const ready = works.filter((work) => waitingFor.get(work.id) === 0).map((work) => work.id);
  const blockedBy = new Map<string, string>();
  const results = new Map<string, R>();
  const idle = Array.from({ length: Math.max(1, options.threads) }, (_, i) => i + 1).reverse();

  return new Promise((resolve, reject) => {
    let running = 0;
    let failed = false;

    const finish = (id: string, result: R, blocks: boolean, cause: string): void => {
      results.set(id, result);
      options.done?.(id, result);
      for (const child of children.get(id) ?? []) {
        if (blocks && !blockedBy.has(child)) blockedBy.set(child, cause);
        const left = (waitingFor.get(child) ?? 0) - 1;
        waitingFor.set(child, left);
        if (left === 0) ready.push(child);
      }
      ready.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
    };

    const advance = (): void => {
      while (!failed && ready.length > 0 && !options.stopped()) {
        const id = ready[0];
        if (id === undefined) break;
        const cause = blockedBy.get(id);
        if (cause !== undefined) {
          ready.shift();
          finish(id, options.skip(id, cause), true, cause);
          continue;
        }
        const thread = idle.pop();
        if (thread === undefined) return;
        ready.shift();
        running += 1;
        const work = byId.get(id);
        if (work === undefined) break;
        work.run(thread).then(
          (result) => {
            running -= 1;
            idle.push(thread);
            finish(id, result, options.blocks(result), id);
            advance();
          },
          (error: unknown) => {
            // A work answers with a result also when it fails; this is a defect or a lost connection.
            running -= 1;
            failed = true;
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }
      if (running === 0 && !failed) resolve(results);
    };
    advance();
  });
}
