import { useState } from 'react';
import { useDesk } from '../context';
import { momentOf } from '../time';
import { useStore } from '../use-store';
import type { Draft } from './use-draft';

/** Says that what was typed before is kept; or that it can't be. */
export function KeptMark<T>({ draft }: { draft: Pick<Draft<T>, 'typedAt'> }) {
  const { isFull } = useStore(useDesk().drafts);
  const [since] = useState(Date.now);
  if (draft.typedAt === null) {
    return null;
  }
  if (isFull) {
    return <span className="kept wrong">Not kept: this browser has no room. A reload would lose it.</span>;
  }
  const isOlder = draft.typedAt < since;
  return (
    <span className="kept">
      {isOlder ? `Draft from ${momentOf(new Date(draft.typedAt).toISOString(), Date.now())}` : 'Draft kept'}
    </span>
  );
}
