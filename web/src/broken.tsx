import { useEffect, useState } from 'react';
import { Problem } from './parts';

/** Owns every promise that a button starts and nobody waits for: if one fails in a way that nobody expected, it says so. */
export function Broken() {
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const heard = () => setBroken(true);
    addEventListener('unhandledrejection', heard);
    return () => removeEventListener('unhandledrejection', heard);
  }, []);
  return (
    isBroken && (
      <Problem>
        Something went wrong in this page. What you typed and pressed is kept. Reload to go on.
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </Problem>
    )
  );
}
