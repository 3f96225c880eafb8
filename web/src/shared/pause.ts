/** Resolves after a time, or as soon as something is heard. */
export function pause(ms: number, listen: (wake: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    const timer = setTimeout(end, ms);
    const forget = listen(end);
  });
}
