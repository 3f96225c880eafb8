import { useEffect, useRef, useState } from 'react';
import type { Status } from '../../client/connection';
import { ApiError, Unreachable } from './api';

export interface Sending {
  isSending: boolean;
  /** What went wrong, for people. */
  problem?: string;
  /** Not known to have arrived: it is sent again, as the same command, once the connection is back. */
  isWaiting: boolean;
  send(): void;
}

/** Sends something that may be refused, or not arrive. `refused` may take an error over by answering true. */
export function useSending(
  connection: Status,
  act: () => Promise<void>,
  refused: (error: ApiError) => boolean = () => false,
): Sending {
  const [state, setState] = useState<Pick<Sending, 'isSending' | 'problem' | 'isWaiting'>>({
    isSending: false,
    isWaiting: false,
  });
  const send = () => {
    setState({ isSending: true, isWaiting: false });
    act().then(
      () => setState({ isSending: false, isWaiting: false }),
      (error: unknown) => {
        if (error instanceof Unreachable) {
          const problem = 'Not sent: the server does not answer. What you typed is kept, and sent when it does.';
          setState({ isSending: false, isWaiting: true, problem });
        } else if (error instanceof ApiError) {
          setState({ isSending: false, isWaiting: false, problem: refused(error) ? undefined : error.message });
        } else {
          throw error;
        }
      },
    );
  };
  const again = useRef(send);
  again.current = send;
  useEffect(() => {
    if (state.isWaiting && connection === 'live') {
      again.current();
    }
  }, [connection, state.isWaiting]);
  return { ...state, send };
}
