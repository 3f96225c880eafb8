import type { AppSyncClient } from '@aws-sdk/client-appsync';
import { bundleResolver } from '../../infra/resolver-code';
import { AppSyncJs, type Semantics } from 'local-appsync/appsync-js';
import { evaluateCode } from './appsync';
import type { Case } from './cases';
import { same } from './compare';
import { contextWith } from './context';
import { localEvaluator } from './here';
import type { Question, Row } from './question';
import { blockOf } from './report';
import { type Answered, changesFor } from './verdict';

type Print = (text: string) => void;

/** Prints a block for each row. Whether none asks for a change. */
export async function askRows(
  rows: readonly Row[],
  client: AppSyncClient,
  semantics: Semantics,
  print: Print,
): Promise<boolean> {
  const changed: string[] = [];
  for (const row of rows) {
    const answers: Answered[] = [];
    for (const question of row.questions) {
      answers.push({ question, evaluated: await ask(question, client) });
    }
    print(blockOf(row, answers, semantics));
    if (changesFor(row, answers, semantics).length > 0) {
      changed.push(row.id);
    }
  }
  print(
    changed.length === 0
      ? 'No report asks for a change.'
      : `${changed.length} of ${rows.length} reports ask for a change: ${changed.join('; ')}.`,
  );
  print('Write the verdicts into packages/local-appsync/README.md.\n');
  return changed.length === 0;
}

function ask({ code, handler = 'request', context = {} }: Question, client: AppSyncClient) {
  return evaluateCode(code, handler, contextWith(context), client);
}

/** Prints the cases that AppSync and the local realm evaluate otherwise. Whether there are none. */
export async function compareCases(cases: readonly Case[], client: AppSyncClient, print: Print): Promise<boolean> {
  const evaluate = localEvaluator(new AppSyncJs());
  let different = 0;
  for (const { bundle, handler, situation, context } of cases) {
    const code = bundleResolver(bundle);
    const here = evaluate(code, handler, context);
    const there = await evaluateCode(code, handler, context, client);
    if (!same(here, there)) {
      different += 1;
      print(`${bundle} ${handler}, ${situation}:`);
      print(`  AppSync  ${JSON.stringify(there)}`);
      print(`  here     ${JSON.stringify(here)}`);
    }
  }
  print(`${cases.length - different} of ${cases.length} cases come to the same on AppSync and here.\n`);
  return different === 0;
}
