import { type ClipboardEvent, type DragEvent, type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { count } from './words';

/** A label and its control, tied together, with what is wrong. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: string;
  error?: string | null;
  children: (id: string, describedBy: string | undefined) => ReactNode;
}) {
  const id = useId();
  const notes = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter((note) => note !== '').join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id, notes || undefined)}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      {error && (
        <small id={`${id}-error`} className="wrong" role="alert">
          {error}
        </small>
      )}
    </div>
  );
}

/** A text with a limit. Nothing is cut: what would be too long is refused, or counted until it is shortened. */
export function TextField({
  label,
  hint,
  error,
  value,
  limit,
  rows,
  change,
}: {
  label: string;
  hint?: string;
  error?: string | null;
  value: string;
  limit?: number;
  /** Of a text with lines; absent for one line. */
  rows?: number;
  change(value: string): void;
}) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const over = limit === undefined ? 0 : value.length - limit;
  const tooLong = over > 0 ? `${count(value.length)} of ${count(limit!)} characters: ${count(over)} too many.` : null;
  /** Whether the text does not fit in place of what is selected. */
  const refuses = (text: string, target: HTMLInputElement | HTMLTextAreaElement): boolean => {
    const selected = (target.selectionEnd ?? 0) - (target.selectionStart ?? 0);
    const length = target.value.length - selected + text.length;
    if (limit === undefined || length <= limit) {
      setRefusal(null);
      return false;
    }
    setRefusal(
      `Not pasted: that would make ${count(length)} characters, and ${count(limit)} is the most. Shorten it first.`,
    );
    return true;
  };
  const transferred = (data: DataTransfer, target: HTMLInputElement | HTMLTextAreaElement): boolean => {
    const text = data.getData('text/plain');
    if (text === '' && data.files.length > 0) {
      setRefusal('Attachments are not supported. Put the file somewhere else, and paste its address.');
      return true;
    }
    return refuses(text, target);
  };
  return (
    <Field label={label} hint={hint} error={error ?? refusal ?? tooLong}>
      {(id, describedBy) => {
        const common = {
          id,
          value,
          dir: 'auto',
          'aria-describedby': describedBy,
          'aria-invalid': error || tooLong ? true : undefined,
          onPaste: (event: ClipboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
            if (transferred(event.clipboardData, event.currentTarget)) {
              event.preventDefault();
            }
          },
          onDrop: (event: DragEvent<HTMLInputElement | HTMLTextAreaElement>) => {
            if (transferred(event.dataTransfer, event.currentTarget)) {
              event.preventDefault();
            }
          },
        };
        const typed = (text: string) => {
          setRefusal(null);
          change(text);
        };
        return rows === undefined ? (
          <input {...common} onKeyDown={keepEnter} onChange={({ target }) => typed(target.value)} />
        ) : (
          <textarea {...common} rows={rows} onChange={({ target }) => typed(target.value)} />
        );
      }}
    </Field>
  );
}

/** Enter in a line does not send the form: it is pressed too easily. */
function keepEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === 'Enter') {
    event.preventDefault();
  }
}

export function ChoiceField<T extends string>({
  label,
  value,
  choices,
  change,
}: {
  label: string;
  value: T;
  choices: readonly (readonly [value: T, words: string])[];
  change(value: T): void;
}) {
  return (
    <Field label={label}>
      {(id) => (
        <select id={id} value={value} onChange={({ target }) => change(target.value as T)}>
          {choices.map(([choice, words]) => (
            <option key={choice} value={choice}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
