import { Failed } from './expect';
import { Refused } from './client';

/** What the smoke test has shown, line by line. */
export class Report {
  /** What AppSync did differently than the product needs, a line each. */
  readonly differences: string[] = [];

  constructor(private readonly print: (line: string) => void) {}

  /** A part of the loop works. */
  done(step: string): void {
    this.print(step);
  }

  /**
   * Settles a row of what is reported of AppSync and not documented (packages/local-appsync/README.md): `look` answers with what
   * AppSync did. Goes on if that is not what the product needs, so that one run tells of all rows.
   */
  async settle(row: string, what: string, look: () => Promise<string>): Promise<void> {
    try {
      this.print(`${row}  ${what} (${await look()})`);
    } catch (error) {
      if (!(error instanceof Failed || error instanceof Refused)) {
        throw error;
      }
      this.differences.push(`${row}  ${what}: ${error.message}`);
      this.print(`${row}  NOT SO: ${what} (${error.message})`);
    }
  }
}
