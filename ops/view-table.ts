import { DescribeTableCommand, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { Deployment } from './deployment';
import { OpsError } from './ops-error';

/** The deployment with another table as its view. Throws OpsError if there is none that could be one. */
export async function withView(deployment: Deployment, view: string): Promise<Deployment> {
  try {
    const [wanted, found] = await Promise.all([keyOf(deployment, deployment.view), keyOf(deployment, view)]);
    if (wanted !== found) {
      throw new OpsError(`The table ${view} has the key ${found}, and a view has ${wanted}.`);
    }
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      throw new OpsError(`There is no table ${view}. Deploy it beside the view first, then fill it.`);
    }
    throw error;
  }
  return { ...deployment, view };
}

async function keyOf({ dynamodb }: Deployment, tableName: string): Promise<string> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
  return (Table?.KeySchema ?? []).map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(', ');
}

/** The deployment with the table as its view, if one is named. Throws OpsError. */
export function viewOf(deployment: Deployment, table: string | undefined): Promise<Deployment> {
  return table === undefined ? Promise.resolve(deployment) : withView(deployment, table);
}
