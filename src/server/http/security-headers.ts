/** Headers that keep browsers from doing more with an answer than it is for. */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Answers for programs load nothing at all. */
export const strictPolicy = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
} as const;

/** Pages load what this server serves, and run no script and no style that stands in the page itself. */
export const pagePolicy = {
  ...strictPolicy,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
} as const;

export async function setSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: directives(strictPolicy) },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}

type Policy = Readonly<Record<string, readonly string[]>>;

function directives(policy: Policy): Record<string, string[]> {
  return Object.fromEntries(Object.entries(policy).map(([name, values]) => [name, [...values]]));
}

/** A policy as the value of its header. */
export function policyText(policy: Policy): string {
  return Object.entries(policy)
    .map(([name, values]) => {
      const directive = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return `${directive} ${values.join(' ')}`;
    })
    .join('; ');
}
