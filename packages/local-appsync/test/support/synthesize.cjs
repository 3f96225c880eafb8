const { join } = require('node:path');
const synthesized = require('../../build/synthesized.cjs');

// Jest's global setup: the guestbook, for all tests that run it.
module.exports = () => {
  process.env.GUESTBOOK_ASSEMBLY = synthesized({
    app: join(__dirname, '..', 'fixtures', 'guestbook'),
    sources: ['.'],
    cache: join(__dirname, '..', '..', '.cache', 'guestbook'),
  });
};
