const KEY = 'desk.tab';

/** This tab's name, which it keeps over reloads and holds a lock on while it is open. */
export async function nameOfTab(): Promise<string> {
  const known = sessionStorage.getItem(KEY);
  // A duplicated tab has the name of the first.
  const name = known !== null && (await hold(known)) ? known : crypto.randomUUID();
  if (name !== known) {
    sessionStorage.setItem(KEY, name);
    await hold(name);
  }
  return name;
}

export async function isTabOpen(tab: string): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  // Where nobody can tell, nobody takes anything away.
  return locks ? ((await locks.query()).held ?? []).some(({ name }) => name === lockOf(tab)) : true;
}

/** Whether the name was free. It is held until the page ends. */
function hold(tab: string): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) {
    return Promise.resolve(true);
  }
  return new Promise((resolve, reject) => {
    const held = locks.request(lockOf(tab), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => undefined);
    });
    held.catch(reject);
  });
}

function lockOf(tab: string): string {
  return `desk.tab/${tab}`;
}
