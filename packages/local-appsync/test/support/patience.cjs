// How busy the machine is, is no matter of any test: what hangs is ended, what is slow is let be.
jest.setTimeout(120_000);
