import { useCallback, useState } from 'react';

export interface Announcement {
  id: number;
  words: string;
}

/** Screen readers have begun with those before. */
const KEPT = 5;

/** What screen readers say, and nobody sees. */
export function useAnnouncements() {
  const [said, setSaid] = useState<Announcement[]>([]);
  const announce = useCallback(
    (words: string) => setSaid((before) => [...before, { id: (before.at(-1)?.id ?? 0) + 1, words }].slice(-KEPT)),
    [],
  );
  return { said, announce };
}

/** A log, so that the same words are said again, and none are lost if others follow at once. */
export function Spoken({ said }: { said: Announcement[] }) {
  return (
    <div className="spoken" role="log" aria-label="Announcements">
      {said.map(({ id, words }) => (
        <p key={id}>{words}</p>
      ))}
    </div>
  );
}
