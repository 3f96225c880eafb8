import type { ErrorEntry } from '../errors';
import { QUIRKS } from '../../../appsync-js/quirks';
import type { QuirkEffect } from '../../../appsync-js/realm/realm';
import type { RequestTrace, TracedField, TracedRequest, TraceEvent, Tracer } from '../execution/tracing';

/** Of a value; the rest is only counted. */
const MOST_CHARACTERS = 2000;

/** A block a request, for people: each field with its steps in the order in which they came. */
export class TextTracer implements Tracer {
  constructor(private readonly write: (text: string) => void) {}

  begin(request: TracedRequest): RequestTrace {
    return new TextTrace(request, this.write);
  }
}

class TextTrace implements RequestTrace {
  private readonly begun = performance.now();
  private readonly fields: { title: string; lines: string[] }[] = [];

  constructor(
    private readonly request: TracedRequest,
    private readonly write: (text: string) => void,
  ) {}

  field({ path, parentType, fieldName }: TracedField): (event: TraceEvent) => void {
    const lines: string[] = [];
    this.fields.push({ title: `${path.join('.')}  (${parentType}.${fieldName})`, lines });
    return (event) => void lines.push(line(event), ...(event.quirks ?? []).map(quirkLine));
  }

  end({ data, errors = [] }: { data: unknown; errors?: ErrorEntry[] }): void {
    const { operation, name, requestId, authorization, variables } = this.request;
    const ms = (performance.now() - this.begun).toFixed(1);
    const outcome = errors.length > 0 ? { data, errors } : { data };
    this.write(
      [
        `┌ ${operation}${name === undefined ? '' : ` ${name}`} · ${authorization} · ${ms} ms · ${requestId}`,
        ...(Object.keys(variables).length > 0 ? [`│ variables ${short(variables)}`] : []),
        ...this.fields.flatMap(({ title, lines }) => [`│ ${title}`, ...lines.map((text) => `│   ${text}`)]),
        `└ ${short(outcome)}\n`,
      ].join('\n'),
    );
  }
}

function line(event: TraceEvent): string {
  if (event.kind === 'dataSource') {
    const { dataSource, answer, ms } = event;
    const failure = answer.error === undefined ? '' : ` failed with ${short(answer.error)};`;
    return `${event.step} ⇄ ${dataSource} ${ms.toFixed(1)} ms:${failure} ${short(answer.result)}`;
  }
  const { step, handler, outcome } = event;
  switch (outcome.kind) {
    case 'value':
      return `${step} ${handler}: ${short(outcome.value)}`;
    case 'earlyReturn':
      return `${step} ${handler} returned early: ${short(outcome.value)}`;
    case 'error':
      return `${step} ${handler} ended with ${outcome.error.errorType ?? 'an error'}: ${short(outcome.error)}`;
  }
}

function quirkLine({ id, line, column, argument }: QuirkEffect): string {
  const title = QUIRKS.find((quirk) => quirk.id === id)?.title;
  const where = line === undefined ? (argument ?? '') : `code.js:${line}:${column}`;
  return `  ${[id, where].filter((part) => part !== '').join(' ')}: ${title}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MOST_CHARACTERS
    ? `${text.slice(0, MOST_CHARACTERS)}… and ${text.length - MOST_CHARACTERS} characters more`
    : text;
}
