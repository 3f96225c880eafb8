import { confirmSignIn, signIn, type SignInOutput } from 'aws-amplify/auth';
import { type FormEvent, useState } from 'react';
import { Field, Problem } from './parts';

/** What is asked for when the password alone is not enough. */
const CHALLENGES: Record<string, string> = {
  CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED: 'New password',
  CONFIRM_SIGN_IN_WITH_TOTP_CODE: 'Code of your authenticator app',
};

/** Signs in to the user pool of a deployed system. */
export function SignIn({ done }: { done(): void }) {
  const [problem, setProblem] = useState('');
  const [challenge, setChallenge] = useState<string | null>(null);
  const take = ({ isSignedIn, nextStep }: SignInOutput) => {
    if (isSignedIn) {
      done();
    } else if (nextStep.signInStep in CHALLENGES) {
      setChallenge(CHALLENGES[nextStep.signInStep]!);
    } else {
      setProblem(`This desk can't go on with ${nextStep.signInStep}. Ask who runs it.`);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setProblem('');
    const fields = new FormData(event.currentTarget);
    const [username, password, answer] = ['username', 'password', 'answer'].map((name) =>
      String(fields.get(name) ?? ''),
    );
    const attempt = challenge
      ? confirmSignIn({ challengeResponse: answer! })
      : signIn({ username: username!, password: password! });
    attempt.then(take, (error: Error) => setProblem(error.message));
  };
  return (
    <main className="sign-in">
      <form className="card stack" onSubmit={submit}>
        <h1>Ticket desk</h1>
        {challenge ? (
          <Field label={challenge}>
            {(id) => (
              <input
                id={id}
                name="answer"
                required
                type={challenge === 'New password' ? 'password' : 'text'}
                autoComplete={challenge === 'New password' ? 'new-password' : 'one-time-code'}
              />
            )}
          </Field>
        ) : (
          <>
            <Field label="Username">{(id) => <input id={id} name="username" required autoComplete="username" />}</Field>
            <Field label="Password">
              {(id) => <input id={id} name="password" type="password" required autoComplete="current-password" />}
            </Field>
          </>
        )}
        {problem && <Problem>{problem}</Problem>}
        <button type="submit" className="primary">
          {challenge ? 'Go on' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
