import {
  confirmResetPassword,
  confirmSignIn,
  resetPassword,
  setUpTOTP,
  type SetUpTOTPOutput,
  signIn,
  type SignInOutput,
  signOut,
  updateMFAPreference,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Field } from './fields';
import { Problem } from './parts';

/** What is asked at once, and what the answers lead to: the next step, or null if somebody is signed in. */
interface Step {
  title: string;
  explanation?: ReactNode;
  questions: Question[];
  /** Something that people may want on the way. */
  option?: { name: string; label: string };
  button: string;
  /** Whether somebody is signed in by now, and may leave it at that. */
  isOptional?: boolean;
  submit(answers: Answers): Promise<Step | null>;
}

interface Question {
  name: string;
  label: string;
  type?: 'text' | 'password';
  autoComplete: 'username' | 'current-password' | 'new-password' | 'one-time-code';
}

type Answers = (name: string) => string;

const USERNAME: Question = { name: 'username', label: 'Username', autoComplete: 'username' };
const PASSWORD: Question = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autoComplete: 'current-password',
};
const NEW_PASSWORD: Question = {
  name: 'password',
  label: 'New password',
  type: 'password',
  autoComplete: 'new-password',
};
const APP_CODE: Question = { name: 'code', label: 'Code of your authenticator app', autoComplete: 'one-time-code' };
const MAIL_CODE: Question = { name: 'code', label: 'Code from the e-mail', autoComplete: 'one-time-code' };

const CREDENTIALS: Step = {
  title: 'Ticket desk',
  questions: [USERNAME, PASSWORD],
  option: { name: 'authenticator', label: 'Set up an authenticator app' },
  button: 'Sign in',
  submit: async (answer) => {
    const username = answer('username');
    // By an attempt that went wrong after the sign-in itself somebody may be signed in.
    await signOut();
    const output = await signIn({ username, password: answer('password') });
    return next(output, { username, wantsAuthenticator: answer('authenticator') !== '' });
  },
};

const FORGOTTEN: Step = {
  title: 'Forgotten password',
  questions: [USERNAME],
  button: 'Send a code',
  submit: (answer) => reset(answer('username')),
};

/** Of whoever signs in. */
interface Person {
  username: string;
  wantsAuthenticator: boolean;
}

async function next({ isSignedIn, nextStep }: SignInOutput, person: Person): Promise<Step | null> {
  if (isSignedIn) {
    return person.wantsAuthenticator ? authenticatorOf(person) : null;
  }
  switch (nextStep.signInStep) {
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return {
        title: 'A password of your own',
        questions: [NEW_PASSWORD],
        button: 'Go on',
        submit: async (answer) => next(await confirmSignIn({ challengeResponse: answer('password') }), person),
      };
    case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
      return {
        title: 'Second factor',
        questions: [APP_CODE],
        button: 'Go on',
        // Who is asked for a code has an app.
        submit: async (answer) =>
          next(await confirmSignIn({ challengeResponse: answer('code') }), { ...person, wantsAuthenticator: false }),
      };
    case 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP':
      return authenticator(nextStep.totpSetupDetails, person.username, async (code) =>
        next(await confirmSignIn({ challengeResponse: code }), { ...person, wantsAuthenticator: false }),
      );
    case 'RESET_PASSWORD':
      return reset(person.username);
    default:
      throw new Error(`This desk can't go on with ${nextStep.signInStep}. Ask who runs it.`);
  }
}

/** Has a code sent, and asks for it. */
async function reset(username: string): Promise<Step> {
  await resetPassword({ username });
  return {
    title: 'A new password',
    // Whether there is such a user is told to nobody.
    explanation: `If ${username} is a user with an e-mail address, a code is on its way there.`,
    questions: [MAIL_CODE, NEW_PASSWORD],
    button: 'Set the password',
    submit: async (answer) => {
      const password = answer('password');
      await confirmResetPassword({ username, confirmationCode: answer('code'), newPassword: password });
      return next(await signIn({ username, password }), { username, wantsAuthenticator: false });
    },
  };
}

/** For somebody who is signed in. */
async function authenticatorOf({ username }: Person): Promise<Step> {
  const step = authenticator(await setUpTOTP(), username, async (code) => {
    await verifyTOTPSetup({ code });
    await updateMFAPreference({ totp: 'PREFERRED' });
    return null;
  });
  return { ...step, isOptional: true };
}

function authenticator(
  details: SetUpTOTPOutput,
  username: string,
  confirm: (code: string) => Promise<Step | null>,
): Step {
  return {
    title: 'Your authenticator app',
    explanation: (
      <>
        <a href={details.getSetupUri('Ticket desk', username).href}>Open your app</a>, or enter this key there:{' '}
        <code>{details.sharedSecret}</code>
      </>
    ),
    questions: [APP_CODE],
    button: 'Go on',
    submit: (answer) => confirm(answer('code')),
  };
}

/** Signs in to the user pool of a deployed system. */
export function SignIn({ done }: { done(): void }) {
  const [step, setStep] = useState(CREDENTIALS);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const show = (other: Step) => {
    setProblem('');
    setStep(other);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setProblem('');
    setBusy(true);
    const fields = new FormData(event.currentTarget);
    step
      .submit((name) => {
        const value = fields.get(name);
        return typeof value === 'string' ? value : '';
      })
      .then(
        (following) => (following ? show(following) : done()),
        (error: Error) => setProblem(error.message),
      )
      .finally(() => setBusy(false));
  };
  const other = step.isOptional
    ? { label: 'Not now', go: done }
    : step === CREDENTIALS
      ? { label: 'Forgotten password', go: () => show(FORGOTTEN) }
      : { label: 'Back', go: () => show(CREDENTIALS) };
  return (
    <main className="sign-in">
      {/* A form of its own for each step: what was typed in one is not in the next. */}
      <form key={step.title} className="card stack" onSubmit={submit}>
        <h1>{step.title}</h1>
        {step.explanation && <p>{step.explanation}</p>}
        {step.questions.map(({ label, ...question }) => (
          <Field key={question.name} label={label}>
            {(id) => <input id={id} required {...question} />}
          </Field>
        ))}
        {step.option && (
          <label style={{ display: 'flex', alignItems: 'center', gap: '0.5rem' }}>
            <input
              type="checkbox"
              name={step.option.name}
              style={{ width: '1.1rem', minHeight: '1.1rem', margin: 0 }}
            />
            {step.option.label}
          </label>
        )}
        {problem && <Problem>{problem}</Problem>}
        <button type="submit" className="primary" disabled={isBusy}>
          {step.button}
        </button>
        <button type="button" className="quiet" onClick={other.go}>
          {other.label}
        </button>
      </form>
    </main>
  );
}
