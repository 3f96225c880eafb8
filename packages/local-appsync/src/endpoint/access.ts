import type { IncomingHttpHeaders } from 'node:http';
import { StartError } from '../shared/start-error';
import { HttpError } from './http-error';

/** Who may call, besides programs and pages of this machine. */
export interface AccessOptions {
  /** Origins of other pages that may call: `https://app.example`. */
  allowOrigins?: readonly string[];
  /** Other names that the endpoint answers to: `app.test`. */
  allowHosts?: readonly string[];
  /** Whether the GraphQL API answers pages of any origin, as on AWS. */
  corsAny?: boolean;
}

const LOOPBACK_NAME = /^(?:localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Keeps foreign web pages out: any page in the user's browser can send requests to this machine. The browser says where
 * the page is from (Origin). A page whose own name was made to point here (DNS rebinding) is of the same origin to the
 * browser, but the browser still says that name (Host). Programs send no Origin.
 */
export class Access {
  private constructor(
    private readonly origins: ReadonlySet<string>,
    private readonly hosts: ReadonlySet<string>,
    private readonly corsAny: boolean,
  ) {}

  /** Throws StartError for an origin or a host that is none. */
  static of({ allowOrigins = [], allowHosts = [], corsAny = false }: AccessOptions): Access {
    return new Access(new Set(allowOrigins.map(allowedOrigin)), new Set(allowHosts.map(allowedHost)), corsAny);
  }

  /**
   * The CORS headers of the answer to a request. Throws HttpError for one that is refused. `asAws` is whether the
   * service answers pages of any origin on AWS.
   */
  admit({ host, origin, ...headers }: IncomingHttpHeaders, asAws = false): Record<string, string> {
    const called = urlOfHost(host);
    if (!called || !(LOOPBACK_NAME.test(called.hostname) || this.hosts.has(called.hostname))) {
      throw refused(`The host ${host ?? '(none)'} is not a name of this machine.`, '--allow-host NAME answers to it.');
    }
    if (asAws && this.corsAny) {
      return { 'access-control-allow-origin': '*' };
    }
    if (origin === undefined) {
      if (isEmbeddedElsewhere(headers)) {
        throw refused('A page of another site embeds this.', 'Pages that may call send their Origin.');
      }
      return { vary: 'origin' };
    }
    if (!this.allows(origin, called)) {
      throw refused(`The origin ${origin} is not of this machine.`, '--allow-origin URL lets its pages call.');
    }
    return { 'access-control-allow-origin': origin, vary: 'origin' };
  }

  private allows(origin: string, called: URL): boolean {
    const url = urlOfOrigin(origin);
    return (
      url !== undefined &&
      (this.origins.has(textOf(url)) ||
        // Pages that this endpoint serves under a name that it answers to.
        url.host === called.host ||
        (/^https?:$/.test(url.protocol) && LOOPBACK_NAME.test(url.hostname)))
    );
  }
}

/** Browsers send no Origin with what a page only embeds, such as images and scripts. A link may lead here. */
function isEmbeddedElsewhere(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
}

function urlOfHost(host = ''): URL | undefined {
  const url = `http://${host}`;
  return /^[^/?#@\\]+$/.test(host) && URL.canParse(url) ? new URL(url) : undefined;
}

function urlOfOrigin(origin: string): URL | undefined {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  return url?.host ? url : undefined;
}

/** As browsers write it; `URL.origin` has none for schemes of extensions and apps. */
function textOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

function allowedOrigin(text: string): string {
  const url = urlOfOrigin(text);
  if (!url || url.pathname.length > 1 || url.search || url.hash || url.username) {
    throw new StartError(`An allowed origin is a scheme and a host, such as https://app.example, not ${text}.`);
  }
  return textOf(url);
}

function allowedHost(text: string): string {
  const url = urlOfHost(text);
  if (!url || url.port !== '') {
    throw new StartError(`An allowed host is a name without scheme and port, such as app.test, not ${text}.`);
  }
  return url.hostname;
}

function refused(what: string, remedy: string): HttpError {
  return new HttpError(403, 'ForbiddenException', `${what} ${remedy}`);
}
