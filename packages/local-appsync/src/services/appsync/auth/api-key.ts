import { type AuthProvider, type AuthRequest, type Caller, header } from './types';
import { refusals, Unauthorized } from './unauthorized';

/** API keys: whoever has one may call. Keys do not expire here, those of AWS do after at most 365 days. */
export class ApiKeyProvider implements AuthProvider {
  readonly mode = 'API_KEY';
  private readonly keys: ReadonlySet<string>;

  constructor(keys: Iterable<string>) {
    this.keys = new Set(keys);
  }

  authenticate(request: AuthRequest): Caller {
    const key = header(request, 'x-api-key');
    if (key === undefined) {
      throw new Unauthorized(refusals.missing);
    }
    if (!this.keys.has(key)) {
      throw new Unauthorized(refusals.refused);
    }
    return { mode: this.mode, identity: null, groups: [], deniedFields: [] };
  }
}
