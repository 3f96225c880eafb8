import type { Tracer } from '../execution/tracing';
import { JsonTracer } from './json';
import { TextTracer } from './text';

export type TraceFormat = 'text' | 'json';

/** Follows each request on stderr. */
export function tracerOf(format: TraceFormat | undefined): Tracer | undefined {
  const write = (text: string) => void process.stderr.write(text);
  switch (format) {
    case undefined:
      return undefined;
    case 'text':
      return new TextTracer(write);
    case 'json':
      return new JsonTracer(write);
  }
}
