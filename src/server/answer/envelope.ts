/** `{data, meta}`: the shape of every answer that the API did not inherit. */
import { z } from 'zod';
import type { ServerContext } from '../context.js';
import type { Asking } from './respond.js';

export const metaSchema = z
  .strictObject({
    build: z.string().meta({ description: 'Id of the one build that the whole answer is from' }),
    as_of: z.iso
      .date()
      .nullable()
      .meta({ description: 'The date that all figures refer to; null where the build has none' }),
    target: z.string().meta({ description: 'Name of the target that is served' }),
    next_page: z
      .string()
      .nullable()
      .meta({ description: 'Path and query of the next page; null on the last one' }),
    continued_from: z.string().nullable().meta({
      description:
        'The build of the page before, when that is not kept any more: this page goes on behind its last row in another build. Otherwise null',
    }),
  })
  .meta({ id: 'Meta', description: 'What an answer is from' });

export function metaOf(
  { target }: Pick<ServerContext, 'target'>,
  {
    build,
    continuedFrom,
  }: { build: Pick<Asking['build'], 'facts'> } & Pick<Asking, 'continuedFrom'>,
  nextPage: string | null,
): z.infer<typeof metaSchema> {
  return {
    build: build.facts.id,
    as_of: build.facts.asOf,
    target,
    next_page: nextPage,
    continued_from: continuedFrom,
  };
}
