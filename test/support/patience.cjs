// A whole system starts within seconds, but not within jest's five on a busy machine.
jest.setTimeout(120_000);
