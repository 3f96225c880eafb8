// How long a test may take is a matter of its project: what only computes shows a hang soon, what starts processes gets
// the time that a busy machine needs.
jest.setTimeout(PATIENCE_SECONDS * 1000);
