#!/usr/bin/env node

// npm hands a SIGTERM to the shell that it started this with, and some shells (dash) die of it alone.
if (process.env.npm_lifecycle_event !== undefined) {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== shell) {
      clearInterval(watch);
      process.kill(process.pid, 'SIGTERM');
    }
  }, 50);
  watch.unref();
}

require('../dist/cli.js');
