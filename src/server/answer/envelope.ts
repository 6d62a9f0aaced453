/** `{data, meta}`: the shape of every answer that the API did not inherit. */
import { z } from 'zod';
import type { ServerContext } from '../context.js';
import type { Asking } from './respond.js';

export const metaSchema = z
  .strictObject({
    build: z.string().meta({ description: 'Id of the build that the whole answer comes from' }),
    as_of: z.iso
      .date()
      .nullable()
      .meta({ description: 'The date that all figures refer to; null where the build has none' }),
    target: z.string().meta({ description: 'Name of the served target' }),
    next_page: z
      .string()
      .nullable()
      .meta({ description: 'Path and query of the next page; null on the last page' }),
    continued_from: z.string().nullable().meta({
      description:
        'Build of the previous page, if that build is no longer kept. This page then continues after its last row, in another build. Otherwise null',
    }),
  })
  .meta({ id: 'Meta', description: 'The origin of an answer' });

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
