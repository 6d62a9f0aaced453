/**
 * A fault in a template that does not know its place yet: whoever holds the
 * place (the parser, the runtime) turns it into a TechstoreError.
 */
export class Fault extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'Fault';
    this.hint = hint;
  }
}
